"""How the loopback server writes its answers, faults included."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from frontdesk.testing.replies import Reply, events

_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}


def send(
    writer: asyncio.StreamWriter,
    status: int,
    body: Any,
    headers: Mapping[str, str] | None = None,
    *,
    kind: str = "application/json",
) -> None:
    """Write a whole answer: bytes as they are, anything else as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    extra = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    head = f"HTTP/1.1 {status} {_REASONS.get(status, 'Error')}\r\nContent-Type: {kind}\r\n{extra}"
    writer.write(f"{head}Content-Length: {len(raw)}\r\n\r\n".encode() + raw)


async def plain(writer: asyncio.StreamWriter, reply: Reply, answer: Any) -> bool:
    """Write an answer that is not streamed; False: the connection must end."""
    if reply.fault == "slow":
        await asyncio.sleep(reply.seconds)
    body = json.dumps(answer).encode()
    if reply.fault == "bad_json":
        body = body[: len(body) // 2]
    if reply.fault == "cut":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body))
        writer.write(body[: len(body) // 2])
        await writer.drain()
        return False
    send(writer, 200, body, reply.headers)
    await writer.drain()
    return True


async def stream(writer: asyncio.StreamWriter, reply: Reply, asked: Mapping[str, Any]) -> bool:
    """Write an answer event by event; False: the connection must end."""
    include_usage = bool((asked.get("stream_options") or {}).get("include_usage"))
    lines = [json.dumps(event) for event in events(reply, asked.get("model", ""), include_usage=include_usage)]
    extra = "".join(f"{name}: {value}\r\n" for name, value in reply.headers.items())
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{extra}Transfer-Encoding: chunked\r\n\r\n"
    writer.write(head.encode())
    if reply.fault == "bad_json":
        lines[len(lines) // 2] = lines[len(lines) // 2][:-9]
    if reply.fault == "cut":
        lines = lines[: max(2, len(lines) // 2) if reply.kept is None else reply.kept]
    for index, line in enumerate([*lines, "[DONE]"] if reply.fault != "cut" else lines):
        if reply.fault == "slow" and index == 1:
            await asyncio.sleep(reply.seconds)
        if reply.pace:
            await asyncio.sleep(reply.pace)
        data = f"data: {line}\n\n".encode()
        writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await writer.drain()
    if reply.fault == "cut":
        await writer.drain()
        return False
    writer.write(b"0\r\n\r\n")
    await writer.drain()
    return True


__all__ = ["plain", "send", "stream"]
