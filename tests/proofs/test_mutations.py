"""Mutated calls, a sample: `python -m frontdesk.evals.mutations` plays tens of thousands."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.evals.mutations.judging import wrongs
from frontdesk.evals.mutations.run import FOREIGN, principals, run
from frontdesk.graph.identity import Principal
from frontdesk.tools.backend import Invocation
from tests.support.small import retail


def test_nothing_reaches_a_connector_that_may_not() -> None:
    seen = run(retail().tools, examples=150, chance=3)
    assert not seen.wrong, seen.examples
    # the positive control: calls did reach it, so that none of them being wrong says something
    assert seen.reached > 0 and seen.outcomes["confirm"] > 0


RIGHT = {"customer_id": "C-1042", "order_id": "10482"}


@pytest.mark.parametrize(
    ("word", "tool", "arguments", "who", "told"),
    [
        ("right", "get_order", RIGHT, 0, []),
        ("another's", "get_order", {**RIGHT, "customer_id": "C-1"}, 0, ["owner"]),
        ("no scope", "get_order", RIGHT, 3, ["scope"]),
        ("not valid", "get_order", {**RIGHT, "order_id": "1"}, 0, ["schema"]),
        ("foreign", "update_shipping_address", {**RIGHT, "address": FOREIGN[0]}, 0, ["foreign", "no_yes"]),
        ("no yes", "cancel_order", RIGHT, 0, ["no_yes"]),
    ],
)
def test_the_judge_sees_what_is_wrong(
    word: str, tool: str, arguments: dict[str, Any], who: int, told: list[str]
) -> None:
    contracts = retail().tools
    caller: Principal = principals(contracts)[who]
    call = Invocation(tool, arguments, caller.subject, 0.0, "k", caller.tenant)
    assert wrongs(contracts[tool], call, caller, None, FOREIGN, ran=True) == told, word
