"""Tier 2 as a desk asks for it: who judges, who does not, and what is missing."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.guard.second import SecondTiers
from frontdesk.nodes.guard.tiers.build import Around, build_second_tier
from frontdesk.prompts.book import PromptBook
from tests.support.deps import tiny_desk
from tests.support.judges import ALLOW, GuardModels, says

URL = "http://127.0.0.1:9/v1"
MODERATION = {"kind": "moderation"}


async def built(tier2: dict[str, Any], *, model: str = "openai:guard", url: str | None = URL) -> SecondTiers | None:
    around = Around(GuardModels(says(ALLOW), model), PromptBook(), Path("/desk"), url)  # type: ignore[arg-type]
    async with AsyncExitStack() as stack:
        return await build_second_tier(tiny_desk(guards={"tier2": tier2}).config, around, stack)


@pytest.mark.parametrize(
    ("word", "tier2", "model", "kinds"),
    [
        ("by default", {}, "openai:guard", ["model"]),
        ("without a model", {}, "keyless", []),
        ("switched off", {"enabled": False}, "openai:guard", []),
        ("one of another kind", {"options": MODERATION}, "keyless", ["moderation"]),
        ("two", {"options": {"tiers": [{"kind": "model"}, MODERATION]}}, "openai:guard", ["model", "moderation"]),
        (
            "two, one without a model",
            {"options": {"tiers": [{"kind": "model"}, MODERATION]}},
            "keyless",
            ["moderation"],
        ),
    ],
)
async def test_who_judges(word: str, tier2: dict[str, Any], model: str, kinds: list[str]) -> None:
    made = await built(tier2, model=model)
    assert ([judge.kind for judge in made.judges] if made else []) == kinds, word


async def test_the_policy_goes_along() -> None:
    made = await built({"on_unavailable": "open", "action": "raise"})
    assert made is not None
    assert (made.on_unavailable, made.action) == ("open", "raise")
    default = await built({})
    assert default is not None
    assert (default.on_unavailable, default.action) == ("closed", "refuse")


async def test_each_channel_has_the_action_that_the_desk_names() -> None:
    made = await built({"action": "raise", "channels": {"tool": {"action": "flag"}}})
    assert made is not None
    assert made.actions == {"user": "raise", "document": "mask", "tool": "flag", "human": "mask"}


@pytest.mark.parametrize(
    ("word", "options", "url", "said"),
    [
        ("no key", MODERATION, None, "OPENAI_API_KEY"),
        ("no folder", {"kind": "local", "model": "nowhere"}, URL, "nothing is downloaded"),
    ],
)
async def test_what_is_missing_is_said_when_the_desk_opens(
    word: str, options: dict[str, Any], url: str | None, said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said):
        await built({"options": options}, url=url)


async def test_what_was_opened_is_closed() -> None:
    made = await built({"options": MODERATION})
    assert made is not None
    assert made.judges[0].client.is_closed()  # type: ignore[attr-defined]
