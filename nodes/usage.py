"""What a turn costs, summed over its model calls."""

from __future__ import annotations

from frontdesk.graph.deps import Completion
from frontdesk.graph.state import Usage


def no_usage() -> Usage:
    """Return the usage of a turn that has asked no model yet."""
    return Usage(model="", calls=0, input_tokens=0, output_tokens=0, failures=[])


def added(usage: Usage | None, completion: Completion, *, answered: bool) -> Usage:
    """Return a turn's usage with one more call in it.

    Args:
        usage: The turn's so far, if any.
        completion: The call.
        answered: Whether it made the turn's answer, so that its model is the one that is named.
    """
    before = usage or no_usage()
    return Usage(
        model=completion.model if answered else before["model"],
        calls=before["calls"] + 1,
        input_tokens=before["input_tokens"] + completion.input_tokens,
        output_tokens=before["output_tokens"] + completion.output_tokens,
        failures=[*before["failures"], *completion.failures],
    )
