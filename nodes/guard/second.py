"""Tier 2: one or more judges of their own, and what their opinions change. They see masked text only.

They may clear what tier 1 raised and refuse what it let through. What tier 1 refused stays refused: a judge that was
talked into something opens no door that was shut.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import ValidationError

from frontdesk.desk.config import GuardRule
from frontdesk.desk.guarding import Action, Unavailable
from frontdesk.desk.tiers import Tier2
from frontdesk.errors import ConfigurationError
from frontdesk.graph.state import Channel, Outcome, Verdict

logger = logging.getLogger(__name__)

REFUSES, RAISES = 0.5, 0.25
"""Scores of the common scale from which an opinion refuses and raises."""
LOST = "unavailable:tier2"
"""Rule of a verdict that a judge should have taken part in and did not."""
_SEVERITY: dict[Outcome, int] = {"allow": 0, "raise": 1, "unsure": 2, "refuse": 3}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one judge says of a text. Closed words and numbers only."""

    outcome: Outcome | None
    """None: nothing, neither for nor against; ``unsure``: a person should see this."""
    score: float = 0.0
    """0 to 1 on the scale of all checks: 0.5 refuses, 0.25 raises."""
    rules: tuple[str, ...] = ()
    """Such as ``tier2:model:extraction``."""
    category: str = ""
    reason: str = ""


class Judge(Protocol):
    """One way to judge a text."""

    @property
    def kind(self) -> str:
        """``model``, ``local`` or ``moderation``: for logs."""
        ...

    @property
    def seconds(self) -> float:
        """What an opinion may take."""
        ...

    async def opinion(self, text: str, channel: Channel, *, clearing: bool) -> Opinion:
        """Judge ``text``. May raise anything: it then has no opinion, and the policy of the tier applies.

        ``clearing``: tier 1 raised, so that an ``allow`` takes a restriction away.
        """
        ...


@dataclass(frozen=True)
class Asking:
    """When tier 2 is asked, and how long all of it may take."""

    always: bool
    channels: frozenset[Channel]
    seconds: float

    @classmethod
    def by(cls, rule: GuardRule) -> Asking:
        """Read the policy of ``tier2``.

        Its ``timeout`` bounds the whole tier where the desk names one; else each judge's own ``seconds`` do. Texts of
        another channel than ``user`` are judged where ``channels`` switches that on.

        Raises:
            ConfigurationError: The options are not those of a second tier.
        """
        try:
            options = Tier2.of(rule.options)
        except ValidationError as error:
            places = sorted({".".join(map(str, detail["loc"])) or "options" for detail in error.errors()})
            problem = f"guards.tier2.options: {', '.join(places)}; `frontdesk check` says what is right"
            raise ConfigurationError(problem) from None
        longest = max(tier.seconds for tier in options.tiers) + 1.0
        seconds = rule.timeout if "timeout" in rule.model_fields_set else longest
        names: tuple[Channel, ...] = ("user", "document", "tool", "human")
        on = {name for name in names if rule.on(name, threshold=0.5, action="refuse", enabled=name == "user").enabled}
        return cls(options.mode == "always", frozenset(on), seconds)

    def wanted(self, first: Verdict, channel: Channel) -> bool:
        """Tell whether tier 2 is asked after tier 1 said ``first``. Where tier 1 refused or failed, it is not."""
        if channel not in self.channels:
            return False
        return first["outcome"] == "raise" or (self.always and channel == "user" and first["outcome"] == "allow")


@dataclass(frozen=True)
class SecondTiers:
    """Implements ``SecondTier``: all judges side by side, each within its own time; the most severe opinion counts."""

    judges: Sequence[Judge]
    on_unavailable: Unavailable = "closed"
    action: Action = "refuse"
    """The most that an attack leads to: refuse; raise: no writes; mask and flag: nothing, it is written down."""
    actions: Mapping[Channel, Action] = field(default_factory=dict)
    """The same per channel, where it differs; on another one than ``user``, mask takes the text out."""

    async def judge(self, text: str, channel: Channel, first: Verdict) -> Verdict:
        """Return tier 1's verdict with what the judges say of it.

        Args:
            text: Masked text of any length.
            channel: Where it came from.
            first: Tier 1's verdict.

        Returns:
            The verdict, with rules of both tiers, the higher score, and category and reason of the opinion that
            counted. A judge that failed adds :data:`LOST`; under ``closed`` the outcome is then at least ``unsure``.
        """
        said = await asyncio.gather(
            *(self._asked(judge, text, channel, first["outcome"] == "raise") for judge in self.judges)
        )
        opinions = [opinion for opinion in said if opinion is not None]
        verdict = combined(first, opinions, lost=None in said, closed=self.on_unavailable == "closed")
        action = self.actions.get(channel, self.action)
        takes_out = action == "refuse" or (action == "mask" and channel != "user")
        if verdict["outcome"] == "refuse" and first["outcome"] != "refuse" and not takes_out:
            verdict["outcome"] = "raise" if action == "raise" else first["outcome"]
        return verdict

    async def _asked(self, judge: Judge, text: str, channel: Channel, clearing: bool) -> Opinion | None:
        try:
            async with asyncio.timeout(judge.seconds):
                return await judge.opinion(text, channel, clearing=clearing)
        except Exception as fault:  # noqa: BLE001 - a judge is a remote model or a library; its policy says what then
            logger.warning("second tier %s could not judge: %s", judge.kind, type(fault).__name__)
            return None


def combined(first: Verdict, opinions: Sequence[Opinion], *, lost: bool, closed: bool) -> Verdict:
    """Return one verdict of tier 1's and the judges' opinions.

    Args:
        first: Tier 1's; ``refuse`` and ``unsure`` are never lowered.
        opinions: Of the judges that could be asked.
        lost: Whether one could not.
        closed: Whether that must make the verdict unsure.
    """
    ranked = sorted(opinions, key=lambda opinion: (-_rank(opinion), -opinion.score))
    outcome = first["outcome"]
    if ranked and ranked[0].outcome is not None:
        settled = outcome in {"refuse", "unsure"}
        outcome = max(outcome, ranked[0].outcome, key=_SEVERITY.__getitem__) if settled else ranked[0].outcome
    if lost and closed:
        outcome = max(outcome, "unsure", key=_SEVERITY.__getitem__)
    verdict: Verdict = {
        **first,
        "outcome": outcome,
        "rules": [*(rule for opinion in ranked for rule in opinion.rules), *first["rules"], *([LOST] if lost else [])],
        "score": max([first["score"], *(opinion.score for opinion in opinions)]),
    }
    if ranked and ranked[0].category:
        verdict["category"] = ranked[0].category
        verdict["reason"] = ranked[0].reason
    return verdict


def _rank(opinion: Opinion) -> int:
    return -1 if opinion.outcome is None else _SEVERITY[opinion.outcome]


def by_score(score: float) -> Outcome:
    """Return what a score on the common scale stands for."""
    return "refuse" if score >= REFUSES else "raise" if score >= RAISES else "allow"


__all__ = ["LOST", "RAISES", "REFUSES", "Asking", "Judge", "Opinion", "SecondTiers", "by_score", "combined"]
