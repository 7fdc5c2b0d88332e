"""What a desk says of its memory, its pages and what a model is shown of both."""

from __future__ import annotations

from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

MemoryKind = Literal["preference", "fact", "episode"]
"""What is kept of a customer across conversations: how they like things, what holds of them, what they came for."""
ContextPart = Literal["details", "pages", "window", "summary", "memories"]
"""Parts of a prompt that may be cut down; the rules, the tools, the form in hand and this turn never are."""

KINDS: Final[tuple[MemoryKind, ...]] = get_args(MemoryKind)
PARTS: Final[tuple[ContextPart, ...]] = get_args(ContextPart)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Memory(_Strict):
    """What is remembered, within a conversation and beyond it. Beyond it only as `consent.memory` allows."""

    details_tokens: int = Field(default=900, ge=100, le=8000)
    """Tokens (estimated, never under) of a conversation's key details: ids, amounts, dates, decisions, open tasks."""
    kinds: list[MemoryKind] = Field(default_factory=lambda: list(KINDS))
    """What is kept across conversations; a kind that is not named is neither kept nor recalled."""
    kept: int = Field(default=300, ge=10, le=2000)
    """Memories per customer; the least important and oldest make room."""
    recalled: int = Field(default=5, ge=0, le=50)
    """Memories that a turn is given at most, beside one line for each of the three newest conversations."""
    learn: Literal["rules", "model", "off"] = "rules"
    """How preferences and facts are noticed: by rule, by the `summary` model (by rule where it cannot answer), or not
    at all. After the turn: the customer does not wait for it."""
    capsule_hours: float = Field(default=24.0, gt=0, le=720)
    """Hours after which a conversation that the client carries can no longer be gone on with, from its last reply."""
    confidence: float = Field(default=0.5, ge=0, le=1)
    """What is less certain than this is not kept."""
    special: bool = False
    """Also keep what reveals health, religion, politics, union, sexual life or origin (GDPR, article 9): only with a
    legal basis of its own, which `consent.memory` alone is not. Secrets and payment data are never kept."""


class Search(_Strict):
    """How the pages are searched."""

    limit: int = Field(default=3, ge=1, le=20)
    """Passages that a search gives a turn at most; up to two whole pages of the recognised intent come on top."""
    covered: float = Field(default=0.5, ge=0, le=1)
    """Certainty from which a page is said to cover a question; below it the answer is that no page does."""
    embeddings: bool = True
    """Also search by meaning, where `routing.embeddings` names an embedder."""
    reranker: str = ""
    """`module:function` that orders what was found anew; empty: none. What it must be: docs/knowledge.md."""
    stale_days: int = Field(default=365, ge=1)
    """Days since a page was reviewed after which `frontdesk knowledge lint` calls it stale."""


class Context(_Strict):
    """What a model is shown at most."""

    tokens: int = Field(default=8000, ge=1000, le=1_000_000)
    """Tokens (estimated, never under) of the whole prompt, tools included; below the model's own window."""
    answer: int = Field(default=1000, ge=32)
    """Tokens of it that are left free for the answer; half of it at most."""
    first: list[ContextPart] = Field(default_factory=lambda: list(PARTS), max_length=5)
    """What is kept before what, where not everything fits; a part that is not named comes last."""
