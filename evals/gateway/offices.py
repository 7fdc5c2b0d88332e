"""One task's back office: functions over a copy of the tables. A call that raises leaves the tables as they were."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Collection, Mapping
from typing import Any

from frontdesk.evals.gateway.tables import frozen, put_back, same, thawed

Call = Callable[[Mapping[str, Any]], Any]
"""Arguments by name to a result, or to an awaitable of it."""
Bind = Callable[[Any], tuple[Any, Mapping[str, Call]]]
"""Tables to the state that is compared, and to the functions over it by name."""


class Office:
    """Functions over one copy of the tables."""

    def __init__(self, bind: Bind, tables: bytes, writes: Collection[str]) -> None:
        """Take how functions are bound, frozen tables, and the names of the tools that may change something."""
        self._state, self._calls = bind(thawed(tables))
        self._writes = writes

    async def run(self, name: str, arguments: Mapping[str, Any]) -> tuple[str, Any]:
        """Run a tool on a copy of its arguments.

        Returns:
            The kind of the exception that it raised, or empty; and its result.
        """
        call = self._calls.get(name)
        if call is None:
            return "missing", None
        before = frozen(self._state) if name in self._writes else None
        try:
            result = call(copy.deepcopy(dict(arguments)))
            return "", await result if inspect.isawaitable(result) else result
        except Exception as error:  # noqa: BLE001 - anybody's function; its kind is told, its words are not
            if before is not None:
                put_back(self._state, thawed(before))
            return type(error).__name__, None

    def equals(self, other: Office) -> bool:
        """Whether both hold the same data."""
        return same(self._state, other._state)

    def snapshot(self) -> bytes:
        """Return the state as bytes, to see later whether it changed."""
        return frozen(self._state)


def recorded(names: Collection[str]) -> Bind:
    """Return a back office that does nothing but write down what reached it: the log is its data."""

    def bind(tables: Any) -> tuple[Any, Mapping[str, Call]]:
        log: list[Any] = []

        def call(name: str) -> Call:
            def run(arguments: Mapping[str, Any]) -> Any:
                log.append([name, dict(arguments)])
                return {"recorded": len(log)}

            return run

        return {"tables": tables, "log": log}, {name: call(name) for name in names}

    return bind
