"""The retail desk's database for mutated calls: several customers' rows, looked at and put back without the gateway."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from frontdesk.tools.database import open_engine
from frontdesk.tools.loading import load_callable

TODAY = date(2026, 5, 20)
ANNA, OTHER = "C-1042", "C-1001"
COSTLY = "10051"
"""An order of Anna's whose one item costs more than may go back without a second person."""
OWN_REQUEST, OTHERS_REQUEST = "AAAA0001", "BBBB0002"
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Snapshot:
    """Everything in a database."""

    schema: tuple[Row, ...]
    columns: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[Row, ...]]

    def named(self, table: str, row: Row) -> dict[str, Any]:
        """Return a row by its columns' names."""
        return dict(zip(self.columns[table], row, strict=True))

    def all_of(self, table: str) -> Iterator[dict[str, Any]]:
        """Yield a table's rows by their columns' names."""
        return (self.named(table, row) for row in self.rows[table])


class Shop:
    """One database file, its engine, and a copy from which it is put back."""

    def __init__(self, file: Path) -> None:
        """Take a seeded database, and add requests of two customers."""
        self._seen = sqlite3.connect(file, isolation_level=None)
        _add(self._seen)
        self._copy = sqlite3.connect(":memory:")
        self._seen.backup(self._copy)
        self.engine = open_engine(f"sqlite:///{file}")
        self.before = self.snapshot()

    @classmethod
    async def opened(cls, desk: Path, folder: Path) -> Self:
        """Fill a database in a folder from the seed of the desk."""
        file = folder / "shop.sqlite"
        engine = open_engine(f"sqlite:///{file}")
        await load_callable("seed.py:prepare", desk)(engine, TODAY)
        await engine.dispose()
        return cls(file)

    def snapshot(self) -> Snapshot:
        """Read all tables."""
        query = self._seen.execute
        schema = tuple(query("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"))
        tables = [row[1] for row in schema if row[0] == "table"]
        columns = {name: tuple(row[1] for row in query(f"PRAGMA table_info('{name}')")) for name in tables}
        rows = {name: tuple(query(f'SELECT * FROM "{name}" ORDER BY rowid')) for name in tables}  # noqa: S608 - our tables
        return Snapshot(schema, columns, rows)

    def run(self, statement: str) -> None:
        """Run a statement beside the gateway, such as one that no call may come to."""
        self._seen.execute(statement)

    def put_back(self) -> None:
        """Make the database what it was."""
        self._copy.backup(self._seen)

    async def close(self) -> None:
        """Let go of the file."""
        await self.engine.dispose()
        self._seen.close()
        self._copy.close()


def _add(database: sqlite3.Connection) -> None:
    """Add what the seed has not: orders that may still change, requests, a costly item, returns that stay open."""
    with closing(database.cursor()) as cursor:
        cursor.execute("UPDATE orders SET return_until = '2099-01-01' WHERE status = 'delivered'")
        cursor.execute("UPDATE order_items SET unit_cents = 129900 WHERE order_id = ?", (COSTLY,))
        cursor.execute("UPDATE orders SET status = 'processing' WHERE id IN ('10640', '10915')")
        others = cursor.execute(
            "SELECT id FROM orders WHERE customer_id = ? AND status = 'delivered' ORDER BY id", (OTHER,)
        ).fetchone()[0]
        for reference, order in ((OWN_REQUEST, "10377"), (OTHERS_REQUEST, others)):
            cursor.execute(
                "INSERT INTO requests (reference, idempotency_key, order_id, kind, reason, created_on, line, "
                "amount_cents) VALUES (?, ?, ?, 'return', 'faulty', '2026-05-19', 1, 100)",
                (reference, reference * 4, order),
            )
            cursor.execute(
                "UPDATE order_items SET state = 'return registered' WHERE order_id = ? AND line = 1", (order,)
            )


__all__ = ["ANNA", "OTHER", "OTHERS_REQUEST", "OWN_REQUEST", "TODAY", "Row", "Shop", "Snapshot"]
