"""A small desk of its own for the keyless model: contracts, pages, and a way to talk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from frontdesk.models.keyless import KeylessChatModel
from frontdesk.tools.contract import Connector, ToolContract

ORDER_ID = {
    "type": "string",
    "pattern": "^[0-9]{5}$",
    "x-ask": "Which order is it? Five digits, please.",
    "x-cues": ["order", "order number", "#"],
}
ADDRESS = {
    "type": "string",
    "minLength": 8,
    "pattern": r"^[^{}<>\n\r]*$",
    "x-ask": "What is the complete new address?",
    "x-cues": ["to", "address is", "deliver it to"],
}
REASON = {
    "type": "string",
    "enum": ["faulty", "too_late"],
    "x-words": {"faulty": ["broken", "does not work"], "too_late": ["came late", "late"]},
    "x-ask": "Why: faulty or too late?",
}
ORDERS = {
    "type": "object",
    "properties": {
        "orders": {"type": "array", "items": {"type": "object", "properties": {"order_id": {"type": "string"}}}}
    },
}


def _tool(
    name: str, effect: str, properties: Mapping[str, Any], required: Sequence[str] = (), **more: Any
) -> ToolContract:
    schema = {"type": "object", "properties": dict(properties), "required": list(required)}
    return ToolContract.model_validate(
        {
            "name": name,
            "description": f"The tool {name} of the tests.",
            "effect": effect,
            "input": schema,
            "output": more.pop("output", {"type": "object"}),
            "connector": Connector(kind="python"),
            **more,
        }
    )


TOOLS = {
    tool.name: tool
    for tool in (
        _tool(
            "cancel_order", "write", {"order_id": ORDER_ID}, ["order_id"], reply="Order {{ order_id }} is cancelled."
        ),
        _tool("get_order", "read", {"order_id": ORDER_ID}, ["order_id"]),
        _tool(
            "list_orders",
            "read",
            {"status": {"type": "string", "enum": ["open", "cancelled"]}, "limit": {"type": "integer"}},
            output=ORDERS,
            reply="Your orders: {% for o in orders %}{{ o.order_id }}{{ ', ' if not loop.last }}{% endfor %}.",
        ),
        _tool("change_address", "write", {"order_id": ORDER_ID, "address": ADDRESS}, ["order_id", "address"]),
        _tool(
            "return_order",
            "write",
            {
                "order_id": ORDER_ID,
                "item": {"type": "string", "x-ask": "Which item is it?", "x-cues": ["item"]},
                "reason": REASON,
            },
            ["order_id", "reason"],
        ),
        _tool("request_refund", "write", {"order_id": ORDER_ID, "reason": REASON}, ["order_id", "reason"]),
        _tool("exchange_item", "write", {"order_id": ORDER_ID, "reason": REASON}, ["order_id", "reason"]),
    )
}

PAGES = """
<page id="returns" title="Returning goods" match="intent">
You can return goods within 30 days of delivery. They should be **unused**.

## What does a return cost?

A return by parcel costs 3.95 EUR. Returns in our shops are [free](https://www.fernhill.example/help).
</page>
<page id="warranty" title="Warranty">
All products have a warranty of 2 years. It covers:

- faults in the material
- broken springs
</page>
"""


def system(intent: str = "", title: str = "", pages: str = "", access: str = "") -> SystemMessage:
    line = f'<intent name="{intent}">{title}</intent>' if intent else ""
    return SystemMessage(f"You are the assistant.\n{line}\n{access}\n{pages}")


def definitions(*names: str) -> list[dict[str, Any]]:
    return [
        {"type": "function", "function": {"name": n, "description": TOOLS[n].description, "parameters": TOOLS[n].input}}
        for n in names
    ]


Ask = Callable[..., AIMessage]


@pytest.fixture
def ask() -> Ask:
    """Ask the model: messages (a string is the customer), then the offered tools and the parts of the system prompt."""
    model = KeylessChatModel(TOOLS, business="Fernhill Home", topics=["cancel an order", "return something"])

    def put(*talk: str | BaseMessage, tools: Sequence[str] = (), **prompt: str) -> AIMessage:
        messages = [HumanMessage(part) if isinstance(part, str) else part for part in talk]
        bound = model.bind_tools(definitions(*tools)) if tools else model
        return bound.invoke([system(**prompt), *messages])

    return put
