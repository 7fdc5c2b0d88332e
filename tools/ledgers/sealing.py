"""How an entry of the ledger is written: a JSON list, sealed. Entries of earlier releases open too."""

from __future__ import annotations

import json
from typing import Any

from frontdesk.errors import SealError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.arguments import canonical
from frontdesk.tools.ledgers.entries import CallId, Entry, OpenCall
from frontdesk.tools.reasons import unknown

_WITHOUT_TOKEN = 5
"""Fields of an entry as it was before there were tokens."""


class EntryBox:
    """Seals entries under the name of their key, and opens them."""

    def __init__(self, sealer: Sealer) -> None:
        """Take the deployment's sealer."""
        self._sealer = sealer
        self._last: tuple[CallId, str] | None = None

    def key(self, call: CallId) -> str:
        """Return a call's idempotency key; kept for the call that is asked for step by step."""
        last = self._last
        if last is None or last[0] is not call:
            last = self._last = call, self._sealer.pseudonym(call.text)
        return last[1]

    def name(self, call: CallId) -> str:
        """Return the name of a call's entry."""
        return named(call.caller.thread_id, self.key(call))

    def seal(self, call: CallId, entry: Entry, at: float) -> bytes:
        """Return the entry to be stored at ``at`` (Unix seconds).

        An open call is kept with what identifies it, masked as it was proposed, so that it can be reconciled when
        nobody asks about it again.
        """
        fields = [entry.state, entry.until, entry.content, call.tool, round(at, 3), entry.token, entry.begun]
        return self._sealer.seal(
            canonical([*fields, _who(call) if entry.open else []]).encode(), self.name(call).encode()
        )

    def open(self, call: CallId, blob: bytes) -> Entry:
        """Return a stored entry. ToolUnknownError: it cannot be read, and it says that the call was begun."""
        try:
            return _entry(self.read(self.name(call), blob), blob)
        except SealError as error:
            raise unknown(call.tool) from error

    def reopened(self, name: str, blob: bytes) -> OpenCall | None:
        """Return an open call from its entry alone; None where it is not open, or from before calls were kept.

        Raises:
            SealError: Sealed with a key that is not configured.
        """
        fields = self.read(name, blob)
        entry = _entry(fields, blob)
        if not entry.open or len(fields) <= _WITHOUT_TOKEN or not fields[7]:
            return None
        tenant, subject, thread, turn, proposed, arguments = fields[7]
        caller = Caller(Principal(subject, tenant), thread, turn)
        return OpenCall(CallId(caller, proposed, fields[3], arguments), entry)

    def read(self, name: str, blob: bytes) -> list[Any]:
        """Return the fields of the entry under a name. SealError: sealed with a key that is not configured."""
        fields: list[Any] = json.loads(self._sealer.open(blob, name.encode()))
        return fields


def named(thread: str, key: str) -> str:
    """Return the name of an entry: ``fd:{thread}:call:<key>``."""
    return tagged(thread, f"call:{key}")


def _who(call: CallId) -> list[str]:
    principal = call.caller.principal
    return [
        principal.tenant, principal.subject, call.caller.thread_id, call.caller.turn_id, call.turn_id, call.arguments,
    ]  # fmt: skip


def _entry(fields: list[Any], blob: bytes) -> Entry:
    state, until, content, _, at = fields[:_WITHOUT_TOKEN]
    if len(fields) > _WITHOUT_TOKEN:
        token, begun = fields[_WITHOUT_TOKEN : _WITHOUT_TOKEN + 2]
        return Entry(state, until, content, token, begun, raw=blob)
    # a reservation of an earlier release was also the mark that the call was under way
    return Entry("executing" if state == "reserved" else state, until, content, begun=at, raw=blob)
