"""Pages of a small shop."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.desk.config import Page

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
