"""Runs the messages through the whole graph, one way at a time, against the loopback stand-in."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from frontdesk.assembly import open_desk
from frontdesk.desk.load import Desk
from frontdesk.desk.modelling import Price
from frontdesk.evals.tiers.judging import Served, calls_in, is_right
from frontdesk.evals.tiers.messages import Message
from frontdesk.evals.tiers.oracle import OracleServer
from frontdesk.evals.tiers.ways import Diverted, Way
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.spending_memory import MemorySpendings
from frontdesk.graph.protocols import Role
from frontdesk.models.meter import SpendingMeter
from frontdesk.models.roster import build_models
from frontdesk.service import FrontDesk
from frontdesk.settings import Settings

FAST, REASONING = "tier-fast", "tier-reasoning"
_ROLES: dict[str, Role] = {FAST: "fast", REASONING: "reasoning"}
PRICES = {FAST: Price(input=0.25, output=2.0), REASONING: Price(input=1.25, output=10.0)}
"""Per million tokens, in dollars: the usual step of five between two models of a provider."""


@dataclass(frozen=True, slots=True)
class Row:
    """One message, served one way."""

    kind: str
    tier: str
    """That decide named."""
    asked: Role
    """The strongest model that was asked; keyless for none."""
    right: bool
    input: int
    output: int
    cost: float
    reasons: tuple[str, ...]
    answered: bool = True
    """Whether a model, hosted or not, answered; False for a question which request is meant, a handover, a refusal."""


async def serve(
    way: Way,
    sent: Sequence[Message],
    desk: Desk,
    *,
    shares: Mapping[Role, float] | None = None,
    thinking: int = 0,
    say: Callable[[str], None] = lambda line: None,
) -> list[Row]:
    """Serve all messages one way, each conversation in a thread of its own.

    Args:
        way: Who answers.
        sent: The messages.
        desk: The retail desk; its models, prices and cache are replaced.
        shares: For the way ``chance``.
        thinking: Hidden tokens that the reasoning model writes before each answer.
        say: Takes lines on the progress.

    Returns:
        One row per message, in order.
    """
    demo = desk.config.demo
    principal = Principal(demo.subject, desk.config.name, frozenset(demo.scopes)) if demo else None
    async with OracleServer(desk.tools, {REASONING: thinking}) as server:
        named = _with_models(desk, server.url)
        with tempfile.TemporaryDirectory(prefix="frontdesk-tiers-") as home:
            settings = Settings(home=Path(home), redis="memory")
            spendings = MemorySpendings()
            meter = SpendingMeter(
                named.config.budgets.spending,
                settings.models(named.config.models),
                spendings,
                principal=principal or Principal(tenant=desk.config.name),
                thread_seconds=86_400,
            )
            models = Diverted(build_models(named, settings, None, meter), way, shares or {})
            async with open_desk(named, settings, principal=principal, models=models) as opened:
                return await _all(opened, server, models, sent, say)


def _with_models(desk: Desk, url: str) -> Desk:
    """Return the desk with both tiers on the stand-in, priced, and without the answer cache: that is another saving."""
    prices = {f"openai:{name}": price for name, price in PRICES.items()}
    models = desk.config.models.model_copy(
        update={"fast": f"openai:{FAST}", "reasoning": f"openai:{REASONING}", "base_url": url, "prices": prices}
    )
    cache = desk.config.cache.model_copy(update={"enabled": False})
    return replace(desk, config=desk.config.model_copy(update={"models": models, "cache": cache}))


async def _all(
    opened: FrontDesk, server: OracleServer, models: Diverted, sent: Sequence[Message], say: Callable[[str], None]
) -> list[Row]:
    chance, rows, began = random.Random(1), list[Row](), time.monotonic()  # noqa: S311 - to draw, not to hide
    for number, message in enumerate(sent, 1):
        models.begin(chance)
        server.want = message.want
        server.taken.clear()
        thread = f"tiers-{message.conversation}"
        reply = await opened.chat(message.text, thread_id=thread)
        state = await _state(opened, thread)
        served = Served(reply, calls_in(state.get("messages") or []))
        asked = {_ROLES[one.model] for one in server.taken}
        decision = state.get("decision")
        rows.append(
            Row(
                kind=message.want.kind,
                tier=reply.tier,
                asked="reasoning" if "reasoning" in asked else "fast" if asked else "keyless",
                right=is_right(message.want, served),
                input=int(reply.usage.get("input_tokens", 0)),
                output=int(reply.usage.get("output_tokens", 0)),
                cost=float(reply.usage.get("cost", 0.0)),
                reasons=tuple(decision["reasons"]) if decision else (),
                answered=any(step["stage"] == "respond" for step in reply.timings),
            )
        )
        if number % 200 == 0:
            say(f"{models.way}: {number} messages, {time.monotonic() - began:.0f} s")
    return rows


async def _state(opened: FrontDesk, thread: str) -> Mapping[str, Any]:
    """Return the thread's state, in which the turn's calls stand."""
    who = opened.deps.principal
    caller = Caller(who, await opened.stores.threads.resolve(who, thread, must_exist=True), "report")
    values: Mapping[str, Any] = (await opened.runner.stateful.aget_state(opened.runner.config(caller))).values
    return values


__all__ = ["FAST", "PRICES", "REASONING", "Row", "serve"]
