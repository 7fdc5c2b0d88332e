"""Opens what a desk's tools talk to: its database, and the connectors by kind."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from frontdesk.desk.load import Desk
from frontdesk.owndata import StoredOwnData
from frontdesk.settings import Settings
from frontdesk.stores import Stores
from frontdesk.tools.backend import Backend, Resources
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.loading import load_callable
from frontdesk.tools.registry import backends
from frontdesk.tools.seals import PURPOSE, Seals


async def open_backends(desk: Desk, settings: Settings, stores: Stores, stack: AsyncExitStack) -> Mapping[str, Backend]:
    """Return the backends of the desk's tools by connector kind.

    Args:
        desk: Whose tools they are; an empty database is filled from its seed.
        settings: Where the database is.
        stores: What the connector ``desk`` reads and writes.
        stack: Takes what must be closed at the end.

    Raises:
        ConfigurationError: The database cannot be reached, the seed's function cannot be loaded, or a connection's
            options or secrets are wrong.
    """
    kinds = {contract.connector.kind for contract in desk.tools.values()}
    engine: Any = None
    if "sql" in kinds:
        engine = await asyncio.to_thread(_engine, desk, settings)
        stack.push_async_callback(engine.dispose)
        if desk.config.seed:
            await _reach(engine)
            prepare = await asyncio.to_thread(load_callable, desk.config.seed, desk.root)
            await prepare(engine)
    resources = Resources(
        root=desk.root,
        engine=engine,
        own=StoredOwnData(stores, desk.config.consent, desk.config.memory),
        connections=desk.config.connections,
        environment=dict(os.environ),
    )
    built = await asyncio.to_thread(backends, kinds, resources)
    for backend in built.values():
        stack.push_async_callback(backend.close)
    return built


async def open_gateway(desk: Desk, backends: Mapping[str, Backend], stores: Stores) -> ToolGateway:
    """Build the gateway off the event loop, and have connectors look whether what the contracts rely on is there.

    Raises:
        ConfigurationError: lists everything that is wrong with the contracts, or says what to run.
    """
    gateway = await asyncio.to_thread(build_gateway, desk, backends, stores)
    for backend in backends.values():
        ready = getattr(backend, "ready", None)
        if ready is not None:
            await ready()
    return gateway


def build_gateway(desk: Desk, backends: Mapping[str, Backend], stores: Stores) -> ToolGateway:
    """Return the gateway of a desk's tools; it compiles their schemas, which takes a while.

    Raises:
        ConfigurationError: lists everything that is wrong with the contracts.
    """
    return ToolGateway(
        desk.tools,
        backends,
        stores.ledger,
        stores.audit,
        tenant=desk.config.name,
        approvals=stores.approvals,
        seals=Seals(stores.sealer.derived(PURPOSE)),
        rules=desk.config.gateway,
        rates=stores.rates,
        reads=stores.reads,
    )


async def _reach(engine: Any) -> None:
    from frontdesk.tools.database import reach  # noqa: PLC0415 - as below

    await reach(engine)


def _engine(desk: Desk, settings: Settings) -> Any:
    from frontdesk.tools.database import open_engine  # noqa: PLC0415 - SQLAlchemy only where a tool needs it

    named = settings.database_url.get_secret_value() if settings.database_url else desk.config.database
    return open_engine(named or f"sqlite+aiosqlite:///{_database_file(desk, settings)}")


def _database_file(desk: Desk, settings: Settings) -> Path:
    folder = settings.home / "databases"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{desk.config.name}.sqlite"
