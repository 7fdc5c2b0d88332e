"""What calls cost: exact, in billionths."""

from __future__ import annotations

import pytest

from frontdesk.desk.modelling import Price
from frontdesk.graph.metering import Tokens
from frontdesk.models.pricing import Rate, billionths, money, price_of

MINI = Price(input=0.25, output=2.0, cached=0.025)
PLAIN = Price(input=3.0, output=15.0)

COSTS = [
    ("a million read", MINI, Tokens(1_000_000), 250_000_000),
    ("a million written", MINI, Tokens(0, 1_000_000), 2_000_000_000),
    ("read, written and cached", MINI, Tokens(1000, 100, 400), 150_000 + 10_000 + 200_000),
    ("all of it cached", MINI, Tokens(1000, 0, 1000), 25_000),
    ("more cached than read, as no provider should say", MINI, Tokens(10, 0, 1000), 250),
    ("no price for cached tokens: that of read ones", PLAIN, Tokens(1000, 0, 1000), 3_000_000),
    ("one token", MINI, Tokens(1), 250),
    ("a part of a billionth is rounded up", Price(input=0.0001, output=0), Tokens(1), 1),
    ("a tenth as float", Price(input=0.1, output=0.2), Tokens(3, 3), 900),
    ("nothing", MINI, Tokens(), 0),
    ("no price", None, Tokens(1000, 1000), 0),
    ("free", Price(input=0, output=0), Tokens(1000, 1000), 0),
]


@pytest.mark.parametrize(("price", "tokens", "nano"), [row[1:] for row in COSTS], ids=[row[0] for row in COSTS])
def test_a_call_costs(price: Price | None, tokens: Tokens, nano: int) -> None:
    assert Rate.of(price).cost(tokens) == nano
    assert Rate.of(price).most(tokens.input) >= Rate.of(price).cost(Tokens(tokens.input, 0, tokens.cached))


@pytest.mark.parametrize(("price", "nano"), [(MINI, 250_000), (Price(input=1, output=1, cached=4), 4_000_000)])
def test_what_may_be_cached_is_reserved_at_the_dearer_price(price: Price, nano: int) -> None:
    assert Rate.of(price).most(1000) == nano


def test_a_thousand_calls_add_up_without_a_rest() -> None:
    nano = sum(Rate.of(Price(input=0.1, output=0.3)).cost(Tokens(7, 11)) for _ in range(1000))
    assert money(nano) == 0.004
    assert billionths(0.004) == nano


NAMES = [("openai:a", 1.0), ("openai:b", 2.0), ("azure:b", 2.0), ("openai:d", None)]


@pytest.mark.parametrize(("model", "read"), NAMES)
def test_prices_are_found_by_the_whole_name_and_by_the_short_one(model: str, read: float | None) -> None:
    price = price_of(model, {"openai:a": Price(input=1, output=1), "b": Price(input=2, output=2)})
    assert (price.input if price else None) == read
