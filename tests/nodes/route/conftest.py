"""Four intents of a small shop, and a router fitted on them."""

from __future__ import annotations

import pytest

from frontdesk.desk.config import Intent, Routing
from frontdesk.nodes.route.router import IntentRouter

UTTERANCES = {
    "order_status": [
        "where is my order",
        "has my parcel been sent",
        "track order 10482",
        "when will my order arrive",
        "what is the status of my order",
        "is my parcel on its way",
    ],
    "cancel_order": [
        "cancel my order",
        "please stop order 10482",
        "I don't want the order any more",
        "call off my purchase",
        "can I still cancel",
        "annul the order please",
    ],
    "opening_hours": [
        "when are you open",
        "opening hours of the shop",
        "what time does the store close",
        "are you open on sunday",
        "shop hours",
        "how late is the store open",
    ],
    "clean_sofa": [
        "how do I clean my sofa",
        "can the covers be washed",
        "remove a stain from fabric",
        "wine on the couch",
        "which cleaner for leather",
        "washing instructions for the covers",
    ],
}


def intents_of(names: list[str]) -> dict[str, Intent]:
    """The named intents."""
    return {
        name: Intent(name=name, title=name.replace("_", " "), description="For tests.", utterances=UTTERANCES[name])
        for name in names
    }


@pytest.fixture(scope="session")
def router() -> IntentRouter:
    """A router over all four."""
    return IntentRouter.fit(intents_of(list(UTTERANCES)), Routing())
