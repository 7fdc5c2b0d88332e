"""What a turn costs, summed over its model calls."""

from __future__ import annotations

from frontdesk.graph.deps import Completion
from frontdesk.graph.state import Usage


def no_usage() -> Usage:
    """Return the usage of a turn that has asked no model yet."""
    return Usage(model="", calls=0, input_tokens=0, output_tokens=0, cached_tokens=0, cost=0.0, failures=[])


def added(usage: Usage | None, completion: Completion, *, answered: bool) -> Usage:
    """Return a turn's usage with one more call in it.

    Args:
        usage: The turn's so far, if any.
        completion: The call.
        answered: Whether it made the turn's answer, so that its model is the one that is named.
    """
    one = Usage(
        model=completion.model if answered else "",
        calls=1,
        input_tokens=completion.input_tokens,
        output_tokens=completion.output_tokens,
        cached_tokens=completion.cached_tokens,
        cost=completion.cost,
        failures=list(completion.failures),
    )
    return together(usage, one)


def together(usage: Usage | None, more: Usage | None) -> Usage:
    """Return the sum of two; the later model is named, where there is one. Figures of older turns may lack some."""
    before, after = usage or no_usage(), more or no_usage()
    return Usage(
        model=after["model"] or before["model"],
        calls=before["calls"] + after["calls"],
        input_tokens=before["input_tokens"] + after["input_tokens"],
        output_tokens=before["output_tokens"] + after["output_tokens"],
        cached_tokens=before.get("cached_tokens", 0) + after.get("cached_tokens", 0),
        # sums of money in floats: what lies behind the ninth digit is no money
        cost=round(before.get("cost", 0.0) + after.get("cost", 0.0), 9),
        failures=[*before["failures"], *after["failures"]],
    )


__all__ = ["added", "no_usage", "together"]
