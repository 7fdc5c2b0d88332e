"""A loopback back office over HTTP that counts its effects, with every fault that a remote side has shown.

Plain asyncio, because a fault such as a connection that is reset in the middle of an answer needs the transport itself.

* ``GET /orders/{id}``: the order, 404 where there is none; ``GET /orders?customer_id=``: a list under ``orders``.
* ``POST /refunds``: an effect; a repeated ``Idempotency-Key`` is answered with the first result (``repeated`` counts).
* ``POST /plain/refunds``: an effect each time; it keeps the key, and recognises nothing.
* ``GET /refunds/{key}``: what was done under a key, with the ``count`` of effects; 404 where nothing was.
* ``POST /token``: an access token for client credentials.

Example::

    async with BackOffice([Fault("reset", after=True)]) as office:
        ...  # office.url, office.effects, office.requests
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from frontdesk.testing.faults import Fault, play
from frontdesk.testing.hearing import Request, read_request

TOKEN = "loopback-token"  # noqa: S105 - of a loopback server
ORDERS: Mapping[str, Mapping[str, Any]] = {
    "10482": {"order_id": "10482", "customer_id": "C-1", "status": "processing", "total": 89.9, "_internal": "x"},
    "10517": {"order_id": "10517", "customer_id": "C-2", "status": "shipped", "total": 24.5, "_internal": "y"},
}


@dataclass(slots=True)
class Effect:
    """Something that happened."""

    key: str
    body: Any
    result: dict[str, Any]


@dataclass
class BackOffice:
    """Serves inside ``async with``; plays ``faults``, one per request for an order or a refund, then behaves."""

    faults: Iterable[Fault | None] = ()
    """None: that request is served."""
    port: int = 0
    """0: any free one."""
    effects: list[Effect] = field(default_factory=list)
    """Every effect, in order."""
    requests: list[Request] = field(default_factory=list)
    repeated: int = 0
    """Requests whose key was known, answered with the first result."""
    tokens: int = 0
    """Access tokens handed out."""
    connections: int = 0
    """Connections that were opened."""

    def __post_init__(self) -> None:
        self._script = deque(self.faults)
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Such as ``http://127.0.0.1:40001``."""
        assert self._server is not None, "the server runs inside `async with` only"
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> Self:
        """Listen on loopback."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection, also those that a fault keeps open."""
        assert self._server is not None
        self._server.close()
        for task in tuple(self._clients):
            task.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    def plan(self, *faults: Fault | None) -> None:
        """Play these next."""
        self._script.extend(faults)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._clients.add(task)
        self.connections += 1
        try:
            while (request := await read_request(reader)) is not None:
                self.requests.append(request)
                if not await self._answer(request, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away: its right
        except asyncio.CancelledError:
            writer.transport.abort()  # the server is closing; there is nobody to hand the cancellation to
        finally:
            self._clients.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Serve, or play the next fault; False when the connection must end."""
        fault = None
        if request.segments[0] != "token" and self._script:
            fault = self._script.popleft()
        if fault is not None and not fault.after:
            return await play(fault, writer, {})
        status, answer = self._served(request)
        return await play(fault or Fault("status", status=status), writer, answer)

    def _served(self, request: Request) -> tuple[int, dict[str, Any]]:
        match (request.method, request.segments):
            case ("GET", ["orders", number]) if number in ORDERS:
                return 200, dict(ORDERS[number])
            case ("GET", ["orders"]):
                who = request.query.get("customer_id")
                return 200, {"orders": [dict(order) for order in ORDERS.values() if order["customer_id"] == who]}
            case ("GET", ["refunds", key]):
                return self._found(key)
            case ("POST", ["refunds"]):
                return self._refund(request, known=True)
            case ("POST", ["plain", "refunds"]):
                return self._refund(request, known=False)
            case ("POST", ["token"]):
                self.tokens += 1
                return 200, {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600}
        return 404, {"code": "no_such_thing"}

    def _refund(self, request: Request, *, known: bool) -> tuple[int, dict[str, Any]]:
        first = next((effect for effect in self.effects if effect.key and effect.key == request.key), None)
        if known and first is not None:
            self.repeated += 1
            return 200, first.result
        body = request.body
        result = {"reference": f"R-{len(self.effects) + 1}", "order_id": body.get("order_id"), "state": "done"}
        self.effects.append(Effect(request.key, body, result))
        return 201, result

    def _found(self, key: str) -> tuple[int, dict[str, Any]]:
        done = [effect for effect in self.effects if effect.key == key]
        return (200, {**done[0].result, "count": len(done)}) if done else (404, {"code": "no_such_refund"})


__all__ = ["ORDERS", "TOKEN", "BackOffice", "Effect", "Fault", "Request"]
