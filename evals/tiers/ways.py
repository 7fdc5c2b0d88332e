"""The ways that are compared: our choice of tier, one tier for everything, and a choice by chance at our rates."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from langchain_core.messages import BaseMessage

from frontdesk.graph.deps import AnswerForm, Completion, Models, OnText, Role

Way = Literal["ours", "reasoning", "fast", "chance"]
WAYS: dict[Way, str] = {
    "ours": "our routing",
    "reasoning": "everything to the reasoning model",
    "fast": "everything to the fast model",
    "chance": "by chance, at our rates",
}
_ANSWERS: tuple[Role, ...] = ("keyless", "fast", "reasoning")


@dataclass
class Diverted:
    """Models whose answers to customers come from another role than the turn's tier says."""

    models: Models
    way: Way
    shares: Mapping[Role, float] = field(default_factory=dict)
    """For ``chance``: how often each role is drawn."""
    role: Role = "keyless"
    """For ``chance``: what was drawn for the turn that runs."""

    def begin(self, chance: random.Random) -> None:
        """Begin a turn."""
        if self.way == "chance":
            (self.role,) = chance.choices([*self.shares], [*self.shares.values()])

    async def complete(
        self,
        role: Role,
        messages: Sequence[BaseMessage],
        *,
        tools: Sequence[Mapping[str, Any]] = (),
        seconds: float | None = None,
        on_text: OnText | None = None,
        form: AnswerForm | None = None,
    ) -> Completion:
        """See ``Models``."""
        chosen = self._instead(role)
        return await self.models.complete(chosen, messages, tools=tools, seconds=seconds, on_text=on_text, form=form)

    def describe(self, role: Role) -> str:
        """See ``Models``: as configured, so that decide says in every way what it says in ours."""
        return self.models.describe(role)

    def _instead(self, role: Role) -> Role:
        if role not in _ANSWERS or self.way == "ours":
            return role
        return self.role if self.way == "chance" else self.way


__all__ = ["WAYS", "Diverted", "Way"]
