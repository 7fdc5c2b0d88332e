"""The vault without Redis: values in this process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping

from frontdesk.errors import ThreadBusyError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.forgetful import drop


class MemoryVault:
    """Values in this process: for tests, the mode without Redis, and stateless turns (keyed by turn)."""

    def __init__(self, sessions: int = 10_000) -> None:
        """Keep at most ``sessions`` threads or turns; the one unused for longest is forgotten first."""
        self._sessions = sessions
        self._held: OrderedDict[tuple[str, str, str], dict[str, str]] = OrderedDict()

    async def load(self, caller: Caller, *, prolong: bool = True) -> dict[str, str]:
        """Return placeholder to value for the caller's thread, or turn where there is no thread."""
        held = self._held.get(_session(caller))
        if held is None:
            return {}
        self._held.move_to_end(_session(caller))
        return dict(held)

    async def store(self, caller: Caller, values: Mapping[str, str]) -> None:
        """Add values.

        Raises:
            ThreadBusyError: Another turn gave one of these placeholders another value meanwhile; nothing is stored.
        """
        if not values:
            return
        held = self._held.setdefault(_session(caller), {})
        if any(held.get(placeholder, value) != value for placeholder, value in values.items()):
            raise ThreadBusyError("another turn named a value of this thread first")
        held.update(values)
        self._held.move_to_end(_session(caller))
        while len(self._held) > self._sessions:
            self._held.popitem(last=False)

    async def drop(self, caller: Caller) -> None:
        """Forget the caller's values: called at the end of a stateless turn, and by erasure."""
        self._held.pop(_session(caller), None)

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop the values of threads; return of how many there were any."""
        return drop(self._held, lambda session: session[1] == "thread" and session[2] in threads)

    def __len__(self) -> int:
        """Return the number of threads and turns held."""
        return len(self._held)


def _session(caller: Caller) -> tuple[str, str, str]:
    if caller.stateful:
        return caller.principal.tenant, "thread", caller.thread_id
    return caller.principal.tenant, f"turn:{caller.principal.subject}", caller.turn_id
