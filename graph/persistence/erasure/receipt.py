"""Receipts: what an erasure did, signed, so that anybody with the public key can check it. No personal data in it.

Signed with Ed25519 (RFC 8032) over the receipt's canonical JSON without ``signature``: keys sorted, no white space,
UTF-8, integers only, which is RFC 8785 for such values. The signing key is derived from the deployment's key (HKDF).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from frontdesk.errors import ForeignReceiptError, MalformedReceiptError, TamperedReceiptError

FORMAT: Literal["frontdesk-erasure-receipt/1"] = "frontdesk-erasure-receipt/1"
PURPOSE = "receipt"
"""Of the keys that sign: ``Sealer.derived``."""
Counts = dict[str, int]


class Receipt(BaseModel):
    """What an erasure did, or that it was not done."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal["frontdesk-erasure-receipt/1"] = FORMAT
    id: str = Field(pattern=r"^R(-[0-9A-F]{4}){4}$")
    """Id of the request, which the audit trail names too."""
    tenant: str
    subject: str
    """Pseudonym of the person (``subject_mark``); empty where some threads were erased and not a person."""
    threads: int
    """How many conversations were meant."""
    at: str
    """UTC, ISO 8601, seconds."""
    outcome: Literal["erased", "incomplete", "held"]
    """``incomplete``: the last scan still found something (``remaining``). ``held``: a legal hold; nothing was done."""
    removed: Counts
    """Store to keys and entries that went."""
    remaining: Counts
    """Store to keys and entries that the last scan found; ``elsewhere``: keys of nobody's that name the person."""
    scanned: int
    """Keys of the whole keyspace that the last scan looked at."""
    read: Literal["shared", "all"]
    """Whose contents the last scan read: those of shared keys, or of every key; names were compared of all."""
    version: str
    """Of frontdesk."""
    key: str
    """SHA-256 of the public key that checks the signature, in hex."""
    signature: str = ""
    """Ed25519, base64."""

    @property
    def held(self) -> bool:
        """Whether a legal hold prevented it."""
        return self.outcome == "held"

    def text(self) -> str:
        """Return the receipt as a file: JSON, indented, with a line end."""
        return json.dumps(self.model_dump(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def canonical(receipt: Receipt) -> bytes:
    """Return what is signed."""
    fields = receipt.model_dump(exclude={"signature"})
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sign(receipt: Receipt, seed: bytes) -> Receipt:
    """Return the receipt with ``key`` and ``signature`` filled in.

    Args:
        receipt: What to sign.
        seed: 32 bytes that the private key is (``Sealer.derived``).
    """
    private = Ed25519PrivateKey.from_private_bytes(seed)
    named = receipt.model_copy(update={"key": fingerprint(private.public_key().public_bytes_raw())})
    return named.model_copy(update={"signature": base64.b64encode(private.sign(canonical(named))).decode()})


def public_key(seed: bytes) -> bytes:
    """Return the raw public key (32 bytes) of a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def public_keys(seeds: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the public keys of seeds."""
    return tuple(map(public_key, seeds))


def fingerprint(public: bytes) -> str:
    """Return the hex SHA-256 of a raw public key."""
    return hashlib.sha256(public).hexdigest()


def read_public_key(text: str) -> bytes:
    """Read a public key as ``frontdesk receipt key`` prints it.

    Raises:
        MalformedReceiptError: Not 32 bytes in base64.
    """
    try:
        raw = base64.b64decode("".join(text.split()[:1]), validate=True)
        Ed25519PublicKey.from_public_bytes(raw)
    except (binascii.Error, ValueError):
        raise MalformedReceiptError(
            "the public key must be 32 bytes in base64, as `frontdesk receipt key` prints it"
        ) from None
    return raw


def verify(text: str | bytes, publics: Sequence[bytes]) -> Receipt:
    """Check a receipt.

    Args:
        text: The file.
        publics: Raw public keys to accept.

    Returns:
        The receipt, whose signature is good.

    Raises:
        MalformedReceiptError: Not a receipt at all.
        ForeignReceiptError: Signed with a key that is none of these.
        TamperedReceiptError: It names one of the keys, and the signature does not fit: it was altered.
    """
    receipt = _read(text)
    public = next((key for key in publics if fingerprint(key) == receipt.key), None)
    if public is None:
        raise ForeignReceiptError(f"signed with another key (fingerprint {receipt.key[:16]}…); name the one that fits")
    try:
        signature = base64.b64decode(receipt.signature, validate=True)
        if base64.b64encode(signature).decode() != receipt.signature:  # the last letter has bits to spare
            raise InvalidSignature
        Ed25519PublicKey.from_public_bytes(public).verify(signature, canonical(receipt))
    except (InvalidSignature, binascii.Error, ValueError):
        raise TamperedReceiptError("the signature does not fit: the receipt was altered after it was signed") from None
    return receipt


def _read(text: str | bytes) -> Receipt:
    try:
        # from JSON by hand: a name that comes twice must not be read in two ways
        found: Any = json.loads(text, object_pairs_hook=_once)
        return Receipt.model_validate(found)
    except ValidationError as error:
        places = ", ".join(sorted({".".join(map(str, fault["loc"])) or "the whole" for fault in error.errors()}))
        raise MalformedReceiptError(f"not a receipt of frontdesk: wrong or missing: {places}") from None
    except (ValueError, RecursionError):
        raise MalformedReceiptError(
            "not a receipt of frontdesk: the file is not JSON, or names a field twice"
        ) from None


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found
