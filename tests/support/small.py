"""The shipped desk with a dozen of its intents: it opens in a second, because the router learns less."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from frontdesk import Desk, FrontDesk, Principal, Settings
from frontdesk.assembly import build_deps
from frontdesk.graph.deps import Deps, Models
from frontdesk.graph.persistence.connect import connect
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.wiring import build_graph
from frontdesk.stores import stores_for
from frontdesk.turns import TurnRunner

INTENTS = (
    "order_status",
    "list_orders",
    "change_address",
    "cancel_order",
    "return_item",
    "complaint",
    "delivery_cost",
    "warranty",
    "account_details",
    "talk_to_human",
    "greeting",
    "loyalty_points",
)
SCOPES = frozenset({"customer:read", "orders:read", "orders:write", "loyalty:read"})
DEMO = Principal("C-1042", "retail", SCOPES)
OTHER = Principal("C-1043", "retail", SCOPES)


@functools.cache
def retail() -> Desk:
    """The whole desk, loaded once."""
    return Desk.load("retail")


def small_desk(
    *, budgets: dict[str, Any] | None = None, models: dict[str, Any] | None = None, cache: bool = False
) -> Desk:
    """The small desk, with other budgets or model settings where they are given.

    ``cache``: without it every question asks a model, also the one that a test before has asked.
    """
    whole = retail()
    # Short, because a write whose process died counts as unknown only after its reservation of timeout + 5 seconds.
    tools = {name: contract.model_copy(update={"timeout": 2.0}) for name, contract in whole.tools.items()}
    config = whole.config.model_copy(
        update={
            "budgets": whole.config.budgets.model_copy(update=budgets or {}),
            "models": whole.config.models.model_copy(update=models or {}),
            "cache": whole.config.cache.model_copy(update={"enabled": cache}),
        }
    )
    return replace(whole, config=config, tools=tools, intents={name: whole.intents[name] for name in INTENTS})


@asynccontextmanager
async def assembled(
    desk: Desk, settings: Settings, *, sealer: Sealer, models: Models | None = None, **parts: Any
) -> AsyncIterator[FrontDesk]:
    """Open a desk as ``open_desk`` does, on an embedded Redis, with a sealer of the test's and other ``Deps`` parts."""
    async with contextlib.AsyncExitStack() as stack:
        connection = await stack.enter_async_context(connect(None, "auto", settings.home))
        assert connection.client is not None
        # The one place where stores are made for a client; a second list of them here would drift from it.
        stores = stores_for(connection.client, sealer, connection.where, desk)
        await stack.enter_async_context(stores.saver)  # type: ignore[arg-type]
        made = await build_deps(desk, settings, stores, stack, principal=DEMO, models=models)
        deps: Deps = replace(made, **parts)
        graph = build_graph(deps)
        opened = FrontDesk(deps, stores, TurnRunner(deps, graph.compile(checkpointer=stores.saver), graph.compile()))
        yield opened
        await opened.drain()


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Serve an app on a free loopback port; yields a client of it."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on", ws="none"))
    # It listens from here on, so a client may connect at once and waits until the app has started.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        task = asyncio.create_task(server.serve(sockets=[listening]))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            yield client
        server.should_exit = True
        await task


def settings_for(home: Path, redis_url: str | None = None, **more: Any) -> Settings:
    """Settings that no environment variable reaches."""
    key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    return Settings(**{"home": home, "redis_url": redis_url, "key": key, "model": "keyless", **more})
