"""The form of an answer: what a client of OpenAI's protocol sends along, and what others are spared."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from frontdesk.graph.deps import AnswerForm
from frontdesk.models.chain import ModelRoster
from frontdesk.models.hosted import hosted_factory
from frontdesk.models.schema import in_form
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply
from frontdesk.testing.scripted import ScriptedModel

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}
FORM = AnswerForm("judgement", SCHEMA, max_tokens=80)
SENT = {"type": "json_schema", "json_schema": {"name": "judgement", "strict": True, "schema": SCHEMA}}


@pytest.mark.parametrize(
    ("form", "response_format", "length"),
    [(FORM, SENT, 80), (AnswerForm("j", SCHEMA, 80, enforced=False), None, 80), (AnswerForm("judgement", SCHEMA), SENT, None), (None, None, None)],
)  # fmt: skip
async def test_what_is_sent(form: AnswerForm | None, response_format: Any, length: int | None) -> None:
    async with OpenAIServer([Reply('{"a": "b"}')]) as server:
        roster = ModelRoster({"guard": "openai:any"}, ScriptedModel(), hosted_factory(server.url, 5.0))
        done = await roster.complete("guard", [HumanMessage("hi")], form=form)
        (request,) = server.requests
    assert (done.message.content, done.failures) == ('{"a": "b"}', ())
    assert request.body.get("response_format") == response_format
    assert request.body.get("max_completion_tokens", request.body.get("max_tokens")) == length


@pytest.mark.parametrize(
    ("word", "reply", "cause"),
    [
        ("cut", Reply('{"a": "b"}', fault="cut"), "cut"),
        ("unfinished", Reply('{"a": "b"}', fault="unfinished"), "cut"),
        ("a filter", Reply('{"a": "b"}', fault="refusal"), "refused"),
        ("not JSON", Reply('{"a": "b"}', fault="bad_json"), "malformed"),
        ("nothing", Reply(""), "malformed"),
        ("silence", Reply("late", fault="slow", seconds=3600), "timeout"),
    ],
)
async def test_faults_have_their_causes_in_this_form_too(word: str, reply: Reply, cause: str) -> None:
    async with OpenAIServer(default=reply) as server:
        roster = ModelRoster({"guard": "openai:any"}, ScriptedModel(), hosted_factory(server.url, 5.0), timeout=1.0)
        done = await roster.complete("guard", [HumanMessage("hi")], form=FORM)
    assert (done.model, done.message.content, done.failures) == ("keyless", "", (f"guard/{cause}",)), word


def test_other_clients_are_spared() -> None:
    model = ScriptedModel()
    assert in_form(model, FORM) is model
    assert in_form(model, None) is model
