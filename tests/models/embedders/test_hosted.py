"""A provider's embedder over its real client, against a loopback server with a provider's faults."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.desk.routing import Embeddings
from frontdesk.errors import ConfigurationError, ModelError
from frontdesk.models.embedders.build import open_embedder, require
from frontdesk.models.embedders.embedder import BoundedEmbedder
from frontdesk.models.embedders.hosted import client_options
from frontdesk.testing.embedding_server import FEWER, NUMBERS, EmbeddingServer, hashed
from frontdesk.testing.replies import Reply, error

TEXT = "where is my order"


async def opened(server: EmbeddingServer, seconds: float = 5.0) -> BoundedEmbedder:
    chosen = Embeddings(model="openai:loopback", base_url=server.url, timeout=seconds)
    embedder = await open_embedder(chosen, None, {})
    assert embedder is not None
    return embedder


async def test_texts_are_sent_as_texts_and_vectors_come_back() -> None:
    async with EmbeddingServer() as server:
        embedder = await opened(server)
        vector = await embedder.embed(TEXT)
        expected = np.array(hashed(TEXT, 64))
        assert np.allclose(vector, expected / np.linalg.norm(expected), atol=1e-6)
        assert server.embedded == [[TEXT]]
        assert server.requests[0].body["model"] == "loopback"


async def test_a_fit_asks_in_batches() -> None:
    async with EmbeddingServer() as server:
        vectors = await (await opened(server)).embed_many([f"example {number}" for number in range(150)], seconds=30)
        assert vectors.shape == (150, 64)
        assert [len(texts) for texts in server.embedded] == [64, 64, 22]


FAULTS = [
    ("rate limited", error(429, retry_after="0"), "rate_limited"),
    ("server error", error(500), "server_error"),
    ("unauthorised", error(401), "auth"),
    ("refused", error(400), "refused"),
    ("cut", Reply(fault="cut"), "(cut|connection)"),
    ("hung up", Reply(fault="hang_up"), "connection"),
    ("not JSON", Reply(fault="bad_json"), "malformed"),
    ("a vector too few", Reply(text=FEWER), "malformed"),
    ("not a number", Reply(text=NUMBERS), "malformed"),
    ("another width", Reply(text="32"), "malformed"),
]


@pytest.mark.parametrize(("word", "fault", "cause"), FAULTS)
async def test_each_fault_has_its_cause_and_costs_one_request(word: str, fault: Reply, cause: str) -> None:
    async with EmbeddingServer([fault]) as server:
        embedder = await opened(server)
        embedder.expect(64)
        with pytest.raises(ModelError, match=f"^{cause}$"):
            await embedder.embed(TEXT)
        assert len(server.embedded) == 1, word


async def test_silence_ends_with_the_time_limit() -> None:
    async with EmbeddingServer([Reply(fault="slow", seconds=600)]) as server:
        embedder = await opened(server, seconds=0.2)
        with pytest.raises(ModelError, match="timeout"):
            await embedder.embed(TEXT)


async def test_the_key_is_read_from_the_named_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    async with EmbeddingServer() as server:
        chosen = Embeddings(model="openai:loopback", base_url=server.url, key="OUR_KEY")
        with pytest.raises(ConfigurationError, match="OUR_KEY is not set"):
            require(chosen, {})
        embedder = await open_embedder(chosen, None, {"OUR_KEY": "sk-ours"})
        assert embedder is not None
        await embedder.embed(TEXT)
        assert server.requests[0].headers["authorization"] == "Bearer sk-ours"


MISSING = [
    ("no key", "openai:text-embedding-3-small", "key"),
    ("no library", "cohere:embed-english-v3.0", "pip install langchain-cohere"),
    ("no provider", "nobody:model", "cannot be built"),
    ("no form", "text-embedding-3-small", "provider:name"),
]


@pytest.mark.parametrize(("word", "model", "said"), MISSING)
async def test_a_desk_does_not_start_without_its_embedder(word: str, model: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        await open_embedder(Embeddings(model=model), None, {})


async def test_without_embeddings_there_is_no_embedder() -> None:
    assert await open_embedder(None, None, {}) is None


@pytest.mark.parametrize(
    ("word", "chosen", "environment", "expected"),
    [
        ("openai's own", {"model": "openai:m"}, {}, {"check_embedding_ctx_length": False, "max_retries": 0}),
        (
            "a local server",
            {"model": "openai:m", "base_url": "http://127.0.0.1/v1"},
            {},
            {
                "base_url": "http://127.0.0.1/v1",
                "api_key": "unused",
                "check_embedding_ctx_length": False,
                "max_retries": 0,
            },
        ),
        (
            "another provider's address",
            {"model": "mistralai:m", "base_url": "http://127.0.0.1"},
            {"MISTRAL_API_KEY": "k"},
            {"base_url": "http://127.0.0.1", "api_key": "unused"},
        ),
        (
            "a server that knows no keys",
            {"model": "ollama:m", "base_url": "http://127.0.0.1"},
            {},
            {"base_url": "http://127.0.0.1"},
        ),
        ("its own key", {"model": "mistralai:m", "key": "OUR_KEY"}, {"OUR_KEY": "k"}, {"api_key": "k"}),
    ],
)
def test_options_of_the_client(word: str, chosen: dict, environment: dict[str, str], expected: dict) -> None:
    assert client_options(Embeddings(**chosen), environment) == expected, word


def test_the_digest_tells_models_and_servers_apart() -> None:
    from frontdesk.models.embedders.hosted import open_hosted

    environment = {"OUR_KEY": "k"}
    made = [
        open_hosted(Embeddings(model=model, base_url=url, key="OUR_KEY"), environment).digest()
        for model in ("openai:a", "openai:b")
        for url in (None, "http://127.0.0.1/v1")
    ]
    assert len(set(made)) == 4


async def test_the_providers_key_is_not_sent_to_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openais")
    async with EmbeddingServer() as server:
        chosen = Embeddings(model="openai:loopback", base_url=server.url)
        embedder = await open_embedder(chosen, None, {"OPENAI_API_KEY": "sk-openais"})
        assert embedder is not None
        await embedder.embed(TEXT)
        assert server.requests[0].headers["authorization"] == "Bearer unused"
