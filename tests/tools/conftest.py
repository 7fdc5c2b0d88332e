"""The shipped desk's tools over a fresh SQLite file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from sqlalchemy.ext.asyncio import AsyncEngine

from frontdesk.tools.backend import Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.database import open_engine
from frontdesk.tools.loading import load_callable
from frontdesk.tools.registry import backends
from tests.support.deps import Untouched
from tests.support.retail import RetailDesk

DESK = Path(__file__).parents[2] / "desks" / "retail"
TODAY = date(2026, 5, 20)


class NoOwnData(Untouched):
    """The desk's own stores, which the shop's tools have no business with."""

    purposes = ("memory",)


@pytest.fixture(scope="session")
def contracts() -> dict[str, ToolContract]:
    """The contracts of the shipped desk, by name."""
    loader = YAML(typ="safe")
    found = [ToolContract.model_validate(loader.load(path)) for path in sorted((DESK / "tools").glob("*.yaml"))]
    return {item.name: item for item in found}


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A filled database."""
    made = open_engine(f"sqlite:///{tmp_path / 'shop.db'}")
    await load_callable("seed.py:prepare", DESK)(made, TODAY)
    yield made
    await made.dispose()


@pytest.fixture
def retail(contracts: dict[str, ToolContract], engine: AsyncEngine) -> RetailDesk:
    """A gateway over the shipped desk."""
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC).timestamp()
    kinds = {item.connector.kind for item in contracts.values()}
    return RetailDesk(contracts, backends(kinds, Resources(DESK, engine, NoOwnData())), now, engine)
