"""The second draft of a turn: the model is told why the first one was not sent."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.graph.deps import Prompts
from frontdesk.nodes.review.reasons import reasons

REPAIR = "repair"
"""Name of the prompt."""


def with_reasons(prompts: Prompts, system: str, codes: Sequence[str]) -> str:
    """Return the system prompt, with the reasons behind it where a draft was sent back.

    Args:
        prompts: Has the prompt :data:`REPAIR`.
        system: The system prompt of the turn.
        codes: The state's ``repair``: findings such as ``promise:refund``; empty for a first draft.
    """
    if not codes:
        return system
    listed = "\n".join(f"- {reason}" for reason in reasons(codes))
    return f"{system}\n\n{prompts.render(REPAIR, reasons=listed)}"


__all__ = ["REPAIR", "with_reasons"]
