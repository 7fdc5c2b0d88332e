"""A file in the folder is a member; a wrong one stops the start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub import detectors
from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.registry import collect, registered


def nothing(_: str) -> Iterator[Match]:
    yield from ()


def test_every_file_is_registered_under_its_name() -> None:
    files = {path.stem for path in Path(detectors.__path__[0]).glob("*.py") if path.stem != "__init__"}
    assert set(registered()) == files
    assert len(files) >= 8


@pytest.mark.parametrize(
    ("case", "members", "words"),
    [
        ("no detector", [("card", None)], ["detectors/card.py", "NoneType"]),
        ("a function", [("card", nothing)], ["detectors/card.py", "function"]),
        ("small label", [("card", Detector(("card",), nothing))], ["detectors/card.py", "capitals"]),
        (
            "claimed twice",
            [("a", Detector(("CARD",), nothing)), ("b", Detector(("CARD",), nothing))],
            ["CARD", "detectors/a.py", "detectors/b.py"],
        ),
    ],
)
def test_faults_name_the_file(case: str, members: list[tuple[str, object]], words: list[str]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        collect(members)
    assert all(word in str(caught.value) for word in words), case
