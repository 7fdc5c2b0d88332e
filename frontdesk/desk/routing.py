"""What a desk says of routing: when an intent is acted on, and which tier of model serves it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

LOCAL_ENCODER = "minilm"
"""Name of the local encoder among embedders."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Embeddings(_Strict):
    """An embedder whose vectors are joined to the lexical features of the router."""

    model: str
    """`minilm`: the local encoder of the extra `embeddings`; otherwise a string for LangChain's `init_embeddings`, such
    as `openai:text-embedding-3-small`."""
    base_url: str | None = None
    """Any OpenAI-compatible endpoint."""
    key: str | None = Field(default=None, pattern=r"^[A-Z][A-Z0-9_]*$")
    """Environment variable that holds the key; by default the one that the provider's library reads, unless a
    `base_url` is named: one provider's key is never sent to another's address."""
    timeout: float = Field(default=1.0, gt=0, le=30)
    """Seconds for one message. What cannot be embedded in time is routed by its words alone, with a calibration of its
    own."""


class Tiers(_Strict):
    """When a stronger model serves a turn than the one its intent declares. It goes up only, for the task.

    Intents of tier `fast` go to the reasoning model. Deterministic ones go to the fast model, and only where the
    customer's answers gave nothing or the customer says the same again. Without a hosted model for it none goes up.
    """

    writes: int = Field(default=2, ge=1)
    """Changes of one request from which it is asked."""
    failures: int = Field(default=1, ge=1)
    """Refused or failed tool calls and rejected replies within a task."""
    success: float = Field(default=0.6, ge=0, le=1)
    """Share of an intent's requests that were settled without a person, below which it is asked (smoothed; an intent
    without a history counts as settled)."""
    unsure: float = Field(default=0.6, ge=0, le=1)
    """Confidence of an accepted intent below which it is asked."""
    days: int = Field(default=90, ge=1, le=366)
    """Days for which is kept how requests ended: counts per intent, of nobody in particular."""


class Routing(_Strict):
    """When an intent is acted on."""

    accept: float = Field(default=0.5, ge=0, le=1)
    """Calibrated confidence from which an intent is acted on."""
    clarify: float = Field(default=0.25, ge=0, le=1)
    """Confidence from which the customer is asked whether this is meant; below it the message is out of scope."""
    pair: float = Field(default=0.8, ge=0, le=1)
    """Joint confidence of the two likeliest intents from which the customer is asked which of them it is."""
    embeddings: Embeddings | None = None
    """null: words alone."""
    tiers: Tiers = Tiers()
    """When a stronger model is asked."""
    split: bool = True
    """Whether several requests in one message are told apart and served in order."""


class Cache(_Strict):
    """Answers that may be given again: of intents marked `cacheable` only, and never what is somebody's own."""

    enabled: bool = True
    """false: no answer is kept or given again."""
    ttl: int = Field(default=86_400, ge=1)
    """Seconds for which an answer may be given again. None outlives its day (UTC): the prompt names the day, and pages
    become valid on one."""
    entries: int = Field(default=5_000, ge=1)
    """Answers kept for the desk; the one that was used longest ago goes first."""
    match: Literal["exact", "semantic"] = "semantic"
    """exact: the same words, whatever their case and punctuation; semantic: also other wordings of the question
    (English ones), found by `routing.embeddings` where that is configured, and never across a difference in numbers,
    negation, names, times, persons or what is asked."""
    distance: float = Field(default=0.35, ge=0, le=1)
    """Cosine distance of the nearest question at most."""
