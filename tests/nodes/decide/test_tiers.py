"""Which tier serves a request, one row per rule."""

from __future__ import annotations

import pytest

from frontdesk.desk.routing import Tiers
from frontdesk.graph.state import Tier
from frontdesk.nodes.decide.tiers import Signs, says_again, tier_of, writes_in
from frontdesk.tools.contract import ToolContract
from tests.nodes.decide.test_node import NUMBER, tool

RULES = Tiers()
BOTH: frozenset[Tier] = frozenset({"fast", "reasoning"})

ROWS: list[tuple[str, Tier, Tier | None, Signs, frozenset[Tier], Tier, tuple[str, ...]]] = [
    ("nothing", "fast", None, Signs(), BOTH, "fast", ()),
    ("two changes", "fast", None, Signs(writes=2), BOTH, "reasoning", ("tier:writes",)),
    ("one change", "fast", None, Signs(writes=1), BOTH, "fast", ()),
    ("a failure", "fast", None, Signs(failures=1), BOTH, "reasoning", ("tier:failures",)),
    ("a bad history", "fast", None, Signs(success=0.59), BOTH, "reasoning", ("tier:history",)),
    ("at the bound of the history", "fast", None, Signs(success=0.6), BOTH, "fast", ()),
    ("said again", "fast", None, Signs(repeated=True), BOTH, "reasoning", ("tier:repeated",)),
    ("unsure", "fast", None, Signs(confidence=0.59), BOTH, "reasoning", ("tier:unsure",)),
    ("several", "fast", None, Signs(writes=2, failures=2), BOTH, "reasoning", ("tier:writes", "tier:failures")),
    ("a stuck form is the model's anyway", "fast", None, Signs(stuck=True), BOTH, "fast", ()),
    ("nowhere to go", "fast", None, Signs(writes=2), frozenset({"fast"}), "fast", ()),
    ("nothing above reasoning", "reasoning", None, Signs(writes=2), BOTH, "reasoning", ()),
    ("raised before", "fast", "reasoning", Signs(), BOTH, "reasoning", ("tier:kept",)),
    ("never down", "reasoning", "fast", Signs(), BOTH, "reasoning", ()),
    ("raised to what is gone since", "fast", "reasoning", Signs(), frozenset({"fast"}), "fast", ()),
    ("deterministic and stuck", "deterministic", None, Signs(stuck=True), BOTH, "fast", ("tier:stuck",)),
    ("and said again", "deterministic", None, Signs(repeated=True), BOTH, "fast", ("tier:repeated",)),
    ("stuck once more", "deterministic", "fast", Signs(stuck=True), BOTH, "reasoning", ("tier:stuck",)),
    ("no fast model", "deterministic", None, Signs(stuck=True), frozenset({"reasoning"}), "reasoning", ("tier:stuck",)),
    ("no model at all", "deterministic", None, Signs(stuck=True), frozenset(), "deterministic", ()),
    ("a handler needs no history", "deterministic", None, Signs(success=0.0, failures=9), BOTH, "deterministic", ()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("declared", "raised", "signs", "hosted", "tier", "reasons"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_tier(
    declared: Tier,
    raised: Tier | None,
    signs: Signs,
    hosted: frozenset[Tier],
    tier: Tier,
    reasons: tuple[str, ...],
) -> None:
    assert tier_of(declared, raised, signs, RULES, hosted) == (tier, reasons)


def test_the_desk_sets_the_bounds() -> None:
    rules = Tiers(writes=3, failures=2, success=0.0, unsure=0.0)
    assert tier_of("fast", None, Signs(writes=2, failures=1, success=0.1, confidence=0.1), rules, BOTH) == ("fast", ())


CANCEL, EXCHANGE, LOOK = (
    tool("cancel_order", "write", order_id=NUMBER),
    tool("exchange_item", "write", order_id=NUMBER),
    tool("get_order", "read", order_id=NUMBER),
)
REFUND = tool("request_refund", "write", order_id=NUMBER)
TOOLS = {each.name: each for each in (CANCEL, EXCHANGE, LOOK, REFUND)}


@pytest.mark.parametrize(
    ("text", "own", "count"),
    [
        ("cancel 10482", [CANCEL, LOOK], 1),
        ("cancel 10482 and 10377", [CANCEL, LOOK], 2),
        ("cancel #10482, 10377 and 10915", [CANCEL, LOOK], 3),
        ("cancel 10482, I said 10482", [CANCEL, LOOK], 1),
        ("no, 10377, not 10482", [CANCEL, LOOK], 1),
        ("cancel 10482 and exchange the lamp", [CANCEL, LOOK], 2),
        ("exchange the lamp, then refund the rug", [EXCHANGE], 2),
        ("cancel it", [CANCEL], 1),
        ("cancel 10482 of 22 May", [CANCEL], 1),
        ("where are 10482 and 10377", [LOOK], 0),
        ("hello", [], 0),
    ],
)
def test_changes_that_a_request_needs(text: str, own: list[ToolContract], count: int) -> None:
    assert writes_in(text, own, TOOLS) == count


@pytest.mark.parametrize(
    ("text", "before", "again"),
    [
        ("where is my refund for the lamp", ["where is my refund for the lamp?"], True),
        ("WHERE is my refund for the lamp!!", ["hi", "where is my refund for the lamp"], True),
        ("where is order 10482 now", ["where is order 10377 now"], False),
        ("where is my refund for the lamp", ["where is my refund for the rug"], False),
        ("hello", ["hello"], False),
        ("thanks a lot", ["thanks a lot"], False),
        ("where is my refund", [], False),
    ],
)
def test_saying_the_same_again(text: str, before: list[str], again: bool) -> None:
    assert says_again(text, before) is again
