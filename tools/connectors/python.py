"""The python connector: a function of the desk or of an installed package, or a method of an object that one makes.

``options`` are one of

* ``function: "file.py:function"`` for a file of the desk's folder, ``"module:function"`` for an installed package;
* ``factory: "file.py:make"``: what it returns is made once for the whole desk (once for each ``with``), and the tool is
  its method ``method`` (the tool's own name unless given);

and of these, each optional:

* ``with: {…}``: constants, given by name to the function, or to the factory where there is one;
* ``spread: true``: the arguments are given by name; otherwise the function takes them as a dict, and the
  :class:`~frontdesk.tools.backend.Invocation`;
* ``refuses: [ValueError]``: classes of exceptions (their subclasses too) by which the function says that it declined
  and changed nothing, or ``{ValueError: closed_reason}``; the customer reads ``message``, or the exception's own text
  where ``messages`` lists that very text. Any other exception of a write means that nobody knows whether it happened.

The function returns the result (a dict; anything else that JSON has is put under ``into``). A function that is not
async runs in one of eight threads, those of one factory's object one at a time; a thread cannot be stopped when its
time is over, so the write is then unknown.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from frontdesk.errors import ConfigurationError, ToolError
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.functions import FunctionOptions, declined
from frontdesk.tools.loading import load_callable
from frontdesk.tools.reasons import failed

Function = Callable[..., Any]
THREADS = 8


class PythonBackend:
    """Calls functions, found once each."""

    def __init__(self, root: Path) -> None:
        """Take the desk's folder."""
        self._root = root
        self._loaded: dict[str, Function] = {}
        self._made: dict[str, Any] = {}
        self._turns: dict[int, asyncio.Lock] = {}
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="frontdesk-tool")

    def check(self, contract: ToolContract) -> list[str]:
        """See :class:`~frontdesk.tools.backend.Backend`. Imports the functions and makes the factories' objects."""
        lookup = contract.idempotency.lookup
        parts = {
            "": contract.connector.options,
            "precheck: ": contract.precheck.options if contract.precheck else None,
            "idempotency.lookup: ": lookup.options if lookup else None,
        }
        problems = []
        for part, options in parts.items():
            try:
                if options is not None:
                    self._function(_read(options), contract.name)
            except ConfigurationError as error:
                problems.append(f"{part}{error}")
        return problems

    async def close(self) -> None:
        """See :class:`~frontdesk.tools.backend.Backend`. Closes the objects that have an async ``close``."""
        for made in self._made.values():
            close = getattr(made, "close", None)
            if inspect.iscoroutinefunction(close):
                await close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See :class:`~frontdesk.tools.backend.Backend`."""
        read = _read(options)
        function, owner = self._function(read, call.tool)
        try:
            result = await self._called(read, function, owner, call)
        except ToolError:
            raise
        except Exception as error:  # its own code; what it did not declare goes on
            told = declined(read, call.tool, error)
            if told is None:
                raise
            raise told from None
        return result if read.into == "" else {read.into: result}

    async def _called(self, read: FunctionOptions, function: Function, owner: Any, call: Invocation) -> Any:
        arguments = json.loads(json.dumps(dict(call.arguments)))  # its own copy: a function may change what it is given
        given = functools.partial(function, **(read.constants if owner is None else {}))
        given = functools.partial(given, **arguments) if read.spread else functools.partial(given, arguments, call)
        if inspect.iscoroutinefunction(function):
            return await given()
        if owner is None:
            return await self._threaded(given, call)
        async with self._turns.setdefault(id(owner), asyncio.Lock()):
            return await self._threaded(given, call)

    async def _threaded(self, given: Callable[[], Any], call: Invocation) -> Any:
        """Run in a thread, unless the time to begin was over before one was free."""

        def begun() -> Any:
            if time.monotonic() >= call.deadline:
                raise failed(call.tool)
            return given()

        return await asyncio.get_running_loop().run_in_executor(self._pool, begun)

    def _function(self, read: FunctionOptions, tool: str) -> tuple[Function, Any]:
        """Return the function and the object that it belongs to (None: none). ConfigurationError: there is none."""
        if not read.factory:
            return self._load(read.function), None
        made = self._object(read)
        name = read.method or tool
        found = getattr(made, name, None)
        if name.startswith("_") or not callable(found):
            raise ConfigurationError(f"{read.factory!r}: what it makes has no method {name}")
        return found, made

    def _object(self, read: FunctionOptions) -> Any:
        key = f"{read.factory} {json.dumps(read.constants, sort_keys=True, default=str)}"
        if key not in self._made:
            factory = self._load(read.factory)
            if inspect.iscoroutinefunction(factory):
                raise ConfigurationError(f"{read.factory!r} must not be async: it is called when the desk is read")
            try:
                self._made[key] = factory(**read.constants)
            except Exception as error:  # a desk's own code; its text may hold anything
                raise ConfigurationError(f"{read.factory!r} cannot be called ({type(error).__name__})") from error
        return self._made[key]

    def _load(self, name: str) -> Function:
        if name not in self._loaded:
            self._loaded[name] = load_callable(name, self._root)
        return self._loaded[name]


def _read(options: Mapping[str, Any]) -> FunctionOptions:
    try:
        return FunctionOptions.model_validate(dict(options))
    except ValidationError as error:
        fields = ", ".join(".".join(str(part) for part in item["loc"]) or "function" for item in error.errors())
        told = 'options must be {function: "file.py:function"} or {function: "module:function"}, or have a factory'
        raise ConfigurationError(f"{told}; wrong or unknown: {fields}") from None


def build(resources: Resources) -> PythonBackend:
    """Build the connector."""
    return PythonBackend(resources.root)
