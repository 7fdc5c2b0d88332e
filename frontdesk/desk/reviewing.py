"""What a desk says about its output guards: the section ``review`` of desk.yaml, one policy per step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

ReviewAction = Literal["block", "repair", "mask", "flag"]
Otherwise = Literal["wording", "handoff"]

MOST_CHARACTERS = 12_000
"""Characters of the longest reply that can be sent, whatever the desk says of its length: three times the usual most.
What is longer is not searched by any output guard, and so never sent."""


class ReviewRule(BaseModel):
    """How one output guard behaves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool | None = None
    """Whether the step runs; by default the step's own choice."""
    action: ReviewAction | None = None
    """block: the reply is not sent; repair: the model is told why and writes once more, then as block; mask: what was
    found is taken out or replaced; flag: recorded only. By default the step's own."""
    otherwise: Otherwise | None = None
    """What happens instead of a reply that is not sent. wording: the desk's fixed wording is said (`texts`); handoff:
    a person takes over, with a ticket. By default the step's own: handoff for promises, wording for the others."""
    timeout: float = Field(default=1.0, gt=0, le=30)
    """Seconds."""
    on_unavailable: Literal["closed", "open"] = "closed"
    """closed: a reply that the step could not see is not sent; open: it is sent without it."""
    shadow: bool = False
    """true: what it finds is written down and changes nothing."""
    validator: str = ""
    """Only for a step of somebody else's: `package.module:Class` of an installed guardrails-ai validator."""
    options: dict[str, Any] = Field(default_factory=dict)
    """What the step itself takes: `promises` and `schema` take `allow`, `promises` also `deny`, `tone` takes
    `never_say`, `instead` takes `words`, `length` takes `characters` (up to 12,000); a validator takes its
    arguments."""

    def over(self, *, action: ReviewAction, otherwise: Otherwise, enabled: bool = True) -> ReviewPolicy:
        """Return what applies, with the step's own defaults where the desk says nothing.

        Args:
            action: The step's own.
            otherwise: The step's own.
            enabled: Whether the step runs when nobody says so.
        """
        return ReviewPolicy(
            enabled=enabled if self.enabled is None else self.enabled,
            action=self.action or action,
            otherwise=self.otherwise or otherwise,
            timeout=self.timeout,
            on_unavailable=self.on_unavailable,
            shadow=self.shadow,
        )


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """A step's policy with nothing left open."""

    enabled: bool = True
    action: ReviewAction = "mask"
    otherwise: Otherwise = "wording"
    timeout: float = 1.0
    on_unavailable: Literal["closed", "open"] = "closed"
    shadow: bool = False


class Topic(BaseModel):
    """A risky topic, and what is said to it word for word whatever a model would write."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    triggers: list[str] = Field(min_length=1)
    """Phrases: whole words in their order, `a|b` for either, `word*` for any ending, `...` for up to three words."""
    unless: list[str] = Field(default_factory=list)
    """Phrases that show that something harmless is meant: a trigger that touches one of them does not count."""
    say: str = Field(min_length=1)
    """What the customer is told; `{business}` stands for the desk's business name."""
    handoff: bool = False
    """true: a person takes over; the ticket's notice follows the wording."""
    where: Literal["message", "reply", "both"] = "message"
    """Whose words are searched: the customer's, the draft's, or both."""


class Review(BaseModel):
    """The output guards."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    steps: dict[str, ReviewRule] = Field(default_factory=dict)
    """Per step; a step that is not named here runs with its own defaults."""
    topics: dict[str, Topic] = Field(default_factory=dict)
    """Risky topics by name, such as `injury`; the first that applies counts."""
    stream: bool = True
    """Whether a model's words are sent as they come, each sentence after it was reviewed; false: the whole reply."""
    hold_back: int = Field(default=64, ge=0, le=1000)
    """Characters that are held back beyond the last finished sentence."""


__all__ = ["MOST_CHARACTERS", "Otherwise", "Review", "ReviewAction", "ReviewPolicy", "ReviewRule", "Topic"]
