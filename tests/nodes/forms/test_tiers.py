"""Forms over the whole stack with a hosted model: what it is shown, and that a deterministic intent never asks one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage

from frontdesk import Desk, Principal, Settings, open_desk
from frontdesk.models.chain import ModelRoster
from frontdesk.models.roster import build_models
from frontdesk.testing import ScriptedModel

DESK = Desk.load("retail")


class Hosted:
    """A desk's models where every hosted role is one scripted model."""

    def __init__(self, *steps: Any) -> None:
        self.model = ScriptedModel(*steps)
        keyless = build_models(DESK, Settings(redis="memory")).keyless
        self.roster = ModelRoster({"fast": "script:one", "reasoning": "script:one"}, keyless, self._of)

    def _of(self, spec: str) -> BaseChatModel:
        return self.model


async def talk(hosted: Hosted, home: Path, *said: str) -> list[Any]:
    assert DESK.config.demo is not None
    customer = Principal(DESK.config.demo.subject, DESK.config.name, frozenset(DESK.config.demo.scopes))
    settings = Settings(home=home, redis="memory")
    async with open_desk(DESK, settings, principal=customer, models=hosted.roster) as opened:
        return [await opened.chat(text, thread_id="t") for text in said]


async def test_a_deterministic_intent_asks_no_hosted_model(tmp_path: Path) -> None:
    hosted = Hosted()  # its first call would be one too many
    said = ("where is my order?", "10915", "what are your opening hours in Leeds?", "how do I track my parcel?")
    replies = await talk(hosted, tmp_path, *said)
    assert {DESK.intents[reply.intent].tier for reply in replies} == {"deterministic"}
    assert [reply.usage["model"] for reply in replies] == ["keyless"] * len(said)
    assert "shipped" in replies[1].text
    assert hosted.model.calls == ()


async def test_a_page_serves_a_deterministic_intent_without_tools(tmp_path: Path) -> None:
    hosted = Hosted()
    page = next(intent for intent in DESK.intents.values() if intent.tier == "deterministic" and not intent.tools)
    replies = await talk(hosted, tmp_path, page.utterances[0])
    assert (replies[0].intent, replies[0].status) == (page.name, "answered")
    assert replies[0].citations[0]["id"] in page.pages
    assert hosted.model.calls == ()


async def test_a_hosted_model_is_shown_what_was_given(tmp_path: Path) -> None:
    hosted = Hosted(
        "Of course. Which order is it?",
        AIMessage("", tool_calls=[{"name": "cancel_order", "args": {"order_id": "10482"}, "id": "c1"}]),
        AIMessage("", tool_calls=[{"name": "cancel_order", "args": {"order_id": "10915"}, "id": "c2"}]),
        "It is on its way already.",
    )
    replies = await talk(hosted, tmp_path, "I want to cancel an order", "10482", "no, 10915")
    assert [reply.status for reply in replies] == ["answered", "confirm", "answered"]
    shown = ["\n".join(str(message.text) for message in call.messages) for call in hosted.model.calls]
    assert '{"given": {"order_id": null}}' in shown[0]
    assert '"order_id": "10482"' in shown[1]
    assert '"order_id": "10915"' in shown[2]
    assert "10482" not in shown[2].split("<form", 1)[1].split("</form", 1)[0]
    hosted.model.assert_complete()
