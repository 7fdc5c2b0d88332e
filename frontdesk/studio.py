"""Studio's entry: the graph for ``langgraph dev``, without a checkpointer of its own (the server brings ours)."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from weakref import WeakKeyDictionary

from frontdesk.assembly import build_deps
from frontdesk.cli.opening import demo_principal, load
from frontdesk.graph.wiring import build_graph
from frontdesk.stores import connect_stores
from frontdesk.turns import Compiled

_graphs: WeakKeyDictionary[asyncio.AbstractEventLoop, Compiled] = WeakKeyDictionary()
_opening = asyncio.Lock()


async def graph() -> Compiled:
    """Return the graph of the desk that the settings name; made once per event loop.

    The caller is the desk's demo customer: ``langgraph dev`` is for local work. A client's own ``configurable`` cannot
    name another principal (``frontdesk.graph.identity.caller_of``).
    """
    loop = asyncio.get_running_loop()
    async with _opening:
        if loop not in _graphs:
            desk, settings = await asyncio.to_thread(load, None)
            # The connections live as long as the server's process; the embedded Redis is left at its exit.
            stack = AsyncExitStack()
            stores = await stack.enter_async_context(connect_stores(desk, settings))
            deps = await build_deps(
                desk, settings, stores, stack, principal=demo_principal(desk, settings.demo_subject or "")
            )
            _graphs[loop] = await asyncio.to_thread(lambda: build_graph(deps).compile(name="frontdesk"))
    return _graphs[loop]
