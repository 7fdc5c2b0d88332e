"""The input guards behind one question: a Guard of tier-1 checks, then tier 2 where tier 1 is suspicious."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Protocol

from frontdesk.desk.config import DeskConfig, GuardRule
from frontdesk.desk.guarding import Policy
from frontdesk.errors import ConfigurationError
from frontdesk.graph.state import Channel, Outcome, Verdict
from frontdesk.nodes.guard.quiet import quiet_guard
from frontdesk.nodes.guard.registry import known_checks
from frontdesk.nodes.guard.supervise import Finding, Report, Supervised, unavailable
from frontdesk.nodes.guard.views import views

logger = logging.getLogger(__name__)

TIER2 = "tier2"
"""Name of the second tier in the desk's guard policy."""
_SEVERITY: dict[Outcome, int] = {"allow": 0, "raise": 1, "unsure": 2, "refuse": 3}


class SecondTier(Protocol):
    """A separate classification model, asked only when tier 1 raises."""

    async def judge(self, text: str, channel: Channel, first: Verdict) -> Verdict:
        """Judge ``text`` given tier 1's verdict; the answer replaces it. May raise: the policy then applies."""
        ...


def frontdesk_validators(config: DeskConfig | None = None) -> list[Any]:
    """Return one instance of every check, for any Guard: ``Guard().use(*frontdesk_validators())``.

    Args:
        config: A desk whose thresholds apply; without one, the defaults.
    """
    return list(_checks(config).values())


def _checks(config: DeskConfig | None) -> dict[str, Any]:
    rules = config.guards if config else {}
    found: dict[str, Any] = {}
    for name, check in known_checks().items():
        threshold = _policy(rules, name).threshold
        limit = {"limit": config.budgets.message_chars} if config and name == "size" else {}
        found[name] = check(threshold=threshold, on_fail="noop", **limit)
    return found


def _policy(rules: Mapping[str, GuardRule], name: str) -> Policy:
    return rules.get(name, GuardRule()).on("user", threshold=0.5, action="refuse")


def merge(findings: Mapping[str, Finding]) -> Verdict:
    """Return one verdict: the most severe outcome, the highest score, the rules most severe first."""
    ranked = sorted(findings.values(), key=lambda finding: (-_SEVERITY[finding.outcome], -finding.score))
    if not ranked:
        return Verdict(outcome="allow", rules=[], score=0.0)
    return Verdict(
        outcome=ranked[0].outcome,
        rules=[rule for finding in ranked for rule in finding.rules],
        score=max(finding.score for finding in ranked),
    )


class InputGuardRail:
    """Implements ``InputGuard``: one AsyncGuard over all checks, built once, under the desk's policy per check."""

    def __init__(
        self, config: DeskConfig, *, checks: Mapping[str, Any] | None = None, tier2: SecondTier | None = None
    ) -> None:
        """Build the guard.

        Args:
            config: The desk; ``guards`` gives the policy per check name, defaults where a check is not named.
            checks: Validators by name instead of the registered ones (tests, third-party validators).
            tier2: The second tier, if the desk has one; its policy is named ``tier2``.

        Raises:
            ConfigurationError: ``guards`` names a check that does not exist, or there is no check at all.
        """
        chosen = dict(_checks(config) if checks is None else checks)
        unknown = sorted(set(config.guards) - set(chosen) - {TIER2})
        if unknown:
            raise ConfigurationError(f"unknown guards {unknown}; the guards are {sorted([*chosen, TIER2])}")
        if not chosen:
            raise ConfigurationError("a guard needs at least one check")
        self._rules = {name: _policy(config.guards, name) for name in (*chosen, TIER2)}
        self._names = tuple(chosen)
        self._tier2 = tier2
        self._guard = quiet_guard(*(Supervised(name, check, self._rules[name]) for name, check in chosen.items()))

    async def check(self, text: str, channel: Channel) -> Verdict:
        """Judge one text.

        Args:
            text: Masked text of any length; nothing of it is kept, logged or sent anywhere.
            channel: Where it came from; passed to every validator as ``metadata["channel"]``.

        Returns:
            The verdict. A check that raised or timed out adds the rule ``unavailable:<check>``; under ``closed`` the
            outcome is then at least ``unsure``.
        """
        if not text.strip():
            return Verdict(outcome="allow", rules=[], score=0.0)
        first = await self._tier1(text, channel)
        if self._tier2 is None or first["outcome"] != "raise":
            return first
        return await self._second(self._tier2, text, channel, first)

    async def _tier1(self, text: str, channel: Channel) -> Verdict:
        report = Report()
        try:
            metadata = {"report": report, "channel": channel, "views": views(text)}
            await self._guard.validate(text, metadata=metadata)
        except Exception as fault:  # noqa: BLE001 - whatever breaks, the checks that did not report count as unavailable
            logger.warning("the input guard could not run: %s", type(fault).__name__)
        missing = (name for name in self._names if name not in report.findings)
        return merge(report.findings | {name: unavailable(name, self._rules[name]) for name in missing})

    async def _second(self, tier2: SecondTier, text: str, channel: Channel, first: Verdict) -> Verdict:
        rule = self._rules[TIER2]
        try:
            async with asyncio.timeout(rule.timeout):
                return await tier2.judge(text, channel, first)
        except Exception as fault:  # noqa: BLE001 - a model's fault of any kind falls under the policy of the tier
            logger.warning("the second tier could not run: %s", type(fault).__name__)
        failed = unavailable(TIER2, rule)
        outcome: Outcome = failed.outcome if failed.outcome == "unsure" else first["outcome"]
        return Verdict(outcome=outcome, rules=[*first["rules"], *failed.rules], score=first["score"])


__all__ = ["TIER2", "InputGuardRail", "SecondTier", "frontdesk_validators", "merge"]
