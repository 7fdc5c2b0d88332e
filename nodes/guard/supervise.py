"""Runs one validator inside a Guard under its desk policy: bounded in time, isolated in failure, reported."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

from frontdesk.desk.guarding import Policy
from frontdesk.graph.state import Outcome
from frontdesk.nodes.guard.quiet import FailResult, PassResult, Validator, register_validator

logger = logging.getLogger(__name__)

RAISE_FROM = 0.5
"""Share of a check's threshold from which its evidence raises: no writes this turn, tier 2 where there is one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check came to under its policy."""

    outcome: Outcome
    score: float = 0.0
    rules: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """What all checks of one text came to, by check name. One per call, so calls never mix."""

    findings: dict[str, Finding] = field(default_factory=dict)


def unavailable(name: str, rule: Policy) -> Finding:
    """Return the finding of a check that could not run: unsure when its policy is closed, skipped when open."""
    outcome: Outcome = "unsure" if rule.on_unavailable == "closed" else "allow"
    return Finding(outcome, 0.0, (f"unavailable:{name}",))


def judge(name: str, result: Any, rule: Policy) -> Finding:
    """Turn a validator's result into a finding.

    Args:
        name: The check's name.
        result: A ``PassResult`` or ``FailResult``. A validator that is not ours gives no score: failing counts as 1.
        rule: The desk's policy for this check.
    """
    facts = result.metadata or {}
    failed = isinstance(result, FailResult)
    score = float(facts.get("score", 1.0 if failed else 0.0))
    rules = tuple(facts.get("rules") or ((name,) if failed else ()))
    if failed:
        outcome: Outcome = rule.action if rule.action in {"refuse", "raise"} else "allow"
    else:
        suspicious = score > 0 and score >= rule.threshold * RAISE_FROM and rule.action != "flag"
        outcome = "raise" if suspicious else "allow"
    return Finding(outcome, score, rules)


@register_validator("frontdesk/supervised", data_type="string")
class Supervised(Validator):  # type: ignore[misc]
    """A validator that never raises and never fails: it puts what the inner one found into the report."""

    def __init__(self, name: str, inner: Any, rule: Policy) -> None:
        """Take a check's name, any guardrails-ai validator, and the policy."""
        super().__init__(on_fail="noop", name=name)
        self.name = name
        self.inner = inner
        self.rule = rule

    async def async_validate(self, value: Any, metadata: dict[str, Any]) -> Any:
        """Run the inner validator and record its finding in ``metadata["report"]``."""
        report: Report = metadata["report"]
        try:
            async with asyncio.timeout(self.rule.timeout):
                result = await self.inner.async_validate(value, metadata)
            finding = judge(self.name, result, self.rule)
        except Exception as fault:  # noqa: BLE001 - a check is anybody's code; its policy says what a failure means
            logger.warning("guard check %s could not run: %s", self.name, type(fault).__name__)
            finding = unavailable(self.name, self.rule)
        report.findings[self.name] = finding
        return PassResult()


__all__ = ["RAISE_FROM", "Finding", "Report", "Supervised", "judge", "unavailable"]
