"""What providers are told to cache of a prompt: its unchanging beginning, and nothing of a person."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from frontdesk.desk.modelling import Link
from frontdesk.models.caching import PromptCache, beginnings, steady
from frontdesk.models.chain import ModelRoster
from frontdesk.models.hosted import hosted_factory
from frontdesk.prompts.book import PromptBook
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply
from frontdesk.testing.scripted import ScriptedModel

CACHE = PromptCache(("Always the same.\n",))
ASKED = [SystemMessage("Always the same.\nToday is Monday."), HumanMessage("hello")]


@pytest.mark.parametrize(
    ("template", "beginning"),
    [
        ("You serve {{ business }}.\nToday is {{ today }}.", "You serve Shop.\n"),
        ("You serve {{business}}.", "You serve Shop."),
        ("Today is {{ today }}.\nYou serve {{ business }}.", ""),
        ("One.\nTwo.\n{% if notes %}x{% endif %}", "One.\nTwo.\n"),
        ("One. {# why #}\nTwo.", ""),
    ],
)
def test_the_unchanging_beginning_is_whole_lines(template: str, beginning: str) -> None:
    assert steady(template, "Shop") == beginning


def test_what_the_customers_prompt_begins_with_holds_the_rules_and_nothing_of_the_turn() -> None:
    book = PromptBook()
    (beginning,) = (text for text in beginnings(book, "Shop") if text.startswith("You are the virtual assistant"))
    variables = dict.fromkeys(book.get("respond").variables, "-changing-") | {"business": "Shop"}
    rendered = book.render("respond", **variables)
    assert rendered.startswith(beginning)
    assert "-changing-" not in beginning
    assert len(beginning) > 0.8 * len(rendered)


class ChatAnthropic(ScriptedModel):
    """A client by its class: what is marked for it depends on that."""


def hosted(address: str | None) -> BaseChatModel:
    return hosted_factory(address, 1.0, api_key="test")("openai:a")


@pytest.mark.parametrize(
    ("word", "model", "messages", "said"),
    [
        ("OpenAI itself", hosted(None), ASKED, ["prompt_cache_key"]),
        ("another server of its protocol", hosted("http://127.0.0.1:9/v1"), ASKED, []),
        ("a name that looks like it", hosted("http://api.openai.com.example/v1"), ASKED, []),
        ("another client", ScriptedModel(), ASKED, []),
        ("another prompt", hosted(None), [SystemMessage("Something else."), HumanMessage("hello")], []),
        ("no system prompt", hosted(None), [HumanMessage("Always the same.\n")], []),
        ("nothing", hosted(None), [], []),
    ],
)
def test_who_is_given_a_key(word: str, model: BaseChatModel, messages: list[BaseMessage], said: list[str]) -> None:
    given, options = CACHE.prepared(model, messages)
    assert (given, list(options)) == (messages, said), word


def test_the_key_tells_prompts_apart_and_not_turns() -> None:
    cache, model = PromptCache(("One.\n", "Two.\n")), hosted(None)
    keys = [
        cache.prepared(model, [SystemMessage(text)])[1]["prompt_cache_key"]
        for text in ("One.\nMonday", "One.\nTuesday", "Two.\nMonday")
    ]
    assert keys[0] == keys[1] != keys[2]


def test_anthropics_client_gets_the_beginning_as_a_marked_block() -> None:
    given, options = CACHE.prepared(ChatAnthropic(), ASKED)
    assert given[0].content == [
        {"type": "text", "text": "Always the same.\n", "cache_control": {"type": "ephemeral"}},
        {"type": "text", "text": "Today is Monday."},
    ]
    assert (given[1:], options) == (ASKED[1:], {})
    assert ASKED[0].content == "Always the same.\nToday is Monday."
    alone, _ = CACHE.prepared(ChatAnthropic(), [SystemMessage("Always the same.\n")])
    assert len(alone[0].content) == 1  # an empty block would be refused


@pytest.mark.parametrize(
    ("reports", "cached"), [(Reply("ok", prompt_tokens=90, cached_tokens=64), 64), (Reply("ok"), 0)]
)
async def test_cached_tokens_are_read_off_the_answer(reports: Reply, cached: int) -> None:
    async with OpenAIServer([reports]) as server:
        models = ModelRoster({"fast": "openai:a"}, ScriptedModel(), hosted_factory(server.url, 5.0), cache=CACHE)
        done = await models.complete("fast", ASKED)
        assert (done.input_tokens, done.cached_tokens) == (reports.prompt_tokens, cached)
        (request,) = server.requests
    assert request.body["messages"][0] == {"role": "system", "content": "Always the same.\nToday is Monday."}
    assert "prompt_cache_key" not in request.body


async def test_what_is_said_reaches_the_request_beside_tools() -> None:
    tool: dict[str, Any] = {"type": "function", "function": {"name": "t", "parameters": {"type": "object"}}}

    class Everywhere(PromptCache):
        def prepared(self, model: BaseChatModel, messages: Any) -> tuple[list[BaseMessage], dict[str, Any]]:
            return list(messages), {"prompt_cache_key": "k"}

    async with OpenAIServer([Reply("ok")]) as server:
        specs = {"fast": Link(model="openai:a", base_url=server.url)}
        models = ModelRoster(specs, ScriptedModel(), hosted_factory(None, 5.0), cache=Everywhere())
        await models.complete("fast", ASKED, tools=[tool])
        (request,) = server.requests
    assert (request.body["prompt_cache_key"], request.tools) == ("k", ["t"])
