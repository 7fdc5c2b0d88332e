"""Errors as HTTP: what is wrong, where, and what would be right. Never the input, never a stack trace."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk.errors import ApprovalError, FrontdeskError, MessageError, RequestError, ThreadBusyError, ThreadError

_log = logging.getLogger(__name__)
_OURS = {"detail": "something on our side did not work; try again with the same turn_id, and nothing is done twice"}
_STATUS: dict[type[RequestError], int] = {MessageError: 422, ThreadError: 404, ThreadBusyError: 409, ApprovalError: 404}


def install(app: FastAPI) -> None:
    """Register the handlers."""

    async def invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return JSONResponse({"detail": [_plain(fault) for fault in error.errors()]}, 422)

    async def refused(request: Request, error: Exception) -> JSONResponse:
        status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
        headers = {"Retry-After": "1"} if status == 409 else None
        return JSONResponse({"detail": str(error)}, status, headers)

    async def broken(request: Request, error: Exception) -> JSONResponse:
        _log.error("request failed: route=%s error=%s", _route(request.scope), type(error).__name__)
        return JSONResponse(_OURS, 503)

    async def mistyped(request: Request, error: Exception) -> JSONResponse:
        # LangServe's batch validates its inputs outside its own translation; another model's error is our fault.
        assert isinstance(error, ValidationError)
        if error.title != "ChatInput":
            return await broken(request, error)
        return JSONResponse({"detail": [_plain(fault) for fault in error.errors(include_input=False)]}, 422)

    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(RequestError, refused)
    app.add_exception_handler(FrontdeskError, broken)
    app.add_exception_handler(UnicodeError, _not_text)
    app.add_exception_handler(RecursionError, _too_deep)
    app.add_exception_handler(ValidationError, mistyped)
    app.add_middleware(LastResort)


class LastResort:
    """ASGI middleware: whatever was not foreseen becomes a 503 and a log line with the exception's class.

    A handler for ``Exception`` would answer too, but Starlette raises the error again after it, and the server then
    logs its text, which may repeat a customer's words.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Take the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and catch."""
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:  # noqa: BLE001 - the last resort
            _log.error("request failed: route=%s error=%s", _route(scope), type(error).__name__)
            if started or scope["type"] != "http":
                raise RuntimeError("the answer was broken off") from None
            await JSONResponse(_OURS, 503)(scope, receive, send)


def _route(scope: Scope) -> str:
    """Name the route by its pattern: a path can hold an id of the client's own making."""
    return str(getattr(scope.get("route"), "path", "unknown"))


async def _too_deep(request: Request, error: Exception) -> JSONResponse:
    """JSON nested so deeply that the parser gives up."""
    return JSONResponse({"detail": "the request is nested too deeply"}, 422)


async def _not_text(request: Request, error: Exception) -> JSONResponse:
    """A body that is not UTF-8, or holds half a surrogate pair, fails before any model sees it."""
    return JSONResponse({"detail": "the request is not valid UTF-8 text"}, 422)


def _plain(fault: Any) -> dict[str, Any]:
    """Keep the place and the reason; pydantic's ``input`` and unknown fields would repeat a customer's words."""
    if not isinstance(fault, dict):
        return {"loc": ["body"], "msg": str(fault)}
    place = [str(part) for part in fault.get("loc", ())]
    if fault.get("type") == "extra_forbidden":
        place[-1:] = ["(a field that is not known)"]
    return {
        "loc": place,
        "msg": str(fault.get("msg", "invalid")),
        "type": fault.get("type"),
    }
