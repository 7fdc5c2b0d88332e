"""The two sets that were written here: enough of them, varied, and none in the other."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.guard.data import Message, read_messages
from frontdesk.evals.guard.sets import ORDINARY, POOL, SETS, Source

HERE = Path(__file__).resolve().parent.parent.parent / "nodes" / "guard"
BENIGN = read_messages(HERE / "benign_triggers.jsonl")
ATTACKS = read_messages(HERE / "fresh_attacks.jsonl")


def languages(messages: list[Message]) -> Counter[str]:
    return Counter(message.source.removeprefix("own/") for message in messages)


def test_harmless_messages() -> None:
    assert len(BENIGN) >= 340
    assert {message.attack for message in BENIGN} == {False}
    assert len({message.text for message in BENIGN}) == len(BENIGN)
    found = languages(BENIGN)
    assert found.keys() >= {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ru"}
    assert sum(found.values()) - found["en"] >= 0.15 * len(BENIGN)
    lengths = [len(message.text.split()) for message in BENIGN]
    assert min(lengths) <= 5 and max(lengths) >= 120
    assert any("\n" in message.text for message in BENIGN)


def test_attacks() -> None:
    assert len(ATTACKS) >= 150
    assert {message.attack for message in ATTACKS} == {True}
    kinds = {"override", "extraction", "persona", "forgery", "misuse", "exfiltration", "smuggled"}
    assert {message.category for message in ATTACKS} == kinds
    assert len(languages(ATTACKS)) >= 8


def test_no_message_is_in_both() -> None:
    assert not {message.text.casefold() for message in BENIGN} & {message.text.casefold() for message in ATTACKS}
    everyone = [message.id for message in BENIGN + ATTACKS]
    assert len(set(everyone)) == len(everyone)


def test_every_set_has_one_to_compare_with() -> None:
    assert {ORDINARY, *POOL} <= SETS.keys()
    assert all((SETS[one.against].channel == "user") is (one.channel == "user") for one in SETS.values())


def test_an_empty_part_is_told(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"id": "deepset-0", "text": "x"}\n')
    assert Source("d.jsonl", "fit", ordinary=True).read(tmp_path)[0].attack is False
    with pytest.raises(DataError, match="no record belongs to the part validation"):
        Source("d.jsonl").read(tmp_path)


def test_what_was_planted_decides_the_part(tmp_path: Path) -> None:
    # of "1" and "deepset-0" the first is for validation (test_data.py)
    (tmp_path / "d.jsonl").write_text(
        '{"id": "deepset-0", "text": "a", "label": 1, "words": "1"}\n'
        '{"id": "1", "text": "b", "label": 1, "words": "deepset-0"}\n'
        '{"id": "1", "text": "c", "label": 0}\n'
    )
    assert [one.text for one in Source("d.jsonl", key="words").read(tmp_path)] == ["a", "c"]
    assert [one.id for one in Source("d.jsonl", key="words").read(tmp_path)] == ["deepset-0", "1"]
    assert [one.text for one in Source("d.jsonl", "fit", key="words").read(tmp_path)] == ["b"]
