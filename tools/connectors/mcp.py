"""The mcp connector: tools of MCP servers, under the desk's own contracts (docs/gateway.md).

``connections: {calc: {kind: mcp, options: {command: [python, server.py], env: {TOKEN: CALC_TOKEN}}}}`` in desk.yaml, or
``options: {url: https://host/mcp, auth: {bearer: CALC_TOKEN}}``; in a contract ``connector: {kind: mcp, connection:
calc, options: {tool: name_on_the_server}}``; every option stands in ``tools/mcp/options.py``. What the server says of
its tools reaches no model, and what it answers is validated against the contract's ``output`` as any result is.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from frontdesk.errors import ConfigurationError

try:
    from mcp import McpError
except ModuleNotFoundError:
    raise ConfigurationError("the connector mcp needs its extra: pip install 'frontdesk[mcp]'") from None

from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.http import filling
from frontdesk.tools.http.checking import words
from frontdesk.tools.http.outcomes import UNFIT
from frontdesk.tools.http.transport import Resolve, resolve
from frontdesk.tools.mcp import answers, checking
from frontdesk.tools.mcp.link import ChangedError, Link
from frontdesk.tools.mcp.options import McpCall, McpConnection
from frontdesk.tools.mcp.session import LostError, NoSessionError
from frontdesk.tools.reasons import failed, refused, unknown

logger = logging.getLogger(__name__)


class McpBackend:
    """Sends the calls of contracts."""

    def __init__(self, links: Mapping[str, Link]) -> None:
        """Take the connections of kind ``mcp`` by name."""
        self.links = dict(links)
        self._of: dict[str, tuple[Link, ToolContract]] = {}
        self._warming: set[asyncio.Task[None]] = set()

    def check(self, contract: ToolContract) -> list[str]:
        """See :class:`~frontdesk.tools.backend.Backend`. Contacts nothing; notes which connection the tool is for."""
        link = self.links.get(contract.connector.connection)
        if link is None:
            known = ", ".join(sorted(self.links)) or "none"
            return [f"connector.connection must name a connection of kind mcp; there are: {known}"]
        self._of[contract.name] = (link, contract)
        return checking.problems(contract)

    async def ready(self) -> None:
        """Begin to open the sessions, and wait for none: a desk opens without its servers too."""
        for link in self.links.values():
            task = asyncio.create_task(link.warm())
            self._warming.add(task)
            task.add_done_callback(self._warming.discard)

    async def close(self) -> None:
        """See :class:`~frontdesk.tools.backend.Backend`."""
        for task in list(self._warming):
            task.cancel()
        for link in self.links.values():
            await link.close()

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See :class:`~frontdesk.tools.backend.Backend`. Nothing is tried twice."""
        asked = McpCall.model_validate(options)
        link, contract = self._of[call.tool]
        # a precheck and a lookup change nothing, whatever the tool does
        writes = contract.effect == "write" and options == contract.connector.options
        meta = {"frontdesk/idempotency-key": call.key} if call.key else {}
        try:
            answer = await link.call(asked.tool, asked.digest, _arguments(asked, call), meta, call.deadline)
            if answer.isError:
                raise answers.tool_error(call.tool, answer, asked, writes=writes)
            return answers.record(answer, asked)
        except filling.UnfitError:
            raise refused(call.tool, "not_valid", UNFIT) from None
        except ChangedError:
            raise refused(call.tool, "tool_changed", answers.CHANGED) from None
        except NoSessionError:
            raise failed(call.tool) from None
        except LostError:
            raise (unknown(call.tool) if writes else failed(call.tool)) from None
        except McpError as error:
            raise answers.protocol_error(call.tool, error, writes=writes) from None
        except (answers.BadAnswerError, ValidationError):
            logger.warning("tool %s: an answer that cannot be used", call.tool)
            raise (unknown(call.tool) if writes else failed(call.tool, "bad_output")) from None


def _arguments(asked: McpCall, call: Invocation) -> dict[str, Any]:
    """Return what the server is given. UnfitError: a value cannot stand where the contract puts it."""
    if asked.arguments is None:
        return dict(call.arguments)
    now = datetime.fromtimestamp(call.now, UTC)
    ours = {
        "subject": call.subject,
        "tenant": call.tenant,
        "key": call.key,
        "reference": call.key[:8].upper(),
        "today": now.date().isoformat(),
        "now": now.isoformat(timespec="seconds"),
    }
    filled = filling.filled(asked.arguments, {**call.arguments, **ours})
    return filled if isinstance(filled, dict) else {}


def build(resources: Resources, lookup: Resolve = resolve) -> McpBackend:
    """Build the connector; nothing is started and nothing contacted.

    Raises:
        ConfigurationError: A connection's options are wrong, or a variable that one names is not set; lists all.
    """
    # The SDK logs messages that it cannot read as they are, with what they hold.
    for name in ("mcp", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL if name == "mcp" else logging.WARNING)
    links: dict[str, Link] = {}
    faults: list[str] = []
    for name, connection in resources.connections.items():
        if connection.kind != "mcp":
            continue
        try:
            options = McpConnection.model_validate_json(json.dumps(connection.options), strict=True)
            links[name] = Link(name, options, resources.environment, resources.root, lookup)
        except ValidationError as error:
            faults += [f"connection {name}: {fault}" for fault in words(error)]
        except ConfigurationError as error:
            faults.append(f"connection {name}: {error}")
    if faults:
        raise ConfigurationError("\n".join(faults))
    return McpBackend(links)


__all__ = ["McpBackend", "build"]
