"""What is wrong with the http options of a contract. Imports no HTTP library and contacts nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from frontdesk.tools.contract import ToolContract
from frontdesk.tools.http.filling import places
from frontdesk.tools.http.options import HttpRequest, ResultField

BUILT_IN = frozenset({"subject", "tenant", "key", "reference", "today", "now"})


def problems(contract: ToolContract) -> list[str]:
    """Return what is wrong with a contract's requests, each with its place; empty: nothing."""
    arguments = set(contract.input.get("properties", {}))
    found = list(_request(contract.connector.options, arguments, writes=contract.effect == "write"))
    if contract.precheck is not None:
        found += [f"precheck: {item}" for item in _request(contract.precheck.options, arguments, writes=False)]
    lookup = contract.idempotency.lookup
    if lookup is not None:
        found += [f"idempotency.lookup: {item}" for item in _request(lookup.options, arguments, writes=False)]
    return found


def words(error: ValidationError) -> list[str]:
    """Return a validation's faults as ``place: problem``; what was given is not repeated."""
    return [
        f"{'.'.join(str(part) for part in item['loc']) or 'options'}: {item['msg'].removeprefix('Value error, ')}"
        for item in error.errors(include_url=False, include_input=False, include_context=False)
    ]


def _request(options: Mapping[str, Any], arguments: set[str], *, writes: bool) -> Iterator[str]:
    try:
        request = HttpRequest.model_validate_json(json.dumps(options), strict=True)
    except ValidationError as error:
        yield from words(error)
        return
    yield from _method(request, writes=writes)
    allowed = arguments | BUILT_IN
    parts = {
        "path": request.path,
        "query": request.query,
        "headers": request.headers,
        "body": [request.body.as_json, request.body.form] if request.body else None,
    }
    for part, template in parts.items():
        strange = sorted(places(template) - allowed)
        if strange:
            yield f"{part}: no argument is called {', '.join(strange)}; there are: {', '.join(sorted(allowed))}"
    yield from _body(request)
    for name, field in request.result.items() if isinstance(request.result, dict) else ():
        if isinstance(field, ResultField):
            yield from (f"result.{name}: {problem}" for problem in _field(field, arguments))


def _method(request: HttpRequest, *, writes: bool) -> Iterator[str]:
    if request.reads and request.method not in {"GET", "HEAD", "POST"}:
        yield f"reads: a {request.method} changes something; only a POST may be said to change nothing"
    elif writes and request.safe:
        yield "method: a write needs POST, PUT, PATCH or DELETE, without `reads`"
    elif not writes and not request.safe:
        yield "method: what reads needs GET or HEAD, or a POST with `reads: true`"


def _body(request: HttpRequest) -> Iterator[str]:
    if request.body is None:
        return
    if request.method in {"GET", "HEAD"}:
        yield f"body: a {request.method} has none"
    if (request.body.as_json is None) == (request.body.form is None):
        yield "body: needs exactly one of json, form"


def _field(field: ResultField, arguments: set[str]) -> Iterator[str]:
    if (field.pointer is not None) + (field.argument is not None) + ("value" in field.model_fields_set) != 1:
        yield "needs exactly one of pointer, argument, value"
    if field.argument is not None and field.argument not in arguments:
        yield f"no argument is called {field.argument}"
