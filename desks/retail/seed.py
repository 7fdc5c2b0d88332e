"""The try-out back office of Fernhill Home: tables, and 200 customers with 1,000 orders made with a fixed seed.

``prepare`` fills an empty database, SQLite or PostgreSQL; a real shop points the contracts at its own tables instead.
"""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from frontdesk.tools.sql.keys import table as key_table

SEED, CUSTOMERS, ORDERS = 1042, 200, 1000
RETURN_DAYS, FREE_DELIVERY_CENTS, DELIVERY_CENTS = 30, 6000, 495
_LOCK_SQLITE = "BEGIN IMMEDIATE"
_LOCK_POSTGRES = "SELECT pg_advisory_xact_lock(7241042)"
metadata = MetaData()


def _table(
    name: str, *columns: Column[Any], key: str = "", texts: str = "", numbers: str = "", maybe: str = ""
) -> Table:
    """Declare a table: ``columns`` as they are, the others by name (``maybe``: texts that may be null)."""
    return Table(
        name,
        metadata,
        *([Column(key, String, primary_key=True)] if key else []),
        *columns,
        *(Column(column, String, nullable=False) for column in texts.split()),
        *(Column(column, Integer, nullable=False) for column in numbers.split()),
        *(Column(column, String) for column in maybe.split()),
    )


customers = _table("customers", key="id", texts="name email phone address joined_on", numbers="points pending_points")
products = _table("products", key="sku", texts="name category", numbers="price_cents")
stores = _table("stores", key="city", texts="address phone weekdays saturday sunday")
orders = _table(
    "orders",
    Column("customer_id", ForeignKey("customers.id"), nullable=False, index=True),
    key="id",
    texts="status placed_on shipping_address",
    numbers="shipping_cents total_cents",
    maybe="expected_on shipped_on delivered_on return_until tracking",
)
order_items = _table(
    "order_items",
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("sku", ForeignKey("products.sku"), nullable=False),
    texts="state",
    numbers="quantity unit_cents",
)
requests = _table(
    "requests",
    Column("idempotency_key", String, nullable=False, unique=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False),
    key="reference",
    texts="kind reason created_on",
    numbers="line amount_cents",
    maybe="wanted",
)
withdrawals = _table(
    "withdrawals",
    Column("order_id", ForeignKey("orders.id"), nullable=False),
    key="idempotency_key",
    texts="reference kind withdrawn_on",
    numbers="line",
)
calls = key_table("frontdesk_calls", metadata)
seeded = _table("desk_seed", Column("seed", Integer, primary_key=True), texts="made_on")


async def prepare(engine: AsyncEngine, today: date | None = None) -> None:
    """Create the tables and fill them, unless that was done before; on an error nothing is left half-filled.

    Args:
        engine: A database; several processes may start at once, of which one fills it and the others wait.
        today: The day around which orders are dated; UTC's by default. The same day gives the same rows.
    """
    async with engine.connect() as connection:
        await _lock(connection)
        await connection.run_sync(metadata.create_all)
        if (await connection.execute(select(seeded.c.seed))).first() is None:
            day = today or datetime.now(UTC).date()
            rows = await asyncio.to_thread(generate, day)  # reads a file and takes a moment: not on the event loop
            await connection.run_sync(fill, rows, day)
        await connection.commit()


async def _lock(connection: AsyncConnection) -> None:
    """Open a transaction that no other process's seeding can run beside."""
    lite = connection.dialect.name == "sqlite"
    await connection.exec_driver_sql(_LOCK_SQLITE if lite else _LOCK_POSTGRES)


def fill(connection: Connection, rows: dict[str, list[dict[str, Any]]], today: date) -> None:
    """Insert all rows into empty tables."""
    for table in (customers, products, orders, order_items, stores):
        connection.execute(insert(table), rows[table.name])
    connection.execute(insert(seeded), [{"seed": SEED, "made_on": today.isoformat()}])


def generate(today: date) -> dict[str, list[dict[str, Any]]]:
    """Return all rows by table name; the same for the same day. Amounts are euro cents, dates ISO texts."""
    source = YAML(typ="safe").load(Path(__file__).parent / "data" / "seed.yaml")
    dice = random.Random(SEED)  # noqa: S311 - made-up data, not a secret
    people = [_customer(dice, source, number, today) for number in range(CUSTOMERS)]
    goods = _rows(products, source["products"])
    prices = {row["sku"]: row["price_cents"] for row in goods}
    address = {row["id"]: row["address"] for row in people}
    made, lines = [], []
    for number, (customer, status, age, wanted) in _plan(dice, source, sorted(address), sorted(prices)).items():
        items = _items(number, status, wanted, prices)
        lines += items
        made.append(_order(dice, number, customer, status, today - timedelta(days=age), address[customer], items))
    return {
        "customers": people,
        "products": goods,
        "orders": made,
        "order_items": lines,
        "stores": _rows(stores, source["stores"]),
    }


def _rows(table: Table, values: Any) -> list[dict[str, Any]]:
    return [dict(zip(table.columns.keys(), row, strict=True)) for row in values]


def _plan(dice: random.Random, source: Any, owners: list[str], skus: list[str]) -> dict[int, Any]:
    """Return order number to (customer, status, days since placed, [(sku, quantity)]): the demo's and random ones."""
    demo = source["demo"]
    fixed = {number: (demo["customer"], *rest) for number, *rest in demo["orders"]}
    others = [owner for owner in owners if owner != demo["customer"]]
    plan = {}
    for number in range(10_000, 10_000 + ORDERS):
        status = dice.choices(("processing", "shipped", "delivered", "cancelled", "returned"), (15, 15, 55, 8, 7))[0]
        oldest = {"processing": (0, 2), "shipped": (2, 6)}.get(status, (8, 400))
        wanted = [(sku, dice.choice((1, 1, 1, 2, 4))) for sku in dice.sample(skus, dice.choice((1, 1, 2, 3)))]
        plan[number] = (dice.choice(others), status, dice.randint(*oldest), wanted)
    return {**plan, **fixed}


def _customer(dice: random.Random, source: Any, number: int, today: date) -> dict[str, Any]:
    first, last = dice.choice(source["first_names"]), dice.choice(source["last_names"])
    town, code = dice.choice(source["towns"])
    postcode = code % (dice.randint(1, 9), dice.randint(1, 9))
    return {
        "id": f"C-{1000 + number}",
        "name": f"{first} {last}",
        "email": f"{first}.{last}.{1000 + number}@customers.example".lower(),
        "phone": f"+44 7700 900{number:03d}",
        "address": f"{dice.randint(1, 120)} {dice.choice(source['streets'])}, {town} {postcode}",
        "joined_on": (today - timedelta(days=dice.randint(60, 2500))).isoformat(),
        "points": dice.randint(0, 900),
        "pending_points": dice.choice((0, 0, 25, 60, 140)),
    }


def _items(number: int, status: str, wanted: Any, prices: dict[str, int]) -> list[dict[str, Any]]:
    state = status if status in {"cancelled", "returned"} else "ordered"
    return [
        {
            "order_id": str(number),
            "line": line,
            "sku": sku,
            "quantity": count,
            "unit_cents": prices[sku],
            "state": state,
        }
        for line, (sku, count) in enumerate(wanted, start=1)
    ]


def _order(
    dice: random.Random,
    number: int,
    customer: str,
    status: str,
    placed: date,
    address: str,
    items: list[dict[str, Any]],
) -> dict[str, Any]:
    goods = sum(item["quantity"] * item["unit_cents"] for item in items)
    shipping = 0 if goods >= FREE_DELIVERY_CENTS else DELIVERY_CENTS
    sent = placed + timedelta(days=dice.randint(1, 2)) if status not in {"processing", "cancelled"} else None
    arrived = sent + timedelta(days=dice.randint(2, 4)) if sent and status != "shipped" else None
    due = placed + timedelta(days=6) if status in {"processing", "shipped"} else None
    return {
        "id": str(number),
        "customer_id": customer,
        "status": status,
        "placed_on": placed.isoformat(),
        "expected_on": due and due.isoformat(),
        "shipped_on": sent and sent.isoformat(),
        "delivered_on": arrived and arrived.isoformat(),
        "return_until": arrived and (arrived + timedelta(days=RETURN_DAYS)).isoformat(),
        "shipping_address": address,
        "tracking": f"FX{dice.randint(10**8, 10**9 - 1)}" if sent else None,
        "shipping_cents": shipping,
        "total_cents": goods + shipping,
    }
