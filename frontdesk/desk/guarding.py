"""What a desk says about its guards: the section ``guards`` of desk.yaml, one policy per check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Action = Literal["refuse", "raise", "mask", "flag"]
GuardChannel = Literal["user", "document", "tool", "human"]
Unavailable = Literal["closed", "open"]
SESSION = "session"
"""Name of the policy of attacks that are spread over several messages."""
TIER2 = "tier2"
"""Name of the policy of the second tier."""


class ChannelRule(BaseModel):
    """What differs on one channel; what is not named here is as for the whole check."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool | None = None
    """false: the check does not look at this channel."""
    threshold: float | None = Field(default=None, ge=0, le=1)
    """Score from which the check fires here."""
    action: Action | None = None
    """What is done here when it fires."""
    shadow: bool | None = None
    """true: only written down here."""


class GuardRule(BaseModel):
    """How one input check behaves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool | None = None
    """Whether the check runs; by default the check's own choice (off-topic and abuse are off until switched on)."""
    threshold: float | None = Field(default=None, ge=0, le=1)
    """Score from which the check fires; by default the one that came with the check (0.5 on the common scale)."""
    action: Action | None = None
    """refuse; raise: no writing tools in this turn, tier 2 is asked; mask: the sentences that it found are taken out;
    flag: recorded only. By default the check's own on the channel `user`, and mask on the others."""
    timeout: float = Field(default=1.0, gt=0, le=30)
    """Seconds; of `tier2`, unless it is named, what its judges' `seconds` say."""
    on_unavailable: Unavailable = "closed"
    """closed: a check that cannot run counts as unsure, and the turn goes to a person (other channels: the text is
    not used); open: it is skipped."""
    shadow: bool = False
    """true: what it finds is written down (trace, `/why`, audit) and changes nothing."""
    channels: dict[GuardChannel, ChannelRule] = Field(default_factory=dict)
    """What differs per channel: `user` (customers), `document` (knowledge), `tool` (results), `human` (colleagues)."""
    validator: str = ""
    """Only for a check of somebody else's: `package.module:Class` of an installed guardrails-ai validator."""
    options: dict[str, Any] = Field(default_factory=dict)
    """What the check itself takes, such as `topics` of the off-topic check; of a validator: its arguments."""

    def on(self, channel: GuardChannel, *, threshold: float, action: Action, enabled: bool = True) -> Policy:
        """Return what applies on ``channel``, with the check's own defaults where the desk says nothing.

        Args:
            channel: Where the text comes from.
            threshold: The check's own, 0 to 1.
            action: The check's own on the channel ``user``; on the others it is ``mask``.
            enabled: Whether the check looks at this channel when nobody says so.
        """
        here = self.channels.get(channel, ChannelRule())
        own: Action = action if channel == "user" else "mask"
        given = self.action if channel == "user" else None
        return Policy(
            enabled=_first(here.enabled, self.enabled, enabled),
            threshold=_first(here.threshold, self.threshold, threshold),
            action=_first(here.action, given, own),
            shadow=_first(here.shadow, self.shadow),
            timeout=self.timeout,
            on_unavailable=self.on_unavailable,
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """A check's policy on one channel, with nothing left open."""

    enabled: bool
    threshold: float
    action: Action
    shadow: bool
    timeout: float
    on_unavailable: Unavailable


_Given = TypeVar("_Given")


def _first(*given: _Given | None) -> _Given:
    return next(value for value in given if value is not None)


__all__ = ["SESSION", "TIER2", "Action", "ChannelRule", "GuardChannel", "GuardRule", "Policy", "Unavailable"]
