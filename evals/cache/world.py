"""A desk around a question, of which single things can be changed: what the partition of the cache is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, cast

from frontdesk.desk.load import Desk
from frontdesk.graph.answers import Asked
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Principal
from frontdesk.nodes.cached.place import place_of
from frontdesk.nodes.cached.plain import normal

NOON = 1_769_774_400.0
"""Unix time in seconds of a January day, 12:00 UTC."""
_DAY = 86_400.0


@dataclass(frozen=True)
class World:
    """Where a question is asked."""

    desk: Desk
    tenant: str = "retail"
    audience: str = "public"
    locale: str = "en"
    version: str = ""
    """Not empty: a page was edited."""
    day: str = ""
    """Not empty: a day later."""
    prompt: str = ""
    model: str = "openai:one"

    def changed(self, *what: tuple[str, str]) -> World:
        """Return another world; ``desk``: another wording in desk.yaml."""
        fields: Mapping[str, Any] = dict(what)
        if "desk" in fields:
            texts = self.desk.config.texts.model_copy(update={"unsure": fields["desk"]})
            config = self.desk.config.model_copy(update={"texts": texts})
            return replace(self, desk=replace(self.desk, config=config))
        return replace(self, **fields)

    def asked(self, text: str, intent: str = "warranty") -> Asked:
        """Return a question as the stages ask it here."""
        pages = dict(self.desk.pages)
        if self.version:
            pages["warranty"] = pages["warranty"].model_copy(update={"body": self.version})
        deps = SimpleNamespace(
            clock=lambda: NOON + (_DAY if self.day else 0.0),
            desk=replace(self.desk, pages=pages),
            prompts=SimpleNamespace(digest=lambda name: f"{name}{self.prompt}"),
            models=SimpleNamespace(describe=lambda role: self.model),
        )
        principal = Principal("C-1" if self.audience == "customer" else "anonymous", self.tenant)
        place, seen = place_of(cast(Deps, deps), principal, self.desk.intents[intent], "fast", self.locale)
        return Asked(place=place, text=normal(text), english=self.locale.startswith("en"), pages=seen)


__all__ = ["NOON", "World"]
