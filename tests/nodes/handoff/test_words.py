"""What a person types to a customer is masked before anything keeps it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller, Principal
from frontdesk.nodes.handoff.words import masked_words
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.nodes.scrub.vault import MemoryVault

CUSTOMER = Caller(Principal("C-1", "shop"), "0f0e0d0c0b0a09080706050403020100", "t1")
PERSON = Caller(Principal("agent-7", "shop"), CUSTOMER.thread_id, "t2")


@pytest.mark.parametrize(
    ("word", "typed", "kept", "new"),
    [
        ("the customer's own, written anew", "I wrote to JO@mail.example.", "I wrote to <EMAIL_1>.", {}),
        ("a placeholder of the ticket", "I wrote to <EMAIL_1>.", "I wrote to <EMAIL_1>.", {}),
        ("somebody else's", "Card 4929 3813 3266 4295 is not yours.", "Card <CARD_1> is not yours.",
         {"<CARD_1>": "4929 3813 3266 4295"}),
        ("a placeholder of nothing", "See <EMAIL_9>.", "See ‹EMAIL·9›.", {}),
        ("nothing personal", "All settled.", "All settled.", {}),
    ],
)  # fmt: skip
async def test_a_persons_words(word: str, typed: str, kept: str, new: dict[str, str]) -> None:
    vault = MemoryVault()
    await vault.store(CUSTOMER, {"<EMAIL_1>": "jo@mail.example"})
    deps = cast(Deps, SimpleNamespace(scrubber=PersonalDataScrubber(), vault=vault))
    assert await masked_words(deps, PERSON, typed) == kept, word
    assert await vault.load(CUSTOMER) == {"<EMAIL_1>": "jo@mail.example", **new}
