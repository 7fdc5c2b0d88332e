"""Who a bearer token stands for: a JSON file of token digests, read once at start.

The first form of sign-in: ``[{"sha256": "<hex of the token's SHA-256>", "subject": "C-1042", "tenant": "retail",
"scopes": ["orders:read"]}]``. A token must be long and random (32 bytes or more), so a plain digest cannot be guessed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from frontdesk.errors import SettingsError
from frontdesk.graph.identity import Principal


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    subject: str = Field(min_length=1)
    tenant: str | None = None
    scopes: list[str] = Field(default_factory=list)


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
            f'{{"sha256", "subject", "tenant", "scopes"}}: {where or type(error).__name__}'
        ) from None
    return {
        entry.sha256: Principal(entry.subject, entry.tenant or tenant, frozenset(entry.scopes)) for entry in entries
    }
