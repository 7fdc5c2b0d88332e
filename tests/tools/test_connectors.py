"""The sql and python connectors and their registry."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from frontdesk.errors import ConfigurationError, SettingsError, ToolFailedError, ToolRefusedError
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.connectors.sql import SqlBackend
from frontdesk.tools.database import open_engine, reach
from frontdesk.tools.loading import load_callable
from frontdesk.tools.registry import backends, kinds
from tests.support.tools import contract


def invoke(**arguments: Any) -> Invocation:
    return Invocation("t1", {"customer_id": "C-1042", **arguments}, "C-1042", 1_779_278_400.0, "abcdef0123456789")


async def run(engine: AsyncEngine, *steps: dict[str, Any], **arguments: Any) -> Any:
    return await SqlBackend(engine).run({"steps": list(steps)}, invoke(**arguments))


async def address(engine: AsyncEngine) -> str:
    found = await run(engine, {"one": "SELECT shipping_address AS a FROM orders WHERE id = '10482'"})
    return str(found["a"])


WRITE = "UPDATE orders SET shipping_address = :address WHERE id = '10482'"


async def test_built_in_names(engine: AsyncEngine) -> None:
    found = await run(engine, {"one": "SELECT :subject AS s, :reference AS r, :key AS k, :today AS d, :now AS n"})
    assert found == {
        "s": "C-1042",
        "r": "ABCDEF01",
        "k": "abcdef0123456789",
        "d": "2026-05-20",
        "n": "2026-05-20T12:00:00+00:00",
    }


async def test_a_write_is_committed_only_as_a_whole(engine: AsyncEngine) -> None:
    before = await address(engine)
    none = {"write": "DELETE FROM requests", "rows": 1, "otherwise": "nothing_there", "message": "Nothing there."}
    with pytest.raises(ToolRefusedError) as raised:
        await run(engine, {"write": WRITE}, none, address="elsewhere")
    assert (raised.value.reason, str(raised.value)) == ("nothing_there", "Nothing there.")
    assert await address(engine) == before
    await run(engine, {"write": WRITE}, address="elsewhere")
    assert await address(engine) == "elsewhere"


async def test_a_failing_statement_leaves_nothing(engine: AsyncEngine) -> None:
    before = await address(engine)
    with pytest.raises(ToolFailedError):
        await run(engine, {"write": WRITE}, {"one": "SELECT nonsense FROM nowhere"}, address="elsewhere")
    assert await address(engine) == before


async def test_a_read_that_writes_is_refused(engine: AsyncEngine) -> None:
    before = await address(engine)
    with pytest.raises(ToolFailedError) as raised:
        await run(engine, {"one": WRITE + " RETURNING id"}, address="elsewhere")
    assert raised.value.reason == "read_only"
    assert await address(engine) == before


async def test_no_row_and_two_rows(engine: AsyncEngine) -> None:
    with pytest.raises(ToolRefusedError) as none:
        await run(engine, {"one": "SELECT id FROM orders WHERE id = 'x'"})
    with pytest.raises(ToolRefusedError) as two:
        await run(engine, {"one": "SELECT id FROM orders", "otherwise": "ambiguous"})
    assert (none.value.reason, two.value.reason) == ("not_found", "ambiguous")


async def test_a_refusal_names_the_rows(engine: AsyncEngine) -> None:
    step = {
        "one": "SELECT '{address}' AS word, n FROM (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3)",
        "each": "{n} x {word}",
        "message": "Which of them: {each}?",
    }
    with pytest.raises(ToolRefusedError) as refused:
        await run(engine, step)
    assert str(refused.value).endswith("Which of them: 1 x {address}, 2 x {address} and 3 x {address}?")


async def test_many_rows_are_bounded(engine: AsyncEngine) -> None:
    found = await run(engine, {"many": "SELECT id FROM orders", "into": "orders", "truncated": "more"})
    assert (len(found["orders"]), found["more"]) == (200, True)
    with pytest.raises(ToolRefusedError, match="more entries than I can show"):
        await run(engine, {"many": "SELECT id FROM orders", "into": "orders"})


OPTIONS = [
    ({}, "options must be {steps"),
    ({"steps": []}, "at least one step"),
    ({"steps": [{"one": "SELECT 1", "twice": 2}]}, "step 1: wrong or unknown field: twice"),
    ({"steps": [{"one": "SELECT '{order_id}'"}]}, "step 1: the statement holds `{`"),
    ({"steps": [{"one": "SELECT 1", "dates": {"day": "%Y"}}]}, "step 1: dates: day: `%Y`"),
    ({"steps": [{"one": "SELECT 1", "bind": {"order_id": {"width": 9}}}]}, "bind: order_id is not bound"),
    ({"steps": [{"one": "SELECT 1", "map": {"A": "x", "B": "x"}}]}, "two columns become x"),
    ({"steps": [{"write": "DELETE FROM orders", "rows": [3, 1]}]}, "rows must be a number or [fewest, most]"),
    ({"steps": [{"one": "SELECT 1", "write": "DELETE"}]}, "step 1: must have exactly one"),
    ({"steps": [{"many": "SELECT 1"}]}, "step 1: many needs into"),
    ({"steps": [{"write": "DELETE FROM orders"}]}, "step 1: a read may not write"),
    ({"steps": [{"one": "SELECT :password"}]}, "step 1: binds password"),
]


@pytest.mark.parametrize(("options", "problem"), OPTIONS)
def test_faulty_options(options: Any, problem: str) -> None:
    engine = open_engine("sqlite://")
    tool = contract("t1", connector={"kind": "sql", "options": options})
    assert problem in "\n".join(SqlBackend(engine).check(tool))


def test_the_folder_is_the_registry() -> None:
    assert {"python", "sql"} <= set(kinds())
    with pytest.raises(ConfigurationError, match="python, sql"):
        backends(["fax"], Resources())
    with pytest.raises(ConfigurationError, match="database"):
        backends(["sql"], Resources())


class Unreachable:
    """An engine whose database says no: as SQLAlchemy tells it, or as the network does."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def connect(self) -> AsyncConnection:
        raise self.error


NO = [
    (OperationalError("SELECT 1", {}, PermissionError("hunter2")), "PermissionError"),  # the driver's own kind
    (ConnectionRefusedError("hunter2"), "ConnectionRefusedError"),
]


@pytest.mark.parametrize(("error", "kind"), NO, ids=["driver", "network"])
async def test_a_database_that_cannot_be_used_is_a_setting_to_mend(error: Exception, kind: str) -> None:
    with pytest.raises(SettingsError, match=rf"{kind}.*FRONTDESK_DATABASE_URL") as raised:
        await reach(cast(AsyncEngine, Unreachable(error)))
    assert "hunter2" not in str(raised.value)


def test_a_missing_driver_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)  # as where the extra is not installed
    with pytest.raises(SettingsError, match=r"frontdesk\[postgres\]"):
        open_engine("postgresql://u:p@h/d")


@pytest.mark.parametrize("url", ["nonsense", "mysql+asyncmy://u:hunter2@h/d", "sqlite+pysqlite:///x?hunter2"])
def test_a_wrong_database_url_is_not_repeated(url: str) -> None:
    with pytest.raises(SettingsError) as raised:
        open_engine(url)
    assert "hunter2" not in str(raised.value) and "sqlite+aiosqlite" in str(raised.value)


FUNCTION = """
async def greet(arguments, call):
    return {"hello": call.subject, **arguments}

def plain(arguments, call):
    return {}
"""


async def test_a_function_of_the_desk(tmp_path: Path) -> None:
    (tmp_path / "tools.py").write_text(FUNCTION)
    backend = backends(["python"], Resources(tmp_path))["python"]
    options = {"function": "tools.py:greet"}
    assert backend.check(contract("t1", connector={"kind": "python", "options": options})) == []
    assert await backend.run(options, invoke()) == {"hello": "C-1042", "customer_id": "C-1042"}


@pytest.mark.parametrize(
    "options", [{}, {"function": 1}, {"function": "tools.py:greet", "x": 1}, {"function": "tools.py:gone"}]
)
def test_faulty_functions(tmp_path: Path, options: Any) -> None:
    (tmp_path / "tools.py").write_text(FUNCTION)
    backend = backends(["python"], Resources(tmp_path))["python"]
    assert len(backend.check(contract("t1", connector={"kind": "python", "options": options}))) == 1


@pytest.mark.parametrize(
    "spec", ["", "json", "json:", "json:no such", "json:nothing", "nowhere_at_all:f", "gone.py:f", "../outside.py:f"]
)
def test_what_cannot_be_loaded_is_named(tmp_path: Path, spec: str) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "outside.py").write_text("def f(): ...")
    with pytest.raises(ConfigurationError):
        load_callable(spec, tmp_path / "desk")


def test_a_file_that_was_named_as_a_module_is_suggested(tmp_path: Path) -> None:
    (tmp_path / "parcels.py").write_text(FUNCTION)
    with pytest.raises(ConfigurationError, match=r"did you mean parcels\.py:greet\?"):
        load_callable("parcels:greet", tmp_path)
