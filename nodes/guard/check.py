"""What every check is: a registered guardrails-ai validator that scores a text and names the rules that fired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from frontdesk.desk.guarding import Action, GuardChannel
from frontdesk.nodes.guard.quiet import FailResult, PassResult, Validator
from frontdesk.nodes.guard.spans import joined, without
from frontdesk.nodes.guard.views import View, views


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a check found in a text."""

    score: float = 0.0
    """0 (harmless) to 1 (attack)."""
    rules: tuple[str, ...] = ()
    """Ids of the rules that fired, most severe first."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where in the text as it was given, [start, end) in characters; empty: nowhere in particular."""
    category: str = ""
    """A closed word that decides who serves the turn, such as ``self_harm``; empty for none."""


CHANNELS: frozenset[GuardChannel] = frozenset({"user", "document", "tool", "human"})
"""All channels."""


class Check(Validator):  # type: ignore[misc]
    """A validator of one text. Subclasses implement :meth:`inspect` and are registered as ``frontdesk/<file name>``.

    ``validate`` returns a ``FailResult`` from ``threshold`` on and a ``PassResult`` below it; the metadata of both
    carries ``score`` (float), ``rules`` (list of ids), ``spans`` (list of [start, end]) and ``category``. No message
    carries the text.
    """

    channels: ClassVar[frozenset[GuardChannel]] = CHANNELS
    """Where it looks unless the desk says otherwise."""
    action: ClassVar[Action] = "refuse"
    """What is done on the channel ``user`` when it fires, unless the desk says otherwise."""
    enabled: ClassVar[bool] = True
    """False: it runs only where the desk switches it on."""
    adds_up: ClassVar[bool] = True
    """Whether what it finds in several messages of a customer adds up (``session.py``). False for checks whose
    findings are no attack, or mean something for one message only."""

    def __init__(self, threshold: float = 0.5, on_fail: Any = None, **options: Any) -> None:
        """Take the score from which the check fails (0 to 1), and guardrails-ai's own ``on_fail``."""
        super().__init__(on_fail=on_fail, threshold=threshold, **options)
        self.threshold = threshold

    def inspect(self, text: str, seen: Sequence[View], *, channel: GuardChannel = "user") -> Evidence:
        """Judge ``text`` of ``channel``; ``seen`` are its readings, made once for all checks. Pure and CPU only."""
        raise NotImplementedError

    def examine(self, text: str, metadata: Mapping[str, Any]) -> Evidence:
        """Judge ``text`` with what the rail knows beyond it: ``views``, ``channel``, and ``pace`` for the rate."""
        seen = metadata.get("views") or views(text)
        return self.inspect(text, seen, channel=metadata.get("channel", "user"))

    def _validate(self, value: Any, metadata: Mapping[str, Any]) -> Any:
        if not isinstance(value, str):
            raise TypeError(f"{self.rail_alias} checks text")
        evidence = self.examine(value, metadata)
        facts = {
            "score": evidence.score,
            "rules": list(evidence.rules),
            "spans": [list(span) for span in evidence.spans],
            "category": evidence.category,
        }
        if evidence.score < self.threshold:
            return PassResult(metadata=facts)
        return FailResult(
            error_message=f"{self.rail_alias}: {', '.join(evidence.rules)}",
            metadata=facts,
            fix_value=without(value, evidence.spans),
        )

    async def async_validate(self, value: Any, metadata: dict[str, Any]) -> Any:
        """Validate here and now: a hop to a thread costs more than the check."""
        return self.validate(value, metadata)


__all__ = ["CHANNELS", "Check", "Evidence", "joined", "without"]
