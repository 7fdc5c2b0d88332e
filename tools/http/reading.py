"""An answer's body as JSON that can be trusted to say what it says: bounded, whole, of the right kind."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import AsyncIterator
from typing import Any, NoReturn

import httpx

DEPTH = 32
"""Levels of records and lists within each other."""


class BadAnswerError(Exception):
    """The answer cannot be used. ``cause`` is a closed word; nothing of the answer is repeated."""

    def __init__(self, cause: str) -> None:
        """Take the cause."""
        self.cause = cause
        super().__init__(cause)


async def document(response: httpx.Response, limit: int) -> Any:
    """Read an answer's JSON.

    Args:
        response: A streamed response, not read yet.
        limit: Bytes at most, unpacked. Reading stops there, and a compressed body is unpacked no further.

    Returns:
        The document; an empty record where there is no body.

    Raises:
        BadAnswerError: ``too_large``, ``encoding`` (packed in a way that was not asked for, and not gzip),
            ``not_json`` (another content type, or no JSON), ``duplicate``, ``not_finite``, ``too_deep``.
        httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException: It broke off.
    """
    raw = await _body(response, limit)
    if not raw.strip():
        return {}
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise BadAnswerError("not_json")
    return parse(raw)


def parse(raw: bytes) -> Any:
    """Parse JSON (RFC 8259), without what two parsers read differently. BadAnswerError: as :func:`document`."""
    try:
        found = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_record, parse_constant=_not_finite, parse_float=_number
        )
    except RecursionError:
        raise BadAnswerError("too_deep") from None
    except ValueError:
        # also a number of thousands of digits, which Python does not read
        raise BadAnswerError("not_json") from None
    _measure(found)
    return found


async def _body(response: httpx.Response, limit: int) -> bytes:
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > limit:
        raise BadAnswerError("too_large")
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in {"identity", "", "gzip"}:
        raise BadAnswerError("encoding")
    chunks = response.aiter_raw()
    read = bytearray()
    async for part in _unpacked(chunks, limit) if packing == "gzip" else chunks:
        read += part
        if len(read) > limit:
            raise BadAnswerError("too_large")
    return bytes(read)


async def _unpacked(chunks: AsyncIterator[bytes], limit: int) -> AsyncIterator[bytes]:
    """Unpack gzip piece by piece, none of them longer than what is left to the limit and one byte."""
    left = limit + 1
    unpack = zlib.decompressobj(wbits=31)
    try:
        async for chunk in chunks:
            part = unpack.decompress(chunk, left)
            left -= len(part)
            yield part
            if left <= 0:
                raise BadAnswerError("too_large")
    except zlib.error:
        raise BadAnswerError("encoding") from None
    if not unpack.eof or unpack.unused_data:
        raise BadAnswerError("encoding")


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise BadAnswerError("duplicate")
    return record


def _not_finite(word: str) -> NoReturn:
    raise BadAnswerError("not_finite")


def _number(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _not_finite(text)


def _measure(found: Any) -> None:
    level = [found]
    for _ in range(DEPTH):
        level = [
            item
            for one in level
            if isinstance(one, dict | list)
            for item in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return
    if any(isinstance(one, dict | list) for one in level):
        raise BadAnswerError("too_deep")
