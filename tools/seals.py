"""The seal of a proposal: a yes counts for what this gateway proposed, to this customer, in this conversation.

A client of a LangGraph server may write a thread's state. What it writes there approves nothing: without the
deployment's key nobody can make the seal (HMAC-SHA256, RFC 2104) that the gateway asks for before it takes a yes.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Sequence
from typing import Any, cast

from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Proposal
from frontdesk.tools.arguments import canonical

PURPOSE = "proposal"
"""What the key is derived for (``Sealer.derived``)."""
_SEALED = ("id", "tool", "arguments", "turn_id", "expires_at", "calls", "shown")
"""What the seal covers. Not the question's words: the output guards may still change them (``worded`` covers what came
of it). Not ``shown_at``: it comes later, and an earlier one only makes a yes possible that could be given anyway."""


class Seals:
    """Makes and checks seals."""

    def __init__(self, keys: Sequence[bytes] = ()) -> None:
        """Take the keys, of which the first seals and all are accepted: ``sealer.derived(PURPOSE)``.

        Without one the object makes its own: then a proposal counts in this process only.
        """
        self._keys = tuple(keys) or (os.urandom(32),)

    def sealed(self, proposal: Proposal, caller: Caller) -> Proposal:
        """Return the proposal, its questions as the gateway words them, with its seal for this customer and thread."""
        made = cast("Proposal", {**proposal, "shown": self.digest(proposal["question"])})
        if "calls" in proposal:
            made["calls"] = [{**call, "shown": self.digest(call["question"])} for call in proposal["calls"]]
        return cast("Proposal", {**made, "seal": _mac(self._keys[0], _text(made, caller))})

    def digest(self, question: str) -> str:
        """Return the keyed digest of a question, which may hold what a record says."""
        return _mac(self._keys[0], canonical(["question", question]))

    def is_shown(self, digest: str, question: str) -> bool:
        """Whether a digest is that of a question."""
        return any(_equal(_mac(key, canonical(["question", question])), digest) for key in self._keys)

    def worded(self, proposal: Proposal, caller: Caller) -> Proposal:
        """Return a genuine proposal with a seal of its question as it goes to the customer; any other as it is."""
        if not self.genuine(proposal, caller):
            return proposal
        return cast("Proposal", {**proposal, "worded": _mac(self._keys[0], _words(proposal))})

    def is_worded(self, proposal: Proposal) -> bool:
        """Whether a genuine proposal's question is what the customer read."""
        return any(_equal(_mac(key, _words(proposal)), proposal.get("worded", "")) for key in self._keys)

    def genuine(self, proposal: Proposal | None, caller: Caller) -> bool:
        """Whether a proposal was sealed for this customer and conversation; False for anything malformed."""
        if not isinstance(proposal, dict):
            return False
        given = proposal.get("seal")
        try:
            text = _text(proposal, caller)
        except (TypeError, ValueError, RecursionError):
            return False
        return any(_equal(_mac(key, text), given) for key in self._keys)


def _text(proposal: Proposal, caller: Caller) -> str:
    fields: dict[str, Any] = {name: proposal.get(name) for name in _SEALED}
    fields["calls"] = [
        [call.get("tool"), call.get("arguments"), call.get("shown")] for call in proposal.get("calls") or ()
    ]
    who = caller.principal
    return canonical([who.tenant, who.subject, caller.thread_id, fields])


def _words(proposal: Proposal) -> str:
    return canonical(["worded", proposal.get("seal"), proposal.get("question")])


def _equal(mac: str, given: object) -> bool:
    return isinstance(given, str) and hmac.compare_digest(mac.encode(), given.encode("utf-8", "surrogatepass"))


def _mac(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


__all__ = ["PURPOSE", "Seals"]
