"""The desk inside your own Python service: whole replies, a stream of events, and the stateless mode.

Use it when your code already knows who is asking and only needs the answers: a web back end, a worker on a queue, a
notebook. Run it: ``python examples/python_door.py``. Settings come from the environment (docs/configuration.md);
without ``REDIS_URL`` a private Redis is started and left again.
"""

from __future__ import annotations

import asyncio

from frontdesk import Desk, FrontDesk, Principal, Reply, StageEvent, TextEvent, open_desk

CUSTOMER = Principal("C-1042", "retail", frozenset({"customer:read", "orders:read", "orders:write", "loyalty:read"}))
"""Whom your own sign-in established; never what a client claims."""
THREAD = "web-chat-1"
"""Any id of yours. It is mapped to a server-made one for this customer, so two customers never share a thread."""


async def whole(desk: FrontDesk) -> list[Reply]:
    """Change something: the desk proposes, the customer says yes, it happens once."""
    replies: list[Reply] = []
    for message in ("Please change the delivery address of order 10482 to 7 Harbour Street, Bristol BS1 4QA", "yes"):
        # the client's own id of a message makes a retry safe: sent twice, it is answered once
        reply = await desk.chat(message, thread_id=THREAD, principal=CUSTOMER, turn_id=f"message-{len(replies)}")
        print(f"you  › {message}\ndesk › {reply.text}  [{reply.status}]\n")
        replies.append(reply)
    return replies


async def streamed(desk: FrontDesk) -> Reply:
    """Show what the desk is doing, then its text as it may be shown: reviewed, with the customer's values in it."""
    message = "Where is my order 10482?"
    print(f"you  › {message}")
    async for event in desk.stream(message, thread_id=THREAD, principal=CUSTOMER):
        if isinstance(event, StageEvent) and event.phase == "end":
            print(f"       {event.stage} {event.ms:.1f} ms {event.note}")
        elif isinstance(event, TextEvent):
            print(event.text, end="", flush=True)
        elif isinstance(event, Reply):
            print("\n")
            return event
    raise AssertionError("unreachable: a stream ends with the Reply")


async def stateless(desk: FrontDesk) -> Reply:
    """Answer one question of somebody unknown; nothing of it is kept."""
    reply = await desk.chat("How many days do I have to send something back?", thread_id=None)
    print(f"desk › {reply.text}\n       from {', '.join(page['url'] or page['id'] for page in reply.citations)}")
    return reply


async def main() -> list[Reply]:
    """Run all three; returns the replies."""
    async with open_desk(Desk.load("retail")) as desk:
        return [*await whole(desk), await streamed(desk), await stateless(desk)]


if __name__ == "__main__":
    asyncio.run(main())
