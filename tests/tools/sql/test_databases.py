"""Several databases: which one a contract's statements run on, and what is wrong with a connection."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from frontdesk.desk.connecting import Connection
from frontdesk.errors import ConfigurationError
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.connectors.sql import SqlBackend, build
from frontdesk.tools.database import open_engine
from tests.support.tools import contract

COUNT = {"steps": [{"one": "SELECT COUNT(*) AS n FROM orders"}]}


def connections(**options: Any) -> dict[str, Connection]:
    return {"host": Connection(kind="sql", options=options), "web": Connection(kind="http", options={"url": 1})}


def tool(name: str, connection: str, **changes: Any) -> Any:
    where = {"kind": "sql", "connection": connection, "options": changes.pop("options", COUNT)}
    return contract(name, connector=where, **changes)


async def count(backend: SqlBackend, name: str) -> int:
    return int((await backend.run(COUNT, Invocation(name, {}, "C-1", 0.0)))["n"])


async def test_each_tool_runs_where_its_contract_says(lite: AsyncEngine, tmp_path: Path) -> None:
    other = open_engine(f"sqlite:///{tmp_path / 'other.db'}")
    async with other.begin() as connection:
        await connection.exec_driver_sql("CREATE TABLE orders (id TEXT)")
    await other.dispose()
    environment = {"LEGACY_DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}"}
    backend = build(
        Resources(tmp_path, lite, connections=connections(url_env="LEGACY_DATABASE_URL"), environment=environment)
    )
    assert [backend.check(tool("here", "")), backend.check(tool("there", "host"))] == [[], []]
    assert (await count(backend, "here"), await count(backend, "there")) == (3, 0)
    await backend.close()


async def test_a_file_is_found_in_the_desks_folder(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    backend = build(Resources(tmp_path / "desk", connections=connections(url="sqlite:///old.db")))
    assert backend.check(tool("there", "host")) == []
    assert (await backend.run({"steps": [{"one": "SELECT 1 AS n"}]}, Invocation("there", {}, "C-1", 0.0))) == {"n": 1}
    await backend.close()
    assert (tmp_path / "desk" / "old.db").exists()


def test_without_a_url_a_connection_is_the_desks_own_database(lite: AsyncEngine) -> None:
    backend = build(Resources(engine=lite, connections=connections(keys="frontdesk_calls")))
    refund = {"steps": [{"write": "DELETE FROM orders"}, {"one": "SELECT 1 AS n"}]}
    remote = {"effect": "write", "idempotency": {"remote": True}, "precheck": None, "options": refund}
    assert backend.check(tool("there", "host", **remote)) == []
    assert "table of keys" in "".join(backend.check(tool("here", "", **remote)))


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"url_env": "LEGACY_DATABASE_URL"}, "LEGACY_DATABASE_URL is not set"),
        ({"url_env": "legacy"}, "wrong or unknown option: url_env"),
        ({"url": "sqlite:///x.db", "url_env": "LEGACY_DATABASE_URL"}, "one of them is enough"),
        ({"url": "postgresql://me:hunter2@db/shop"}, "put it into the environment"),
        ({"url": "mysql://db/shop"}, "database driver 'mysql'"),
        ({"url": "hunter2"}, "`url` cannot be read"),
        ({"keys": "calls; DROP TABLE x"}, "wrong or unknown option: keys"),
        ({"pool": 3}, "wrong or unknown option: pool"),
        ({}, "the desk has no database of its own"),
    ],
)
def test_what_is_wrong_with_a_connection_is_said_without_its_password(options: Any, problem: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        build(Resources(connections=connections(**options)))
    assert str(raised.value).startswith("connections.host: ")
    assert problem in str(raised.value)
    assert "hunter2" not in str(raised.value)


def test_a_connection_that_is_not_there_is_named(lite: AsyncEngine) -> None:
    backend = build(Resources(engine=lite, connections=connections()))
    assert backend.check(tool("t1", "web")) == [
        "connector.connection must name a connection of kind sql; there are: host"
    ]


WRITE = {"write": "DELETE FROM orders WHERE id = :order_id"}
TELL = {"one": "SELECT id AS order_id FROM orders WHERE id = :order_id"}
KEYED: list[tuple[str, dict[str, Any], str]] = [
    ("no table", {"steps": [WRITE, TELL]}, "add `keys: frontdesk_calls`"),
    ("no plain name", {"steps": [WRITE, TELL], "keys": "a b"}, "`keys` must be the name of a table"),
    ("a read before", {"steps": [TELL, WRITE, TELL], "keys": "calls"}, "step 1: reads before a write"),
    ("nothing told after", {"steps": [WRITE], "keys": "calls"}, "a step after the last write has to tell"),
    ("returning", {"steps": [{"write": WRITE["write"] + " RETURNING id"}, TELL], "keys": "calls"}, "no RETURNING"),
    ("nothing written", {"steps": [TELL], "keys": "calls"}, "a write without a `write` step"),
]


@pytest.mark.parametrize(("options", "problem"), [row[1:] for row in KEYED], ids=[row[0] for row in KEYED])
def test_a_contract_that_relies_on_keys(lite: AsyncEngine, options: Any, problem: str) -> None:
    made = tool("t1", "", effect="write", idempotency={"remote": True}, precheck=None, options=options)
    assert problem in "\n".join(SqlBackend(lite).check(made))


def test_lookups_are_checked_like_prechecks(lite: AsyncEngine) -> None:
    lookup = {"options": {"steps": [{"one": "SELECT :password AS p"}]}}
    made = tool("t1", "", effect="write", idempotency={"lookup": lookup}, precheck=None, options={"steps": [WRITE]})
    assert "idempotency.lookup: step 1: binds password" in "\n".join(SqlBackend(lite).check(made))


def test_an_argument_does_not_hide_a_built_in_name(lite: AsyncEngine) -> None:
    schema = {"type": "object", "properties": {"key": {"type": "string"}}}
    made = tool("t1", "", input=schema, options={"steps": [{"one": "SELECT :key AS k"}]})
    assert ":key is built in" in "\n".join(SqlBackend(lite).check(made))
