"""``frontdesk knowledge`` as an operator runs it."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis as plain_redis
from redis.asyncio import Redis

from frontdesk.cli.pages import stats_lines
from frontdesk.graph.persistence.pageuse import RedisPageStore
from frontdesk.knowledge.counts import rows, summed
from tests.cli.conftest import Command
from tests.cli.test_usage import KEY

DESK = "name: corner\nbusiness: Corner Shop\nlink_hosts: [www.corner.example]\n"
INTENTS = """\
intents:
  - name: parking
    title: ask about parking
    description: Where to park
    utterances: [where can I park my car, is parking free at the shop]
  - name: returns
    title: return something
    description: Returning goods
    utterances: [how do I return this, can I send this back]
    pages: [returns]
"""
HTML = "<html lang=en><body><main><h1>Parking</h1><p>Parking is free for 2 hours. Ask a@corner.example.</p></main></body></html>"
KEPT = "---\nid: returns\ntitle: Returning goods\nvalid_to: 2020-01-01\n---\n\nYou have 30 days.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    root = tmp_path / "desk"
    (root / "knowledge").mkdir(parents=True)
    (root / "desk.yaml").write_text(DESK, "utf-8")
    (root / "intents.yaml").write_text(INTENTS, "utf-8")
    (root / "knowledge" / "returns.md").write_text(KEPT, "utf-8")
    (tmp_path / "parking.html").write_text(HTML, "utf-8")
    return root


def test_from_a_document_to_an_answer(command: Command, desk: Path) -> None:
    html, to = desk.parent / "parking.html", desk / "knowledge"
    done = command("knowledge", "import", str(html), "--to", str(to))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["new       parking.html [parking]  (personal data: EMAIL 1)", "1 new"]
    found = command("knowledge", "search", "is parking free?", "--desk", str(desk), "--json")
    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout)
    assert told["covered"] is True
    assert told["passages"][0]["page"] == "parking"
    assert told["passages"][0]["given"] is True
    assert "a@corner.example" not in found.stderr
    shown = command("knowledge", "search", "do you sell tractors", "--desk", str(desk))
    assert shown.stdout.splitlines()[0].startswith("not covered: best certainty ")


def test_an_import_that_fails_leaves_with_1(command: Command, desk: Path) -> None:
    broken = desk.parent / "broken.pdf"
    broken.write_bytes(b"no PDF")
    done = command("knowledge", "import", str(broken), "--to", str(desk / "knowledge"), "--json")
    assert done.returncode == 1
    assert [page["outcome"] for page in json.loads(done.stdout)["pages"]] == ["failed"]


def test_lint_leaves_with_1_on_errors(command: Command, desk: Path) -> None:
    done = command("knowledge", "lint", "--desk", str(desk))
    assert done.returncode == 1, done.stderr
    assert "knowledge/returns.md:4: warning: expired: the page ended on 2020-01-01" in done.stdout
    assert "intents.yaml:10: error: unusable: the page `returns` may not be used today" in done.stdout


def test_lint_of_the_retail_desk(command: Command) -> None:
    done = command("knowledge", "lint", "--json")
    assert done.returncode == 0, done.stdout
    assert all(finding["level"] == "warning" for finding in json.loads(done.stdout))


def test_stats(command: Command, desk: Path, redis_url: str) -> None:
    today = datetime.now(UTC).date().isoformat()

    async def fill() -> None:
        async with Redis.from_url(redis_url) as client:
            store = RedisPageStore(client)
            await store.add("corner", today, ["replies\t", "recalled\treturns", "cited\treturns"])
            await store.add("corner", today, ["replies\t", "uncovered\tparking"])
            await store.add("other", today, ["replies\t", "cited\treturns"])

    plain_redis.Redis.from_url(redis_url).flushall()
    asyncio.run(fill())
    (desk / "knowledge" / "parking.md").write_text("---\nid: parking\ntitle: Parking\n---\n\nFree.\n", "utf-8")
    done = command(
        "knowledge", "stats", "--json", "--days", "2", "--desk", str(desk), REDIS_URL=redis_url, FRONTDESK_KEY=KEY
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["replies"] == 2
    assert told["uncovered"] == {today: {"parking": 1}}
    first = told["pages"][0]
    assert {name: first[name] for name in ("page", "recalled", "cited", "share", "last")} == {
        "page": "returns", "recalled": 1, "cited": 1, "share": 0.5, "last": today,
    }  # fmt: skip
    assert len(first["version"]) == 12


def test_counts_of_days_are_summed() -> None:
    use = summed(
        {"2026-01-02": {"replies\t": 2, "cited\ta-page": 1}, "2026-01-01": {"replies\t": 2, "cited\ta-page": 1}}, 7
    )
    table = rows(use, [])
    assert table == [{"page": "a-page", "version": "", "recalled": 0, "cited": 2, "share": 0.5, "last": "2026-01-02"}]
    lines = list(stats_lines({"replies": 4, "days": 7, "pages": table, "uncovered": {"2026-01-02": {"": 3}}}))
    assert lines[0] == "4 replies in 7 days"
    assert "(gone)" in lines[2]
    assert lines[3] == "uncovered 2026-01-02: (no intent) 3"
