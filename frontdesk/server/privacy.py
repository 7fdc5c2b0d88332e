"""HTTP routes for a person's own data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.errors import PersonError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.threads import server_made
from frontdesk.server.access import Access
from frontdesk.service import FrontDesk

ERASE = "privacy:erase"
"""Scope of the people who may erase somebody else's data."""


class EraseInput(BaseModel):
    """Whose data is to be erased."""

    model_config = ConfigDict(extra="forbid")

    subject: str = Field(default="", max_length=200, description="A customer's id; empty: the caller's own data.")
    thread_id: str = Field(default="", max_length=500, description="Only this conversation; empty: everything.")


def add_erasure(app: FastAPI, access: Access, desk: Callable[[], FrontDesk]) -> None:
    """Add ``POST /privacy/erase``."""

    @app.post("/privacy/erase", tags=["privacy"])
    async def erase(given: EraseInput, request: Request) -> JSONResponse:
        """Erase; 200 with the signed receipt, 202 where a hold suspends it or something remained (it is kept)."""
        who = person(access, request, given.subject)
        if not who.signed_in and not server_made(given.thread_id):
            # an anonymous caller's id of their own could be anybody else's
            raise PersonError("sign in, or name the conversation by the thread_id that a reply carried")
        receipt = await desk().erase(who, thread_id=given.thread_id or None)
        body: dict[str, Any] = receipt.model_dump()
        return JSONResponse(body, 200 if receipt.outcome == "erased" else 202)


def person(access: Access, request: Request, subject: str, scope: str = ERASE) -> Principal:
    """Return whose data a request is about: the caller's own, or with a scope anybody's of the caller's tenant.

    Raises:
        HTTPException: 401 or 403: somebody else is named without the scope.
    """
    caller = access.principal(request)
    if not subject or (caller.signed_in and subject == caller.subject):
        return caller
    return Principal(subject, access.require(request, scope).tenant)
