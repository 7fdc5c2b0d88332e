"""Who a bearer token stands for: a JSON file of token digests, read once at start.

The first form of sign-in: ``[{"sha256": "<hex of the token's SHA-256>", "subject": "C-1042", "tenant": "retail",
"scopes": ["orders:read"], "roles": ["customer"], "verified": "strong", "expires_at": "2026-12-01T09:30:00Z"}]``.
A token must be long and random (32 bytes or more), so a plain digest cannot be guessed.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from frontdesk.errors import SettingsError
from frontdesk.graph.identity import Principal
from frontdesk.tools.contract import Verified


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    subject: str = Field(min_length=1)
    tenant: str | None = Field(default=None, min_length=1)
    scopes: list[str] = Field(default_factory=list)
    roles: list[str] = Field(default_factory=list)
    verified: Verified = "basic"
    expires_at: str | float = 0.0
    """ISO 8601 with its offset from UTC, or Unix time in seconds; absent: it does not run out."""

    @field_validator("subject")
    @classmethod
    def _somebody(cls, value: str) -> str:
        if not Principal(value).signed_in:
            raise ValueError("is nobody's: write the customer's id; who sends no token is anonymous already")
        return value

    @field_validator("expires_at", mode="before")
    @classmethod
    def _moment(cls, value: object) -> float:
        """Return Unix seconds; a token without a usable end must not live for ever."""
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 and math.isfinite(value):
            return float(value)
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValueError("is no time; write 2026-12-01T09:30:00Z, or Unix seconds")
        return moment.timestamp()

    @property
    def principal(self) -> Principal:
        """Who it is; the tenant is empty where the entry names none."""
        given = (frozenset(self.scopes), frozenset(self.roles), self.verified, float(self.expires_at))
        return Principal(self.subject, self.tenant or "", *given)


def digest(token: str) -> str:
    """Return the hex SHA-256 of a token, as the tokens file holds it."""
    return hashlib.sha256(token.encode()).hexdigest()


def load_tokens(path: Path | None, tenant: str) -> Mapping[str, Principal]:
    """Read the tokens file.

    Args:
        path: The file, or None for no tokens (everybody is anonymous).
        tenant: The desk's tenant, for entries that name none.

    Returns:
        Digest to principal.

    Raises:
        SettingsError: The file cannot be read, or is not of the form above.
    """
    if path is None:
        return {}
    try:
        entries = TypeAdapter(list[_Entry]).validate_python(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        where = ""
        if isinstance(error, ValidationError):
            where = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise SettingsError(
            f"FRONTDESK_TOKENS_FILE: {path.name} is not a readable list of "
            f'{{"sha256", "subject", "tenant", "scopes", "roles", "verified", "expires_at"}}: '
            f"{where or type(error).__name__}"
        ) from None
    if len({entry.sha256 for entry in entries}) != len(entries):
        raise SettingsError(f"FRONTDESK_TOKENS_FILE: {path.name} names a token twice; one token is one caller")
    found = {entry.sha256: entry.principal for entry in entries}
    return {sha256: replace(who, tenant=who.tenant or tenant) for sha256, who in found.items()}
