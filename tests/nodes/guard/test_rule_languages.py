"""The rules in other languages: each fires on its attack, and none on what an honest customer writes near it."""

from __future__ import annotations

import pytest

from frontdesk.nodes.guard.rules.catalogue import RULES, matches, weigh
from frontdesk.nodes.guard.rules.rule import Rule
from frontdesk.nodes.guard.views import views
from tests.support.english_examples import ENGLISH
from tests.support.rule_examples import EXAMPLES

ROWS = {**ENGLISH, **EXAMPLES}


def _fired(text: str) -> dict[str, Rule]:
    return {rule.id: rule for view in views(text) for rule in matches(view.text)}


@pytest.mark.parametrize(("rule", "attack"), [(rule, row[0]) for rule, row in ROWS.items()], ids=ROWS)
def test_attack_fires_the_rule(rule: str, attack: str) -> None:
    assert rule in _fired(attack)


@pytest.mark.parametrize(("rule", "honest"), [(rule, row[1]) for rule, row in ROWS.items()], ids=ROWS)
def test_honest_neighbour_is_left_alone(rule: str, honest: str) -> None:
    fired = _fired(honest)

    assert rule not in fired
    assert weigh(fired.values()) < 0.25, sorted(fired)


def test_every_rule_has_a_row() -> None:
    assert {rule.id for rule in RULES} == set(ROWS)


def test_nine_languages_have_override_extraction_and_persona() -> None:
    languages = ("de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr")

    assert {f"{name}.{what}" for name in languages for what in ("override", "extract", "persona")} <= set(ROWS)
