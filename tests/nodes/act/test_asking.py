"""A proposal's question shows what would run, and no personal data."""

from __future__ import annotations

import pytest

from frontdesk.nodes.act.asking import masked_question
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber


def mask(text: str) -> str:
    return PersonalDataScrubber().scrub(text, {}).text


@pytest.mark.parametrize(
    ("template", "question", "masked"),
    [
        pytest.param(
            "Shall I stop standing order {number} ({amount} EUR a month)?",
            "Shall I stop standing order 7001 (450.0 EUR a month)?",
            "Shall I stop standing order 7001 (450.0 EUR a month)?",
            id="two numbers are not one",
        ),
        pytest.param(
            "Shall I write to {email} about {number}?",
            "Shall I write to anna@mail.example about 7001?",
            "Shall I write to <EMAIL_1> about 7001?",
            id="a value that is personal",
        ),
        pytest.param("Stop {number}?", "Write to anna@mail.example?", "Write to <EMAIL_1>?", id="another question"),
        pytest.param("", "Shall I go ahead with a@mail.example?", "Shall I go ahead with <EMAIL_1>?", id="no question"),
        pytest.param("Stop {note}?", "Stop a@mail.example ; now?", "Stop <EMAIL_1> ; now?", id="our own sign in it"),
    ],
)
def test_each_value_is_masked_for_itself(template: str, question: str, masked: str) -> None:
    assert masked_question(question, [(template, question)], mask) == masked


def test_what_is_said_around_the_steps_of_a_plan_is_masked_too() -> None:
    steps = [("Stop {number} ({amount} EUR)?", "Stop 7001 (450.0 EUR)?"), ("Tell {email}?", "Tell b@mail.example?")]
    whole = f"Write to a@mail.example first.\n\n1. {steps[0][1]}\n2. {steps[1][1]}"
    assert masked_question(whole, steps, mask) == (
        "Write to <EMAIL_1> first.\n\n1. Stop 7001 (450.0 EUR)?\n2. Tell <EMAIL_2>?"
    )
