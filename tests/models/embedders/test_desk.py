"""A whole desk with a provider's embeddings: masked text only, one call per message, and no fault that stops a turn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from frontdesk import Desk, open_desk
from frontdesk.desk.routing import Embeddings
from frontdesk.errors import ConfigurationError
from frontdesk.testing.embedding_server import EmbeddingServer
from frontdesk.testing.replies import Reply, error
from tests.support.small import DEMO, settings_for, small_desk


def desk_with(server: EmbeddingServer, seconds: float = 20.0) -> Desk:
    desk = small_desk()
    chosen = Embeddings(model="openai:loopback", base_url=server.url, timeout=seconds)
    routing = desk.config.routing.model_copy(update={"embeddings": chosen})
    return replace(desk, config=desk.config.model_copy(update={"routing": routing}))


async def test_only_masked_text_is_embedded_and_once_per_message(tmp_path: Path) -> None:
    async with EmbeddingServer() as server:
        settings = settings_for(tmp_path, redis="memory")
        async with open_desk(desk_with(server), settings, principal=DEMO) as opened:
            fitted = len(server.embedded)
            reply = await opened.chat("Where is my order 10482? Write to anna.schmidt@example.org please")
            again = await opened.chat("Where is my order 10482? Write to anna.schmidt@example.org please")
        assert "10482" in reply.text
        assert again.text == reply.text
        sent = [text for texts in server.embedded[fitted:] for text in texts]
        assert len(sent) == len(set(sent))
        assert any("order" in text for text in sent)
        assert not any("anna" in text or "@" in text for text in sent)
        assert (tmp_path / "routers").is_dir()


@pytest.mark.parametrize(
    "fault",
    [error(429), error(500), Reply(fault="cut"), Reply(fault="bad_json"), Reply(text="8"), Reply(fault="slow")],
    ids=["rate limited", "server error", "cut", "not JSON", "another width", "slow"],
)
async def test_a_turn_goes_on_by_its_words(fault: Reply, tmp_path: Path) -> None:
    async with EmbeddingServer() as server:
        desk = desk_with(server, seconds=0.3 if fault.fault == "slow" else 20.0)
        async with open_desk(desk, settings_for(tmp_path, redis="memory"), principal=DEMO) as opened:
            server.embeddings.extend([fault] * 10)
            reply = await opened.chat("Where is my order 10482?")
    assert "10482" in reply.text


async def test_without_its_provider_a_desk_does_not_start(tmp_path: Path) -> None:
    async with EmbeddingServer([error(401)]) as server:
        with pytest.raises(ConfigurationError, match=r"routing\.embeddings.*\(auth\)"):
            async with open_desk(desk_with(server), settings_for(tmp_path, redis="memory")):
                pytest.fail("it started")
