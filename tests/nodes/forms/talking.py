"""Contracts and conversations for the tests of forms."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.graph.records import Task
from frontdesk.nodes.forms.form import FormContext, Turned, applied, turned
from frontdesk.tools.contract import Connector, ToolContract

ORDER = {
    "type": "string",
    "description": "The order's number, five digits",
    "pattern": "^[0-9]{5}$",
    "examples": ["10482"],
    "x-ask": "Which order is it?",
    "x-cues": ["order", "order number", "#"],
    "x-invalid": "An order number has five digits, such as 10482.",
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
    "enum": ["faulty", "late", "changed_mind"],
    "x-words": {"faulty": ["broken", "does not work"], "late": ["came late"], "changed_mind": ["changed my mind"]},
    "x-ask": "Why: faulty, late, or changed your mind?",
}
ITEM = {
    "type": "string",
    "x-ask": "Which item is it?",
    "x-from": {"tool": "get_order", "list": "items", "field": "name"},
    "x-cues": ["item"],
}
SIZE = {"type": "string", "enum": ["S", "M", "L", "XL"], "x-ask": "Which size?", "x-cues": ["size"]}
COUNT = {"type": "integer", "minimum": 1, "maximum": 20, "x-ask": "How many seats?", "x-cues": ["seats", "persons"]}
DAY = {"type": "string", "format": "date", "x-ask": "Which day?", "examples": ["2026-12-01"]}
EMAIL = {"type": "string", "format": "email", "x-ask": "Which e-mail address?"}
PHONE = {"type": "string", "format": "phone", "x-ask": "Which telephone number?"}
NOTE = {"type": "string", "minLength": 3, "x-ask": "What shall I write?", "x-cues": ["note:"]}
ORDERS = {
    "type": "object",
    "properties": {
        "orders": {"type": "array", "items": {"type": "object", "properties": {"order_id": {"type": "string"}}}}
    },
}


def contract(
    name: str, effect: str, properties: Mapping[str, Any], required: Sequence[str] = (), **more: Any
) -> ToolContract:
    schema = {"type": "object", "properties": dict(properties), "required": list(required)}
    return ToolContract.model_validate(
        {
            "name": name,
            "description": f"The tool {name} of the tests.",
            "effect": effect,
            "input": schema,
            "output": {"type": "object"},
            "connector": Connector(kind="python"),
            **more,
        }
    )


GET = contract("get_order", "read", {"order_id": ORDER}, ["order_id"])
LIST = contract("list_orders", "read", {"status": {"type": "string", "enum": ["open", "shipped"]}}, output=ORDERS)
FORMS: Mapping[str, Sequence[ToolContract]] = {
    "cancel": [contract("cancel_order", "write", {"order_id": ORDER}, ["order_id"]), GET, LIST],
    "move": [
        contract("change_address", "write", {"order_id": ORDER, "address": ADDRESS}, ["order_id", "address"]),
        LIST,
    ],
    "return": [
        contract("return_order", "write", {"order_id": ORDER, "item": ITEM, "reason": REASON}, ["order_id", "reason"]),
        GET,
        LIST,
    ],
    "resize": [contract("resize_item", "write", {"order_id": ORDER, "size": SIZE}, ["order_id", "size"])],
    "book": [
        contract("book_table", "write", {"seats": COUNT, "day": DAY, "note": NOTE}, ["seats", "day"]),
    ],
    "reach": [contract("set_contact", "write", {"email": EMAIL, "phone": PHONE}, ["email", "phone"])],
    "settle": [
        contract("request_refund", "write", {"order_id": ORDER, "reason": REASON}, ["order_id", "reason"]),
        contract("exchange_item", "write", {"order_id": ORDER, "size": SIZE}, ["order_id", "size"]),
    ],
    "status": [GET, LIST],
}


def used(tool: str, data: Any, **arguments: Any) -> list[AnyMessage]:
    """Return a call and its result."""
    mark = f"c-{tool}-{len(json.dumps(data, default=str))}"
    return [
        AIMessage("", tool_calls=[{"name": tool, "args": arguments, "id": mark}]),
        ToolMessage(data if isinstance(data, str) else json.dumps(data), tool_call_id=mark, name=tool),
    ]


class Talk:
    """A conversation in which each message of the customer goes through the form."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.messages: list[AnyMessage] = []
        self.task = Task(intent=form, turns=1, started=0)
        self.turn = 0

    def says(self, text: str) -> Turned:
        self.messages.append(HumanMessage(text))
        found = turned(FORMS[self.form], self.task, text, FormContext(self.messages, self.turn))
        self.task = applied(self.task, found)
        self.turn += 1
        return found

    def hears(self, *parts: str | list[AnyMessage]) -> Talk:
        for part in parts:
            self.messages += [AIMessage(part)] if isinstance(part, str) else part
        return self
