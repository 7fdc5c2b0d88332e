"""One call of a model as authority looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from frontdesk.nodes.act.said import Said
from frontdesk.nodes.act.shown import is_shown
from frontdesk.tools.contract import ToolContract


@dataclass(frozen=True, slots=True)
class Call:
    """A call that somebody wants to make, and the words that count for it."""

    contract: ToolContract
    arguments: Mapping[str, Any]
    """Without the owner's, which the gateway sets."""
    wishes: Said
    """The customer's words that count for this call."""
    said: Said
    """The same; for a write that asks nobody, without what they negated."""
    shown: bool = False
    """Whether the customer sees the argument that is looked at before anything runs: what stands in the question may
    be the model's choice among what the desk itself lists. Any other choice must have been said."""

    @property
    def reads(self) -> bool:
        """Whether nothing is changed by it: what it counts or filters by gives no authority, only fewer rows."""
        return self.contract.effect == "read"

    @property
    def silent(self) -> bool:
        """Whether it runs without the customer's yes."""
        return not self.reads and self.contract.confirm != "always"

    def on(self, name: str) -> Call:
        """Return the same, looking at one argument."""
        return replace(self, shown=is_shown(self.contract, name))

    def counts(self, value: float, name: str, spec: Mapping[str, Any]) -> bool:
        """Whether a number is the customer's; one that is the call's own id too has to be announced as this."""
        clash = any(_same_number(other, value) for other in self.arguments.values())
        return self.said.has_number(value, name, spec, firm=clash or not self.shown)


def _same_number(other: Any, value: float) -> bool:
    """Whether an argument that is a text, such as an id, says the same as a number."""
    return isinstance(other, str) and other.strip().lstrip("0") == f"{value:.15g}".lstrip("0")


__all__ = ["Call"]
