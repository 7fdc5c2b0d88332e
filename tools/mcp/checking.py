"""What is wrong with the mcp options of a contract. Imports no MCP library and contacts nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from frontdesk.tools.contract import ToolContract
from frontdesk.tools.http.checking import BUILT_IN, words
from frontdesk.tools.http.filling import places
from frontdesk.tools.mcp.options import McpCall


def problems(contract: ToolContract) -> list[str]:
    """Return what is wrong with a contract's calls, each with its place; empty: nothing."""
    arguments = set(contract.input.get("properties", {}))
    lookup = contract.idempotency.lookup
    found = list(_call(contract.connector.options, arguments))
    if contract.precheck is not None:
        found += [f"precheck: {item}" for item in _call(contract.precheck.options, arguments)]
    if lookup is not None:
        found += [f"idempotency.lookup: {item}" for item in _call(lookup.options, arguments)]
    return found


def _call(options: Mapping[str, Any], arguments: set[str]) -> Iterator[str]:
    try:
        call = McpCall.model_validate_json(json.dumps(options), strict=True)
    except ValidationError as error:
        yield from words(error)
        return
    allowed = arguments | BUILT_IN
    strange = sorted(places(call.arguments) - allowed)
    if strange:
        yield f"arguments: no argument is called {', '.join(strange)}; there are: {', '.join(sorted(allowed))}"
