"""`connections` of desk.yaml, and the contracts that name them: kinds that there are, options that can be used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from frontdesk.desk.checks.strategies import connector_kinds
from frontdesk.desk.config import DeskConfig, ToolContract
from frontdesk.desk.connecting import Connection
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.files import Place
from frontdesk.desk.names import choose, shown
from frontdesk.desk.records import build
from frontdesk.errors import Fault
from frontdesk.tools.contract import VARIABLE
from frontdesk.tools.http import checking
from frontdesk.tools.http.options import HttpConnection
from frontdesk.tools.mcp import checking as mcp_checking
from frontdesk.tools.mcp.options import McpConnection

OPTIONS: Mapping[str, type[BaseModel]] = {"http": HttpConnection, "mcp": McpConnection}
"""What a connection of a kind takes; other kinds look at theirs when they are opened."""
REQUESTS: Mapping[str, Callable[[ToolContract], list[str]]] = {
    "http": checking.problems,
    "mcp": mcp_checking.problems,
}
"""What is wrong with the options of a contract of a kind."""
NEEDED = frozenset({"http", "mcp"})
"""Kinds that have no connection of their own."""


def connection_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with each connection and with each contract's use of it."""
    entry = draft.config
    connections = entry.record.connections if entry else {}
    used = {tool.record.connector.connection for tool in draft.tools}
    complete = not any(fault.file.startswith("tools/") for fault in draft.faults)
    if entry is not None:
        for name, connection in connections.items():
            yield from _connection(entry, name, connection)
            if complete and name not in used:
                remedy = "name it as `connector.connection` of a tool, or remove it"
                yield entry.fault(("connections", name), f"no tool uses the connection `{shown(name)}`", remedy)
    for tool in draft.tools:
        if entry is not None:
            yield from _named(tool, connections)
        problems = REQUESTS.get(tool.record.connector.kind)
        for problem in problems(tool.record) if problems else ():
            place, _, what = problem.partition(": ")
            yield tool.fault(_place(place), f"`{shown(place)}`: {what}", "docs/gateway.md lists what a request takes")


def _connection(entry: Entry[DeskConfig], name: str, connection: Connection) -> Iterator[Fault]:
    place = ("connections", name)
    kinds = connector_kinds()
    if connection.kind not in kinds:
        problem = f"unknown kind of connection `{shown(connection.kind)}`"
        yield entry.fault((*place, "kind"), problem, choose(connection.kind, kinds))
        return
    model = OPTIONS.get(connection.kind)
    if model is None:
        return
    options = dict(connection.options)
    secrets = [step for step in _secrets(options.get("auth")) if not re.fullmatch(VARIABLE, step[1])]
    for step, _ in secrets:
        problem = f"`auth.{'.'.join(map(str, step))}` is not the name of an environment variable"
        yield entry.fault(
            (*place, "options", "auth", *step), problem, "name one, such as `CRM_TOKEN`; never the secret"
        )
    if secrets:
        # whoever wrote the secret itself shall not find it in a log of this check
        options.pop("auth")
    yield from build(model, entry.document, options, (*place, "options"))[1]


def _secrets(auth: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield the texts under ``auth`` that must name a variable, each with its place."""
    if isinstance(auth, str):
        if place[-1:] not in {("token_url",), ("scope",)}:
            yield place, auth
    elif isinstance(auth, dict | list):
        for step, item in auth.items() if isinstance(auth, dict) else enumerate(auth):
            yield from _secrets(item, (*place, step))


def _named(tool: Entry[ToolContract], connections: Mapping[str, Any]) -> Iterator[Fault]:
    connector = tool.record.connector
    fitting = [name for name, connection in connections.items() if connection.kind == connector.kind]
    place = ("connector", "connection")
    if not connector.connection:
        if connector.kind in NEEDED:
            remedy = f"add `connection: …` with one of desk.yaml's `connections`; {choose('', fitting)}"
            yield tool.fault(("connector",), f"a connector of kind `{connector.kind}` needs a connection", remedy)
    elif connector.connection not in connections:
        problem = f"desk.yaml has no connection `{shown(connector.connection)}`"
        yield tool.fault(place, problem, choose(connector.connection, fitting))
    elif connector.connection not in fitting:
        problem = f"the connection `{shown(connector.connection)}` is of another kind than `{connector.kind}`"
        yield tool.fault(place, problem, choose(connector.connection, fitting))


def _place(words: str) -> tuple[str | int, ...]:
    """Return the place in the contract that a problem's first words name; unknown steps lead to the nearest one."""
    if words.startswith(("precheck", "idempotency.lookup")):
        return (*words.split("."), "options")
    return ("connector", "options", *words.split("."))
