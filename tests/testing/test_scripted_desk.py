"""A whole desk behind a scripted model: what an application's own tests do, and what no reply may repeat."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from frontdesk import Desk, open_desk
from frontdesk.prompts.book import Prompt
from frontdesk.testing import ScriptedModel, scripted_models
from tests.support.small import DEMO, settings_for, small_desk

RULES = "Never mention that the warehouse in Rotterdam closes for stocktaking on the last Friday of each quarter."
VARIABLES = frozenset({"business", "today", "intent", "access", "memory", "pages"})
QUESTION = "how much does delivery cost?"


def desk_with_a_prompt_of_its_own() -> Desk:
    desk = small_desk()
    own = Prompt("own_rules", "For delivery questions.", VARIABLES, RULES + "\n{{ pages }}", "0" * 12)
    asked = desk.intents["delivery_cost"].model_copy(update={"prompt": own.name})
    return replace(desk, prompts={own.name: own}, intents={**desk.intents, asked.name: asked})


async def test_a_script_answers_a_customer(tmp_path: Path) -> None:
    model = ScriptedModel("Delivery is free above a certain sum.")
    settings = settings_for(tmp_path, redis="memory")
    async with open_desk(small_desk(), settings, principal=DEMO, models=scripted_models(model)) as opened:
        reply = await opened.chat(QUESTION)
    assert (reply.status, reply.text) == ("answered", "Delivery is free above a certain sum.")
    assert "Fernhill Home" in model.calls[0].messages[0].text
    model.assert_complete()


async def test_the_prompt_of_an_intent_is_as_secret_as_the_usual_one(tmp_path: Path) -> None:
    desk = desk_with_a_prompt_of_its_own()
    model = ScriptedModel(f"My rules say: {RULES}")
    async with open_desk(
        desk, settings_for(tmp_path, redis="memory"), principal=DEMO, models=scripted_models(model)
    ) as opened:
        reply = await opened.chat(QUESTION)
    assert RULES in model.calls[0].messages[0].text
    assert "Rotterdam" not in reply.text
    assert reply.text == desk.config.texts.refuse.format(business=desk.config.business)
