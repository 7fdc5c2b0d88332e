"""Runs one validator under its desk policy: bounded in time, isolated in failure, its result on the common scale."""

from __future__ import annotations

import asyncio
import logging
import math
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from frontdesk.desk.guarding import Action, Policy
from frontdesk.graph.state import CheckResult, Outcome
from frontdesk.nodes.guard.check import Check
from frontdesk.nodes.guard.foreign import hushed
from frontdesk.nodes.guard.quiet import FailResult, PassResult, Validator
from frontdesk.nodes.guard.spans import joined

logger = logging.getLogger(__name__)

RAISE_FROM = 0.5
"""Share of a check's threshold from which its evidence raises: no writes this turn, tier 2 where there is one."""
LONG = 2_000
"""Characters from which our own checks run in a thread: below, they take less time than the way there and back."""
_CODE = re.compile(r"[a-z0-9_.:-]{1,64}")
_OUTCOME: dict[Action, Outcome] = {"refuse": "refuse", "raise": "raise", "mask": "raise", "flag": "allow"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check came to under its policy."""

    outcome: Outcome
    score: float = 0.0
    rules: tuple[str, ...] = ()
    fired: bool = False
    """Whether the threshold was reached."""
    action: Action = "refuse"
    shadow: bool = False
    """True: written down, and nothing else."""
    spans: tuple[tuple[int, int], ...] = ()
    """What is taken out: of the action ``mask`` only."""
    category: str = ""
    ms: float = 0.0

    def shown(self, name: str) -> CheckResult:
        """Return the finding for the verdict."""
        return CheckResult(
            check=name,
            outcome=self.outcome,
            action=self.action,
            score=round(self.score, 4),
            ms=round(self.ms, 3),
            shadow=self.shadow,
            fired=self.fired,
            rules=list(self.rules),
        )


def unavailable(name: str, rule: Policy) -> Finding:
    """Return the finding of a check that could not run: unsure when its policy is closed, skipped when open."""
    outcome: Outcome = "unsure" if rule.on_unavailable == "closed" else "allow"
    return Finding(outcome, 0.0, (f"unavailable:{name}",), action=rule.action, shadow=rule.shadow)


def judge(name: str, result: Any, rule: Policy, text: str = "", *, own: bool = False) -> Finding:
    """Turn a validator's result into a finding.

    Args:
        name: The check's name, and the rule of a validator that is not ours.
        result: A ``PassResult`` or ``FailResult``. A validator that is not ours may give no score: failing counts as 1.
            Of the rules of ours only what looks like a code is kept.
        rule: The desk's policy for this check on this channel. A foreign validator fires when it fails with a score of
            at least ``threshold``, which is 0 unless the desk gives one.
        text: What was judged; bounds the spans.
        own: Whether the score alone decides, as with our checks.

    Raises:
        TypeError: A validator that is not ours returned something else.
    """
    if not own and not isinstance(result, PassResult | FailResult):
        raise TypeError("a validator must return a PassResult or a FailResult")
    facts = result.metadata or {}
    failed = isinstance(result, FailResult)
    score = _score(facts.get("score"), failed)
    fired = score >= rule.threshold and (own or failed)
    suspicious = score > 0 and rule.threshold > 0 and score >= rule.threshold * RAISE_FROM and rule.action != "flag"
    named = tuple(given for given in facts.get("rules") or () if isinstance(given, str) and _CODE.fullmatch(given))
    # of a validator that is not ours only its name is kept: nothing says that its own words are not the customer's
    rules = (own and named) or ((name,) if failed or suspicious else ())
    found = Finding("raise" if suspicious else "allow", score, rules, action=rule.action, shadow=rule.shadow)
    if not fired:
        return found
    spans = _spans(result, facts, len(text)) if rule.action == "mask" else ()
    category = str(facts.get("category") or "") if own else ""
    return replace(found, outcome=_OUTCOME[rule.action], fired=True, spans=spans, category=category)


def _score(given: Any, failed: bool) -> float:
    """Return a score of 0 to 1; what is no such number says no more than that the validator passed or failed."""
    if isinstance(given, int | float) and math.isfinite(given) and 0 <= given <= 1:
        return float(given)
    return 1.0 if failed else 0.0


def _spans(result: Any, facts: Mapping[str, Any], length: int) -> tuple[tuple[int, int], ...]:
    """Return what to take out: where the validator says, otherwise the whole text."""
    given: Sequence[Any] = facts.get("spans") or ()
    if not given:
        given = [(span.start, span.end) for span in getattr(result, "error_spans", None) or ()]
    clipped = [(max(0, int(span[0])), min(length, int(span[1]))) for span in given]
    found = tuple((start, end) for start, end in joined(span for span in clipped if span[0] < span[1]))
    return found or ((0, length),)


class Supervised:
    """A validator that never raises, hangs or fails: what it came to is a finding."""

    def __init__(self, name: str, inner: Any, rule: Policy) -> None:
        """Take a check's name, any guardrails-ai validator, and what applies on one channel."""
        self.name = name
        self.inner = inner
        self.rule = rule
        self.own = isinstance(inner, Check)
        self._plain = type(inner).async_validate in (Check.async_validate, Validator.async_validate)

    @property
    def adds_up(self) -> bool:
        """Whether it takes part in judging several messages together."""
        return self.own and self.inner.adds_up and not self.rule.shadow and self.rule.action != "flag"

    async def run(self, text: str, metadata: Mapping[str, Any]) -> Finding:
        """Judge ``text``; ``metadata`` is the validator's to read and to change."""
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self.rule.timeout):
                result = await self._result(text, dict(metadata))
            finding = judge(self.name, result, self.rule, text, own=self.own)
        except Exception as fault:  # noqa: BLE001 - a check is anybody's code; its policy says what a failure means
            logger.warning("guard check %s could not run: %s", self.name, type(fault).__name__)
            finding = unavailable(self.name, self.rule)
        return replace(finding, ms=(time.perf_counter() - began) * 1000)

    async def _result(self, text: str, metadata: dict[str, Any]) -> Any:
        if self.own and self._plain:
            validate = self.inner.validate
            return await asyncio.to_thread(validate, text, metadata) if len(text) > LONG else validate(text, metadata)
        with hushed():
            if self._plain:
                # a thread of our own choice: it takes the silence along, which the validator's own would not
                return await asyncio.to_thread(self.inner.validate, text, metadata)
            return await self.inner.async_validate(text, metadata)


__all__ = ["LONG", "RAISE_FROM", "Finding", "Supervised", "judge", "unavailable"]
