"""Mutated calls over every contract of the shipped desk: never an exception, never a write without a yes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langchain_core.messages import ToolCall

from frontdesk.graph.identity import Caller, Principal
from frontdesk.tools.audit import MemoryAudit
from frontdesk.tools.backend import Invocation
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import MemoryLedger
from frontdesk.tools.schema import Schema
from tests.support.retail import ALL

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
HOSTILE = st.sampled_from(
    [
        "' OR 1=1 --",
        "10482",
        "10482\n",
        "1048２",
        "<EMAIL_1>",
        "{{7*7}}",
        "\ud800",
        "\x00",
        "faulty",
        "C-1001",
        "__proto__",
    ]
)
ANYTHING = st.recursive(
    SCALARS | HOSTILE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


class Recorder:
    """Says yes to everything and remembers."""

    def __init__(self) -> None:
        self.calls: list[Invocation] = []

    def check(self, contract: ToolContract) -> list[str]:
        return []

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        self.calls.append(call)
        return {"customer_id": call.subject}


@st.composite
def mutated(draw: st.DrawFn, schema: Mapping[str, Any]) -> Any:
    """Arguments near the schema: some right, some wrong, some strange; sometimes no object at all."""
    names = st.sampled_from(sorted({*schema["properties"], "extra", "customer_id"}))
    good = {"order_id": "10482", "address": "5 Elm Road, Bristol", "reason": "faulty", "city": "Leeds", "item": "rug"}
    arguments = {
        name: draw(st.just(good.get(name, "x")) | ANYTHING) for name in sorted(draw(st.sets(names, max_size=6)))
    }
    return draw(st.just(arguments) | ANYTHING | st.just(str(arguments)))


@pytest.mark.parametrize("principal", [Principal("C-1042", "retail", ALL), Principal("C-1", "retail"), Principal()])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_reaches_a_backend_unless_allowed(
    contracts: dict[str, ToolContract], principal: Principal, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(contracts)))
    contract = contracts[name]
    arguments = data.draw(mutated(contract.input))
    recorder = Recorder()
    gateway = ToolGateway(
        {name: contract}, {contract.connector.kind: recorder}, MemoryLedger(), MemoryAudit(), lambda: 0.0
    )
    call = ToolCall(name=name, args=arguments, id="c", type="tool_call")
    result = asyncio.run(
        gateway.call(call, Caller(principal, "f" * 32, "t"), restore=lambda value: value, approved=None)
    )
    # what the recorder answers fits no output schema, so of a write that needs no yes nobody knows what it did
    unasked = {"unknown"} if contract.effect == "write" and contract.confirm == "never" else set()
    assert result.outcome in {"done", "refused", "failed", "confirm"} | unasked
    for reached in recorder.calls:
        assert not reached.key or contract.confirm == "never", "a write ran without a yes that it needs"
        assert principal.scopes.issuperset(contract.scopes)
        assert reached.arguments.get("customer_id", principal.subject) == principal.subject
        assert Schema(contract.input, name).problems(dict(reached.arguments)) == []
