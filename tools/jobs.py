"""One allowed call, as the gateway hands it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdesk.tools.contract import ToolContract
from frontdesk.tools.ledger import CallId


@dataclass(frozen=True, slots=True)
class Job:
    """One allowed call."""

    contract: ToolContract
    id: CallId
    masked: Mapping[str, Any]
    """Arguments with placeholders, without the owner: for texts."""
    values: Mapping[str, Any] = field(repr=False)
    """Arguments with real values and the owner; no debug line repeats them."""
    notes: list[str] = field(default_factory=list, compare=False)
    """What happened on the way, as closed codes for the audit's reason: ``retried:2``."""
    undoes: bool = False
    """Whether it undoes another call: that is never too often."""
    said: bool = False
    """Whether the customer said yes to it."""
    seconded: bool = False
    """Whether a second person approved it."""
    cleared: bool = False
    """Whether it was begun before: then what its record says by now may be its own doing."""
    shown: str = ""
    """Keyed digest of the question that the yes answered; empty: none was."""

    @property
    def declared(self) -> dict[str, Any]:
        """The values that the contract's input names: what else an open schema lets through decides nothing.

        A model, or the customer, could hide a field of the record behind an argument of their own: the total that a
        second person has to see.
        """
        names = self.contract.input.get("properties") or {}
        return {name: value for name, value in self.values.items() if name in names}
