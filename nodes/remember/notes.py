"""The form in which a model rolls up what leaves the window, read from JSON and rendered to the lines that are kept."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from frontdesk.graph.values import AnswerForm

LONGEST = 1600
"""Characters of a summary: about 400 tokens, whatever the length of the conversation."""
MOST_ITEMS = 8
"""Items of one list."""
MAX_TOKENS = 2000
"""Tokens that a model may write: some four times the longest summary, because some count what they think as well."""
_ITEM = 300
"""Characters of one item."""

Item = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=_ITEM)]
Items = Annotated[list[Item], Field(max_length=MOST_ITEMS)]


class Notes(BaseModel):
    """One JSON object, nothing more in it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    goal: Annotated[str, StringConstraints(strip_whitespace=True, max_length=_ITEM)]
    """What the customer wants; may be empty."""
    facts: Items
    """What the customer said that still matters."""
    done: Items
    """What the desk answered or did."""
    promised: Items
    """What the desk said that it will do."""
    refused: Items
    """What the desk would not do, or the customer did not want."""
    open: Items
    """What nobody has answered yet."""


LABELS: Final = {
    "goal": "Goal",
    "facts": "Fact",
    "done": "Done",
    "promised": "Promised",
    "refused": "Refused",
    "open": "Open",
}
"""Field to the word that its lines begin with."""


def form() -> AnswerForm:
    """Return the form for a provider: the JSON schema in the strict subset (all keys required, none besides)."""
    several = {"type": "array", "items": {"type": "string"}}
    kinds: dict[str, Any] = {name: {"type": "string"} if name == "goal" else several for name in LABELS}
    schema = {"type": "object", "properties": kinds, "required": [*kinds], "additionalProperties": False}
    return AnswerForm(name="notes", schema=schema, max_tokens=MAX_TOKENS)


def read(said: str) -> Notes | None:
    """Return what a model answered; None where it is not the one object that was asked for.

    A model that takes no schema may put the object into a code block, or a sentence before it: that is let pass. Two
    objects, or one that is cut off, are not.
    """
    begins, ends = said.find("{"), said.rfind("}")
    if begins < 0 or ends < begins:
        return None
    try:
        return Notes.model_validate(json.loads(said[begins : ends + 1]))
    except (ValueError, ValidationError, RecursionError):
        return None


def render(notes: Notes) -> str:
    """Return the lines that the state keeps: ``- Goal: …``, ``- Open: …``; each said once."""
    items = [(name, item) for name, item in named(notes) if item]
    lines = (f"- {LABELS[name]}: {' '.join(item.removeprefix('- ').split())}" for name, item in items)
    return "\n".join(dict.fromkeys(lines))


def named(notes: Notes) -> list[tuple[str, str]]:
    """Return every item with the name of its field, in the order of the form."""
    pairs = [("goal", notes.goal)]
    for name in LABELS:
        if name != "goal":
            pairs += [(name, item) for item in getattr(notes, name)]
    return pairs


__all__ = ["LABELS", "LONGEST", "Notes", "form", "named", "read", "render"]
