"""Personal data that no store, log or request may show: values of their own for each conversation, and the search for them."""

from __future__ import annotations

import base64
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import numpy as np
from redis.asyncio import Redis

from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.values import Scrubbed

KEY = b"k" * 32
"""The deployment's key of every process that takes part."""


def _words(text: str) -> list[str]:
    return text.replace("\n", " ").split()


FIRST = _words("Agnes Basil Clara Duncan Edith Felix Greta Hugo Ingrid Jonas Klara Lionel Martha Nigel Oscar Paula")
HEADS = _words("""Alder Ashen Barrow Bramble Brindle Calver Copper Darrow Dunning Elling Ember Farrow Fennel Gellan Grindle
Hazel Heron Ingle Juniper Kettle Larken Lorring Maple Mellow Nether Ostler Otter Penning Pepper Quilter Ravel Rowan Saddle
Sorrel Tarrant Thistle Umber Vesper Waver Yarrow""")
MIDDLES = _words("dale den ford gate holt lock mere more ridge shaw sted stoke thorpe ville wick wold worth")
STREETS = [f"{name} Street" for name in _words("Harbour Church Castle Bridge")]
STREETS += ["Mill Lane", "Park Lane", "Station Road", "Victoria Road", "Orchard Avenue"]
TOWNS = {"Bristol": "BS", "Norwich": "NR", "Exeter": "EX", "Leeds": "LS", "Oxford": "OX", "Cardiff": "CF"}
MONTHS = _words("January February March April May June July August September October November December")
EXCHANGES = (
    "20 7946 0", "113 496 0", "114 496 0", "115 496 0", "116 496 0", "117 496 0", "118 496 0", "121 496 0",
    "131 496 0", "141 496 0", "151 496 0", "161 496 0",
)  # fmt: skip
"""Numbers that Ofcom keeps free for fiction (https://www.ofcom.org.uk, telephone numbers for drama use)."""
SHORTEST = 7
"""Characters of the shortest form that is searched for."""


@dataclass(frozen=True)
class Planted:
    """One conversation's own values: kind to value."""

    number: int
    values: Mapping[str, str]

    @property
    def subject(self) -> str:
        """The customer's id."""
        return f"C-{2000 + self.number}"

    @property
    def order(self) -> str:
        """The number of the customer's order."""
        return str(20_000 + self.number)

    def __getitem__(self, kind: str) -> str:
        return self.values[kind]

    def named(self) -> dict[str, str]:
        """Return name (``017.email``) to value."""
        return {f"{self.number:03d}.{kind}": value for kind, value in self.values.items()}


class Mint:
    """Makes values, each once; the same seed makes the same ones."""

    def __init__(self, seed: int = 2026) -> None:
        self._dice = random.Random(seed)
        self._made: set[str] = set()
        surnames = [head + middle for head in HEADS for middle in MIDDLES]
        self._dice.shuffle(surnames)
        self._surnames = iter(surnames)

    def planted(self, number: int) -> Planted:
        """Return the values of a conversation: what the customer says, the shop has on file, and a person answers."""
        said = {"name": self.name(), "born": self.born(), "address": self.address(), "email": self.email()}
        said |= {
            "phone": self.phone(),
            "card": self.card(),
            "iban": self.iban(),
            "dni": self.dni(),
            "secret": self.secret(),
        }
        filed = {"record_name": self.name(), "record_email": self.email(), "record_phone": self.phone()}
        filed |= {"record_address": self.address(), "shipping": self.address(), "moved": self.address()}
        filed |= {"note_email": self.email(), "note_phone": self.phone()}
        answered = {"human_email": self.email(), "human_phone": self.phone(), "human_iban": self.iban()}
        return Planted(number, {**said, **filed, **answered})

    def name(self) -> str:
        return f"{self._dice.choice(FIRST)} {next(self._surnames)}"

    def born(self) -> str:
        return self._once(lambda: f"{self._digit(10, 28)} {self._dice.choice(MONTHS)} {self._digit(1931, 2004)}")

    def address(self) -> str:
        def make() -> str:
            town, area = self._dice.choice(list(TOWNS.items()))
            code = f"{area}{self._digit(10, 38)} {self._digit(1, 9)}{self._letters(2)}"
            return f"{self._digit(100, 899)} {self._dice.choice(STREETS)}, {town} {code}"

        while True:  # neither its line nor its postcode may belong to two
            address = make()
            line, code = address.partition(",")[0], " ".join(address.split()[-2:])
            if line not in self._made and code not in self._made:
                self._made |= {line, code}
                return address

    def email(self) -> str:
        return self._once(lambda: f"{self._letters(9).lower()}.{self._letters(5).lower()}@mailbox.example")

    def phone(self) -> str:
        return self._once(lambda: f"+44 {self._dice.choice(EXCHANGES)}{self._digit(0, 999):03d}")

    def card(self) -> str:
        def make() -> str:
            digits = "4929" + "".join(str(self._digit(0, 9)) for _ in range(11))
            odd = [sum(divmod(int(digit) * 2, 10)) for digit in digits[::-2]]
            check = -(sum(odd) + sum(map(int, digits[-2::-2]))) % 10
            whole = f"{digits}{check}"
            return " ".join(whole[at : at + 4] for at in range(0, 16, 4))

        return self._once(make)

    def iban(self) -> str:
        def make() -> str:
            account = "".join(str(self._digit(0, 9)) for _ in range(14))
            number = "".join(str(int(char, 36)) for char in f"BUKB{account}GB00")
            whole = f"GB{98 - int(number) % 97:02d}BUKB{account}"
            return " ".join(whole[at : at + 4] for at in range(0, 22, 4))

        return self._once(make)

    def dni(self) -> str:
        def make() -> str:
            number = self._digit(10_000_000, 99_999_999)
            return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"

        return self._once(make)

    def secret(self) -> str:
        return self._once(lambda: f"sk-live-{self._letters(12)}{self._digit(100, 999)}{self._letters(9).lower()}")

    def _digit(self, low: int, high: int) -> int:
        return self._dice.randint(low, high)

    def _letters(self, count: int) -> str:
        return "".join(self._dice.choices("ABCDEFGHJKLMNPRSTUWXYZ", k=count))

    def _once(self, make: Any) -> str:
        while (value := str(make())) in self._made:
            pass
        self._made.add(value)
        return value


def spellings(kind: str, value: str) -> set[str]:
    """A value as it is written, without separators, in parts that tell whose it is, and its digits alone."""
    found = {value, value.replace(" ", "-"), re.sub(r"[ \-+,]", "", value)}
    if kind.endswith("name"):
        found |= {value.split()[-1], ", ".join(reversed(value.split()))}
    elif kind in {"address", "record_address", "shipping", "moved"}:
        code = " ".join(value.split()[-2:])
        found |= {value.partition(",")[0], code, code.replace(" ", "")}
    elif kind == "born":
        day, month, year = value.split()
        number = MONTHS.index(month) + 1
        found |= {
            f"{year}-{number:02d}-{int(day):02d}",
            f"{day}.{number}.{year}",
            f"{int(day):02d}/{number:02d}/{year}",
        }
    elif not kind.endswith(("email", "secret")):
        digits = re.sub(r"\D", "", value)
        found |= {digits} | ({"0" + digits[2:], digits[2:]} if kind.endswith("phone") else set())
    return found


def encodings(text: str) -> set[bytes]:
    """A spelling as it may stand in a file: UTF-8, escaped in JSON or a URL, and in base64 at each of three offsets."""
    found = {text.encode(), json.dumps(text)[1:-1].encode(), quote(text).encode(), quote_plus(text).encode()}
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + text.encode())
        # what the neighbours decide is cut off on both sides
        found.add(coded[(0, 2, 3)[offset] : (len(text) + offset) * 8 // 6])
    return {each.lower() for each in found}


class Search:
    """Finds any of very many values in any data, without regard to case. Each needle is found by its first bytes."""

    def __init__(self, values: Mapping[str, str]) -> None:
        """Take name (``017.email``: anything, a dot, the kind) to value."""
        self._needles: dict[bytes, list[tuple[bytes, str]]] = {}
        for name, value in values.items():
            for spelling in spellings(name.partition(".")[2], value):
                for needle in encodings(spelling):
                    if len(needle) >= SHORTEST:
                        self._needles.setdefault(needle[:SHORTEST], []).append((needle, name))
        self._table = np.zeros(1 << 24, bool)
        self._table[_hashes(np.frombuffer(b"".join(self._needles), np.uint8).reshape(-1, SHORTEST).T)] = True

    def __call__(self, data: bytes | str) -> set[str]:
        """Return the names of the values that some data holds."""
        # piece by piece, each of which fits a processor's cache
        raw = (data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).lower()
        found: set[str] = set()
        for start in range(0, max(0, len(raw) - SHORTEST + 1), 1 << 16):
            piece = np.frombuffer(raw[start : start + (1 << 16) + SHORTEST - 1], np.uint8)
            count = len(piece) - SHORTEST + 1
            hashes = _hashes(np.stack([piece[at : at + count] for at in range(SHORTEST)]))
            for at in (np.nonzero(self._table[hashes])[0] + start).tolist():
                for needle, name in self._needles.get(raw[at : at + SHORTEST], ()):
                    if raw.startswith(needle, at) and not _by_chance(raw, at, needle):
                        found.add(name)
        return found

    def within(self, places: Iterable[tuple[str, bytes | str]]) -> dict[str, set[str]]:
        """Return place to names, for the places that show any."""
        shown: dict[str, set[str]] = {}
        for place, data in places:
            if names := self(data):
                shown.setdefault(place, set()).update(names)
        return shown


def _hashes(columns: Any) -> Any:
    codes = np.zeros(columns.shape[1], np.uint64)
    for column in columns:
        codes = (codes << np.uint64(8)) | column
    return ((codes * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)).astype(np.int64)


def _by_chance(raw: bytes, at: int, needle: bytes) -> bool:
    """Nine digits or fewer inside a longer number or a hexadecimal id are no value; a time and an id have many digits."""
    around = raw[max(0, at - 1) : at] + raw[at + len(needle) : at + len(needle) + 1]
    return len(needle) <= 9 and needle.isdigit() and any(chr(byte).isalnum() for byte in around)


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
    """Seals, and remembers what was sealed for which place: the only way to see what a store was given and dropped."""

    def __init__(self, *, seals: bool = True) -> None:
        super().__init__([KEY])
        self.sealed: list[tuple[str, bytes]] = []
        self._seals = seals

    def seal(self, data: bytes, context: bytes) -> bytes:
        self.sealed.append((context.decode(), data))
        return super().seal(data, context) if self._seals else data

    def open(self, blob: bytes, context: bytes) -> bytes:
        return super().open(blob, context) if self._seals else blob


class BlindScrubber:
    """The control: finds nothing."""

    heavy = False

    def scrub(self, text: str, known: Any) -> Scrubbed:
        return Scrubbed(text)

    def named(self, label: str, value: str, known: Any) -> Scrubbed:
        return Scrubbed(value)
