"""Conversations that the client carries: a message and a capsule in, a reply and the next capsule out."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.server.access import Access
from frontdesk.server.chat import ChatOutput
from frontdesk.service import FrontDesk


class CarriedInput(BaseModel):
    """One message of a conversation of which nothing is stored."""

    model_config = ConfigDict(extra="forbid")

    message: str = Field(description="The customer's words.")
    capsule: str = Field(default="", description="The last reply's; empty at the beginning of a conversation.")
    turn_id: str = Field(default="", description="The client's id of this message, which the reply repeats.")


def add_carried(app: FastAPI, access: Access, desk: Callable[[], FrontDesk]) -> None:
    """Add ``POST /carried``."""

    @app.post("/carried", tags=["chat"])
    async def carried(given: CarriedInput, request: Request) -> ChatOutput:
        """Answer a message; the reply's capsule goes along with the next one. No write is offered here."""
        reply = await desk().chat(
            given.message,
            capsule=given.capsule,
            principal=access.principal(request),
            turn_id=given.turn_id or None,
        )
        return ChatOutput.model_validate(reply.as_dict())


__all__ = ["CarriedInput", "add_carried"]
