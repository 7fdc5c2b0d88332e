"""What a desk says of its models: who answers for each role, what it costs, and how much may be spent."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

AtLimit = Literal["keyless", "handoff", "refuse"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Price(_Strict):
    """What a model costs per million tokens, in the currency of `budgets.spending.currency`."""

    input: float = Field(ge=0)
    """Tokens that it reads."""
    output: float = Field(ge=0)
    """Tokens that it writes."""
    cached: float | None = Field(default=None, ge=0)
    """Tokens that the provider had in its own prompt cache; like `input` when absent."""


class Link(_Strict):
    """One hosted model of a chain, where its name alone does not say enough."""

    model: str
    """`provider:name`, as `init_chat_model` takes it."""
    base_url: str | None = None
    """Any OpenAI-compatible endpoint; by default `models.base_url`."""
    key: str | None = Field(default=None, pattern=r"^[A-Z][A-Z0-9_]*$")
    """Environment variable that holds this link's key; by default the one that the provider's library reads, unless the
    link names a `base_url`: one provider's key is never sent to another's address."""
    timeout: float | None = Field(default=None, gt=0, le=300)
    """Seconds for one call of this model; by default `models.timeout`."""
    first_token: float | None = Field(default=None, gt=0, le=1)
    """Part of that time within which the answer must begin; by default `models.first_token`."""
    window: int | None = Field(default=None, ge=1000)
    """Tokens that it takes at most, prompt and tools, where that is less than `context.tokens` less `context.answer`:
    a longer prompt is fitted anew."""
    price: Price | None = None
    """What it costs; by default its entry in `models.prices`."""


NAME_TAG, LINK_TAG, LIST_TAG = "<name>", "<link>", "<list>"
TAGS = frozenset({NAME_TAG, LINK_TAG, LIST_TAG})
"""Steps in the place of a fault that do not stand in the file; with them a fault is told of one form, not of all."""


def _link_or_name(given: Any) -> str:
    return LINK_TAG if isinstance(given, dict | Link) else NAME_TAG


def _form(given: Any) -> str:
    return LIST_TAG if isinstance(given, list) else _link_or_name(given)


_Name = Annotated[str, Tag(NAME_TAG)]
_Link = Annotated[Link, Tag(LINK_TAG)]
_Links = Annotated[list[Annotated[_Name | _Link, Discriminator(_link_or_name)]], Tag(LIST_TAG)]
Chain = Annotated[_Name | _Link | _Links, Discriminator(_form)] | None
"""One model, or several of which each stands in for the ones before it."""


class Breaker(_Strict):
    """When a model that keeps failing is left alone for a while (circuit breaker)."""

    failures: int = Field(default=5, ge=1)
    """Failures in a row, within `window`, that open the breaker."""
    window: float = Field(default=60.0, gt=0)
    """Seconds."""
    pause: float = Field(default=30.0, gt=0)
    """Seconds for which an open breaker lets nothing through; then one call tries (half-open)."""


class Models(_Strict):
    """Chat models per role: one name such as `openai:gpt-5-mini`, or a list, each standing in for those before it.

    null means the keyless model, which also ends every chain.
    """

    fast: Chain = None
    """Serves intents of tier `fast`."""
    reasoning: Chain = None
    """Serves intents of tier `reasoning`."""
    guard: Chain = None
    """Second tier of the input guard, asked when the checks raise; null: there is none. Policy: `guards.tier2`."""
    summary: Chain = None
    """Summarises what leaves the window."""
    base_url: str | None = None
    """Any OpenAI-compatible endpoint, for every model of the provider `openai` that names none of its own."""
    timeout: float = Field(default=15.0, gt=0, le=300)
    """Seconds that one model call may take, its whole stream included."""
    first_token: float | None = Field(default=None, gt=0, le=1)
    """Part of that time within which an answer must begin, so that a silent model is given up early; null: only the
    whole call is bounded. A model that thinks before it writes needs more."""
    breaker: Breaker = Breaker()
    """When a failing model is left alone."""
    prices: dict[str, Price] = Field(default_factory=dict)
    """Per model name; a model without a price costs nothing in reports and money budgets, and `frontdesk check` says so
    where a money budget is set."""
    prompt_cache: bool = True
    """Ask providers that need asking to cache the unchanging beginning of the prompt."""


class Limit(_Strict):
    """An upper bound; what is not named is not bounded."""

    tokens: int | None = Field(default=None, ge=1)
    """Tokens read and written."""
    cost: float | None = Field(default=None, gt=0)
    """Money, in `currency`."""


class Spending(_Strict):
    """How much hosted models may take. Deterministic and keyless answers are never bounded."""

    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    """ISO 4217."""
    turn: Limit = Limit()
    """One turn, all its model calls."""
    thread: Limit = Limit()
    """One conversation, while it is kept. Counted only where it is limited."""
    principal: Limit = Limit()
    """One signed-in customer, or one anonymous thread, per day (UTC). Counted only where it is limited."""
    tenant: Limit = Limit()
    """The whole desk per day (UTC)."""
    answer: int = Field(default=2000, ge=32)
    """Tokens that one answer may have where a limit is set, hidden reasoning included: so much is reserved before a
    call, and the provider is told to stop there."""
    at_limit: AtLimit = "keyless"
    """keyless: the turn goes on without hosted models; handoff: a person takes over; refuse: `texts.spent` is said."""
    on_unavailable: Literal["closed", "open"] = "closed"
    """When what was spent cannot be read: closed as at the limit; open: hosted models are asked."""
