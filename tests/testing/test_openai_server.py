"""The loopback server says what OpenAI's protocol says, and nothing of it is left when it is closed."""

from __future__ import annotations

import json

import httpx
import pytest

from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply, call, error, flagged

ASK = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}


async def post(server: OpenAIServer, **more: object) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.post(f"{server.url}/chat/completions", json={**ASK, **more}, timeout=5)


def events(body: str) -> list[dict[str, object]]:
    lines = [line.removeprefix("data: ") for line in body.splitlines() if line]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


async def test_replies_are_played_in_order_and_then_the_default() -> None:
    async with OpenAIServer([Reply("one"), Reply("two")], default=Reply("rest")) as server:
        said = [(await post(server)).json()["choices"][0]["message"]["content"] for _ in range(4)]
        assert said == ["one", "two", "rest", "rest"]
        assert [request.body["model"] for request in server.requests] == ["m"] * 4


async def test_a_stream_carries_text_then_the_reason_then_usage() -> None:
    async with OpenAIServer([Reply("one two")]) as server:
        found = events((await post(server, stream=True, stream_options={"include_usage": True})).text)
    assert [e["choices"][0]["delta"].get("content") for e in found[:-1]] == ["", "one", " two", None]  # type: ignore[index]
    assert found[-2]["choices"][0]["finish_reason"] == "stop"  # type: ignore[index]
    assert found[-1]["usage"] == {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


async def test_usage_is_streamed_only_when_asked_for() -> None:
    async with OpenAIServer([Reply("one")]) as server:
        assert all("usage" not in event for event in events((await post(server, stream=True)).text))


async def test_tool_arguments_come_in_fragments_that_join_to_json() -> None:
    async with OpenAIServer([call("get_order", order_id="10482")]) as server:
        found = events((await post(server, stream=True)).text)
    deltas = [e["choices"][0]["delta"].get("tool_calls") for e in found]  # type: ignore[index]
    parts = [delta[0]["function"]["arguments"] for delta in deltas if delta]
    assert len(parts) > 3
    assert json.loads("".join(parts)) == {"order_id": "10482"}


async def test_an_error_carries_its_status_and_headers() -> None:
    async with OpenAIServer([error(429, retry_after="2")]) as server:
        response = await post(server)
    assert (response.status_code, response.headers["retry-after"]) == (429, "2")


@pytest.mark.parametrize("stream", [True, False])
async def test_a_cut_answer_ends_in_the_middle(stream: bool) -> None:
    async with OpenAIServer([Reply("one two three", fault="cut")]) as server:
        with pytest.raises(httpx.RemoteProtocolError):
            await post(server, stream=stream)


async def test_an_unknown_path_is_not_found_and_plays_nothing() -> None:
    async with OpenAIServer([Reply("one")]) as server:
        async with httpx.AsyncClient(trust_env=False) as client:
            assert (await client.get(f"{server.url}/models")).status_code == 404
        assert (await post(server)).json()["choices"][0]["message"]["content"] == "one"


async def test_closing_ends_a_slow_answer() -> None:
    async with OpenAIServer([Reply("late", fault="slow", seconds=3600)]) as server:
        with pytest.raises(httpx.ReadTimeout):
            async with httpx.AsyncClient(trust_env=False) as client:
                await client.post(f"{server.url}/chat/completions", json=ASK, timeout=0.05)
    with pytest.raises(RuntimeError, match="async with"):
        _ = server.url


async def test_moderations_have_a_script_of_their_own() -> None:
    async with OpenAIServer([Reply("one")], moderations=[flagged("hate"), error(500)]) as server:
        async with httpx.AsyncClient(trust_env=False) as client:
            asked = {"input": ["a", "b"], "model": "m"}
            first = (await client.post(f"{server.url}/moderations", json=asked)).json()
            broken = await client.post(f"{server.url}/moderations", json=asked)
            rest = (await client.post(f"{server.url}/moderations", json=asked)).json()
        assert (await post(server)).json()["choices"][0]["message"]["content"] == "one"
    assert [result["flagged"] for result in first["results"]] == [True, False]
    assert [name for name, hit in first["results"][0]["categories"].items() if hit] == ["hate"]
    assert broken.status_code == 500
    assert [result["flagged"] for result in rest["results"]] == [False, False]
