"""The input guards behind one question: the checks of tier 1, the session, then tier 2 where tier 1 is suspicious.

The validators are called directly: a guardrails-ai ``Guard`` around them costs 0.4 ms a message and keeps a history,
a telemetry and a re-ask of its own (``quiet.py``).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, get_args

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.guarding import SESSION, TIER2, GuardChannel, GuardRule, Policy
from frontdesk.errors import ConfigurationError
from frontdesk.graph.deps import Past
from frontdesk.graph.state import Channel, Outcome, Verdict
from frontdesk.nodes.guard.answering import plainly
from frontdesk.nodes.guard.check import Check
from frontdesk.nodes.guard.merging import SEVERITY, attack_score, merge
from frontdesk.nodes.guard.overturns import OverTurns
from frontdesk.nodes.guard.registry import RESERVED, build_checks, policy_of
from frontdesk.nodes.guard.running import run_all, views_of
from frontdesk.nodes.guard.second import Asking
from frontdesk.nodes.guard.session import pace
from frontdesk.nodes.guard.supervise import Finding, Supervised, unavailable

logger = logging.getLogger(__name__)


class SecondTier(Protocol):
    """A separate classification model, asked when tier 1 raises, or always (``guards.tier2.options.mode``)."""

    async def judge(self, text: str, channel: Channel, first: Verdict) -> Verdict:
        """Judge ``text`` given tier 1's verdict; the answer replaces it. May raise: the policy then applies."""
        ...


def frontdesk_validators(config: DeskConfig | None = None, *, on_fail: str = "noop") -> list[Any]:
    """Return one instance of every check that is switched on, for any Guard: ``Guard().use(*frontdesk_validators())``.

    Args:
        config: A desk whose policy applies; without one, the defaults.
        on_fail: guardrails-ai's action: ``noop``, ``exception``, ``fix`` (what was found is taken out) …
    """
    return list(build_checks(config, on_fail=on_fail).values())


class InputGuardRail:
    """Implements ``InputGuard``: all checks, built once, each under the desk's policy of the channel."""

    def __init__(
        self, config: DeskConfig, *, checks: Mapping[str, Any] | None = None, tier2: SecondTier | None = None
    ) -> None:
        """Build the guard.

        Args:
            config: The desk; ``guards`` gives the policy per check name, defaults where a check is not named.
            checks: Validators by name instead of the registered ones (tests); they look at every channel.
            tier2: The second tier, if the desk has one; its policy is named ``tier2``.

        Raises:
            ConfigurationError: ``guards`` names a check or an option that does not exist or a validator that cannot
                be had, or there is no check at all.
        """
        chosen = dict(build_checks(config) if checks is None else checks)
        unknown = sorted(set(config.guards) - set(chosen) - set(RESERVED)) if checks is not None else []
        if unknown:
            raise ConfigurationError(f"unknown guards {unknown}; the guards are {sorted([*chosen, *RESERVED])}")
        if not chosen:
            raise ConfigurationError("a guard needs at least one check")
        self._lanes = {
            channel: [
                Supervised(name, check, policy)
                for name, check in sorted(chosen.items())
                if (policy := _policy(config, name, channel, check, everywhere=checks is not None)).enabled
            ]
            for channel in get_args(GuardChannel)
        }
        session = config.guards.get(SESSION, GuardRule()).on("user", threshold=0.5, action="refuse")
        self._over_turns = OverTurns(session, [one for one in self._lanes["user"] if one.adds_up])
        second = config.guards.get(TIER2, GuardRule())
        self._tier2 = tier2
        self._asking = Asking.by(second)
        self._second_policies = {
            channel: second.on(channel, threshold=0.5, action="refuse") for channel in get_args(GuardChannel)
        }

    def checks_on(self, channel: Channel) -> Sequence[Supervised]:
        """Return the checks that look at a channel, by name."""
        return tuple(self._lanes[channel])

    async def check(self, text: str, channel: Channel, past: Past | None = None) -> Verdict:
        """Judge one text.

        Args:
            text: Masked text of any length; nothing of it is kept, logged or sent anywhere but to tier 2.
            channel: Where it came from; passed to every validator as ``metadata["channel"]``.
            past: What is known of the thread, for customers' messages that belong to one.

        Returns:
            The verdict. A check that raised or timed out adds the rule ``unavailable:<check>``; under ``closed`` the
            outcome is then at least ``unsure``. What checks in shadow found stands apart and changes nothing.
        """
        if not text.strip():
            return Verdict(outcome="allow", rules=[], score=0.0)
        text = plainly(text, past)
        findings = await self._tier1(text, channel, past)
        evidence = attack_score(findings, self._lanes[channel])
        judged, held = text, False
        if past is not None and self._over_turns.policy.enabled:
            heard = await self._over_turns.heard(text, evidence, past)
            findings[SESSION], judged, held = heard.finding, heard.judged, heard.held
        first = merge(findings)
        first["evidence"] = round(evidence, 4)
        if self._tier2 is None or not self._asking.wanted(first, channel):
            return first
        verdict = await self._second(self._tier2, judged, channel, first)
        if held and SEVERITY[verdict["outcome"]] < SEVERITY["raise"]:
            # what the judge cleared is not all that the session is raised for
            verdict["outcome"] = "raise"
        return verdict

    async def _tier1(self, text: str, channel: Channel, past: Past | None) -> dict[str, Finding]:
        lane = self._lanes[channel]
        metadata: dict[str, Any] = {"channel": channel, "pace": pace(past) if past else None}
        try:
            metadata["views"] = await views_of(text)
        except Exception as fault:  # noqa: BLE001 - whatever breaks there, no check could look: each one's policy applies
            logger.warning("the input guard could not read a text: %s", type(fault).__name__)
            return {one.name: unavailable(one.name, one.rule) for one in lane}
        return await run_all(lane, text, metadata)

    async def _second(self, tier2: SecondTier, text: str, channel: Channel, first: Verdict) -> Verdict:
        policy, began = self._second_policies[channel], time.perf_counter()
        try:
            async with asyncio.timeout(self._asking.seconds):
                answer = await tier2.judge(text, channel, first)
        except Exception as fault:  # noqa: BLE001 - a model's fault of any kind falls under the policy of the tier
            logger.warning("the second tier could not run: %s", type(fault).__name__)
            failed = unavailable(TIER2, policy)
            outcome: Outcome = failed.outcome if failed.outcome == "unsure" else first["outcome"]
            answer = Verdict(outcome=outcome, rules=[*first["rules"], *failed.rules], score=first["score"])
        return _seconded(first, answer, policy, (time.perf_counter() - began) * 1000)


def _policy(config: DeskConfig, name: str, channel: GuardChannel, check: Any, *, everywhere: bool) -> Policy:
    rule = config.guards.get(name, GuardRule())
    if isinstance(check, Check):
        return policy_of(rule, channel, type(check))
    return rule.on(channel, threshold=0.0, action="refuse") if everywhere else policy_of(rule, channel)


def _seconded(first: Verdict, answer: Verdict, policy: Policy, ms: float) -> Verdict:
    """Return tier 2's answer with what tier 1 wrote down; what is masked stays masked, and raises."""
    checks = [*first.get("checks", []), Finding(answer["outcome"], answer["score"], action=policy.action, ms=ms,
                                                shadow=policy.shadow).shown(TIER2)]  # fmt: skip
    outcome = answer["outcome"]
    if first.get("spans") and SEVERITY[outcome] < SEVERITY["raise"]:
        outcome = "raise"
    if policy.shadow:
        watched = [rule for rule in answer["rules"] if rule not in first["rules"]]
        return {**first, "checks": checks, "shadow": [*first.get("shadow", []), *watched]}
    return {**first, **answer, "outcome": outcome, "checks": checks}


__all__ = ["InputGuardRail", "SecondTier", "frontdesk_validators", "merge"]
