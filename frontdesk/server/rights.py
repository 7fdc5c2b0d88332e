"""A customer's own data over HTTP: what is held, and what they allow. Erasure is beside it, in ``privacy.py``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.graph.identity import Principal
from frontdesk.server.access import Access
from frontdesk.service import FrontDesk

EXPORT = "privacy:export"
"""Scope of the people who may have what is held on others written down."""
NO_STORE = {"Cache-Control": "no-store"}


class Word(BaseModel):
    """A customer's yes or no."""

    model_config = ConfigDict(extra="forbid", strict=True)

    purpose: str = Field(min_length=1, max_length=64)
    """A name under ``consent`` in desk.yaml."""
    granted: bool


class Named(BaseModel):
    """Whose data an operator asks for."""

    model_config = ConfigDict(extra="forbid", strict=True)

    subject: str = Field(min_length=1, max_length=200)


def add_rights(app: FastAPI, access: Access, desk: Callable[[], FrontDesk]) -> None:
    """Add ``GET`` and ``POST /privacy/export``, ``GET`` and ``POST /privacy/consent``."""

    @app.get("/privacy/export", tags=["privacy"])
    async def export(request: Request) -> JSONResponse:
        """Return all that is held on the caller."""
        return JSONResponse(await desk().export(_signed_in(access, request)), headers=NO_STORE)

    @app.post("/privacy/export", tags=["privacy"])
    async def export_of(named: Named, request: Request) -> JSONResponse:
        """Return all that is held on somebody, to an operator. The subject stands in no URL, so in no access log."""
        operator = access.require(request, EXPORT)
        return JSONResponse(await desk().export(Principal(named.subject, operator.tenant)), headers=NO_STORE)

    @app.get("/privacy/consent", tags=["privacy"])
    async def consents(request: Request) -> dict[str, Any]:
        """Return the desk's purposes, and what the caller allowed or refused."""
        return {"purposes": await desk().consents(_signed_in(access, request))}

    @app.post("/privacy/consent", tags=["privacy"])
    async def consent(word: Word, request: Request) -> dict[str, Any]:
        """Keep the caller's yes or no; a no deletes at once what was kept for the purpose."""
        return await desk().consent(_signed_in(access, request), word.purpose, word.granted, how="http")


def _signed_in(access: Access, request: Request) -> Principal:
    principal = access.principal(request)
    if not principal.signed_in:
        raise HTTPException(401, "sign in first: nothing is kept of a caller who has not signed in")
    return principal
