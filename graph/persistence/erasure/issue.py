"""Making a receipt of a request that was carried out, or that a legal hold forbids."""

from __future__ import annotations

from datetime import UTC, datetime

from frontdesk import __version__
from frontdesk.graph.persistence.erasure.queue import Request
from frontdesk.graph.persistence.erasure.receipt import PURPOSE, Counts, Receipt, sign
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import subject_mark


def issue(
    sealer: Sealer,
    request: Request,
    threads: int,
    at: float,
    removed: Counts,
    remaining: Counts,
    scanned: int,
    *,
    held: bool = False,
) -> Receipt:
    """Return the signed receipt of a request.

    Args:
        sealer: Has the key that signs, and makes the person's mark.
        request: What was asked for.
        threads: How many conversations were meant.
        at: Unix time in seconds.
        removed: Store to what went.
        remaining: Store to what the last scan found.
        scanned: How many keys that scan looked at.
        held: A legal hold forbade it, and nothing was done.
    """
    receipt = Receipt(
        id=request.id,
        tenant=request.tenant,
        subject=subject_mark(sealer, request.principal) if request.whole else "",
        threads=threads,
        at=datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds"),
        outcome="held" if held else "incomplete" if any(remaining.values()) else "erased",
        removed=removed,
        remaining=remaining,
        scanned=scanned,
        read="all" if request.deep else "shared",
        version=__version__,
        key="",
    )
    return sign(receipt, sealer.derived(PURPOSE)[0])
