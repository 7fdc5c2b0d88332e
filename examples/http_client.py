"""A client of the HTTP door, with LangServe's own ``RemoteRunnable``.

Use it when the desk runs as a service of its own, and as the pattern for clients in other languages: every call is a
plain POST of JSON (``/chat/invoke``, ``/chat/stream``; see the server's ``/docs``). With ``frontdesk serve --demo``::

    python examples/http_client.py http://127.0.0.1:8080

A real service gives each customer a token (``FRONTDESK_TOKENS_FILE``); pass it as the second argument.
"""

from __future__ import annotations

import asyncio
import sys
import uuid
from typing import Any

from langserve import RemoteRunnable


async def main(url: str = "http://127.0.0.1:8080", token: str | None = None) -> list[dict[str, Any]]:
    """Ask two questions in one conversation, the second as a stream; returns the replies."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    chat: RemoteRunnable[Any, Any] = RemoteRunnable(f"{url.rstrip('/')}/chat", headers=headers)

    first = await chat.ainvoke({"message": "Where is my order 10482?", "turn_id": uuid.uuid4().hex})
    print(f"desk › {first['text']}  [{first['status']}]")

    # the reply names the thread; sent back, the conversation goes on
    config: Any = {"configurable": {"thread_id": first["thread_id"]}}
    replies = [dict(first)]
    async for event in chat.astream({"message": "How many days do I have to send it back?"}, config):
        if event["event"] == "text":
            print(event["text"], end="", flush=True)
        elif event["event"] == "reply":
            replies.append(event["reply"])
        elif event["event"] == "error":
            raise RuntimeError(event["message"])
    print()
    return replies


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
