"""What is written down of a decision: codes, the tool, the time, and keyed pseudonyms in place of people. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.journal import Judged
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.chain import Body
from frontdesk.tools.ledger import CallId


def of_call(
    sealer: Sealer, at: float, call: CallId, decision: str, reason: str, by: str, result: str
) -> dict[str, str]:
    """Return the body of a decision on a call.

    Args:
        sealer: Makes the pseudonyms.
        at: Unix time in seconds.
        call: Whose call, and what; ``call`` is the digest that the records of one call, and its ledger entry, share.
        decision: What was decided.
        reason: Closed codes.
        by: Subject of who decided, where that is not the caller; empty: nobody else.
        result: The result as JSON; empty: none.
    """
    pseudonym, who = sealer.pseudonym, call.caller.principal
    body = {
        "at": f"{at:.3f}",
        "tool": call.tool,
        "decision": decision,
        "reason": reason,
        "tenant": who.tenant,
        "subject": pseudonym(who.subject),
        "thread": pseudonym(call.caller.thread_id),
        "turn": pseudonym(call.turn_id),
        "call": pseudonym(call.text),
        "arguments": pseudonym(call.arguments),
    }
    return body | ({"by": pseudonym(by)} if by else {}) | ({"result": pseudonym(result)} if result else {})


def of_verdicts(sealer: Sealer, at: float, caller: Caller, found: Iterable[Judged]) -> list[dict[str, str]]:
    """Return the bodies of what the guards said of a text."""
    pseudonym, who = sealer.pseudonym, caller.principal
    base = {"at": f"{at:.3f}", "tenant": who.tenant, "subject": pseudonym(who.subject)}
    base |= {"thread": pseudonym(caller.thread_id), "turn": pseudonym(caller.turn_id)}
    return [{**base, **asdict(entry)} for entry in found]


class Whose:
    """Tells whether a body is of a person, or of some threads."""

    def __init__(self, sealer: Sealer, principal: Principal | None, threads: Collection[str]) -> None:
        """Take whose: of ``principal`` everything, as the one who called or decided; None: only of ``threads``."""
        self._threads = {sealer.pseudonym(thread) for thread in threads}
        self._subject = sealer.pseudonym(principal.subject) if principal else ""
        self._tenant = principal.tenant if principal else ""

    def __call__(self, body: Body) -> bool:
        """Tell."""
        if body.get("thread") in self._threads:
            return True
        own = bool(self._subject) and self._subject in (body.get("subject"), body.get("by"))
        return own and body.get("tenant") == self._tenant
