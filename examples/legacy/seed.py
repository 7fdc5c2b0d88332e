"""A back office as they grew in the nineties: awkward names, codes, padded texts, dates as numbers, cents as text.

``prepare`` makes it in an empty database. A real one is there already: name it in ``url_env``, and leave this file out.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

TABLES = (
    """CREATE TABLE IF NOT EXISTS "AUFTR_KOPF" ("AUFTR-NR" CHAR(10) PRIMARY KEY, "KD-NR" CHAR(10) NOT NULL,
       "AUFTR.STAT" CHAR(2) NOT NULL, "ANL_DAT" DECIMAL(8) NOT NULL, "LIEF_TAG" DECIMAL(6) NOT NULL,
       "BETRAG" CHAR(9) NOT NULL, "BEZ_KZ" CHAR(1) NOT NULL, "VERS_ART" CHAR(3) NOT NULL)""",
    # the one table that frontdesk asks for: which calls have happened
    """CREATE TABLE IF NOT EXISTS frontdesk_calls (call_key VARCHAR(128) PRIMARY KEY, tool VARCHAR(64) NOT NULL,
       made_at VARCHAR(32) NOT NULL)""",
)
ORDERS = (
    ("0000020417", "K-77      ", "03", 20260703, 126191, "000018705", "J", "DHL"),
    ("0000020418", "K-77      ", "07", 20260620, 126175, "000004990", "N", "SEL"),
    ("0000020419", "K-78      ", "03", 20260701, 0, "000120000", "J", "SPD"),
    ("0000020420", "K-77      ", "99", 20260105, 0, "000000001", "J", "DHL"),  # a code that nobody knows any more
)
INSERT = """INSERT INTO "AUFTR_KOPF" VALUES (:number, :customer, :status, :placed, :due, :amount, :paid, :carrier)"""
COLUMNS = ("number", "customer", "status", "placed", "due", "amount", "paid", "carrier")


async def prepare(engine: AsyncEngine, today: date | None = None) -> None:
    """Make the tables and the orders, unless they are there. ``today`` changes nothing: these dates stand still."""
    async with engine.begin() as connection:
        for statement in TABLES:
            await connection.execute(text(statement))
        if (await connection.execute(text('SELECT COUNT(*) FROM "AUFTR_KOPF"'))).scalar() == 0:
            rows: list[dict[str, Any]] = [dict(zip(COLUMNS, order, strict=True)) for order in ORDERS]
            await connection.execute(text(INSERT), rows)
