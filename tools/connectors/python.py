"""The python connector: an async function of the desk or of an installed package.

``options: {function: "file.py:function"}`` for a file of the desk's folder, ``"module:function"`` for an installed
package. The function takes the arguments (a dict) and the :class:`~frontdesk.tools.backend.Invocation`, and returns
the result (a dict).
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from frontdesk.errors import ConfigurationError
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.loading import load_callable

Function = Callable[[dict[str, Any], Invocation], Awaitable[dict[str, Any]]]


class PythonBackend:
    """Calls functions, found once each."""

    def __init__(self, root: Path) -> None:
        """Take the desk's folder."""
        self._root = root
        self._functions: dict[str, Function] = {}

    def check(self, contract: ToolContract) -> list[str]:
        """See :class:`~frontdesk.tools.backend.Backend`. Imports the functions."""
        wanted = [contract.connector.options]
        if contract.precheck is not None:
            wanted.append(contract.precheck.options)
        problems = []
        for options in wanted:
            try:
                self._function(options)
            except ConfigurationError as error:
                problems.append(str(error))
        return problems

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See :class:`~frontdesk.tools.backend.Backend`."""
        return await self._function(options)(dict(call.arguments), call)

    def _function(self, options: Mapping[str, Any]) -> Function:
        name = options.get("function")
        if set(options) != {"function"} or not isinstance(name, str):
            raise ConfigurationError('options must be {function: "file.py:function"} or {function: "module:function"}')
        if name not in self._functions:
            found = load_callable(name, self._root)
            if not inspect.iscoroutinefunction(found):
                raise ConfigurationError(f"{name!r} must be an async function")
            self._functions[name] = found
        return self._functions[name]


def build(resources: Resources) -> PythonBackend:
    """Build the connector."""
    return PythonBackend(resources.root)
