"""Signed heads: what an auditor keeps, or checks an exported file against, without the deployment's secret key.

Signed like receipts of erasures: Ed25519 (RFC 8032) over canonical JSON without ``signature``, with a key that is
derived from the deployment's for this purpose alone.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from frontdesk import __version__
from frontdesk.errors import AuditError
from frontdesk.graph.persistence.erasure.receipt import fingerprint, public_keys
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.chain import Mark

FORMAT: Literal["frontdesk-audit-head/1"] = "frontdesk-audit-head/1"
PURPOSE = "audit head"
"""Of the keys that sign: ``Sealer.derived``."""
_HASH = r"^[0-9a-f]{64}$"


class Head(BaseModel):
    """Where the chain ended at a time; at the end of an exported file, also what stands in the file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal["frontdesk-audit-head/1"] = FORMAT
    at: str
    """UTC, ISO 8601, seconds."""
    seq: int = Field(ge=0)
    """Number of the last record; 0: there is none."""
    hash: str = Field(pattern=_HASH)
    follows: int = Field(default=0, ge=0)
    """Number of the record before the first that is in the file, or left in the log."""
    start: str = Field(default="0" * 64, pattern=_HASH)
    """Its hash."""
    lines: int = Field(default=0, ge=0)
    """Lines of the file before this one; 0: no file."""
    sha256: str = ""
    """Of these lines, with their line ends, in hex."""
    version: str = __version__
    """Of frontdesk."""
    key: str = ""
    """SHA-256 of the public key that checks the signature, in hex."""
    signature: str = ""
    """Base64."""

    @property
    def mark(self) -> Mark:
        """The place of the last record."""
        return Mark(self.seq, self.hash)

    @property
    def before(self) -> Mark:
        """What the first record follows."""
        return Mark(self.follows, self.start)

    def text(self) -> str:
        """Return it as one line of JSON, without a line end."""
        return _canonical(self.model_dump())


def moment(at: float) -> str:
    """Return a Unix time in seconds as a head says it."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def sign(head: Head, sealer: Sealer) -> Head:
    """Return the head with ``key`` and ``signature`` filled in."""
    private = Ed25519PrivateKey.from_private_bytes(sealer.derived(PURPOSE)[0])
    named = head.model_copy(update={"key": fingerprint(private.public_key().public_bytes_raw())})
    return named.model_copy(update={"signature": base64.b64encode(private.sign(_signed(named))).decode()})


def publics(sealer: Sealer) -> tuple[bytes, ...]:
    """Return the raw public keys that check a deployment's heads, the current one first."""
    return public_keys(sealer.derived(PURPOSE))


def read_head(text: str | bytes, keys: Sequence[bytes]) -> Head:
    """Check a signed head.

    Args:
        text: One line of JSON.
        keys: Raw public keys to accept.

    Raises:
        AuditError: Not a head, signed with another key, or altered after it was signed.
    """
    try:
        head = Head.model_validate(json.loads(text, object_pairs_hook=_once))
    except ValidationError as error:
        places = ", ".join(sorted({".".join(map(str, fault["loc"])) or "the whole" for fault in error.errors()}))
        raise AuditError(f"not a signed head of an audit: wrong or missing: {places}") from None
    except (ValueError, RecursionError):
        raise AuditError("not a signed head of an audit: not JSON, or a name comes twice") from None
    public = next((key for key in keys if fingerprint(key) == head.key), None)
    if public is None:
        raise AuditError(f"the head is signed with another key (fingerprint {head.key[:16]}…); name the one that fits")
    try:
        signature = base64.b64decode(head.signature, validate=True)
        if base64.b64encode(signature).decode() != head.signature:  # the last letter has bits to spare
            raise InvalidSignature
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _signed(head))
    except (InvalidSignature, binascii.Error, ValueError):
        raise AuditError("the signature does not fit: the head was altered after it was signed") from None
    return head


def _signed(head: Head) -> bytes:
    return _canonical(head.model_dump(exclude={"signature"})).encode()


def _canonical(fields: dict[str, Any]) -> str:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found
