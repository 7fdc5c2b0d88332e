"""The loopback server of embeddings: what OpenAI's protocol says, in numbers and in base64."""

from __future__ import annotations

import base64
import struct

import httpx
import pytest

from frontdesk.testing.embedding_server import EmbeddingServer, hashed
from frontdesk.testing.replies import error


async def asked(server: EmbeddingServer, **body: object) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.post(f"{server.url}/embeddings", json={"model": "m", **body})


async def test_numbers_and_base64_say_the_same() -> None:
    async with EmbeddingServer(width=8) as server:
        numbers = (await asked(server, input=["where is it", "there"])).json()
        coded = (await asked(server, input=["where is it", "there"], encoding_format="base64")).json()
    assert [item["index"] for item in numbers["data"]] == [0, 1]
    for plain, packed in zip(numbers["data"], coded["data"], strict=True):
        assert list(struct.unpack("<8f", base64.b64decode(packed["embedding"]))) == plain["embedding"]
    assert numbers["data"][0]["embedding"] == hashed("where is it", 8)


async def test_one_text_alone_and_other_peoples_vectors() -> None:
    async with EmbeddingServer(vectors=lambda texts: [[float(len(text))] for text in texts]) as server:
        answer = (await asked(server, input="four")).json()
    assert answer["data"][0]["embedding"] == [4.0]
    assert server.embedded == [["four"]]


@pytest.mark.parametrize("given", [[""], [[101, 102]]], ids=["empty", "tokens"])
async def test_what_other_servers_do_not_understand_is_refused(given: list[object]) -> None:
    async with EmbeddingServer() as server:
        assert (await asked(server, input=given)).status_code == 400


async def test_the_script_comes_first_and_chat_goes_on() -> None:
    async with EmbeddingServer([error(429)]) as server, httpx.AsyncClient() as client:
        assert (await asked(server, input="a")).status_code == 429
        assert (await asked(server, input="a")).status_code == 200
        chat = await client.post(f"{server.url}/chat/completions", json={"model": "m", "messages": []})
    assert chat.json()["choices"][0]["message"]["content"] == "All good."


@pytest.mark.parametrize("text", ["", "a", "a b", "one two three"])
def test_no_text_has_length_zero(text: str) -> None:
    for width in (1, 2, 8, 64):
        assert any(hashed(text, width))
