"""Personal data that no store, log or request may show, and the search for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.values import Scrubbed

CANARIES = {
    "card": "4929 3813 3266 4295",
    "email": "quentin.zwartvogel@mailbox.example",
    "phone": "+44 20 7946 0958",
    "iban": "GB33 BUKB 2020 1555 5555 55",
    "ip": "203.0.113.217",
    "secret": "sk-live-9fQ2xT7mWc41LrZp0VbN8yKd",
}
DATA = ", ".join(CANARIES.values())
"""All of them, for the end of a message."""
WORD = "zebrafinch"
"""A customer's word: it may be stored, but no log line of ours holds it."""


def forms(value: str) -> set[str]:
    """A value as it is written, without separators, and its digits alone where they are telling."""
    plain = re.sub(r"[ +\-]", "", value)
    digits = re.sub(r"\D", "", value)
    found = {value, plain, value.upper(), value.lower(), value.replace(" ", "-")}
    return found | ({digits, digits.removeprefix("44")} if len(digits) >= 9 and "." not in value else set())


NEEDLES = {form.encode(): name for name, value in CANARIES.items() for form in forms(value)}


def hits(data: bytes | str) -> set[str]:
    """Names of the canaries in some data."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return {name for needle, name in NEEDLES.items() if needle in raw}


def found_in(places: Iterable[tuple[str, bytes | str]]) -> dict[str, set[str]]:
    """Place to canaries, for the places that have any."""
    return {place: names for place, data in places if (names := hits(data))}


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file with its bytes."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


async def redis_contents(client: Redis) -> list[tuple[str, bytes]]:
    """Every key, and every value of every type, as bytes."""
    readers: dict[bytes, Any] = {
        b"string": client.get,
        b"hash": client.hgetall,
        b"list": lambda key: client.lrange(key, 0, -1),
        b"set": client.smembers,
        b"zset": lambda key: client.zrange(key, 0, -1, withscores=True),
        b"stream": client.xrange,
        b"ReJSON-RL": client.json().get,
    }
    contents = []
    async for key in client.scan_iter(count=1000):
        kind = await client.type(key)
        value = await readers[kind](key)
        contents.append((key.decode(), key + b"\n" + (value if isinstance(value, bytes) else flat(value))))
    return contents


def flat(value: Any) -> bytes:
    """Any nesting of bytes, texts and numbers, as bytes one after the other."""
    if isinstance(value, dict):
        return b"\n".join(flat(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple | set):
        return b"\n".join(map(flat, value))
    return value if isinstance(value, bytes) else str(value).encode()


class RecordingSealer(Sealer):
    """Seals, and remembers what was sealed for which place: the only way to see what a store was given."""

    def __init__(self, *, seals: bool = True) -> None:
        super().__init__([b"k" * 32])
        self.sealed: list[tuple[str, bytes]] = []
        self._seals = seals

    def seal(self, data: bytes, context: bytes) -> bytes:
        self.sealed.append((context.decode(), data))
        return super().seal(data, context) if self._seals else data

    def open(self, blob: bytes, context: bytes) -> bytes:
        return super().open(blob, context) if self._seals else blob


class BlindScrubber:
    """The control: finds nothing."""

    def scrub(self, text: str, known: Any) -> Scrubbed:
        return Scrubbed(text)
