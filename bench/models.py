"""What the chain costs beside a bare call of the model, and how much of a prompt providers can cache.

    python bench/models.py                      tables
    python bench/models.py --json figures.json  the figures as data, too

Every model is a double that answers at once, so that what is left is our own work. Sides, in turn:

* bare: the model's own ``astream``, gathered into one message;
* chain: ``ModelRoster.complete`` over the same model: breaker, time bound, checks, token count;
* second: the first link has no key, and the second link answers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk

from frontdesk import Desk
from frontdesk.desk.modelling import Link
from frontdesk.evals.figures import quantile
from frontdesk.models.caching import PromptCache, beginnings
from frontdesk.models.causes import LinkError
from frontdesk.models.chain import ModelRoster
from frontdesk.models.hosted import Factory
from frontdesk.nodes.remember.tokens import count_text
from frontdesk.prompts.book import PromptBook

ANSWER = "Your order is on its way and will be with you on Friday. Is there anything else that I can do?"
ASKED: list[BaseMessage] = [SystemMessage("You are the assistant of a shop. " * 60), HumanMessage("Where is my order?")]
ROUNDS, WARM = 400, 40


def factory(model: GenericFakeChatModel) -> Factory:
    """Return what builds every link as ``model``, but one that has no key."""

    def build(link: Link) -> GenericFakeChatModel:
        if link.key:
            raise LinkError("auth")
        return model

    return build


class Finished(GenericFakeChatModel):
    """Says in its last piece that it has finished, as providers do."""

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        for word in ANSWER.split(" "):
            yield ChatGenerationChunk(message=AIMessageChunk(content=f"{word} "))
        took = UsageMetadata(input_tokens=100, output_tokens=20, total_tokens=120)
        end = AIMessageChunk(content="", response_metadata={"finish_reason": "stop"}, usage_metadata=took)
        yield ChatGenerationChunk(message=end)


async def timed(side: Callable[[], Awaitable[object]]) -> float:
    """Return the milliseconds of one call."""
    began = time.perf_counter()
    await side()
    return (time.perf_counter() - began) * 1000


async def times() -> dict[str, dict[str, float]]:
    """Return p50 and p99 in ms per side; the sides are measured in turn."""
    model = Finished(messages=iter(()))
    one = ModelRoster({"fast": "openai:a"}, model, factory(model))
    two = ModelRoster({"fast": [Link(model="openai:b", key="NONE"), "openai:a"]}, model, factory(model))

    async def bare() -> AIMessageChunk | None:
        whole: AIMessageChunk | None = None
        async for chunk in model.astream(ASKED):
            whole = chunk if whole is None else whole + chunk
        return whole

    async def chain() -> None:
        assert (await one.complete("fast", ASKED)).model == "openai:a"

    async def second() -> None:
        assert (await two.complete("fast", ASKED)).model == "openai:a"

    sides = {"bare": bare, "chain": chain, "second": second}
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(ROUNDS + WARM):
        for name, side in sides.items():
            spent = await timed(side)
            if turn >= WARM:
                taken[name].append(spent)
    return {
        name: {"p50": round(quantile(row, 0.5) or 0.0, 3), "p99": round(quantile(row, 0.99) or 0.0, 3)}
        for name, row in taken.items()
    }


def cached() -> dict[str, int]:
    """Return the estimated tokens of a customer's prompt's unchanging beginning, and of the retail desk's tools."""
    desk = Desk.load("retail")
    cache = PromptCache(beginnings(PromptBook(desk.prompts), desk.config.business))
    tools = [json.dumps(tool.input) + tool.description for tool in desk.tools.values()]
    return {"beginning": count_text(cache.beginnings[0]), "all_tools": sum(count_text(tool) for tool in tools)}


def main() -> None:
    """Measure, print, and write the figures where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    taken, tokens = asyncio.run(times()), cached()
    for name, row in taken.items():
        print(f"{name:8} p50 {row['p50']:7.3f} ms   p99 {row['p99']:7.3f} ms")
    print(f"unchanging beginning of the prompt: {tokens['beginning']} tokens (estimated, never under)")
    print(f"all tools of the retail desk:       {tokens['all_tools']} tokens")
    if given.json:
        given.json.write_text(json.dumps({"ms": taken, "tokens": tokens}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
