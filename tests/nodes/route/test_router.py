"""The router: right intents, honest confidence, and no answer where there is none."""

from __future__ import annotations

import pytest

from frontdesk.desk.config import Routing
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.route.router import IntentRouter
from tests.nodes.route.conftest import UTTERANCES, intents_of


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("where's my parcel", "order_status"),
        ("cancel order 99311 please", "cancel_order"),
        ("is the shop open on monday", "opening_hours"),
        ("my sofa has a stain, how do I clean it", "clean_sofa"),
        ("cancel my order, my mail is <EMAIL_1>", "cancel_order"),
    ],
)
def test_new_wordings_are_accepted(router: IntentRouter, text: str, intent: str) -> None:
    route = router.score(text)
    assert (route["intent"], route["accepted"]) == (intent, True)


@pytest.mark.parametrize("text", ["who won the championship", "", "🙂", "<EMAIL_1>", "10482", "qwrtz bvcxy", "你好"])
def test_what_belongs_to_no_intent_is_not_accepted(router: IntentRouter, text: str) -> None:
    route = router.score(text)
    assert not route["accepted"]
    assert route["confidence"] < Routing().accept


def test_probabilities_are_ranked_and_sum_to_at_most_one(router: IntentRouter) -> None:
    route = router.score("when will the store cancel my order")
    chances = [route["confidence"], *(chance for _, chance in route["alternatives"])]
    assert chances == sorted(chances, reverse=True)
    assert 0 < sum(chances) <= 1.0001
    assert {route["intent"], *(name for name, _ in route["alternatives"])} == set(UTTERANCES)


def test_the_threshold_is_the_desks() -> None:
    strict = IntentRouter.fit(intents_of(list(UTTERANCES)), Routing(accept=1.0))
    route = strict.score("cancel the parcel")
    assert route["confidence"] < 1
    assert not route["accepted"]


def test_even_with_threshold_zero_nothing_known_is_not_accepted() -> None:
    lax = IntentRouter.fit(intents_of(list(UTTERANCES)), Routing(accept=0.0))
    assert not lax.score("你好")["accepted"]


def test_the_same_intents_give_the_same_router(router: IntentRouter) -> None:
    again = IntentRouter.fit(intents_of(list(UTTERANCES)), Routing())
    assert again.score("can I still return it") == router.score("can I still return it")


@pytest.mark.parametrize("count", [1, 2, 3], ids=["one intent", "two intents", "three intents"])
def test_a_small_desk_is_served(count: int) -> None:
    names = list(UTTERANCES)[:count]
    router = IntentRouter.fit(intents_of(names), Routing())
    assert router.score("track order 77777")["intent"] == "order_status"
    assert router.score("track order 77777")["accepted"]
    assert not router.score("mitochondria of jellyfish")["accepted"]


def test_no_intents_is_the_operators_fault() -> None:
    with pytest.raises(ConfigurationError, match=r"intents\.yaml"):
        IntentRouter.fit({}, Routing())
