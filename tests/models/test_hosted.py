"""What a link's client is built with, and whose key goes where."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.desk.modelling import Link
from frontdesk.models.chain import ModelRoster
from frontdesk.models.hosted import KeyMissingError, hosted_factory, options
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply
from frontdesk.testing.scripted import ScriptedModel
from tests.models.test_chain import ASK

HERE, THERE = "http://localhost/v1", "http://127.0.0.1:9/v1"
LOCAL = {"stream_usage": True, "use_responses_api": False}


@pytest.mark.parametrize(
    ("word", "link", "base_url", "expected"),
    [
        ("OpenAI's own", Link(model="openai:a"), None, {"stream_usage": True}),
        ("the desk's endpoint", Link(model="openai:a"), HERE, {"base_url": HERE, **LOCAL}),
        ("its own endpoint", Link(model="openai:a", base_url=THERE), HERE, {"base_url": THERE, "api_key": "unused", **LOCAL}),
        ("its own key", Link(model="openai:a", base_url=THERE, key="K"), HERE, {"base_url": THERE, "api_key": "own", **LOCAL}),
        ("its own time", Link(model="openai:a", timeout=9), None, {"timeout": 9, "stream_usage": True}),
        ("another protocol", Link(model="anthropic:a"), HERE, {}),  # the endpoint speaks OpenAI's
        ("another protocol's endpoint", Link(model="anthropic:a", base_url=THERE), HERE, {"base_url": THERE, "api_key": "unused"}),
        ("a provider's own endpoint and key", Link(model="anthropic:a", base_url=THERE, key="K"), None, {"base_url": THERE, "api_key": "own"}),
        ("a name alone, at an address", Link(model="claude-a"), HERE, {"base_url": HERE, "model_provider": "openai", **LOCAL}),
        ("a name alone, at its own", Link(model="a", base_url=THERE), None, {"base_url": THERE, "api_key": "unused", "model_provider": "openai", **LOCAL}),
        ("a server that knows no keys", Link(model="ollama:a", base_url=THERE), None, {"base_url": THERE}),
        ("another protocol's key", Link(model="anthropic:a", key="K"), None, {"api_key": "own"}),
    ],
)  # fmt: skip
def test_options(
    monkeypatch: pytest.MonkeyPatch, word: str, link: Link, base_url: str | None, expected: dict[str, Any]
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "the desk's")
    monkeypatch.setenv("K", "own")
    assert options(link, base_url, 3.0, None) == {"max_retries": 0, "timeout": 3.0, **expected}, word


@pytest.mark.parametrize("value", [None, ""])
def test_a_key_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.delenv("K", raising=False)
    if value is not None:
        monkeypatch.setenv("K", value)
    with pytest.raises(KeyMissingError, match="K"):
        options(Link(model="openai:a", key="K"), None, 3.0, None)


async def test_one_providers_key_is_never_sent_to_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "the-desks")
    monkeypatch.setenv("SECOND_KEY", "the-seconds")
    async with OpenAIServer([Reply("", fault="refusal")]) as one, OpenAIServer([Reply("", fault="refusal")]) as two:
        async with OpenAIServer([Reply("ok")]) as three:
            chain: list[str | Link] = [
                "openai:a",
                Link(model="openai:b", base_url=two.url),
                Link(model="openai:c", base_url=three.url, key="SECOND_KEY"),
            ]
            roster = ModelRoster({"fast": chain}, ScriptedModel(), hosted_factory(one.url, 5.0))
            done = await roster.complete("fast", ASK)
        sent = [server.requests[0].headers["authorization"] for server in (one, two, three)]
    assert sent == ["Bearer the-desks", "Bearer unused", "Bearer the-seconds"]
    assert (done.model, done.failures) == ("openai:c", ("fast/refused", "fast/refused"))


async def test_a_link_without_its_key_fails_as_auth_and_the_next_one_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECOND_KEY", raising=False)
    async with OpenAIServer([Reply("ok")]) as server:
        chain: list[str | Link] = [Link(model="openai:a", key="SECOND_KEY"), "openai:b"]
        roster = ModelRoster({"fast": chain}, ScriptedModel(), hosted_factory(server.url, 5.0))
        done = await roster.complete("fast", ASK)
        assert (done.model, done.failures, len(server.requests)) == ("openai:b", ("fast/auth",), 1)
    assert [state["state"] for state in roster.states()] == ["unusable", "closed"]
