"""Small samples of the crash matrix and of the race; the whole is ``python -m frontdesk.evals.crash``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from frontdesk.errors import RedisUnavailableError
from frontdesk.evals.crash.__main__ import figures
from frontdesk.evals.crash.matrix import Cell, Stage, cell, cells, stage
from frontdesk.evals.crash.race import race
from frontdesk.evals.crash.stops import STOPS
from frontdesk.evals.crash.world import REMOTES


@pytest.fixture
async def remotes(tmp_path: Path) -> AsyncIterator[Stage]:
    """HTTP and SQLite remote sides, and a Redis of the test's own."""
    try:
        async with stage(tmp_path, with_postgres=False) as opened:
            yield opened
    except RedisUnavailableError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize(
    ("remote", "stop", "before", "outcome"),
    [
        ("http_key", "unanswered", 1, "done"),
        ("http_lookup", "unanswered", 1, "repeated"),
        ("http_bare", "marked", 0, "unknown"),
        ("sqlite_lookup", "uncommitted", 0, "done"),
        ("sqlite_key", "answered", 1, "done"),
        ("sqlite_bare", "settled", 1, "repeated"),
    ],
)
async def test_a_killed_process_and_the_next_one(
    remotes: Stage, remote: str, stop: str, before: int, outcome: str
) -> None:
    found = await cell(remotes, remote, stop)
    assert (found.before, found.outcome) == (before, outcome)
    assert found.right


async def test_two_processes_at_once(tmp_path: Path) -> None:
    try:
        found = await race("sqlite_bare", 20, folder=tmp_path)
    except RedisUnavailableError as error:
        pytest.skip(str(error))
    assert (found["effects"], found["different"]) == (20, 0)
    assert found["outcomes"] == {"done": 20, "repeated": 20}


WRONG = {
    "two effects": Cell("http_key", "x", 1, "done", 2, "repeated"),
    "none": Cell("http_key", "x", 0, "done", 0, "repeated"),
    "unknown, and it could be asked": Cell("http_lookup", "x", 1, "unknown", 1, "unknown"),
    "unknown, and run again": Cell("http_bare", "x", 0, "unknown", 1, "unknown"),
    "unknown, and then not": Cell("http_bare", "x", 1, "unknown", 1, "done"),
    "another answer the third time": Cell("http_key", "x", 1, "done", 1, "done"),
    "failed": Cell("http_key", "x", 1, "failed", 1, "failed"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_counts_as_wrong(case: str) -> None:
    assert figures([WRONG[case]], [])["wrong"] == 1


def test_every_stop_is_met_by_every_connector_that_comes_there() -> None:
    found = cells(list(REMOTES), STOPS)
    assert {stop for _, stop in found} == set(STOPS)
    assert len(found) == len(REMOTES) * (len(STOPS) - 1)
