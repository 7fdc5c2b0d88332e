"""What a call costs: exact, in billionths of the currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from frontdesk.desk.modelling import Price
from frontdesk.graph.metering import Tokens

NANO = 1_000_000_000
"""Parts of the currency that are counted: a token of the cheapest models costs some tens of them, and a float holds
nine million currency units of them exactly."""
_PER_TOKEN = NANO // 1_000_000
"""Prices are per million tokens."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A price in billionths per token."""

    read: Decimal = Decimal(0)
    written: Decimal = Decimal(0)
    cached: Decimal = Decimal(0)

    @classmethod
    def of(cls, price: Price | None) -> Rate:
        """Return the rate of a price; of a model without one, nothing."""
        if price is None:
            return cls()
        cached = price.input if price.cached is None else price.cached
        # by way of its digits: the float 0.1 is not a tenth
        read, written, cache = (Decimal(str(part)) * _PER_TOKEN for part in (price.input, price.output, cached))
        return cls(read, written, cache)

    def cost(self, tokens: Tokens) -> int:
        """Return what a call took, in billionths, rounded up."""
        cached = min(tokens.cached, tokens.input)
        exact = (tokens.input - cached) * self.read + cached * self.cached + tokens.output * self.written
        return _up(exact)

    def most(self, tokens: int) -> int:
        """Return what it costs at most to read so many tokens, in billionths, rounded up."""
        return _up(tokens * max(self.read, self.cached))


def _up(exact: Decimal) -> int:
    return int(exact.to_integral_value(rounding=ROUND_CEILING))


def money(nano: int) -> float:
    """Return billionths as the currency."""
    return nano / NANO


def billionths(amount: float) -> int:
    """Return an amount of the currency in billionths."""
    return int(Decimal(str(amount)) * NANO)


def price_of(model: str, known: Mapping[str, Price]) -> Price | None:
    """Return the price of ``provider:name`` in the desk's list, under that or under the name alone; None for none."""
    return known.get(model) or known.get(model.partition(":")[2])


__all__ = ["NANO", "Rate", "billionths", "money", "price_of"]
