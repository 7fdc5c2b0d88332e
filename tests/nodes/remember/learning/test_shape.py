"""Files of rules."""

from __future__ import annotations

import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.remember.learning.shape import read, rules


def test_the_shipped_files_are_read() -> None:
    assert len(rules()) > 100
    assert {rule.kind for rule in rules()} == {"fact", "preference"}


def test_pieces_are_filled_in() -> None:
    (rule,) = read("# a file\nPET := (?P<v>cat|dog)\n\nfact pets.{v} 0.8: has a {v}\n    i have a {PET}\n")
    assert rule.pattern.search("I have a cat")
    assert not rule.ended


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("an unknown piece", "fact a 0.8: b\n    {PET}\n"),
        ("no head", "    i have a cat\n"),
        ("no rule", "something\n"),
        ("a broken expression", "fact a 0.8: b\n    (\n"),
    ],
)
def test_what_is_no_rule_is_told(why: str, text: str) -> None:
    with pytest.raises(ConfigurationError, match="line"):
        list(read(text))
