"""What a statement may be, by its text alone."""

from __future__ import annotations

import pytest

from frontdesk.tools.sql.statements import Form, problems

FINE: list[tuple[Form, str]] = [
    (
        "one",
        "SELECT id AS order_id FROM orders WHERE id = :order_id AND (:item IS NULL OR name LIKE '%' || :item || '%')",
    ),
    ("one", "WITH mine AS (SELECT * FROM orders WHERE owner = :subject) SELECT COUNT(*) AS n FROM mine"),
    (
        "many",
        'SELECT "KD-NR", AUFTR.STAT, REPLACE(name, \'a\', \'b\') FROM "AUFTR-KOPF" AUFTR WHERE "KD-NR" = :customer_id',
    ),
    ("many", "SELECT created::date AS day, 'it''s 12:30; really -- yes' AS note, a % 2 AS odd FROM t"),
    ("write", "UPDATE orders SET status = 'gone' WHERE id = :order_id RETURNING id"),
    ("write", "INSERT INTO notes (k, t) VALUES (:key, :what) ON CONFLICT (k) DO NOTHING"),
    ("write", "WITH old AS (SELECT id FROM t) DELETE FROM t WHERE id IN (SELECT id FROM old)"),
]


@pytest.mark.parametrize(("form", "statement"), FINE)
def test_what_a_tool_needs_is_fine(form: Form, statement: str) -> None:
    assert problems(statement, form) == []


REFUSED: list[tuple[str, Form, str, str]] = [
    ("nothing", "one", "  ", "is empty"),
    ("a format field", "one", "SELECT * FROM orders WHERE id = {order_id}", "bind the value as `:name`"),
    ("a format field in a text", "one", "SELECT * FROM orders WHERE id = '{order_id}'", "bind the value as `:name`"),
    ("Jinja", "one", "SELECT * FROM orders WHERE id = {{ order_id }}", "bind the value as `:name`"),
    ("printf", "one", "SELECT * FROM orders WHERE id = '%(id)s'", "bind the value as `:name`"),
    ("a bound name in a text", "one", "SELECT * FROM orders WHERE name LIKE '% :item %'", "inside quotation marks"),
    ("question mark", "one", "SELECT * FROM orders WHERE id = ?", "bind values as `:name`"),
    ("dollar number", "one", "SELECT * FROM orders WHERE id = $1", "bind values as `:name`"),
    ("dollar quoting", "one", "SELECT $$a$$", "holds `$`"),
    ("two statements", "one", "SELECT 1; DELETE FROM orders", "one statement for each step"),
    ("an empty second", "one", "SELECT 1;", "one statement for each step"),
    ("a line comment", "one", "SELECT 1 -- and more", "holds a comment"),
    ("a block comment", "write", "DELETE FROM t /* WHERE id = :id */", "holds a comment"),
    ("escapes", "one", "SELECT E'\\'; DELETE FROM t'", "text with escapes"),
    ("an open text", "one", "SELECT 'abc", "nothing closes"),
    ("DDL", "write", "DROP TABLE orders", "begins with INSERT"),
    ("DDL in a read", "many", "CREATE TABLE t (a)", "begins with SELECT"),
    ("a pragma", "one", "PRAGMA table_info(orders)", "begins with SELECT"),
    ("attach", "write", "ATTACH 'x.db' AS x", "begins with INSERT"),
    ("copy", "write", "COPY orders TO PROGRAM 'sh'", "begins with INSERT"),
    ("a setting", "write", "SET ROLE admin", "begins with INSERT"),
    ("a block of code", "write", "DO 'begin end'", "begins with INSERT"),
    ("a write in a read", "one", "UPDATE orders SET status = 'x' RETURNING id", "begins with SELECT"),
    ("a write in a CTE", "one", "WITH a AS (DELETE FROM orders RETURNING id) SELECT * FROM a", "use `write`"),
    ("a lock in a read", "one", "SELECT id FROM orders FOR UPDATE", "use `write`"),
    ("a table made by a read", "many", "SELECT * INTO copies FROM orders", "use `write`"),
    ("DDL further on", "write", "DELETE FROM orders TRUNCATE orders", "has TRUNCATE"),
    ("a CTE that writes nothing", "write", "WITH a AS (SELECT 1) SELECT * FROM a", "writes nothing"),
    ("a pause", "one", "SELECT pg_sleep(10)", "calls pg_sleep()"),
    ("a quoted function", "one", 'SELECT "pg_terminate_backend"(1)', "calls pg_terminate_backend()"),
    ("text that runs as a statement", "many", "SELECT word FROM ts_stat(:words)", "calls ts_stat()"),
    ("a table as text", "one", "SELECT table_to_xml(:name, true, true, '') AS xml", "calls table_to_xml()"),
    ("a sequence", "one", "SELECT nextval('orders_id')", "calls nextval()"),
    ("another server", "many", "SELECT * FROM dblink('host=x', 'SELECT 1') AS t(a int)", "calls dblink()"),
    ("an extension", "one", "SELECT load_extension('x.so')", "calls load_extension()"),
]


@pytest.mark.parametrize(
    ("form", "statement", "problem"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_no_tool_needs_is_named(form: Form, statement: str, problem: str) -> None:
    assert problem in "\n".join(problems(statement, form))
