"""What makes the audit a chain. Pure.

A record is a flat body of texts. ``digest`` = SHA-256 over a random salt and the body's canonical JSON (RFC 8785);
``hash`` = SHA-256 over number, the hash before and the digest; ``mac`` = HMAC-SHA256 (RFC 2104) of the hash with a key
that is derived from the deployment's. So anybody can follow the chain from a signed head (Schneier and Kelsey, "Secure
Audit Logs", 1999), and who can write to Redis but has no key can add and alter nothing. The salt goes with the body:
what is left of an erased record fits no guess at what it said, whoever has the key.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import orjson

from frontdesk.graph.persistence.sealer import Sealer

BEGIN = "0" * 64
"""Stands for the hash before the first record."""
LINKED = ("seq", "prev", "salt", "key", "hash", "mac")
"""Fields of the chain itself; no body has one of these names."""
RETENTION = "retention"
"""Why a record is gone whose time was over, while a legal hold keeps one before it."""
CHAINED = "chained"
"""Decision of the first record where older ones without a chain stand before it; its reason names how many."""
_PURPOSE, _SALT_BYTES = "audit chain", 16

Body = Mapping[str, str]
Proof = Literal["good", "bad", "unknown"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the chain that was sealed: its head, or what the oldest record that is left follows."""

    seq: int = 0
    hash: str = BEGIN
    key: str = ""
    mac: str = ""

    def text(self) -> str:
        """Return it as it is stored."""
        return f"{self.seq}:{self.hash}:{self.key}:{self.mac}"


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain: a record, or what is left of one."""

    seq: int
    prev: str
    """Empty where the body is gone: it is the hash before."""
    digest: str
    hash: str
    key: str
    """Id of the deployment's key that ``mac`` is made with."""
    mac: str
    body: Body | None = field(default=None, repr=False)
    """None: it is gone."""
    salt: str = field(default="", repr=False)
    gone: str = ""
    """Id of the erasure that took the body, or :data:`RETENTION`."""
    seal: str = ""
    """Of what is left: ``<key id>.<mac>``, so that nobody without a key can make a record go."""
    left_out: bool = False
    """In an exported file: the body is not gone, the file's filter left it out."""

    def fields(self) -> dict[str, str]:
        """Return a record as the stream has it."""
        own = {"seq": str(self.seq), "prev": self.prev, "salt": self.salt, "key": self.key}
        return {**(self.body or {}), **own, "hash": self.hash, "mac": self.mac}

    def rest(self) -> str:
        """Return what is left of a record as it is stored."""
        return ":".join((self.digest, self.hash, self.key, self.mac, self.gone, self.seal))


class Macs:
    """Makes and checks what only the deployment can make."""

    def __init__(self, sealer: Sealer, kept: Mapping[str, bytes] | None = None) -> None:
        """Take the deployment's sealer; with a rotated key, older records check with the older key.

        Args:
            sealer: Of the keys that are configured.
            kept: Keys of MACs by id, of deployment's keys that are configured no longer (``resealing.macs_of``).
        """
        self._keys = {**(kept or {}), **keys_of(sealer)}
        self.current = sealer.current

    def make(self, kind: str, text: str) -> str:
        """Return the MAC of a text, in hex, with the current key; ``kind`` keeps one statement from being another."""
        return self._mac(self._keys[self.current], kind, text)

    def check(self, kind: str, key: str, mac: str, text: str) -> Proof:
        """Tell whether a MAC fits; ``unknown``: its key is not configured."""
        secret = self._keys.get(key)
        if secret is None:
            return "unknown" if len(key) == len(self.current) else "bad"
        return "good" if hmac.compare_digest(self._mac(secret, kind, text).encode(), mac.encode()) else "bad"

    def mark(self, kind: str, seq: int, hash: str) -> Mark:
        """Return a sealed mark; ``kind`` is ``head`` or ``base``."""
        return Mark(seq, hash, self.current, self.make(kind, f"{seq}:{hash}"))

    def proves(self, kind: str, mark: Mark) -> Proof:
        """Tell whether a mark is the deployment's own."""
        return self.check(kind, mark.key, mark.mac, f"{mark.seq}:{mark.hash}")

    def buried(self, link: Link, why: str) -> Link:
        """Return what is left of a record once its body is gone. Its own MAC stays, so nothing altered is made good."""
        rest = Link(link.seq, "", link.digest, link.hash, link.key, link.mac, gone=why)
        return replace(rest, seal=f"{self.current}.{self.make('gone', _gone(rest))}")

    def admits(self, rest: Link) -> Proof:
        """Tell whether the deployment itself let a body go."""
        key, _, mac = rest.seal.partition(".")
        return self.check("gone", key, mac, _gone(rest))

    @staticmethod
    def _mac(secret: bytes, kind: str, text: str) -> str:
        return hmac.digest(secret, f"{kind}\n{text}".encode("utf-8", "replace"), "sha256").hex()


def keys_of(sealer: Sealer) -> dict[str, bytes]:
    """Return the keys that MACs are made with, by the id of the deployment's key."""
    return dict(zip(sealer.ids, sealer.derived(_PURPOSE), strict=True))


def canonical(body: Body) -> bytes:
    """Return the body's canonical JSON."""
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def digest_of(salt: str, body: Body) -> str:
    """Return the digest of a body."""
    return hashlib.sha256(salt.encode() + b"\n" + canonical(body)).hexdigest()


def hash_of(seq: int, prev: str, digest: str) -> str:
    """Return a record's hash."""
    return hashlib.sha256(f"frontdesk-audit/1\n{seq}\n{prev}\n{digest}".encode()).hexdigest()


def chained(macs: Macs, head: Mark, bodies: Iterable[Body]) -> list[Link]:
    """Return records that follow a head."""
    links, seq, prev = [], head.seq, head.hash
    for body in bodies:
        plain = {name: text.encode("utf-8", "replace").decode() for name, text in body.items()}
        salt, seq = os.urandom(_SALT_BYTES).hex(), seq + 1
        digest = digest_of(salt, plain)
        hash = hash_of(seq, prev, digest)
        links.append(Link(seq, prev, digest, hash, macs.current, macs.make("record", hash), plain, salt))
        prev = hash
    return links


def record_of(fields: Mapping[str, str]) -> Link | None:
    """Return a stream's entry as a record; None for one that is not of a chain. What it claims is not checked."""
    own = [fields.get(name) for name in LINKED]
    if None in own:
        return None
    seq, prev, salt, key, hash, mac = (text or "" for text in own)
    if not seq.isascii() or not seq.isdigit() or seq != str(int(seq[:18])):
        return None
    body = {name: text for name, text in fields.items() if name not in LINKED}
    try:
        digest = digest_of(salt, body)
    except (orjson.JSONEncodeError, UnicodeEncodeError):
        digest = ""  # bytes that are no text: nothing that was written here
    return Link(int(seq), prev, digest, hash, key, mac, body, salt)


def rest_of(seq: int, text: str) -> Link | None:
    """Return what is left of a record, as stored; None for anything else."""
    parts = text.split(":")
    if len(parts) != 6:
        return None
    digest, hash, key, mac, gone, seal = parts
    return Link(seq, "", digest, hash, key, mac, gone=gone, seal=seal)


def mark_of(text: str) -> Mark | None:
    """Return a mark, as stored; None for anything else."""
    parts = text.split(":")
    if len(parts) != 4 or not (parts[0].isascii() and parts[0].isdigit() and parts[0] == str(int(parts[0][:18]))):
        return None
    return Mark(int(parts[0]), *parts[1:])


def _gone(rest: Link) -> str:
    return f"{rest.seq}:{rest.digest}:{rest.hash}:{rest.mac}:{rest.gone}"
