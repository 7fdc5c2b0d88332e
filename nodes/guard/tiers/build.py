"""Makes tier 2 of what the desk says: who judges, with which model, at which endpoint."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.guarding import TIER2, GuardChannel, GuardRule
from frontdesk.desk.tiers import LocalTier, ModerationTier, Tier, Tier2
from frontdesk.graph.deps import Models, Prompts
from frontdesk.graph.state import Channel
from frontdesk.nodes.guard.second import Judge, SecondTiers
from frontdesk.nodes.guard.tiers import classifiers
from frontdesk.nodes.guard.tiers.local import LocalJudge
from frontdesk.nodes.guard.tiers.model import ModelJudge
from frontdesk.nodes.guard.tiers.moderation import ModerationJudge, client_of


@dataclass(frozen=True)
class Around:
    """What judges need besides the desk's configuration."""

    models: Models
    prompts: Prompts
    root: Path
    """The desk's folder."""
    base_url: str | None
    """The desk's OpenAI-compatible endpoint."""


async def build_second_tier(config: DeskConfig, around: Around, stack: AsyncExitStack) -> SecondTiers | None:
    """Return tier 2, or None where there is nobody to ask.

    Args:
        config: The desk; ``guards.tier2`` says who judges.
        around: Models, prompts and places.
        stack: Takes what must be closed at the end.

    Raises:
        ConfigurationError: A library, a model's folder or a key is missing.
    """
    rule = config.guards.get(TIER2, GuardRule())
    if rule.enabled is False:
        return None
    judges: list[Judge] = []
    for options in Tier2.of(rule.options).tiers:
        judge = await _judge(options, config.business, around, stack)
        if judge is not None:
            judges.append(judge)
    if not judges:
        return None
    channels: tuple[Channel, ...] = get_args(GuardChannel)
    actions = {channel: rule.on(channel, threshold=0.5, action="refuse").action for channel in channels}
    return SecondTiers(judges, rule.on_unavailable, actions["user"], actions)


async def _judge(options: Tier, business: str, around: Around, stack: AsyncExitStack) -> Judge | None:
    if isinstance(options, LocalTier):
        local = LocalJudge(await asyncio.to_thread(classifiers.build, options, around.root), options)
        stack.callback(local.close)
        return local
    if isinstance(options, ModerationTier):
        client = await asyncio.to_thread(client_of, around.base_url, options.seconds)
        stack.push_async_callback(client.close)
        return ModerationJudge(client, options)
    if around.models.describe("guard") == "keyless":
        # null means that there is none; a desk runs without a key, and tier 1's word is the last one then
        return None
    return ModelJudge(around.models, around.prompts, business, options)


__all__ = ["Around", "build_second_tier"]
