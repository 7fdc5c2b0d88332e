"""The desk that ships: held-out wordings of its intents are found, and other subjects are not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from frontdesk.desk.load import Desk
from frontdesk.nodes.route.router import IntentRouter
from tests.nodes.route.paraphrases import PARAPHRASES

HELD_OUT = [tuple(line.split("|", 1)) for line in PARAPHRASES.strip().splitlines()]


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The shipped desk."""
    return Desk.load("retail")


@pytest.fixture(scope="module")
def retail(desk: Desk) -> IntentRouter:
    """Its router."""
    return IntentRouter.fit(desk.intents, desk.config.routing)


def test_every_intent_has_two_wordings_that_it_does_not_know(desk: Desk) -> None:
    assert {intent for intent, _ in HELD_OUT} == set(desk.intents)
    known = {text.casefold() for intent in desk.intents.values() for text in intent.utterances}
    assert not known & {text.casefold() for _, text in HELD_OUT}


def test_held_out_wordings(retail: IntentRouter) -> None:
    routes = [(intent, retail.score(text)) for intent, text in HELD_OUT]
    right = [route["intent"] == intent for intent, route in routes]
    accepted = [route["intent"] == intent for intent, route in routes if route["accepted"]]
    assert sum(right) / len(right) >= 0.9
    assert sum(accepted) / len(accepted) >= 0.95
    assert len(accepted) / len(routes) >= 0.8


def test_other_subjects(retail: IntentRouter) -> None:
    file = Path(os.environ.get("FRONTDESK_DATA", "../shared/data")) / "clinc150" / "oos_val.jsonl"
    if not file.exists():
        pytest.skip(f"no {file}: set FRONTDESK_DATA to the folder with clinc150")
    texts = [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()]
    accepted = [retail.score(text)["accepted"] for text in texts]
    assert sum(accepted) / len(accepted) <= 0.12
