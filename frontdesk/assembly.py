"""The only place where concrete things meet."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial

from frontdesk.backoffice import open_backends, open_gateway
from frontdesk.desk.languages import read_translations
from frontdesk.desk.load import Desk
from frontdesk.graph.counting import Calibration
from frontdesk.graph.deps import Deps, Models
from frontdesk.graph.identity import Principal
from frontdesk.graph.later import Background
from frontdesk.graph.persistence.life.retention import lifetimes
from frontdesk.graph.wiring import build_graph
from frontdesk.models.chain import ModelRoster
from frontdesk.models.embedders.build import open_embedder
from frontdesk.models.meter import SpendingMeter
from frontdesk.models.roster import build_models
from frontdesk.nodes.cached.build import answer_store, build_answers
from frontdesk.nodes.guard.guard import InputGuardRail
from frontdesk.nodes.guard.pages import clean_pages
from frontdesk.nodes.guard.tiers.build import Around, build_second_tier
from frontdesk.nodes.guard.views import readings
from frontdesk.nodes.recall.knowledge import open_pages
from frontdesk.nodes.remember.learning.shape import rules as learning_rules
from frontdesk.nodes.remember.tables import load_tables
from frontdesk.nodes.respond.context import PROMPT
from frontdesk.nodes.review.reviewer import OutputReviewer
from frontdesk.nodes.route.fitting import open_router
from frontdesk.nodes.route.masked import Masking, masked
from frontdesk.nodes.scrub.build import build_scrubber
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.prompts.book import PromptBook
from frontdesk.prompts.marked import MarkedPrompts, new_canary
from frontdesk.service import FrontDesk
from frontdesk.settings import Settings, load_settings, quiet_environment
from frontdesk.stores import Stores, connect_stores
from frontdesk.turns import TurnRunner


@asynccontextmanager
async def open_desk(
    desk: Desk,
    settings: Settings | None = None,
    *,
    principal: Principal | None = None,
    models: Models | None = None,
) -> AsyncIterator[FrontDesk]:
    """Open a desk: Redis (embedded unless ``REDIS_URL``), models, tools.

    Args:
        desk: What to open, from ``Desk.load``.
        settings: By default those of the environment.
        principal: Who is asking when a call names nobody; by default an anonymous caller of the desk's tenant.
        models: Instead of the configured ones; for tests and benchmarks.

    Returns:
        The Python door, until the context ends: running turns are finished, then the connections close.

    Raises:
        ConfigurationError: No usable Redis, a faulty setting or a faulty contract; the message says what to do.
    """
    quiet_environment()
    settings = settings or load_settings()
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(connect_stores(desk, settings))
        deps = await build_deps(desk, settings, stores, stack, principal=principal, models=models)
        graph = build_graph(deps)
        runner = TurnRunner(deps, graph.compile(checkpointer=stores.saver), graph.compile())
        frontdesk = FrontDesk(deps, stores, runner)
        try:
            yield frontdesk
        finally:
            await frontdesk.drain()


async def build_deps(
    desk: Desk,
    settings: Settings,
    stores: Stores,
    stack: AsyncExitStack,
    *,
    principal: Principal | None = None,
    models: Models | None = None,
) -> Deps:
    """Build what the nodes are bound to.

    Args:
        desk: The desk.
        settings: Where its database is and which models serve it.
        stores: Where its state lives.
        stack: Takes what must be closed at the end.
        principal: Who is asking when a run names nobody.
        models: Instead of the configured ones.

    Returns:
        The dependencies. What is heavy (guards, router, tools) is built in a thread, off the event loop.
    """
    scrubber = await asyncio.to_thread(build_scrubber, desk.config.scrub)
    await asyncio.to_thread(read_translations)
    await asyncio.to_thread(learning_rules)
    tools = await open_backends(desk, settings, stores, stack)
    prompts = PromptBook(desk.prompts)
    firm = scrubber.firm()
    masking = Masking(desk.config.scrub.model_dump_json(), firm)
    embedder = await open_embedder(desk.config.routing.embeddings, settings.home, os.environ)
    if embedder is not None:
        stack.push_async_callback(embedder.close)
    stores.archive.embedder = embedder
    spoken = tuple(intent.model_dump_json() for intent in desk.intents.values())
    intents = await asyncio.to_thread(masked, spoken, masking)
    router = await open_router(intents, desk.config.routing, embedder=embedder, home=settings.home)
    gateway = await open_gateway(desk, tools, stores)
    caller = principal or Principal(tenant=desk.config.name)
    meter = _meter(desk, settings, stores, caller)
    calibration = Calibration()
    chosen = models or await _warmed(build_models(desk, settings, prompts, meter, calibration))
    await asyncio.to_thread(load_tables, chosen.describe("fast"), chosen.describe("reasoning"))
    around = Around(chosen, prompts, desk.root, settings.models(desk.config.models).base_url)
    tier2 = await build_second_tier(desk.config, around, stack)
    guard = await asyncio.to_thread(partial(InputGuardRail, desk.config, tier2=tier2))
    desk = replace(desk, pages=await clean_pages(guard, desk.pages, desk.config))
    pages = open_pages(desk.pages.values(), desk.config.search, root=desk.root, embedder=embedder, home=settings.home)
    marked = MarkedPrompts(prompts, _spoken(desk), new_canary())
    reviewer = asyncio.to_thread(_reviewer, desk, firm, marked)
    later = Background()
    stack.push_async_callback(later.drain)
    return Deps(
        desk=desk,
        scrubber=scrubber,
        vault=stores.vault,
        guard=guard,
        router=router,
        knowledge=await pages,
        archive=stores.archive,
        models=chosen,
        gateway=gateway,
        approved=gateway.approving,
        reviewer=await reviewer,
        handoff=stores.handoff,
        prompts=marked,
        principal=caller,
        journal=stores.audit,
        meter=meter,
        embedder=embedder,
        later=later,
        outcomes=stores.outcomes,
        page_use=stores.page_use,
        prepared=stores.prepared,
        calibration=calibration,
        cache=build_answers(desk, answer_store(stores.client, stores.sealer, desk.config), embedder),
    )


def _meter(desk: Desk, settings: Settings, stores: Stores, principal: Principal) -> SpendingMeter:
    config = desk.config
    return SpendingMeter(
        config.budgets.spending,
        settings.models(config.models),
        stores.spendings,
        principal=principal,
        thread_seconds=lifetimes(config.retention).thread,
    )


def _reviewer(desk: Desk, scrubber: PersonalDataScrubber, prompts: MarkedPrompts) -> OutputReviewer:
    config = desk.config
    return OutputReviewer(
        scrubber,
        readings,
        hosts=config.link_hosts,
        secrets=prompts.wordings(config.business),
        canary=prompts.canary,
        rules=config.review,
        business=config.business,
    )


def _spoken(desk: Desk) -> list[str]:
    """Return the names of the prompts that a customer's turn may be answered with."""
    return sorted({PROMPT, *(intent.prompt for intent in desk.intents.values() if intent.prompt)})


async def _warmed(roster: ModelRoster) -> ModelRoster:
    """Build the configured models now, so that no customer waits for a provider's import."""
    await roster.warm()
    return roster
