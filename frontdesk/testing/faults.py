"""How the loopback back office answers, faults included."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "status", "hang", "slow", "reset", "hang_up", "truncated", "malformed", "nan", "duplicate", "deep", "huge",
    "endless", "bomb", "gzip", "html"
]  # fmt: skip
"""status: that status; hang: no answer, ever; slow: the answer after ``seconds``; reset: RST; hang_up: FIN without an
answer; truncated: half of the body that was announced; malformed, nan, duplicate, deep: a body that is no JSON, or none
to be trusted; huge: 4 MB; endless: chunk after chunk; bomb: 64 MB in 64 kB of gzip; gzip: a sound answer, compressed;
html: a page."""

_DEEP = b"[" * 100_000


@dataclass(frozen=True, slots=True)
class Fault:
    """How one request goes wrong."""

    kind: Kind
    after: bool = False
    """Whether the request is served first: the effect happens, and the fault hides it."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    """Such as ``Retry-After`` or ``Location``."""
    seconds: float = 0.0


async def play(fault: Fault, writer: asyncio.StreamWriter, answer: Any) -> bool:
    """Write an answer as the fault has it; False: the connection must end."""
    if fault.kind == "hang":
        await asyncio.Event().wait()
    if fault.kind == "reset":
        _reset(writer)
    if fault.kind in {"reset", "hang_up"}:
        return False
    if fault.kind == "endless":
        return await _endless(writer)
    await asyncio.sleep(fault.seconds)
    body, headers = _body(fault, json.dumps(answer).encode())
    kind = "text/html" if fault.kind == "html" else "application/json"
    extra = "".join(
        f"{name}: {value}\r\n" for name, value in {"Content-Type": kind, **headers, **fault.headers}.items()
    )
    size = len(body) * 2 if fault.kind == "truncated" else len(body)
    writer.write(f"HTTP/1.1 {fault.status} Scripted\r\n{extra}Content-Length: {size}\r\n\r\n".encode() + body)
    await writer.drain()
    return fault.kind != "truncated"


def _body(fault: Fault, sound: bytes) -> tuple[bytes, dict[str, str]]:
    if fault.kind == "bomb":
        return _gzip(b"[" + b"0" * 64_000_000), {"Content-Encoding": "gzip"}
    if fault.kind == "gzip":
        return _gzip(sound), {"Content-Encoding": "gzip"}
    if fault.kind == "huge":
        return b'{"filler": "' + b"x" * 4_000_000 + b'"}', {}
    bodies: dict[str, bytes] = {
        "malformed": sound[:-1] + b",",
        "nan": b'{"total": NaN}',
        "duplicate": b'{"order_id": "1", "order_id": "2"}',
        "deep": _DEEP,
        "html": b"<html><body>Down for maintenance</body></html>",
    }
    return bodies.get(fault.kind, sound), {}


def _gzip(data: bytes) -> bytes:
    made = zlib.compressobj(wbits=31)
    return made.compress(data) + made.flush()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close so that the other side meets a reset: lingering for no time discards what was not sent."""
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _endless(writer: asyncio.StreamWriter) -> bool:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    while True:
        writer.write(chunk)
        await writer.drain()
