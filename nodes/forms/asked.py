"""Which property our last words asked for, and what becomes of a task when a reply is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdesk.nodes.forms.schema import Form


def question_for(name: str, spec: Mapping[str, Any]) -> str:
    """Return the contract's question for a property, or one made of its name."""
    return str(spec.get("x-ask") or f"What is the {name.replace('_', ' ')}?").strip()


def asked_in(words: str, form: Form) -> str:
    """Return the property whose own question stands last in our words; empty for none."""
    even = " ".join(words.split())
    places = {name: even.rfind(" ".join(question_for(name, spec).split())) for name, spec in form.properties.items()}
    last = max(places, key=lambda name: places[name], default="")
    return last if last and places[last] >= 0 else ""


__all__ = ["asked_in", "question_for"]
