"""What a desk says about its output guards: the section ``review`` of desk.yaml."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class ReviewRule(BaseModel):
    """How one output guard behaves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool | None = None
    """Whether the step runs; by default the step's own choice."""
    action: Literal["block", "repair", "mask", "flag"] | None = None
    """block: the desk's fixed wording is said instead; repair: the model is told why and writes once more, then as
    block; mask: what was found is taken out or replaced; flag: recorded only. By default the step's own."""
    timeout: float = Field(default=1.0, gt=0, le=30)
    """Seconds."""
    on_unavailable: Literal["closed", "open"] = "closed"
    """closed: a reply that the step could not see is not sent; open: it is sent without it."""
    shadow: bool = False
    """true: what it finds is written down and changes nothing."""
    options: dict[str, Any] = Field(default_factory=dict)
    """What the step itself takes."""


class Review(BaseModel):
    """The output guards."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    steps: dict[str, ReviewRule] = Field(default_factory=dict)
    """Per step; a step that is not named here runs with its own defaults."""
    stream: bool = True
    """Whether a model's words are sent as they come, each sentence after it was reviewed; false: the whole reply."""
    hold_back: int = Field(default=64, ge=0, le=1000)
    """Characters that are held back beyond the last finished sentence."""


__all__ = ["Review", "ReviewRule"]
