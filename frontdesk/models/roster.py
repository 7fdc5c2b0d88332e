"""The models of a desk: what desk.yaml and the settings name, and the keyless model behind all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from frontdesk.desk.config import Intent, Models
from frontdesk.graph.counting import Calibration
from frontdesk.graph.deps import DeskView
from frontdesk.graph.metering import Meter, NoMeter
from frontdesk.models.caching import PromptCache, beginnings
from frontdesk.models.chain import ModelRoster
from frontdesk.models.hosted import hosted_factory
from frontdesk.models.keyless import KeylessChatModel
from frontdesk.prompts.book import PromptBook

TOPICS = 5
"""Requests that the keyless model names when it cannot help: more are not read."""


class ModelSettings(Protocol):
    """What this module needs of the settings."""

    def models(self, desk: Models) -> Models:
        """Return the desk's models with the environment's on top."""
        ...


def build_models(
    desk: DeskView,
    settings: ModelSettings,
    prompts: PromptBook | None = None,
    meter: Meter | None = None,
    calibration: Calibration | None = None,
) -> ModelRoster:
    """Return the roster. Nothing is contacted, and no provider's library is imported until a role is first used.

    Args:
        desk: Its configuration names the models; its contracts, titles and name go into the keyless one.
        settings: The process's own choice of models.
        prompts: The desk's prompts, whose beginnings providers may cache; by default those that ship.
        meter: Lets calls through and counts them; by default there is none.
        calibration: Is told what providers report of prompts.
    """
    chosen = settings.models(desk.config.models)
    business = desk.config.business
    return ModelRoster(
        {"fast": chosen.fast, "reasoning": chosen.reasoning, "guard": chosen.guard, "summary": chosen.summary},
        KeylessChatModel(desk.tools, business=business, topics=topics_of(desk.intents)),
        hosted_factory(chosen.base_url, chosen.timeout),
        timeout=chosen.timeout,
        meter=meter or NoMeter(),
        calibration=calibration or Calibration(),
        cache=PromptCache(beginnings(prompts or PromptBook(), business) if chosen.prompt_cache else ()),
        rule=chosen.breaker,
        first_token=chosen.first_token,
    )


def topics_of(intents: Mapping[str, Intent]) -> list[str]:
    """Return the titles of the first requests that tools serve, or of the first ones where there are no tools."""
    served = [intent.title for intent in intents.values() if intent.tools]
    return (served or [intent.title for intent in intents.values() if not intent.handoff])[:TOPICS]
