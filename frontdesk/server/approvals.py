"""HTTP routes for the people who approve what customers asked for. The console of a later version stands on these."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.graph.identity import Principal
from frontdesk.server.access import Access
from frontdesk.service import FrontDesk

NO_STORE = {"Cache-Control": "no-store"}


class Word(BaseModel):
    """An approver's yes or no."""

    model_config = ConfigDict(extra="forbid", strict=True)

    granted: bool
    reason: str = Field(default="", max_length=500, description="For the record; the customer never reads it.")


def add_approvals(app: FastAPI, access: Access, desk: Callable[[], FrontDesk]) -> None:
    """Add ``GET /approvals``, ``GET`` and ``POST /approvals/{id}``, for principals with an approver's role."""

    def approver(request: Request) -> Principal:
        rules = desk().rules
        return access.require_role(request, rules.gateway.approver_roles, rules.name)

    @app.get("/approvals", tags=["approvals"])
    async def waiting(request: Request) -> JSONResponse:
        """Return what waits for an approval, masked, without the caller's own."""
        found = await desk().approvals(approver=approver(request))
        return JSONResponse({"approvals": found}, headers=NO_STORE)

    @app.get("/approvals/{approval_id}", tags=["approvals"])
    async def read(approval_id: str, request: Request) -> JSONResponse:
        """Return one, masked, with the customer's id."""
        found = await desk().approval(approval_id, approver=approver(request))
        return JSONResponse(found, headers=NO_STORE)

    @app.post("/approvals/{approval_id}", tags=["approvals"])
    async def decide(approval_id: str, word: Word, request: Request) -> dict[str, Any]:
        """Approve or deny; an approved call runs now, once."""
        who = approver(request)
        return await desk().decide_approval(approval_id, granted=word.granted, approver=who, reason=word.reason)


__all__ = ["add_approvals"]
