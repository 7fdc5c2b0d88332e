"""What a connector is: the one shape behind which every back office stands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from frontdesk.desk.connecting import Connection
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.owndata import OwnData


@dataclass(frozen=True, slots=True)
class Invocation:
    """One allowed call, ready to run. Arguments carry real values: never log them."""

    tool: str
    arguments: Mapping[str, Any] = field(repr=False)
    """Validated, placeholders replaced, the owner argument filled in."""
    subject: str
    """The caller's id."""
    now: float
    """Unix time in seconds."""
    key: str = ""
    """Idempotency key (hex) of a write; the same call always carries the same one. Empty for a read."""
    tenant: str = ""
    """The caller's tenant."""
    thread: str = ""
    """Server-made id of the conversation; empty in the stateless mode."""
    turn: str = ""
    """Id of the running turn."""
    deadline: float = math.inf
    """``time.monotonic()`` seconds by which an effect must have been begun: a process that was stopped in between and
    wakes later begins nothing, for somebody else may have taken the call over."""


class Backend(Protocol):
    """A connector, built once and shared by all tools of its kind."""

    def check(self, contract: ToolContract) -> list[str]:
        """Return what is wrong with the contract's ``connector.options`` and ``precheck.options``; empty: nothing."""
        ...

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """Run one call and return its result, JSON-like.

        Raises:
            ToolRefusedError: the backend declined and nothing happened (``not_found``, a row-count guard …).
            ToolFailedError: the backend is at fault and nothing happened.
            ToolUnknownError: it may have happened. Any other exception of a write counts as this too.
        """
        ...

    async def close(self) -> None:
        """Let go of connections; called once, when the desk closes."""
        ...


@dataclass(frozen=True, slots=True)
class Resources:
    """What connectors may be built from; each takes what it needs."""

    root: Path = field(default_factory=Path)
    """The desk's folder, against which ``file.py:function`` is resolved."""
    engine: Any = None
    """A ``sqlalchemy.ext.asyncio.AsyncEngine`` (untyped here: importing SQLAlchemy is the sql connector's business)."""
    own: OwnData | None = None
    """What the desk itself holds on its customers."""
    connections: Mapping[str, Connection] = field(default_factory=dict)
    """The desk's ``connections`` by name; a connector looks at those of its own kind."""
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Environment variables, for secrets that a connection names; never logged."""
