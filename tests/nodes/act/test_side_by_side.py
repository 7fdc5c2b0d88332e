"""The order of the calls of one message: reads beside each other, within a bound; nothing beside a write."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from langchain_core.messages import HumanMessage, ToolCall

from frontdesk.graph.deps import Restore, ToolResult
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Proposal
from frontdesk.nodes.act.authority import Authority
from frontdesk.nodes.act.running import AT_ONCE, Run
from tests.support.deps import deps_with, tiny_desk
from tests.support.gateways import Lenient
from tests.support.tools import ANNA, CONTRACTS, THREAD


@dataclass
class Gauge(Lenient):
    """Lets every call wait until nothing else can start, and notes what ran beside what."""

    running: list[str] = field(default_factory=list)
    beside: list[list[str]] = field(default_factory=list)
    order: list[str] = field(default_factory=list)

    async def call(
        self, call: ToolCall, caller: Caller, *, restore: Restore, approved: Proposal | None, dry: bool = False
    ) -> ToolResult:
        name = f"{call['name']} {call['id']}"
        self.running.append(name)
        self.order.append(name)
        for _ in range(50):
            await asyncio.sleep(0)
        self.beside.append(list(self.running))
        self.running.remove(name)
        return ToolResult("done", "{}")


async def run(*names: str) -> tuple[Gauge, list[ToolResult]]:
    gauge = Gauge()
    desk = tiny_desk(tools=CONTRACTS.values())
    said = [HumanMessage("ping order 10482")]
    authority = Authority.of(said, [], CONTRACTS, date(2026, 5, 20))
    deps = deps_with(desk, gateway=gauge)
    tools = frozenset(CONTRACTS)
    one = Run(deps, Caller(ANNA, THREAD, "turn-1"), None, authority, writes=True, tainted=False, offered=tools)
    args: dict[str, Any] = {"order_id": "10482"}
    calls = [ToolCall(name=name, args=args, id=str(at), type="tool_call") for at, name in enumerate(names)]
    return gauge, await one.all(calls)


@pytest.mark.parametrize("count", [2, AT_ONCE, 3 * AT_ONCE])
async def test_reads_run_beside_each_other_within_a_bound(count: int) -> None:
    gauge, results = await run(*["get_order"] * count)
    assert len(results) == count
    assert max(map(len, gauge.beside)) == min(count, AT_ONCE)


async def test_nothing_runs_beside_a_write_and_the_order_is_the_messages() -> None:
    gauge, results = await run("get_order", "ping_order", "get_order")
    assert [result.outcome for result in results] == ["done"] * 3
    assert gauge.order == ["get_order 0", "ping_order 1", "get_order 2"]
    assert all(len(group) == 1 for group in gauge.beside)


async def test_an_unknown_tool_counts_as_a_write() -> None:
    gauge, results = await run("get_order", "no_such_tool", "get_order")
    assert [result.outcome for result in results] == ["done", "refused", "done"]
    assert all(len(group) == 1 for group in gauge.beside)
