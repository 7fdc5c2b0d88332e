"""Mutated calls through the real http connector against a back office on loopback: what arrives, byte for byte."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from frontdesk.desk.connecting import Connection
from frontdesk.evals.mutations.judging import Reached
from frontdesk.evals.mutations.making import HOSTILE, Mutated
from frontdesk.evals.mutations.run import Seen, Trial, played
from frontdesk.graph.deps import ToolResult
from frontdesk.graph.identity import Principal
from frontdesk.testing.backoffice import BackOffice, Request
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.registry import backends

_TEXT = {"type": "string", "minLength": 1, "maxLength": 400}
_OWNED = {"customer_id": {"type": "string"}, "order_id": _TEXT, "note": _TEXT, "label": _TEXT}
_LOOKUP = {"method": "GET", "path": "/orders/{order_id}"}
_BASE: Mapping[str, Any] = {
    "description": "Does something with an order of the customer.",
    "output": {"type": "object"},
    "scopes": ["orders:write"],
    "owner": {"argument": "customer_id"},
    "missing": "There is no order {order_id}.",
}


def _contract(name: str, options: Mapping[str, Any], properties: Mapping[str, Any], **more: Any) -> ToolContract:
    schema = {
        "type": "object",
        "properties": {**_OWNED, **properties},
        "required": ["customer_id", "order_id"],
        "additionalProperties": False,
    }
    connector = {"kind": "http", "connection": "shop", "options": dict(options)}
    return ToolContract.model_validate({**_BASE, "name": name, "input": schema, "connector": connector, **more})


def contracts() -> dict[str, ToolContract]:
    """Return a read and two writes whose arguments stand in path, query, header and body."""
    fields = {"order": "{order_id}", "amount": "{amount}", "text": "for {order_id}: {note}", "by": "{customer_id}"}
    places = {"query": {"note": "{note}", "by": "{customer_id}"}, "headers": {"X-Label": "{label}"}}
    amount = {"amount": {"type": "number", "minimum": 0}, "urgent": {"type": "boolean"}}
    made = (
        _contract("look_up", {**_LOOKUP, **places}, {}, effect="read"),
        _contract(
            "refund",
            {"method": "POST", "path": "/plain/refunds", "body": {"json": fields}, **places},
            amount,
            effect="write",
            confirm="amount > 50 or urgent",
            approval="amount > 500",
            question="Shall I?",
        ),
        _contract(
            "annotate",
            {"method": "POST", "path": "/orders/{order_id}/notes/{note}", "body": {"json": {"label": "{label}"}}},
            {},
            effect="write",
            confirm="always",
            question="Shall I?",
        ),
    )
    return {item.name: item for item in made}


_PATHS: Mapping[str, tuple[str, ...]] = {
    "look_up": ("orders", "{order_id}"),
    "refund": ("plain", "refunds"),
    "annotate": ("orders", "{order_id}", "notes", "{note}"),
}
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_NO_SEGMENT = re.compile(r"[/\\\x00-\x1f\x7f]")
_HEADER = re.compile(r"[\x20-\x7e]*")


def encoded(text: str) -> str:
    """Return a text as one segment of a path (RFC 3986: unreserved characters as they are, other octets as %XX)."""
    return "".join(chr(octet) if octet in _PLAIN else f"%{octet:02X}" for octet in text.encode())


def path(call: Invocation) -> str | None:
    """Return the path that a call's request has; None: its arguments fit no path, so that none may be sent."""
    parts = []
    for part in _PATHS[call.tool]:
        text = call.arguments.get(part[1:-1], "") if part.startswith("{") else part
        if text in {"", ".", ".."} or _NO_SEGMENT.search(text):
            return None
        parts.append(encoded(text))
    return "/" + "/".join(parts)


def wrong_requests(calls: Sequence[Invocation], arrived: Sequence[Request]) -> list[str]:
    """Return in closed words what is wrong with the requests that the calls came to."""
    fitting = [call for call in calls if path(call) is not None and _header_fits(call)]
    if len(fitting) != len(arrived):
        return ["requests_extra" if len(fitting) < len(arrived) else "requests_missing"]
    return [word for call, request in zip(fitting, arrived, strict=True) for word in _wrong(call, request)]


def _header_fits(call: Invocation) -> bool:
    return call.tool == "annotate" or _HEADER.fullmatch(call.arguments.get("label", "")) is not None


def _wrong(call: Invocation, request: Request) -> list[str]:
    given = call.arguments
    where, _, query = request.target.partition("?")
    found = [] if where == path(call) else ["other_path"]
    pairs = [("note", given.get("note")), ("by", given["customer_id"])] if call.tool != "annotate" else []
    wanted = [pair for pair in pairs if pair[1] is not None]
    found += [] if parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)) == wanted else ["other_query"]
    label = given.get("label") if call.tool != "annotate" else None
    # blanks around a header's value are no part of it (RFC 9110, 5.5)
    found += [] if request.headers.get("x-label") == (None if label is None else label.strip()) else ["other_header"]
    found += ["extra_header"] if "x-admin" in request.headers or "cookie" in request.headers else []
    found += [] if _body(call) == (json.loads(request.raw) if request.raw else None) else ["other_body"]
    found += [] if request.headers.get("idempotency-key", "") == call.key else ["other_key"]
    return found


def _body(call: Invocation) -> Any:
    given = call.arguments
    if call.tool == "look_up":
        return None
    if call.tool == "annotate":
        return {"label": given["label"]} if "label" in given else {}
    body = {
        "order": given["order_id"],
        "text": f"for {given['order_id']}: {given.get('note', '')}",
        "by": given["customer_id"],
    }
    return {**body, "amount": given["amount"]} if "amount" in given else body


class HttpTrial(Trial):
    """A gateway over a back office on loopback."""

    right: Mapping[str, Sequence[Any]] = {
        "order_id": ["10482", "10482", "10482/../refunds", "..", "%2e%2e", "10482?by=C-2", "10482#x", "a;b=c", "Größe"],
        "note": ["tea", "a&by=C-2", "b=c&d", "{order_id}", "50% off + more", *HOSTILE],
        "label": ["tea", "x\r\nX-Admin: 1", "Größe", "a: b, c"],
        "amount": [20, 50, 50.01, 51, 500, 500.5, 5_000],
        "urgent": [True, False, False],
    }

    def __init__(self, office: BackOffice) -> None:
        """Take the back office, which listens."""
        connection = Connection(kind="http", options={"url": office.url, "private": True})
        super().__init__(contracts(), backends(["http"], Resources(connections={"shop": connection})))
        anna, _, _, bare, nobody = self.callers
        self.callers = [*[anna] * 6, bare, nobody]
        self.office = office
        self.arrived = 0
        """Requests."""

    async def look(self, call: Mutated, who: Principal, result: ToolResult | None, reached: Sequence[Reached]) -> None:
        """See what arrived."""
        arrived = list(self.office.requests)
        self.office.requests.clear()
        self.arrived += len(arrived)
        for word in wrong_requests([one.call for one in reached], arrived):
            self.seen.blame(call.tool, word)


async def _opened(office: BackOffice) -> HttpTrial:
    await office.__aenter__()
    return HttpTrial(office)


def run(examples: int, chance: int) -> tuple[Seen, dict[str, int]]:
    """Play against a back office on loopback; return what came of it, and how much arrived."""
    office = BackOffice()
    with asyncio.Runner() as loop:
        trial = loop.run(_opened(office))
        try:
            seen = played(trial, examples, chance, loop)
        finally:
            loop.run(office.__aexit__(None, None, None))
    return seen, {"arrived": trial.arrived, "effects": len(office.effects)}
