"""What running turns took: each turn runs in one process, so its account is kept there."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from frontdesk.graph.identity import Caller
from frontdesk.graph.metering import Tokens
from frontdesk.graph.persistence.spending import Bound
from frontdesk.graph.persistence.spending_memory import Counter
from frontdesk.graph.records import Usage
from frontdesk.nodes.usage import together

FORGOTTEN = 900.0
"""Seconds after its last call in which the account of a turn is kept: longer than any turn runs."""

_Name = tuple[str, str, str, str]
"""Tenant, subject, thread, turn: without a thread two customers' turns may bear one id."""


@dataclass(frozen=True, slots=True)
class Spender:
    """Whose call it is, and which counters have to do with it."""

    caller: Caller
    intent: str
    day: str
    bounds: tuple[Bound, ...]
    stored: bool
    """Whether anything may be written to a store."""


@dataclass
class Account:
    """What one turn took."""

    counter: Counter = field(default_factory=Counter)
    used_at: float = 0.0
    """Unix time in seconds."""
    unseen: Usage | None = None
    """Of calls that no node counts."""

    def note(self, tokens: Tokens, cost: float) -> None:
        """Add a call that no node counts."""
        one = Usage(
            model="",
            calls=1,
            input_tokens=tokens.input,
            output_tokens=tokens.output,
            cached_tokens=tokens.cached,
            cost=cost,
            failures=[],
        )
        self.unseen = together(self.unseen, one)

    def aside(self) -> Usage | None:
        """Return what no node counts, once."""
        unseen, self.unseen = self.unseen, None
        return unseen


class Accounts:
    """The accounts of the turns that run, or ran a moment ago."""

    def __init__(self) -> None:
        """Start empty."""
        self._held: OrderedDict[_Name, Account] = OrderedDict()

    def find(self, caller: Caller) -> Account | None:
        """Return the account of a turn, where it has one."""
        return self._held.get(_name(caller))

    def end(self, caller: Caller) -> None:
        """Forget the account of a turn that is over."""
        self._held.pop(_name(caller), None)

    def use(self, caller: Caller, now: float) -> Account:
        """Return the account of a turn, a passing one outside of turns; those of turns that are long over go."""
        if not caller.turn_id:
            return Account()
        name = _name(caller)
        account = self._held.setdefault(name, Account())
        account.used_at = now
        self._held.move_to_end(name)
        while next(iter(self._held.values())).used_at < now - FORGOTTEN:
            self._held.popitem(last=False)
        return account


def _name(caller: Caller) -> _Name:
    who = caller.principal
    return who.tenant, who.subject, caller.thread_id, caller.turn_id


__all__ = ["FORGOTTEN", "Account", "Accounts", "Spender"]
