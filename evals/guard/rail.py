"""The guard of a desk, as its turns use it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from frontdesk.desk.load import Desk
from frontdesk.errors import ConfigurationError
from frontdesk.graph.deps import InputGuard
from frontdesk.models.roster import build_models
from frontdesk.nodes.guard.guard import InputGuardRail, SecondTier
from frontdesk.nodes.guard.tiers.build import Around, build_second_tier
from frontdesk.prompts.book import PromptBook
from frontdesk.settings import load_settings, quiet_environment


@asynccontextmanager
async def desk_guard(name: str | None, *, tier2: bool = False) -> AsyncIterator[InputGuard]:
    """Open the input guard of a desk.

    Args:
        name: The desk; by default that of the settings.
        tier2: Whether its second tier takes part: texts of the data then go to the models that the desk names.

    Raises:
        DeskError: The desk has faults.
        SettingsError: A variable is wrong.
        ConfigurationError: A guard cannot be built, or ``tier2`` is asked for and the desk has none.
    """
    quiet_environment()
    desk = Desk.load(name or load_settings().desk)
    async with AsyncExitStack() as stack:
        second = await _second(desk, stack) if tier2 else None
        yield await asyncio.to_thread(InputGuardRail, desk.config, tier2=second)


async def _second(desk: Desk, stack: AsyncExitStack) -> SecondTier:
    settings = load_settings()
    roster = build_models(desk, settings)
    await roster.warm()
    base_url = settings.models(desk.config.models).base_url
    around = Around(roster, PromptBook(desk.prompts), desk.root, base_url)
    second = await build_second_tier(desk.config, around, stack)
    if second is None:
        raise ConfigurationError(
            "the desk has no second tier: name a model for the role `guard` (FRONTDESK_MODEL_GUARD, or models.guard in"
            " desk.yaml), or leave --tier2 out"
        )
    return second
