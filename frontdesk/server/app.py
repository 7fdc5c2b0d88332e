"""The HTTP door: FastAPI, LangServe's routes for the chat, and a few plain ones."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi_offline import FastAPIOffline
from langserve import add_routes
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.assembly import open_desk
from frontdesk.desk.load import Desk
from frontdesk.graph.identity import Principal
from frontdesk.server.access import Access
from frontdesk.server.approvals import add_approvals
from frontdesk.server.carried import add_carried
from frontdesk.server.chat import Chat
from frontdesk.server.faults import install
from frontdesk.server.limits import BodyLimit
from frontdesk.server.privacy import add_erasure
from frontdesk.server.rights import add_rights
from frontdesk.server.tokens import load_tokens
from frontdesk.service import FrontDesk
from frontdesk.settings import Settings

BODY_BYTES = 256 * 1024
"""Largest request: the longest message a desk may allow (200,000 characters) in UTF-8 and JSON still fits."""
RESOLVE = "handoff:resolve"
"""Scope of the people who work on tickets."""

Serving = Callable[[], FrontDesk]
"""Returns the desk, which is open once the app has started."""


class Said(BaseModel):
    """A person's last word before the conversation goes back."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(default="", description="For the customer; it is masked before anything keeps it.")


def create_app(desk: Desk, settings: Settings, principal: Principal | None = None) -> FastAPI:
    """Build the app; nothing is contacted before it starts.

    Args:
        desk: The desk to serve.
        settings: Where Redis is, which keys and models to use, who may sign in.
        principal: Who a caller without a token is (local try-outs only); by default an anonymous caller.

    Returns:
        The app: ``/chat/*`` (LangServe), ``/carried``, ``/threads/*``, ``/tickets/*``, ``/privacy/*``,
        ``/approvals/*``, ``/livez``, ``/readyz``, ``/docs``.

    Raises:
        SettingsError: The tokens file is faulty.
    """
    tenant = desk.config.name
    access = Access(load_tokens(settings.tokens_file, tenant), principal or Principal(tenant=tenant))
    opened: dict[str, FrontDesk] = {}

    def serving() -> FrontDesk:
        return opened["desk"]

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_desk(desk, settings, principal=access.anonymous) as frontdesk:
            opened["desk"] = frontdesk
            async with frontdesk.recovering(), frontdesk.sweeping():
                yield
            opened.clear()

    # Below this it logs every event that it sends, and those are the customer's.
    logging.getLogger("sse_starlette").setLevel(logging.INFO)
    # ReDoc's bundle loads its logo from its maker's host, so there is Swagger's page only.
    app = FastAPIOffline(title=f"{desk.config.business} · frontdesk", version="1", redoc_url=None, lifespan=lifespan)
    app.add_middleware(BodyLimit, limit=BODY_BYTES)
    install(app)
    _add_chat(app, Chat(serving, desk.config.budgets.message_chars), access, serving)
    _add_threads(app, access, serving)
    _add_tickets(app, access, serving)
    add_carried(app, access, serving)
    add_erasure(app, access, serving)
    add_rights(app, access, serving)
    add_approvals(app, access, serving)
    _add_health(app, opened)
    return app


def _add_chat(app: FastAPI, chat: Chat, access: Access, desk: Serving) -> None:
    async def per_request(config: dict[str, Any], request: Request) -> dict[str, Any]:
        principal = access.principal(request)
        thread = str((config.get("configurable") or {}).get("thread_id") or "")
        if thread and not principal.signed_in:
            # An anonymous caller's id of their own could be anybody else's: only a server-made id counts.
            await desk().stores.threads.resolve(principal, thread, must_exist=True)
        return {"configurable": {"thread_id": thread, "principal": principal}}

    add_routes(
        app,
        chat,
        path="/chat",
        per_req_config_modifier=per_request,
        enable_feedback_endpoint=False,
        enable_public_trace_link_endpoint=False,
        disabled_endpoints=["config_hashes", "token_feedback"],
    )


def _add_threads(app: FastAPI, access: Access, desk: Serving) -> None:
    @app.get("/threads/{thread_id}", tags=["threads"])
    async def history(thread_id: str, request: Request) -> dict[str, Any]:
        """Return the caller's own conversation, oldest message first."""
        principal = access.principal(request)
        return {"messages": await desk().history(thread_id, principal=principal)}


def _add_tickets(app: FastAPI, access: Access, desk: Serving) -> None:
    @app.get("/tickets/{ticket_id}", tags=["tickets"])
    async def read(ticket_id: str, request: Request) -> dict[str, Any]:
        """Return a ticket with the (masked) story, for the people who work on it."""
        principal = access.require(request, RESOLVE)
        return await desk().ticket(ticket_id, principal=principal)

    @app.post("/tickets/{ticket_id}/resolve", tags=["tickets"])
    async def resolve(ticket_id: str, request: Request, said: Said | None = None) -> dict[str, Any]:
        """Hand the conversation back to the bot, with a last word to the customer where there is one."""
        principal = access.require(request, RESOLVE)
        reply = await desk().resolve_ticket(ticket_id, principal=principal, text=said.text if said else "")
        return {"thread_id": reply.thread_id, "text": reply.text}


def _add_health(app: FastAPI, opened: dict[str, FrontDesk]) -> None:
    @app.get("/", include_in_schema=False)
    async def root() -> RedirectResponse:
        return RedirectResponse("/chat/playground/")

    @app.get("/livez", tags=["health"])
    async def livez() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "ok"}

    @app.get("/readyz", tags=["health"])
    async def readyz() -> JSONResponse:
        """Say whether turns can be served: the desk is open and Redis answers."""
        ready = "desk" in opened and await opened["desk"].stores.healthy()
        return JSONResponse({"status": "ok" if ready else "unavailable"}, 200 if ready else 503)
