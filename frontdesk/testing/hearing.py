"""How the loopback back office reads a request, as it came over the wire."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server read it."""

    method: str
    target: str
    """Path and query as they came over the wire."""
    headers: dict[str, str]
    """Names in lower case."""
    raw: bytes = b""

    @property
    def segments(self) -> list[str]:
        """The path's segments, decoded one by one."""
        return [unquote(part) for part in urlsplit(self.target).path.split("/")[1:]]

    @property
    def query(self) -> dict[str, str]:
        """The query's fields."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def body(self) -> Any:
        """The body: of JSON, or of a form."""
        if self.headers.get("content-type", "").startswith("application/json"):
            return json.loads(self.raw)
        return dict(parse_qsl(self.raw.decode()))

    @property
    def key(self) -> str:
        """The ``Idempotency-Key``, without the quotes of a structured field."""
        return self.headers.get("idempotency-key", "").strip('"')


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """Read one; None: the client has no more."""
    first = await reader.readline()
    if not first:
        return None
    method, target, _ = first.decode("latin-1").split(" ", 2)
    headers: dict[str, str] = {}
    while (line := (await reader.readline()).decode("latin-1").strip()) != "":
        name, _, value = line.partition(":")
        known = headers.get(name.lower())
        headers[name.lower()] = value.strip() if known is None else f"{known}, {value.strip()}"
    return Request(method, target, headers, await reader.readexactly(int(headers.get("content-length", "0"))))
