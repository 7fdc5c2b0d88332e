"""Rate: more messages than a person types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from frontdesk.desk.guarding import GuardChannel
from frontdesk.nodes.guard.check import Check, Evidence
from frontdesk.nodes.guard.quiet import register_validator
from frontdesk.nodes.guard.views import View

PER_MINUTE = 20
"""Messages of one thread in a minute that nobody types."""


@register_validator("frontdesk/rate", data_type="string")
class Rate(Check):
    """Fails on more than ``per_minute`` messages of a thread in about a minute. Off unless a desk switches it on."""

    channels = frozenset({"user"})
    enabled = False
    adds_up = False

    def __init__(self, threshold: float = 0.5, on_fail: object = None, *, per_minute: float = PER_MINUTE) -> None:
        """Take the messages per minute up to which all is well.

        Raises:
            ValueError: It is no number above 0.
        """
        super().__init__(threshold=threshold, on_fail=on_fail)
        if not isinstance(per_minute, int | float) or isinstance(per_minute, bool) or not 0 < per_minute <= 10_000:
            raise ValueError("`per_minute` is a number of messages above 0")
        self._per_minute = float(per_minute)

    def inspect(self, text: str, seen: Sequence[View], *, channel: GuardChannel = "user") -> Evidence:
        """Return nothing: a text alone has no rate."""
        return Evidence()

    def examine(self, text: str, metadata: Mapping[str, Any]) -> Evidence:
        """Judge ``metadata["pace"]``, messages of the thread in about the last minute; None: there is no thread."""
        pace = metadata.get("pace")
        if pace is None or pace <= self._per_minute:
            return Evidence()
        return Evidence(1.0, ("rate.thread",))


CHECK = Rate
