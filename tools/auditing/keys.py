"""Names of the audit's keys in Redis. Pure.

``fd:audit``                        stream: the records
``fd:audit:head:{fd:audit}``        string: number and hash of the newest record, sealed
``fd:audit:base:{fd:audit}``        string: number and hash of the newest record that retention has cut off, sealed
``fd:audit:gone:<n>:{fd:audit}``    hash: number to what is left of a record that an erasure or a sweep took out
``fd:audit:keys:{fd:audit}``        hash: id of an older key of the deployment to the key of its records' MACs, sealed
``fd:audit:turn:{fd:audit}``        string: whose turn it is to append, after others were quicker; lives milliseconds

All lie in the slot of ``fd:audit``, so that one script may touch them; but for the turn, none has a time to live.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

STREAM = "fd:audit"
HEAD = "fd:audit:head:{fd:audit}"
BASE = "fd:audit:base:{fd:audit}"
TURN = "fd:audit:turn:{fd:audit}"
KEPT = "fd:audit:keys:{fd:audit}"
BUCKET = 10_000
"""Records whose rests share a hash: a hash is read as a whole where the keyspace is searched for a person."""


def bucket(number: int) -> str:
    """Return the name of a hash of rests."""
    return f"fd:audit:gone:{number}:{{{STREAM}}}"


def buckets(seqs: Iterable[int]) -> Sequence[int]:
    """Return the numbers of the hashes that records belong to, in order."""
    return sorted({seq // BUCKET for seq in seqs})
