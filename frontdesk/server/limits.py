"""A bound on what a request may send, before anything parses it."""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class _TooLargeError(Exception):
    """The body passed the bound while it was read."""


class BodyLimit:
    """ASGI middleware: a body over ``limit`` bytes gets 413, whatever its Content-Length says."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        """Take the app and the bound in bytes."""
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the bytes as they come."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = 0
        started = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._limit:
                raise _TooLargeError
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        declared = dict(scope["headers"]).get(b"content-length", b"0")
        try:
            if declared.isdigit() and int(declared) > self._limit:
                raise _TooLargeError
            await self._app(scope, counted, noted)
        except _TooLargeError:
            if started:
                raise
            detail = f"the request is larger than {self._limit} bytes"
            await JSONResponse({"detail": detail}, 413)(scope, receive, send)
