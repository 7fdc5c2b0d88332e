"""A sealer and a clock that stands still until moved."""

from __future__ import annotations

import pytest

from frontdesk.graph.persistence.sealer import Sealer


class Clock:
    """Unix time in seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def sealer() -> Sealer:
    return Sealer([b"\x07" * 32])


@pytest.fixture
def clock() -> Clock:
    return Clock()
