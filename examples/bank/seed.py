"""The old core-banking tables: cards and standing orders, under the names and codes of their time.

``prepare`` makes them in an empty database. A bank has its own: name it in ``url_env``, and leave this file out.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

TABLES = (
    """CREATE TABLE IF NOT EXISTS "KUNDE" ("KD-NR" CHAR(8) PRIMARY KEY, "NAME1" CHAR(30), "EMAIL" CHAR(40))""",
    """CREATE TABLE IF NOT EXISTS "KRT_STM" ("KRT-END" CHAR(4) NOT NULL, "KD-NR" CHAR(8) NOT NULL,
       "KTO" CHAR(10) NOT NULL, "KZ.STAT" CHAR(2) NOT NULL, "KRT_ART" CHAR(1) NOT NULL, "GUELT" DECIMAL(8) NOT NULL,
       "PRF" CHAR(6) NOT NULL, PRIMARY KEY ("KRT-END", "KD-NR"))""",
    """CREATE TABLE IF NOT EXISTS "KRT_BEST" ("BEST-REF" CHAR(8) PRIMARY KEY, "KD-NR" CHAR(8) NOT NULL,
       "KTO" CHAR(10) NOT NULL, "KRT_ART" CHAR(1) NOT NULL, "KZ.STAT" CHAR(2) NOT NULL, "DAT" DECIMAL(8) NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS "DAUER_AUF" ("DA-NR" INTEGER PRIMARY KEY, "KD-NR" CHAR(8) NOT NULL,
       "KTO" CHAR(10) NOT NULL, "EMPF" CHAR(34) NOT NULL, "BETR" CHAR(9) NOT NULL, "TAG" DECIMAL(2) NOT NULL,
       "KZ.STAT" CHAR(2) NOT NULL, "REF" CHAR(8) NOT NULL)""",
    # the one table that frontdesk asks for: which calls have happened
    """CREATE TABLE IF NOT EXISTS frontdesk_calls (call_key VARCHAR(128) NOT NULL, tool VARCHAR(64) NOT NULL,
       made_at VARCHAR(32) NOT NULL, PRIMARY KEY (call_key))""",
)
ROWS = (
    """INSERT INTO "KUNDE" VALUES ('K100    ', 'Anna Berg           ', 'anna.berg@mail.example      ')""",
    """INSERT INTO "KUNDE" VALUES ('K200    ', 'Jon Hale            ', 'jon@mail.example            ')""",
    """INSERT INTO "KRT_STM" VALUES ('4417', 'K100    ', '0000401122', '01', 'D', 20280331, '8f01aa')""",
    """INSERT INTO "KRT_STM" VALUES ('9920', 'K100    ', '0000401130', '09', 'C', 20270131, '8f01ab')""",
    """INSERT INTO "KRT_STM" VALUES ('5500', 'K200    ', '0000401200', '01', 'D', 20280331, '8f01ac')""",
    """INSERT INTO "DAUER_AUF"
       VALUES (7001, 'K100    ', '0000401122', 'DE89370400440532013000', '000045000', 1, '01', '-')""",
    """INSERT INTO "DAUER_AUF"
       VALUES (7002, 'K200    ', '0000401200', 'DE89370400440532013000', '000001000', 15, '01', '-')""",
)


async def prepare(engine: AsyncEngine, today: date | None = None) -> None:
    """Make the tables and rows, unless they are there. ``today`` changes nothing: these dates stand still."""
    async with engine.begin() as connection:
        for statement in TABLES:
            await connection.execute(text(statement))
        if (await connection.execute(text('SELECT COUNT(*) FROM "KUNDE"'))).scalar() == 0:
            for statement in ROWS:
                await connection.execute(text(statement))
