"""Pages of a small shop; archives of memories in each form."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.desk.config import Page
from tests.nodes.recall.archives import Clock, Make, in_memory, on_redis

RETURNS = """Send goods back within 30 days of delivery.

## What does a return cost?

Returns from the country of purchase are free.

## Opened boxes

An opened mattress cannot be taken back.
"""


@pytest.fixture
def pages() -> list[Page]:
    """Public pages, one for customers, one that is not valid yet."""
    return [
        Page(id="returns", title="Returns", url="https://shop.example/returns", body=RETURNS),
        Page(
            id="delivery",
            title="Delivery times",
            body="Parcels arrive within five working days.\n\n## Sofas\n\nTwo weeks.",
        ),
        Page(id="trade", title="Trade prices", audience="customer", body="Companies get a volume discount on desks."),
        Page(
            id="spring", title="Spring sale", valid_from=date(2030, 3, 1), body="Lamps are reduced in the spring sale."
        ),
    ]


@pytest.fixture
def clock() -> Clock:
    """One clock per test."""
    return Clock()


@pytest.fixture(params=["memory", "redis"])
def make(request: pytest.FixtureRequest, clock: Clock) -> Make:
    """Makes each form in turn, by the desk's rules."""
    if request.param == "memory":
        return lambda rules=None: in_memory(clock, rules)
    client = request.getfixturevalue("redis_client")
    return lambda rules=None: on_redis(client, clock, rules)
