"""The models of a desk: what desk.yaml and the settings name, and the keyless model behind all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from frontdesk.desk.config import Intent, Models
from frontdesk.graph.deps import DeskView
from frontdesk.models.chain import ModelRoster
from frontdesk.models.hosted import hosted_factory
from frontdesk.models.keyless import KeylessChatModel

TOPICS = 5
"""Requests that the keyless model names when it cannot help: more are not read."""


class ModelSettings(Protocol):
    """What this module needs of the settings."""

    def models(self, desk: Models) -> Models:
        """Return the desk's models with the environment's on top."""
        ...


def build_models(desk: DeskView, settings: ModelSettings) -> ModelRoster:
    """Return the roster. Nothing is contacted, and no provider's library is imported until a role is first used.

    Args:
        desk: Its configuration names the models; its contracts, titles and name go into the keyless one.
        settings: The process's own choice of models.
    """
    chosen = settings.models(desk.config.models)
    specs = {"fast": chosen.fast, "reasoning": chosen.reasoning, "guard": chosen.guard, "summary": chosen.summary}
    keyless = KeylessChatModel(desk.tools, business=desk.config.business, topics=topics_of(desk.intents))
    return ModelRoster(specs, keyless, hosted_factory(chosen.base_url, chosen.timeout), timeout=chosen.timeout)


def topics_of(intents: Mapping[str, Intent]) -> list[str]:
    """Return the titles of the first requests that tools serve, or of the first ones where there are no tools."""
    served = [intent.title for intent in intents.values() if intent.tools]
    return (served or [intent.title for intent in intents.values() if not intent.handoff])[:TOPICS]
