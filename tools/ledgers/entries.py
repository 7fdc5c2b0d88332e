"""What a ledger holds: calls, entries, and the protocol of their store.

An entry goes ``reserved`` → ``executing`` → ``settled`` or ``unknown``, each step one atomic change of exactly the
entry that was seen before, so that of two processes one goes on and the other learns that it does not.

``reserved``   somebody is about to run the call, and has sent nothing; after the lease anybody may take it over
``executing``  it may have had its effect; after the lease it is as good as unknown
``settled``    the result is kept, and is the answer from now on
``unknown``    it may have happened, and nobody is at it: it is reconciled, never blindly run again
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from frontdesk.graph.identity import Caller
from frontdesk.tools.arguments import canonical

State = Literal["reserved", "executing", "settled", "unknown"]


@dataclass(frozen=True, slots=True)
class CallId:
    """What makes two calls the same call. Never the model's tool-call id: a re-run may produce another."""

    caller: Caller
    turn_id: str
    """The proposing turn of a confirmed call, else the running one."""
    tool: str
    arguments: str
    """Canonical JSON of the masked arguments."""

    @property
    def text(self) -> str:
        """All of it as one text, for a digest."""
        who = self.caller.principal
        return canonical([who.tenant, who.subject, self.caller.thread_id, self.turn_id, self.tool, self.arguments])


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger knows of a call."""

    state: State
    until: float = 0.0
    """End of the lease of a ``reserved`` or ``executing`` entry, Unix time in seconds."""
    content: str = field(default="", repr=False)
    """The result (JSON) of a settled call."""
    token: str = ""
    """Fencing token: random, new with every holder. Whoever lost it cannot begin, settle or release."""
    begun: float = 0.0
    """Unix time in seconds when the effect was last about to be sent; 0: never."""
    raw: bytes = field(default=b"", repr=False, compare=False)
    """The entry as it is stored, for the store itself."""

    @property
    def open(self) -> bool:
        """Whether it may have happened without a result that says so."""
        return self.state in {"executing", "unknown"}

    def held(self, now: float) -> bool:
        """Whether somebody is at it at ``now`` (Unix seconds)."""
        return self.state in {"reserved", "executing"} and now < self.until

    def taken(self, until: float) -> Entry:
        """Return the same in the hands of a new holder, who is the only one at it until then (Unix seconds)."""
        state: State = "reserved" if self.state == "reserved" else "executing"
        return replace(self, state=state, until=until, token=new_token(), raw=b"")


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that was begun and is not settled."""

    call: CallId
    entry: Entry


def new_token() -> str:
    """Return a fencing token: 64 random bits in hex."""
    return secrets.token_hex(8)


class Ledger(Protocol):
    """One entry per call."""

    def key(self, call: CallId) -> str:
        """Return the call's idempotency key (hex), which the remote side is sent too."""
        ...

    async def reserve(self, call: CallId, until: float) -> tuple[Entry, bool]:
        """Reserve where there is no entry; return the entry that stands, and whether it is ours.

        Raises:
            ToolFailedError: ``ledger_unavailable``, also for an erased thread.
            ToolUnknownError: There is an entry, and it cannot be read.
        """
        ...

    async def find(self, call: CallId) -> Entry | None:
        """Return the entry that stands. Raises as :meth:`reserve`."""
        ...

    async def swap(self, call: CallId, seen: Entry, new: Entry) -> Entry | None:
        """Put ``new`` in place of exactly the entry that was seen; return it as it stands now.

        Returns:
            None where another entry, or none, stands there by now; nothing was changed then.

        Raises:
            ToolFailedError: The ledger did not answer: nobody knows whether it was changed. Or the thread was erased.
        """
        ...

    async def remove(self, call: CallId, seen: Entry) -> bool:
        """Remove exactly the entry that was seen, because nothing happened; False as None of :meth:`swap`."""
        ...

    async def begun(self, before: float, limit: int) -> list[OpenCall]:
        """Return open calls that were begun before a Unix time, the oldest first. ToolFailedError: no ledger."""
        ...
