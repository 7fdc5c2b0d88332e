"""What the python connector calls in a back office's desk: finds the office of the call's conversation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from frontdesk.evals.gateway.contracts import Named
from frontdesk.evals.gateway.offices import Office
from frontdesk.evals.gateway.tables import plain
from frontdesk.tools.backend import Invocation
from frontdesk.tools.reasons import failed, refused

_DECLINED = "The back office did not accept that. Nothing was changed."
_open: dict[str, Served] = {}
"""By thread; only while :func:`serving` lasts."""


@dataclass
class Served:
    """One task's office behind the gateway."""

    office: Office
    tools: Mapping[str, Named]
    """By the contract's name."""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """What reached it: tool and arguments in the back office's words, in order."""
    faults: list[str] = field(default_factory=list)
    """Kinds of the exceptions that its functions raised, in order."""


@contextmanager
def serving(thread: str, office: Office, tools: Mapping[str, Named]) -> Iterator[Served]:
    """Serve a thread's calls from ``office`` as long as this lasts."""
    served = Served(office, {tool.alias: tool for tool in tools.values()})
    _open[thread] = served
    try:
        yield served
    finally:
        del _open[thread]


async def run(arguments: dict[str, Any], call: Invocation) -> dict[str, Any]:
    """Run one call; see ``frontdesk.tools.connectors.python``.

    Raises:
        ToolRefusedError: ``declined``: the function raised, and what it had changed was put back.
        ToolFailedError: Nobody serves the thread.
    """
    served = _open.get(call.thread)
    if served is None:
        raise failed(call.tool)
    tool = served.tools[call.tool]
    meant = tool.meant(arguments)
    served.calls.append((tool.spec.name, meant))
    fault, result = await served.office.run(tool.spec.name, meant)
    if fault:
        served.faults.append(fault)
        raise refused(call.tool, "declined", _DECLINED)
    return {"result": plain(result)}
