"""Which times a question names."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from frontdesk.nodes.recall.ranking.dates import named, recency, spans

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC).timestamp()


def days(query: str, now: float | None = NOW) -> list[tuple[str, str]]:
    return [
        (f"{datetime.fromtimestamp(start, UTC):%Y-%m-%d}", f"{datetime.fromtimestamp(end, UTC):%Y-%m-%d}")
        for start, end in spans(query, now)
    ]


@pytest.mark.parametrize(
    ("query", "span"),
    [
        ("on 2025-05-08", ("2025-05-08", "2025-05-09")),
        ("in 2025-12", ("2025-12-01", "2026-01-01")),
        ("on 8 May 2025", ("2025-05-08", "2025-05-09")),
        ("on the 8th of May, 2025", ("2025-05-08", "2025-05-09")),
        ("May 8, 2025", ("2025-05-08", "2025-05-09")),
        ("in September 2025", ("2025-09-01", "2025-10-01")),
        ("in Sept. 2025", ("2025-09-01", "2025-10-01")),
        ("in December", ("2025-12-01", "2026-01-01")),
        ("since January", ("2026-01-01", "2026-02-01")),
        ("on January 5th", ("2026-01-05", "2026-01-06")),
        ("in 2024", ("2024-01-01", "2025-01-01")),
        ("yesterday", ("2026-03-19", "2026-03-20")),
        ("today", ("2026-03-20", "2026-03-21")),
        ("three days and 3 days ago", ("2026-03-17", "2026-03-18")),
        ("last week", ("2026-03-07", "2026-03-20")),
    ],
)
def test_named(query: str, span: tuple[str, str]) -> None:
    assert days(query) == [span]


@pytest.mark.parametrize(
    "query",
    ["", "may I ask", "What did April say?", "Jan's order", "march on", "in 30 February 2025 or so", "order 2025-99-01", "99999 days ago"],
)  # fmt: skip
def test_no_time(query: str) -> None:
    assert days(query) == []


@pytest.mark.parametrize("query", ["yesterday", "in December", "on January 5th"])
def test_without_now_only_whole_dates_count(query: str) -> None:
    assert days(query, None) == []


def test_what_has_no_time_is_in_none() -> None:
    at = np.array([0.0, datetime(1970, 1, 1, 8, tzinfo=UTC).timestamp(), NOW])
    assert named("in 1970", at, NOW).tolist() == [False, True, False]


def test_recency_fades_and_grows_where_it_is_asked_for() -> None:
    at = np.array([NOW, NOW - 90 * 86400, 0.0, NOW + 5])
    plain, asked = recency("where do I live", at, NOW), recency("my latest address", at, NOW)
    assert plain[0] == pytest.approx(2 * plain[1]) and plain[2] == 0 and plain[3] == plain[0]
    assert (asked[:2] > 4 * plain[:2]).all()
    assert not recency("my latest address", at, None).any()
