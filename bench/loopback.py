"""The model of the benchmark: OpenAI's protocol on loopback, answering at once, in a process of its own.

Run by ``bench/turn.py``: prints its URL, serves until its standard input is closed. Being another process, its work is
not in the processor time of a turn (it is in the wall time).
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from frontdesk.prompts.parts import newest_words
from frontdesk.testing.openai_server import OpenAIServer, Request
from frontdesk.testing.replies import Reply, call

ORDER = re.compile(r"\b\d{5}\b")
PAGE = re.compile(r'<page id="([\w-]+)"[^>]*>\n(.+?)\n</page', re.S)
PLAIN = re.compile(r"^(?![#*<\-|]).*?[.!?](?=\s|$)", re.M)


def answer(body: dict[str, Any]) -> Reply:
    """Return what a sensible model would: a tool call where one fits, else a cited sentence of the first page."""
    messages = body.get("messages", [])
    last = messages[-1]
    if last["role"] == "tool":
        return Reply(text="This is what I found in your account just now; is there anything else?")
    if "notes of a customer service desk" in str(messages[0]["content"]):
        return Reply(text=notes(str(last["content"])))
    offered = {tool["function"]["name"] for tool in body.get("tools", ())}
    turn, said = newest_words(str(last["content"]))
    order = ORDER.search(said)
    if order and "get_order" in offered:
        return call("get_order", order_id=order[0])
    for name in ("get_loyalty_points", "list_orders"):
        if name in offered:
            return call(name)
    page = PAGE.search(turn)
    sentence = PLAIN.search(page[2]) if page else None
    return Reply(text=f"{sentence[0]} [{page[1]}]" if page and sentence else "What can I do for you?")


def notes(source: str) -> str:
    """Return a summary of the asked-for form: the latest ten lines of the notes so far and of what customers said."""
    lines = [line.replace("Customer: ", "- ") for line in source.splitlines() if line.startswith(("- ", "Customer: "))]
    return "\n".join(lines[-10:])


class AnsweringServer(OpenAIServer):
    """Answers by what it is asked, and keeps no record of it."""

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        self.requests.clear()
        self.default = answer(request.body)  # read by the base class before it first waits
        return await super()._answer(request, writer)


async def main() -> None:
    async with AnsweringServer() as server:
        print(server.url, flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
