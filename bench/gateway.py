"""What the gateway costs per call, without the connector, beside LangGraph's ToolNode with the same tools.

    python bench/gateway.py                       table
    python bench/gateway.py --json figures.json   the figures as data, too
    python bench/gateway.py --calls 5000

Redis is the embedded one, on a Unix socket, in a temporary folder; ledger and audit are on. The tools answer at once.
Sides, in turn, one call after the other:

* read: a read, validated, allowed, executed, its result validated, audited;
* write: a write that asks nobody: the same, once: reserved, audited, marked, executed, settled, audited;
* repeated: the same write of the same turn again: the first result, from the ledger;
* ToolNode: the same function as a LangChain tool in LangGraph's ToolNode: its arguments are validated by Pydantic, and
  nothing else happens.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from langchain_core.messages import AIMessage, ToolCall
from langchain_core.tools import tool
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode
from redis.asyncio import Redis

from frontdesk.evals.figures import quantile
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.embedded import EmbeddedRedis
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.audit import RedisAudit
from frontdesk.tools.backend import Invocation
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import RedisLedger

WHO = Principal("C-1", "shop", frozenset({"orders:read", "orders:write"}))
THREAD = "0" * 32
AIM_MS = 3.0
"""Of a write, p50."""
BLOCK = 50
"""Calls of one side before the next has its turn."""
RESULT = {"order_id": "10482", "customer_id": "C-1", "status": "cancelled"}


def contract(name: str, effect: str) -> ToolContract:
    """Return a contract as a desk has it: an owner, scopes, two schemas."""
    number = {"type": "string", "pattern": "^[0-9]{5}$"}
    fields = {"order_id": number, "customer_id": {"type": "string"}}
    return ToolContract.model_validate(
        {
            "name": name,
            "description": "Does something with one order.",
            "effect": effect,
            "input": {
                "type": "object",
                "properties": {**fields, "count": {"type": "integer", "minimum": 1, "default": 1}},
                "required": ["customer_id", "order_id"],
                "additionalProperties": False,
            },
            "output": {
                "type": "object",
                "properties": {**fields, "status": {"type": "string"}},
                "required": ["order_id"],
            },
            "scopes": [f"orders:{effect}"],
            "owner": {"argument": "customer_id", "result": "customer_id"},
            "connector": {"kind": "bench"},
        }
    )


class Instant:
    """A connector that answers at once."""

    def check(self, contract: ToolContract) -> list[str]:
        return []

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        return dict(RESULT)

    async def close(self) -> None: ...


@tool
async def get_order(order_id: str, count: int = 1) -> dict[str, Any]:
    """Do something with one order."""
    return dict(RESULT)


Once = Callable[[int], Awaitable[Any]]


async def timed(measured: Mapping[str, Once], calls: int) -> dict[str, dict[str, Any]]:
    """Return milliseconds per call and side, and the processor time of this process in one.

    The sides take turns, a block of calls each, so that what else the machine does meets all of them.
    """
    samples: dict[str, list[float]] = {name: [] for name in measured}
    spent = dict.fromkeys(measured, 0.0)
    for start in range(-BLOCK, calls, BLOCK):  # the first block only warms up
        for name, once in measured.items():
            cpu = time.process_time()
            for number in range(start, start + BLOCK):
                before = time.perf_counter()
                await once(number)
                samples[name].append((time.perf_counter() - before) * 1000)
            spent[name] += time.process_time() - cpu if start >= 0 else 0.0
    return {
        name: {
            "p50_ms": quantile(samples[name][BLOCK:], 0.5),
            "p99_ms": quantile(samples[name][BLOCK:], 0.99),
            "cpu_ms": round(spent[name] / (len(samples[name]) - BLOCK) * 1000, 3),
        }
        for name in measured
    }


async def round_trips(client: Redis, once: Once, number: int) -> list[str]:
    """Return the commands that one call sends to Redis, in order, as its monitor sees them."""
    async with client.monitor() as monitor:
        await once(number)
        await client.echo("end")
        seen = []
        async for line in monitor.listen():
            command = str(line["command"]).split(" ", 1)[0].upper()
            if command == "ECHO":
                return seen
            if line["client_type"] != "lua" and command not in {"HELLO", "CLIENT"}:
                seen.append(command)
    return seen


def sides(gateway: ToolGateway) -> dict[str, Once]:
    """Return what is measured."""
    graph = StateGraph(MessagesState).add_node("tools", ToolNode([get_order])).add_edge(START, "tools")
    compiled = graph.add_edge("tools", END).compile()

    async def gated(name: str, turn: str) -> None:
        call = ToolCall(name=name, args={"order_id": "10482"}, id="c", type="tool_call")
        caller = Caller(WHO, THREAD, turn)
        result = await gateway.call(call, caller, restore=lambda value: value, approved=None)
        assert result.outcome == "done", result.reason

    async def node(number: int) -> None:
        call = ToolCall(name="get_order", args={"order_id": "10482"}, id="c", type="tool_call")
        await compiled.ainvoke({"messages": [AIMessage("", tool_calls=[call])]})

    return {
        "read": lambda number: gated("get_order", f"t{number}"),
        "write": lambda number: gated("cancel_order", f"t{number}"),
        "repeated": lambda number: gated("cancel_order", "same"),
        "toolnode": node,
    }


async def measure(calls: int, folder: Path) -> dict[str, Any]:
    """Run everything; return the figures."""
    server = await asyncio.to_thread(EmbeddedRedis, folder / "redis")
    client, sealer = Redis.from_url(server.url), Sealer.generate()
    contracts = {item.name: item for item in (contract("get_order", "read"), contract("cancel_order", "write"))}
    gateway = ToolGateway(
        contracts, {"bench": Instant()}, RedisLedger(client, sealer, 3600), RedisAudit(client, sealer)
    )
    figures: dict[str, Any] = {
        "machine": {
            "cpus": os.cpu_count(),
            "load": round(os.getloadavg()[0], 2),
            "python": platform.python_version(),
            "redis": (await client.info("server"))["redis_version"],
        },
        "calls": calls,
    }
    measured = sides(gateway)
    figures |= await timed(measured, calls)
    for name in ("read", "write", "repeated"):
        figures[name]["redis"] = await round_trips(client, measured[name], calls + 1)
        figures[name]["times_toolnode"] = round(figures[name]["p50_ms"] / figures["toolnode"]["p50_ms"], 2)
    figures["aim_met"] = figures["write"]["p50_ms"] < AIM_MS
    await client.aclose()
    await asyncio.to_thread(server.close)
    return figures


def lines(figures: Mapping[str, Any]) -> list[str]:
    """Return the table."""
    rows = [f"{'':10}{'p50 ms':>9}{'p99 ms':>9}{'cpu ms':>9}{'x ToolNode':>12}  Redis"]
    for name in ("toolnode", "read", "write", "repeated"):
        side = figures[name]
        sent = ", ".join(f"{len(list(group))} {key}" for key, group in itertools.groupby(side.get("redis", ())))
        times = side.get("times_toolnode", 1)
        rows.append(f"{name:10}{side['p50_ms']:9.3f}{side['p99_ms']:9.3f}{side['cpu_ms']:9.3f}{times:12}  {sent}")
    return [*rows, f"aim: a write under {AIM_MS} ms p50: {'met' if figures['aim_met'] else 'missed'}"]


def main() -> None:
    parser = argparse.ArgumentParser(description="What the gateway costs per call.")
    parser.add_argument("--calls", type=int, default=2000, help="per side")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as home:
        figures = asyncio.run(measure(given.calls, Path(home)))
    print("\n".join(lines(figures)))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
