"""A loopback server that also speaks OpenAI's embeddings, with the faults of a provider that answers wrongly.

Example::

    async with EmbeddingServer([error(429)]) as server:
        embedder = init_embeddings("openai:any", base_url=server.url, api_key="loopback", ...)
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import struct
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from frontdesk.testing.openai_server import OpenAIServer, Request
from frontdesk.testing.replies import Reply
from frontdesk.testing.sending import plain, send

Vectors = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Texts to vectors."""

NUMBERS = "not a number"
"""``Reply.text`` of an answer whose first vector holds NaN."""
FEWER = "fewer"
"""``Reply.text`` of an answer with one vector less than texts."""


class EmbeddingServer(OpenAIServer):
    """Serves ``embeddings`` one reply per request to ``/embeddings``, then right answers for ever.

    Of a reply count ``fault``, ``status``, ``headers`` and ``seconds``; ``text``: :data:`NUMBERS`, :data:`FEWER`, or a
    number of columns.
    """

    def __init__(self, embeddings: Iterable[Reply] = (), vectors: Vectors | None = None, width: int = 64) -> None:
        """Take the replies to play, what embeds (hashed words by default), and the columns of hashed words."""
        super().__init__()
        self.embeddings = deque(embeddings)
        self._vectors = vectors or (lambda texts: [hashed(text, width) for text in texts])

    @property
    def embedded(self) -> list[list[str]]:
        """The texts of each request, in order."""
        return [_texts(request.body) for request in self.requests if request.path.endswith("/embeddings")]

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        if not request.path.endswith("/embeddings"):
            return await super()._answer(request, writer)
        reply = self.embeddings.popleft() if self.embeddings else Reply()
        texts = _texts(request.body)
        if reply.fault == "hang_up":
            return False
        if reply.fault == "status" or not all(isinstance(text, str) and text for text in texts):
            send(
                writer, reply.status if reply.fault == "status" else 400, {"error": {"message": "fault"}}, reply.headers
            )
            await writer.drain()
            return True
        return await plain(writer, reply, self._body(reply, texts, request.body))

    def _body(self, reply: Reply, texts: list[str], asked: dict[str, Any]) -> dict[str, Any]:
        vectors = [list(vector) for vector in self._vectors(texts)]
        if reply.text == NUMBERS:
            vectors[0][0] = float("nan")
        elif reply.text == FEWER:
            vectors.pop()
        elif reply.text:
            vectors = [hashed(text, int(reply.text)) for text in texts]
        coded: list[Any] = [_base64(each) for each in vectors] if asked.get("encoding_format") == "base64" else vectors
        data = [{"object": "embedding", "index": place, "embedding": each} for place, each in enumerate(coded)]
        usage = {"prompt_tokens": len(texts), "total_tokens": len(texts)}
        return {"object": "list", "model": asked.get("model", ""), "data": data, "usage": usage}


def hashed(text: str, width: int) -> list[float]:
    """Return a vector that says which words a text has: equal texts, equal vectors; shared words, near vectors."""
    counts = [0.5] + [0.0] * (width - 1)  # no text, and no two words that cancel out, has length 0
    for word in text.casefold().split():
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        counts[int.from_bytes(digest[:4], "big") % width] += 1.0 if digest[4] & 1 else -1.0
    return counts


def _texts(body: dict[str, Any]) -> list[str]:
    given = body.get("input", [])
    return [given] if isinstance(given, str) else list(given)


def _base64(vector: Sequence[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
