"""Time until a customer reads the first words: streamed sentence by sentence, and sent whole.

    python bench/stream.py                     30 ms a word, ten turns a side
    python bench/stream.py --pace 0.05 --turns 20 --json figures.json

A loopback server of OpenAI's protocol drips one and the same answer. Both sides run in one process, in turns; the ratio
is that of their medians. ``guard`` is what the hold-back costs: from the model's word that finishes the first sentence
to that sentence at the customer, of which most is the wait for the next 64 characters.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from frontdesk import Desk, FrontDesk, Principal, Settings, TextEvent, open_desk
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply

QUESTION = "How long is the warranty on a sofa?"
ANSWER = (
    "Yes, a broken switch is a defect of the lamp itself, and so it is covered [warranty]. "
    "Please keep the receipt, since our workshop asks for it before the work begins [warranty]. "
    "We collect the lamp from your home, look at it, and repair it where that can be done. "
    "Tell me whenever you would like to register the case, and I am happy to help you with that."
)
FIRST = ANSWER.index(". ") + 1


async def turn(desk: FrontDesk, who: Principal) -> tuple[float, float]:
    """Return the seconds until the first words and until the whole reply of one stateless turn."""
    began = time.perf_counter()
    first = 0.0
    async for event in desk.stream(QUESTION, principal=who):
        if isinstance(event, TextEvent) and not first:
            first = time.perf_counter() - began
    return first, time.perf_counter() - began


async def measure(pace: float, turns: int, home: Path) -> dict[str, Any]:
    """Run both sides in turns; returns the figures in milliseconds."""
    desk = Desk.load("retail")
    review = desk.config.review.model_copy(update={"stream": False})
    whole = replace(desk, config=desk.config.model_copy(update={"review": review}))
    who = Principal("C-1042", desk.config.name)
    async with OpenAIServer(default=Reply(text=ANSWER, pace=pace)) as server:
        settings = Settings(home=home, redis="memory", redis_url=None, model="openai:loopback", base_url=server.url)
        async with open_desk(desk, settings) as streams, open_desk(whole, settings) as waits:
            await turn(streams, who)
            await turn(waits, who)
            sides: dict[str, list[tuple[float, float]]] = {"streamed": [], "whole": []}
            for _ in range(turns):
                sides["streamed"].append(await turn(streams, who))
                sides["whole"].append(await turn(waits, who))
    first = {side: median(at for at, _ in times) * 1000 for side, times in sides.items()}
    spoken = (len(ANSWER[:FIRST].split(" ")) + 1) * pace * 1000
    return {
        "pace_ms": pace * 1000,
        "turns": turns,
        "first_words_ms": {side: round(value) for side, value in first.items()},
        "reply_ms": {side: round(median(end for _, end in times) * 1000) for side, times in sides.items()},
        "ratio": round(first["streamed"] / first["whole"], 2),
        "model_first_sentence_ms": round(spoken),
        "guard_ms": round(first["streamed"] - spoken),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Time until the first words, streamed and whole.")
    parser.add_argument("--pace", type=float, default=0.03, help="seconds per word of the model")
    parser.add_argument("--turns", type=int, default=10, help="turns a side")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as home:
        figures = asyncio.run(measure(given.pace, given.turns, Path(home)))
    print(json.dumps(figures, indent=1))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
