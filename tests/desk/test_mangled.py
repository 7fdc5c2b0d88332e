"""Whatever a file holds, a check reports and never breaks."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from frontdesk.desk.check import report
from frontdesk.desk.load import Desk

BYTES = b"\t\n{}[]:,&*!|>'\"%@`-?# \x00\xff\x80\xe2"
"""What YAML, Markdown, Jinja2 and UTF-8 trip over."""


def mangle(content: bytes, chance: random.Random) -> bytes:
    """Cut, insert or repeat at a few random places."""
    raw = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(raw))
        kind = chance.choice(("cut", "insert", "repeat"))
        if kind == "cut":
            del raw[at : at + chance.randint(1, 8)]
        elif kind == "insert":
            raw.insert(at, chance.choice(BYTES))
        else:
            raw[at:at] = raw[at : at + chance.randint(1, 60)]
    return bytes(raw)


@pytest.mark.parametrize("seed", range(60))
def test_a_mangled_desk_is_reported_or_loads(desk: Path, seed: int) -> None:
    chance = random.Random(seed)
    paths = sorted(path for path in desk.rglob("*") if path.suffix in {".yaml", ".md"})
    for path in chance.sample(paths, 2):
        path.write_bytes(mangle(path.read_bytes(), chance))
    faults = report(desk)
    for fault in faults:
        lines = (desk / fault.file).read_bytes().count(b"\n") + 1
        assert 1 <= fault.line <= lines, fault
        assert fault.problem
        assert fault.remedy
    if not faults:
        assert Desk.load(desk).root == desk
