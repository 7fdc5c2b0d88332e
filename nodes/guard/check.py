"""What every check is: a registered guardrails-ai validator that scores a text and names the rules that fired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.nodes.guard.quiet import FailResult, PassResult, Validator
from frontdesk.nodes.guard.views import View, views


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a check found in a text."""

    score: float = 0.0
    """0 (harmless) to 1 (attack)."""
    rules: tuple[str, ...] = ()
    """Ids of the rules that fired, most severe first."""


class Check(Validator):  # type: ignore[misc]
    """A validator of one text. Subclasses implement :meth:`inspect` and are registered as ``frontdesk/<file name>``.

    ``validate`` returns a ``FailResult`` from ``threshold`` on and a ``PassResult`` below it; the metadata of both
    carries ``score`` (float) and ``rules`` (list of ids). No message carries the text.
    """

    def __init__(self, threshold: float = 0.5, on_fail: Any = None, **options: Any) -> None:
        """Take the score from which the check fails (0 to 1), and guardrails-ai's own ``on_fail``."""
        super().__init__(on_fail=on_fail, threshold=threshold, **options)
        self.threshold = threshold

    def inspect(self, text: str, seen: Sequence[View]) -> Evidence:
        """Judge ``text``; ``seen`` are its readings, made once for all checks. Pure and CPU only."""
        raise NotImplementedError

    def _validate(self, value: Any, metadata: Mapping[str, Any]) -> Any:
        if not isinstance(value, str):
            raise TypeError(f"{self.rail_alias} checks text")
        seen = metadata.get("views") or views(value)
        evidence = self.inspect(value, seen)
        facts = {"score": evidence.score, "rules": list(evidence.rules)}
        if evidence.score >= self.threshold:
            return FailResult(error_message=f"{self.rail_alias}: {', '.join(evidence.rules)}", metadata=facts)
        return PassResult(metadata=facts)

    async def async_validate(self, value: Any, metadata: dict[str, Any]) -> Any:
        """Validate here and now: a hop to a thread costs more than the check."""
        return self.validate(value, metadata)


__all__ = ["Check", "Evidence"]
