"""Known details in generated talks: they are still there at the end, nothing is made up, and the prompt stays small."""

from __future__ import annotations

import pytest

from frontdesk.evals.details.__main__ import Options, measured
from frontdesk.evals.details.making import talk
from frontdesk.evals.details.measuring import stands
from frontdesk.evals.details.plot import averaged, plotted
from frontdesk.evals.details.saying import bank


@pytest.mark.parametrize(
    ("value", "text", "there"),
    [
        ("42", "size 42.", True), ("42", "order 1042", False), ("42", "42.50 €", False), ("3B", "flat 3b;", True),
        ("C-10", "C-1042", False), ("4 May", "14 May", False), ("<NAME_1>", "for <NAME_1>, please", True),
        ("<NAME_1>", "for <NAME_12>", False), ("10 €", "0.10 €", False),
    ],
)  # fmt: skip
def test_a_value_is_a_token_of_its_own(value: str, text: str, there: bool) -> None:
    assert stands(value, text) is there


def test_a_talk_is_the_same_for_the_same_seed_and_ends_what_it_corrects() -> None:
    made = talk(3, 60)
    assert made == talk(3, 60)
    assert len(made.exchanges) == 60
    valid = {fact.value for fact in made.valid()}
    assert len(valid) > 20
    assert not valid & {value for each in made.exchanges for value in each.ends}


async def test_details_survive_and_the_prompt_stays_small() -> None:
    figures, records, _ = await measured(Options(talks=3, long=0))
    talks = figures["talks"]
    assert talks["kept_seen"] >= 0.99
    assert talks["kept_state"] == 1
    assert talks["invented"] == 0
    assert talks["old_as_present"]["seen"] == 0
    assert talks["saved_end"] > 0.6
    assert sum(record["facts"] for record in records) == talks["details"]


async def test_the_second_bank_has_two_halves_of_its_own() -> None:
    for kind, phrases in bank()["mend"].items():
        assert not {*phrases} & {*bank()["held"][kind]}
        assert abs(len(phrases) - len(bank()["held"][kind])) <= 1
    figures, _, tallies = await measured(Options(talks=2, long=0, bank="fresh"))
    assert figures["talks"]["kept_mend"] >= 0.99
    assert "kept_seen" not in figures["talks"]
    assert {fact.part for fact, _ in tallies["talks"].missed} <= {"held"}


def test_the_plot_has_both_curves_and_escapes_its_title() -> None:
    drawn = plotted(averaged([[1.0, 2.0], [3.0, 4.0]]), [5.0, 6.0], "a < b")
    assert drawn.count("<polyline") == 2
    assert "a &lt; b" in drawn
