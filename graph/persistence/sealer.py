"""Sealing: every value that leaves the process for Redis is compressed, encrypted and bound to its place.

AES-256-GCM (NIST SP 800-38D) with random nonces: one key is good for 2**32 values, after which a new one goes in front
of the list. The keys that do the work are derived from the deployment's key by HKDF-SHA256 (RFC 5869), one for
sealing and one for pseudonyms.

A stored value tells by its first byte how it is sealed: 1 plain and 2 deflated, under a key of the deployment; 3 under
a thread's own data key and 4 by a key service (:mod:`~frontdesk.graph.persistence.datakeys`).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from frontdesk.errors import SealError

if TYPE_CHECKING:
    from frontdesk.graph.persistence.keyservice import KeyService

KEY_BYTES = 32
_PLAIN, _DEFLATED = b"\x01", b"\x02"
_ID_BYTES = 8
_NONCE_BYTES = 12
_HEADER_BYTES = 1 + _ID_BYTES
_TAG_BYTES = 16
_TAKEN = frozenset({"id", "seal", "pseudonym"})
_WORTH_COMPRESSING = 200
"""Bytes below which deflate saves less than it costs (about 20 microseconds a call)."""


@dataclass(frozen=True, slots=True)
class _Key:
    id: bytes
    cipher: AESGCM


class Sealer:
    """Seals and opens values; made from one or several keys, of which the first seals and all open.

    Layout of a sealed value: format (1 byte: plain or deflated), key id (8), nonce (12), ciphertext and tag.
    """

    def __init__(
        self, keys: Sequence[bytes], *, pseudonyms: bytes | None = None, service: KeyService | None = None
    ) -> None:
        """Take the deployment's keys.

        Args:
            keys: 32 random bytes each. The first is current. Older ones stay readable for as long as they are listed.
            pseudonyms: The key of the pseudonyms, which outlives every rotation
                (:mod:`~frontdesk.graph.persistence.keyring` keeps it); without one it is derived from the last key.
            service: Wraps the data keys of threads instead of the first key, where the deployment has one.

        Raises:
            ValueError: No key, or a key of another length.
        """
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError(f"a sealer takes one or more keys of {KEY_BYTES} bytes")
        ring = [_Key(_derive(key, "id")[:_ID_BYTES], AESGCM(_derive(key, "seal"))) for key in keys]
        self._current = ring[0]
        self._ring = {key.id: key.cipher for key in ring}
        self._keys = tuple(keys)
        self._pseudonyms = pseudonyms or _derive(keys[-1], "pseudonym")
        self.service = service

    @classmethod
    def generate(cls) -> Sealer:
        """Return a sealer with a key that lives as long as the object: for tests and the memory mode."""
        return cls([os.urandom(KEY_BYTES)])

    @property
    def current(self) -> str:
        """The id of the key that seals, 16 hex digits. An id tells nothing about its key."""
        return self._current.id.hex()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all keys that open, the current one first."""
        return tuple(dict.fromkeys(id.hex() for id in self._ring))

    @property
    def pseudonym_key(self) -> bytes:
        """The key of the pseudonyms, for the keyring alone."""
        return self._pseudonyms

    def derived(self, purpose: str) -> tuple[bytes, ...]:
        """Return 32 bytes per key, the current one first, for a purpose of a module's own (HKDF-SHA256, RFC 5869).

        Args:
            purpose: A few words, such as ``receipt``; ``id``, ``seal`` and ``pseudonym`` are taken.
        """
        if purpose in _TAKEN:
            raise ValueError(f"the purpose {purpose!r} is taken")
        return tuple(_derive(key, purpose) for key in self._keys)

    def seal(self, data: bytes, context: bytes) -> bytes:
        """Encrypt ``data``; ``context`` (the key's name) must be the same when it is opened, and is not stored."""
        form = _PLAIN
        if len(data) >= _WORTH_COMPRESSING:
            form, data = _DEFLATED, zlib.compress(data, 1)
        header = form + self._current.id
        nonce = os.urandom(_NONCE_BYTES)
        return header + nonce + self._current.cipher.encrypt(nonce, data, header + context)

    def open(self, blob: bytes, context: bytes) -> bytes:
        """Return what was sealed.

        Raises:
            SealError: Sealed with a key that is not listed (the text names its id, and what to do), for another place,
                altered, or not sealed at all.
        """
        header, nonce = blob[:_HEADER_BYTES], blob[_HEADER_BYTES : _HEADER_BYTES + _NONCE_BYTES]
        cipher = self._ring.get(header[1:])
        if cipher is None:
            id = key_id(blob)
            raise SealError(missing(id) if id else "a stored value is not sealed, or not by frontdesk")
        try:
            data = cipher.decrypt(nonce, blob[_HEADER_BYTES + _NONCE_BYTES :], header + context)
            return zlib.decompress(data) if header[:1] == _DEFLATED else data
        except (InvalidTag, ValueError, zlib.error) as error:
            raise SealError("a stored value was altered, or belongs to another place") from error

    def pseudonym(self, text: str) -> str:
        """Return 32 lower-case hex digits that stand for ``text`` in a key's name (HMAC-SHA256, first 128 bits)."""
        return hmac.new(self._pseudonyms, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]


def key_id(blob: bytes) -> str:
    """Return the id of the deployment's key that a stored value is sealed with; empty for any other value."""
    sealed = blob[:1] in (_PLAIN, _DEFLATED) and len(blob) >= _HEADER_BYTES + _NONCE_BYTES + _TAG_BYTES
    return blob[1:_HEADER_BYTES].hex() if sealed else ""


def missing(id: str) -> str:
    """Return what to say where the key of this id is not configured."""
    return (
        f"a stored value was sealed with the key {id}, which is not configured. Put that key back behind the current "
        "one (FRONTDESK_KEY=new,old); `frontdesk key status` tells which keys are in use, and `frontdesk key rewrap` "
        "moves what is sealed to the current one"
    )


def _derive(key: bytes, purpose: str) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=f"frontdesk {purpose} v1".encode())
    return kdf.derive(key)
