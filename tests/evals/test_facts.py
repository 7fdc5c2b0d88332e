"""Generated customers whose facts change."""

from __future__ import annotations

import pytest

from frontdesk.evals.facts.__main__ import measured
from frontdesk.evals.facts.play import Customer, Told, customers, held_of, invented, right


def test_the_newest_is_held_in_the_phrasings_that_rules_were_made_with() -> None:
    assert measured(300, 3, held_out=False)["right"] >= 0.99


def test_nothing_is_invented_in_phrasings_that_no_rule_was_made_for() -> None:
    found = measured(300, 3, held_out=True)
    assert found["invented"] == 0
    assert found["right"] >= 0.6


def test_the_same_seed_makes_the_same_customers() -> None:
    assert list(customers(20, 1, held_out=True)) == list(customers(20, 1, held_out=True))


@pytest.mark.parametrize(
    ("why", "said", "holds", "fine"),
    [
        ("the newest", ("I live in York.", "I moved to Leeds."), "Leeds", True),
        ("the old one", ("I live in York.",), "Leeds", False),
        ("ended", ("I live in York.", "I no longer live in York."), "", True),
        ("not ended", ("I live in York.",), "", False),
    ],
)
def test_what_counts_as_right(why: str, said: tuple[str, ...], holds: str, fine: bool) -> None:
    customer = Customer("address.town", tuple(Told(at, text, "told") for at, text in enumerate(said)), holds)
    assert right(customer, held_of(customer)) is fine


def test_what_counts_as_invented() -> None:
    customer = Customer("diet", (Told(0, "I live in York.", "never"),), "")
    assert invented(customer, held_of(customer)) == ["address.town"]
