"""``frontdesk tools import-mcp``."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import TYPE_CHECKING

from frontdesk.errors import DeskError, PersonError

if TYPE_CHECKING:
    from frontdesk.tools.openapi.drafts import Draft


async def from_server(desk: str | None, connection: str, wanted: Collection[str]) -> list[Draft]:
    """Ask a server for its tools, and make a contract of each.

    Args:
        desk: As for ``frontdesk.cli.opening.load``; its contracts may be faulty still, its desk.yaml not.
        connection: One of its connections of kind ``mcp``.
        wanted: Names on the server; empty: all.

    Raises:
        PersonError: There is no such connection, or the server does not answer.
        DeskError: desk.yaml has faults.
        ConfigurationError: The connection's options are wrong, a variable is not set, or the extra is not installed.
    """
    from frontdesk.desk.draft import read_draft
    from frontdesk.desk.locate import locate
    from frontdesk.desk.names import choose
    from frontdesk.settings import load_settings, quiet_environment
    from frontdesk.tools.backend import Resources

    quiet_environment()
    draft = read_draft(locate(desk or load_settings().desk))
    if draft.config is None or draft.faults_in("desk.yaml"):
        raise DeskError(str(draft.root), draft.faults_in("desk.yaml"))
    connections = draft.config.record.connections
    ours = {name: one for name, one in connections.items() if one.kind == "mcp"}
    if connection not in ours:
        raise PersonError(f"desk.yaml has no connection {connection!r} of kind mcp; {choose(connection, ours)}")
    from frontdesk.tools.connectors.mcp import build
    from frontdesk.tools.mcp.drafts import drafts
    from frontdesk.tools.mcp.session import NoSessionError

    backend = build(Resources(draft.root, connections={connection: ours[connection]}, environment=dict(os.environ)))
    try:
        return drafts(await backend.links[connection].tools(), connection, wanted)
    except NoSessionError:
        raise PersonError(f"the server of the connection {connection!r} does not answer") from None
    finally:
        await backend.close()


__all__ = ["from_server"]
