"""Opens what a desk's tools talk to: its database, and the connectors by kind."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from frontdesk.desk.load import Desk
from frontdesk.owndata import StoredOwnData
from frontdesk.settings import Settings
from frontdesk.stores import Stores
from frontdesk.tools.backend import Backend, Resources
from frontdesk.tools.loading import load_callable
from frontdesk.tools.registry import backends


async def open_backends(desk: Desk, settings: Settings, stores: Stores, stack: AsyncExitStack) -> Mapping[str, Backend]:
    """Return the backends of the desk's tools by connector kind.

    Args:
        desk: Whose tools they are; an empty database is filled from its seed.
        settings: Where the database is.
        stores: What the connector ``desk`` reads and writes.
        stack: Takes what must be closed at the end.

    Raises:
        ConfigurationError: The database cannot be reached, or the seed's function cannot be loaded.
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
        root=desk.root, engine=engine, own=StoredOwnData(stores, desk.config.consent, desk.config.memory)
    )
    return await asyncio.to_thread(backends, kinds, resources)


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
