"""One conversation, three doors: each door sends a message and tells what came back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient
from langserve import RemoteRunnable

from frontdesk import FrontDesk, Principal

TOKEN = "a-long-random-token-of-the-test-customer"
AGENT_TOKEN = "a-long-random-token-of-the-test-agent"


class Door(Protocol):
    """What a dialogue needs."""

    async def say(self, text: str) -> dict[str, Any]:
        """Send a message; return the reply as plain data (``text``, ``status``, ``citations`` …)."""
        ...

    async def resolve(self, ticket: str) -> None:
        """As a person: hand the conversation back."""
        ...


@dataclass
class PythonDoor:
    """``FrontDesk.chat``."""

    desk: FrontDesk
    principal: Principal
    thread: str = "dialogue"

    async def say(self, text: str) -> dict[str, Any]:
        return (await self.desk.chat(text, thread_id=self.thread, principal=self.principal)).as_dict()

    async def resolve(self, ticket: str) -> None:
        await self.desk.resolve(self.thread, principal=self.principal)


@dataclass
class HttpDoor:
    """LangServe's client against a real server."""

    url: str
    http: httpx.AsyncClient
    remote: RemoteRunnable[Any, Any]
    thread: str = "dialogue"

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator[HttpDoor]:
        remote: RemoteRunnable[Any, Any] = RemoteRunnable(f"{url}/chat", headers={"Authorization": f"Bearer {TOKEN}"})
        async with httpx.AsyncClient(timeout=30) as http:
            yield cls(url, http, remote)
        remote.sync_client.close()
        await remote.async_client.aclose()

    async def say(self, text: str) -> dict[str, Any]:
        return dict(await self.remote.ainvoke({"message": text}, {"configurable": {"thread_id": self.thread}}))

    async def resolve(self, ticket: str) -> None:
        headers = {"Authorization": f"Bearer {AGENT_TOKEN}"}
        answer = await self.http.post(f"{self.url}/tickets/{ticket}/resolve", headers=headers)
        assert answer.status_code == 200


@dataclass
class StudioDoor:
    """``langgraph_sdk`` against a real ``langgraph dev``."""

    client: LangGraphClient
    thread: str

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator[StudioDoor]:
        async with get_client(url=url) as client:
            thread = await client.threads.create()
            yield cls(client, thread["thread_id"])

    async def say(self, text: str) -> dict[str, Any]:
        given = {"messages": [{"role": "user", "content": text}]}
        values: Any = await self.client.runs.wait(self.thread, "frontdesk", input=given)
        return dict(values["reply"])

    async def resolve(self, ticket: str) -> None:
        await self.client.threads.update_state(self.thread, {"ticket": None, "status": "answered"}, as_node="reply")
