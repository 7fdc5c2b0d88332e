"""Corrections: what ends a value, in many wordings; and what only looks like it."""

from __future__ import annotations

import pytest

from frontdesk.nodes.remember.correcting import reworded, swaps
from frontdesk.nodes.remember.decisions import decided
from frontdesk.nodes.remember.details import Detail, Kind
from frontdesk.nodes.remember.overruling import overruled


def entry(kind: Kind, label: str, value: str) -> Detail:
    """Return a value that was said in turn 4."""
    return Detail(kind, f"{label} {value}".strip(), 4, value=value)


ORDER = entry("number", "order", "10482")
DAY = entry("date", "delivery date", "5 May")
PAID = entry("amount", "paid", "45 €")
BUDGET = entry("amount", "budget", "300 €")
CHOSEN = Detail("chosen", "the blue sofa", 4)
KNOWN = [ORDER, BUDGET, PAID, DAY, entry("time", "home", "3 pm"), entry("given", "contact", "<NAME_1>"), CHOSEN]

ENDS: list[tuple[str, str, str]] = [
    ("asterisk", "*10483", "order 10483"),
    ("slip", "oops, typo: 10483", "order 10483"),
    ("misread", "I misread the number, 10483", "order 10483"),
    ("right one", "10483 is the right one", "order 10483"),
    ("behind it", "10483, sorry", "order 10483"),
    ("looked again", "I've checked that again and it's 10483", "order 10483"),
    ("in place of", "use 10483 in place of 10482", "order 10483"),
    ("belongs to another", "10482 belongs to my brother, mine is 10483", "order 10483"),
    ("limit without the word", "the most we would pay is 350 €", "budget 350 €"),
    ("label anywhere", "as for the budget, let's say 350 €", "budget 350 €"),
    ("two days", "can you change the 5th to the 7th?", "delivery date 7 May"),
    ("two days, the other way round", "the 7th suits me, the 5th doesn't", "delivery date 7 May"),
]


@pytest.mark.parametrize(("text", "new"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
def test_a_correction_replaces(text: str, new: str) -> None:
    assert [swap.new.text for swap in swaps(text, KNOWN, 6)] == [new]


BESIDE = (
    "what about 10483?",
    "sorry to bother you again, but where is order 10483?",
    "I did not receive 10483",
    "10482 came on time, and 10483 did not arrive",
    "I said 10482 arrived, and that 10483 is missing",
    "wait, is the lamp in order 10483 still coming?",
    "sorry for the delay, my order 10483 is late too",
    "the wrong lamp came with order 10483",
    "can I change the address on order 10483?",
    "the invoice is wrong, it says 55 €",
    "the lamp was only 20 €, not bad",
    "we can't afford 900 €",
    "I can't come before 5 pm",
    "my neighbour <NAME_2> is at home from 5 pm, not me",
    "is the deadline the 7th or the 9th?",
    "I moved the sofa. It is 88 cm wide",
    "is the grey sofa better than the blue sofa?",
    "do you have the grey sofa in stock instead?",
    "I'm sorry to hear that. By the way I also paid 15 € for gift wrapping",
)


@pytest.mark.parametrize("text", BESIDE)
def test_what_only_looks_like_a_correction_ends_nothing(text: str) -> None:
    assert swaps(text, KNOWN, 6) == []
    assert overruled(text, decided(text, 6, KNOWN), KNOWN) == []


SWITCHES: list[tuple[str, str]] = [
    ("could we do the grey one instead of the blue sofa?", "the grey one"),
    ("can I still switch from the blue sofa to the grey one?", "the grey one"),
    ("please change the blue sofa to the grey one", "the grey one"),
    ("the grey one would suit us better than the blue sofa", "the grey one"),
    ("my sister likes the grey one, so that and not the blue sofa", "the grey one"),
    ("forget the blue sofa, I want the grey one", "the grey one"),
]


@pytest.mark.parametrize(("text", "new"), SWITCHES)
def test_a_choice_that_names_the_old_one_replaces_it(text: str, new: str) -> None:
    chosen = decided(text, 6, KNOWN)
    assert [each.text for each in chosen if each.kind == "chosen"] == [new]
    assert (CHOSEN, chosen[-1]) in overruled(text, chosen, KNOWN)


DECIDES: list[tuple[str, Kind, str]] = [
    ("we made up our minds: the oak table", "chosen", "the oak table"),
    ("we slept on it and want the oak table", "chosen", "the oak table"),
    ("let's have the oak table", "chosen", "the oak table"),
    ("I'd rather not have the assembly service", "declined", "the assembly service"),
    ("we won't be needing the assembly service", "declined", "the assembly service"),
    ("the assembly service? no, thanks", "declined", "the assembly service"),
    ("please take the assembly service off", "declined", "the assembly service"),
]


@pytest.mark.parametrize(("text", "kind", "what"), DECIDES)
def test_more_ways_to_decide(text: str, kind: Kind, what: str) -> None:
    assert [(each.kind, each.text) for each in decided(text, 6)] == [(kind, what)]


def test_a_decision_that_has_the_value_is_worded_anew() -> None:
    choice = Detail("chosen", "any day after 5 May", 3)
    found = reworded(swaps("sorry, the 7th of May, not 5 May", [DAY], 6), [choice, DAY])
    assert [swap.new.text for swap in found] == ["any day after 7th of May"]
