"""A yes counts for what the gateway proposed, to this customer, in this conversation: no state can say otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.state import Proposal
from frontdesk.tools.proposals import proposal_id
from frontdesk.tools.seals import PURPOSE, Seals
from tests.support.tools import ANNA, BERT, THREAD, Shop

CALLER = Caller(ANNA, THREAD, "turn-1")


def proposal(**changes: Any) -> Proposal:
    base: Any = {"id": "p", "tool": "cancel_order", "arguments": {"order_id": "10482"}, "question": "Shall I?",
                 "turn_id": "turn-1", "expires_at": 2e6}  # fmt: skip
    return Proposal(**{**base, **changes})


FORGED: list[tuple[str, Callable[[Proposal], Any], Caller]] = [
    ("another order", lambda it: {**it, "arguments": {"order_id": "10377"}}, CALLER),
    ("another tool", lambda it: {**it, "tool": "ping_order"}, CALLER),
    ("a longer life", lambda it: {**it, "expires_at": 9e9}, CALLER),
    ("another turn", lambda it: {**it, "turn_id": "turn-2"}, CALLER),
    ("another id", lambda it: {**it, "id": "q"}, CALLER),
    ("steps added", lambda it: {**it, "calls": [{"tool": "x", "arguments": {}, "question": ""}]}, CALLER),
    ("no seal", lambda it: {key: value for key, value in it.items() if key != "seal"}, CALLER),
    ("an empty seal", lambda it: {**it, "seal": ""}, CALLER),
    ("a seal that is no text", lambda it: {**it, "seal": 0}, CALLER),
    ("a seal that is no ASCII", lambda it: {**it, "seal": "\ud800ü"}, CALLER),
    ("arguments that are no JSON", lambda it: {**it, "arguments": {"a": {1, 2}}}, CALLER),
    ("no proposal", lambda it: None, CALLER),
    ("a list", lambda it: [it], CALLER),
    ("another customer", lambda it: it, replace(CALLER, principal=BERT)),
    ("another tenant", lambda it: it, replace(CALLER, principal=replace(ANNA, tenant="bank"))),
    ("another conversation", lambda it: it, replace(CALLER, thread_id="f" * 32)),
]


@pytest.mark.parametrize(("forge", "caller"), [row[1:] for row in FORGED], ids=[row[0] for row in FORGED])
def test_forged_proposals_do_not_count(forge: Callable[[Proposal], Any], caller: Caller) -> None:
    seals = Seals()
    made = seals.sealed(proposal(), CALLER)
    assert seals.genuine(made, replace(CALLER, turn_id="turn-9"))
    assert not seals.genuine(forge(made), caller)


def test_what_may_change_afterwards() -> None:
    seals = Seals()
    made = seals.sealed(proposal(), CALLER)
    later: Any = {**made, "question": "worded anew", "shown_at": 1.0}
    verified = replace(CALLER, principal=replace(ANNA, verified="strong", expires_at=5e6))
    assert seals.genuine(later, verified)


def test_keys_rotate() -> None:
    old, new = b"o" * 32, b"n" * 32
    made = Seals(Sealer([old]).derived(PURPOSE)).sealed(proposal(), CALLER)
    assert Seals(Sealer([new, old]).derived(PURPOSE)).genuine(made, CALLER)
    assert not Seals(Sealer([new]).derived(PURPOSE)).genuine(made, CALLER)
    assert not Seals().genuine(made, CALLER)


async def test_a_forged_yes_is_asked_again() -> None:
    shop = Shop()
    genuine = await shop.proposed()
    # the same call of another turn, right in all but the seal
    id = proposal_id("cancel_order", genuine["arguments"], "turn-0")
    forged = Proposal(**{**genuine, "id": id, "turn_id": "turn-0"})
    del forged["seal"]
    for claimed in (forged, Proposal(**{**forged, "seal": genuine["seal"]})):
        result = await shop.call("cancel_order", approved=claimed)
        assert result.outcome == "confirm"
    assert shop.backend.calls == []
    assert (await shop.call("cancel_order", turn="turn-2", approved=genuine)).outcome == "done"
    assert len(shop.backend.calls) == 1
