"""The capsule: a conversation's state as one opaque text, which the client keeps instead of us.

``fdc1.`` and, in base64 for addresses, the sealed msgpack of the state's fields in :data:`CARRIED`, of the values
behind the placeholders, and of the time at which it ends. AES-256-GCM under the deployment's key, bound to tenant and
subject; what cannot be opened is never looked into.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from frontdesk.errors import CapsuleError, SealError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.codec import strict_serde
from frontdesk.graph.persistence.sealer import Sealer

PREFIX: Final = "fdc1."
MOST: Final = 96 * 1024
"""Characters of a capsule at most: with the longest usual message it still fits into a request of the HTTP door."""
CARRIED: Final = (
    "messages", "masked", "summary", "details", "turn", "task", "waiting", "decision", "route", "misses", "upset",
    "step_up",
)  # fmt: skip
"""State fields that a capsule holds: an allow-list. No proposal and no approval: a capsule can be sent twice."""
_WRONG: Final = (
    "the capsule cannot be opened: it was altered or cut off, belongs to another caller, or was sealed with a key that "
    "is no longer in use; begin a new conversation with an empty one"
)


@dataclass(frozen=True)
class Carried:
    """What a capsule holds."""

    state: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Masked."""
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Placeholder to value."""


def sealed(sealer: Sealer, principal: Principal, carried: Carried, ends: float) -> str:
    """Return a capsule.

    Args:
        sealer: The deployment's.
        principal: Who alone may send it back.
        carried: What it holds; of the state the fields in :data:`CARRIED`.
        ends: Unix time in seconds after which it is worth nothing.

    Raises:
        CapsuleError: It would be longer than :data:`MOST`.
    """
    state = {name: carried.state[name] for name in CARRIED if carried.state.get(name) is not None}
    kind, data = strict_serde().dumps_typed({"state": state, "values": dict(carried.values), "ends": ends})
    blob = sealer.seal(kind.encode() + b"\0" + data, _context(principal))
    capsule = PREFIX + base64.urlsafe_b64encode(blob).decode().rstrip("=")
    if len(capsule) > MOST:
        raise CapsuleError(f"the capsule would be longer than {MOST} characters")
    return capsule


def opened(sealer: Sealer, principal: Principal, capsule: str, now: float) -> Carried:
    """Return what a capsule holds; an empty one holds nothing, and begins a conversation.

    Raises:
        CapsuleError: Not a capsule, altered, another caller's, too long, or past its end. The text never tells which
            of the first three, and repeats nothing of it.
    """
    if not capsule:
        return Carried()
    if len(capsule) > MOST:
        raise CapsuleError(f"the capsule has more than {MOST} characters")
    if not capsule.startswith(PREFIX):
        raise CapsuleError(_WRONG)
    text = capsule.removeprefix(PREFIX)
    try:
        blob = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        kind, _, data = sealer.open(blob, _context(principal)).partition(b"\0")
    except (SealError, binascii.Error, ValueError):
        raise CapsuleError(_WRONG) from None
    held = strict_serde().loads_typed((kind.decode(), data))
    if held["ends"] < now:
        raise CapsuleError("the capsule has expired; begin a new conversation with an empty one")
    return Carried(held["state"], held["values"])


def _context(principal: Principal) -> bytes:
    return json.dumps(["capsule", principal.tenant, principal.subject]).encode()


__all__ = ["CARRIED", "MOST", "PREFIX", "Carried", "opened", "sealed"]
