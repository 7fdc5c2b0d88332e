"""Whether, and when, a call that did not succeed is tried again. Pure.

Exponential backoff with equal jitter (M. Brooker, "Exponential Backoff and Jitter", 2015): half of the pause is fixed,
the other half random, so that callers that failed together do not come back together.
"""

from __future__ import annotations

from frontdesk.errors import ToolError, ToolFailedError, ToolRefusedError
from frontdesk.tools.contract import ToolContract


def may_repeat(contract: ToolContract, error: ToolError, tried: int, *, effect: bool) -> bool:
    """Whether another try is allowed.

    Args:
        contract: Its ``retry`` and ``idempotency``.
        error: What the last try came to. What was refused is refused again.
        tried: Tries so far.
        effect: Whether the call changes something: then only where the remote side recognises the repeated key.
    """
    if isinstance(error, ToolRefusedError) or tried >= contract.retry.attempts:
        return False
    return contract.idempotency.remote if effect else True


def pause(contract: ToolContract, error: ToolError, tried: int, chance: float) -> float:
    """Return the seconds to wait before the next try.

    Args:
        contract: Its ``retry.backoff``, doubled with each try.
        error: A ToolFailedError may say from when the remote side takes calls again (``retry_after``).
        tried: Tries so far, at least one.
        chance: Random, from 0 to 1.
    """
    backoff = contract.retry.backoff * 2 ** (tried - 1) * (0.5 + chance / 2)
    asked = error.retry_after if isinstance(error, ToolFailedError) else None
    return float(max(backoff, asked or 0.0))
