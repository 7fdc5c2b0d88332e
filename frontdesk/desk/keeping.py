"""The parts of desk.yaml that say how long things are kept, and for which purposes."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Anonymised = Literal["ledger", "tickets", "audit"]
"""Kinds of data of which something is left that says nothing of a person."""


class Retention(BaseModel):
    """How long each kind of data is kept, in days, and what becomes of it then."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    thread_days: float = Field(default=30.0, gt=0, le=36_500)
    """Conversations with their key details and the values behind their placeholders, after the last turn."""
    inbox_days: float = Field(default=1.0, gt=0, le=36_500)
    """Accepted messages until they are answered, and replies for a message sent twice (these a day at most)."""
    episode_days: float = Field(default=30.0, gt=0, le=36_500)
    """What a customer came for before (`consent.memory`), each since it was last added to."""
    memory_days: float = Field(default=365.0, gt=0, le=36_500)
    """Preferences and facts of a customer (`consent.memory`), each since it was last said or confirmed."""
    ledger_days: float = Field(default=90.0, gt=0, le=36_500)
    """Records of executed writes: what keeps one from being done twice."""
    ticket_days: float = Field(default=180.0, gt=0, le=36_500)
    """Tickets with what customers wrote meanwhile, after the last of it, and their announcements."""
    audit_days: float = Field(default=365.0, gt=0, le=36_500)
    """Decisions of the gateway and what the privacy commands did, under pseudonyms."""
    consent_days: float = Field(default=1095.0, gt=0, le=36_500)
    """What a customer allowed or refused, after it was last looked up."""
    anonymise: list[Anonymised] = Field(default_factory=list)
    """Kinds of which reason or tool, outcome, counts and the hour stay when their time is over; all else is deleted."""


class Purpose(BaseModel):
    """What something is kept for beyond the request in hand, and whether that needs the customer's word."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    default: Literal["ask", "granted", "denied"] = "ask"
    """ask: only after the customer agreed; granted: until the customer objects; denied: never, whoever agrees."""
    text: str = Field(default="We may remember across conversations what you came for.", min_length=10)
    """What the customer agrees to, in their words; a record of consent names the version of this text."""
