"""Time of a search in pages, by words alone: the retail desk, and an index of made-up sections.

    python bench/knowledge.py                     retail, and 10,000 sections
    python bench/knowledge.py --sections 1000     another size
    python bench/knowledge.py --vectors           with made-up sentence vectors, as with an embedder

One thread, one search after the other, whole searches as a turn makes them. The embedding of a question comes on top
(bench/embedding.py). The made-up sections have words by Zipf's law: 60 of 20,000, as a help text has.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from threadpoolctl import threadpool_limits

from frontdesk.desk.config import Page
from frontdesk.desk.load import Desk
from frontdesk.evals.figures import quantile
from frontdesk.nodes.recall.knowledge import Means, PageSearch
from frontdesk.nodes.recall.passages.vectors import section_texts
from frontdesk.nodes.recall.sections import sections_of
from frontdesk.nodes.route.senses import senses

QUESTIONS = (
    "what does a return label cost",
    "do you deliver to Norway",
    "how long is the guarantee on a sofa frame",
    "can I pay in instalments",
    "I forgot my password",
    "what happens if I miss the parcel carrier",
    "by what time must I order for next day delivery",
    "who won the football match yesterday",
)
AIMS = {"retail": 1.0, "made up": 10.0}
"""Milliseconds at p50."""
_WORDS, _PER_SECTION, _WIDTH = 20_000, 60, 384


class Fixed:
    """An embedder that has made-up vectors at once."""

    def __init__(self) -> None:
        self._draw = np.random.default_rng(1)

    def digest(self) -> str:
        return "made-up"

    def expect(self, width: int) -> None:
        pass

    async def embed(self, text: str) -> np.ndarray[Any, np.dtype[np.float32]]:
        return (await self.embed_many([text]))[0]

    async def embed_many(self, texts: Any, *, seconds: float | None = None) -> np.ndarray[Any, np.dtype[np.float32]]:
        vectors = self._draw.standard_normal((len(texts), _WIDTH)).astype(np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def made_up(sections: int) -> list[Page]:
    """Return pages of ten sections each; half of their words are English."""
    draw = np.random.default_rng(7)
    known = list(senses().rows)
    words = [known[number] if number % 2 else f"word{number}" for number in range(_WORDS // 2)] + list(known)
    words = words[:_WORDS]
    shares = 1 / np.arange(1, len(words) + 1)
    drawn = draw.choice(len(words), (sections, _PER_SECTION), p=shares / shares.sum())
    texts = [" ".join(words[place] for place in row) for row in drawn]
    bodies = [texts[start : start + 10] for start in range(0, sections, 10)]
    return [
        Page(
            id=f"page-{number}",
            title=f"Page about {body[0][:30]}",
            body="\n\n".join(f"## {t[:20]}\n\n{t}" for t in body),
        )
        for number, body in enumerate(bodies)
    ]


async def timed(pages: list[Page], *, vectors: bool, repeats: int) -> dict[str, Any]:
    """Index, search, and return the figures."""
    embedder = Fixed() if vectors else None
    sections = [section for page in pages for section in sections_of(page)]
    began = time.perf_counter()
    own = await embedder.embed_many(section_texts(sections)) if embedder else None
    search = PageSearch(pages, means=Means(embedder, own))
    built = time.perf_counter() - began
    times: list[float] = []
    for _ in range(repeats):
        for question in QUESTIONS:
            start = time.perf_counter()
            await search.search(question, signed_in=True)
            times.append((time.perf_counter() - start) * 1000)
    return {
        "sections": len(sections),
        "index_s": round(built, 2),
        "p50_ms": quantile(times, 0.5),
        "p99_ms": quantile(times, 0.99),
    }


async def main(options: argparse.Namespace) -> int:
    """Measure and print; 1 when an aim is missed."""
    sides = {"retail": list(Desk.load("retail").pages.values()), "made up": made_up(options.sections)}
    found = {
        name: await timed(pages, vectors=options.vectors, repeats=options.repeats) for name, pages in sides.items()
    }
    print(json.dumps({**found, "vectors": options.vectors, "load": round(os.getloadavg()[0], 1)}))
    return int(any(found[name]["p50_ms"] > aim for name, aim in AIMS.items()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time of a search in pages.")
    parser.add_argument("--sections", type=int, default=10_000, help="made-up sections")
    parser.add_argument("--repeats", type=int, default=50, help="times that each question is asked")
    parser.add_argument("--vectors", action="store_true", help="with made-up sentence vectors, too")
    with threadpool_limits(1):
        sys.exit(asyncio.run(main(parser.parse_args())))
