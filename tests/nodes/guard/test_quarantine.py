"""Quarantine: flagged sentences go, the rest stays, and JSON stays JSON."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.graph.state import DeskState, Verdict
from frontdesk.nodes.guard.quarantine import MARK, Sifted, merged, sift, sift_result, withheld
from tests.support.flagging import Flagging, Way

SCHEMA: dict[str, Any] = {
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9]{5}$"},
        "status": {"type": "string", "enum": ["open", "EVIL by contract"]},
        "total": {"type": "number"},
        "on": {"type": "string", "format": "date"},
        "note": {"type": "string"},
        "lines": {"type": "array", "items": {"properties": {"name": {"type": "string"}}}},
    }
}


def verdict(outcome: str, score: float, *rules: str, **more: Any) -> Verdict:
    return cast(Verdict, {"outcome": outcome, "rules": list(rules), "score": score, **more})


@pytest.mark.parametrize(
    ("way", "text", "kept", "count", "places"),
    [
        ("spans", "We deliver on Monday. It is free.", "We deliver on Monday. It is free.", 0, ()),
        ("spans", "It is free. Do the EVIL deed. Bye then.", f"It is free. {MARK} Bye then.", 1, (12,)),
        ("spans", "EVIL at the start. It is free.", f"{MARK} It is free.", 1, (0,)),
        ("spans", "It is free.\nEVIL at the end", f"It is free.\n{MARK}", 1, (12,)),
        ("spans", "EVIL", MARK, 1, (0,)),
        ("whole", "It is free. Do the EVIL deed. Bye then.", f"It is free. {MARK} Bye then.", 1, (12,)),
        ("whole", "EVIL one here. Fine words. EVIL two here.", f"{MARK} Fine words. {MARK}", 2, (0, 27)),
        ("raise", "It is free. Do the EVIL deed.", "It is free. Do the EVIL deed.", 0, ()),
        ("unsure", "It is free. Do the EVIL deed.", MARK, 1, (0,)),
    ],
    ids=["nothing found", "a sentence", "the first", "the last line", "all there is", "no place named", "two", "odd",
         "nobody could look"],
)  # fmt: skip
async def test_a_text(way: Way, text: str, kept: str, count: int, places: tuple[int, ...]) -> None:
    sifted = await sift(Flagging(way), text, "document")

    assert (sifted.text, sifted.withheld, sifted.places) == (kept, count, places)
    assert sifted.hit == ("EVIL" in text)


async def test_what_is_flagged_as_a_whole_only_goes_as_a_whole() -> None:
    text = "Do this. And that."
    sifted = await sift(Flagging("whole", word="this. And"), text, "tool")

    assert (sifted.text, sifted.withheld) == (MARK, 1)


async def test_the_guard_is_asked_on_the_channel() -> None:
    guard = Flagging()
    await sift(guard, "It is free.", "human")

    assert guard.asked == [("It is free.", "human")]


@settings(max_examples=60, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(["It is free.", "Do EVIL now.", "EVIL!", "Zwölf Euro?", "\n", "• a, b"]), max_size=12
    )
)
async def test_nothing_flagged_is_left_and_nothing_else_goes(pieces: list[str]) -> None:
    text = " ".join(pieces)
    sifted = await sift(Flagging("whole"), text, "document")

    assert "EVIL" not in sifted.text
    assert sifted.text.count("It is free.") == text.count("It is free.")
    assert sifted.withheld == len(sifted.places)


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"id": "10482", "note": "all fine here"}, {"id": "10482", "note": "all fine here"}),
        ({"id": "10482", "note": "do the EVIL deed"}, {"id": "10482", "note": MARK}),
        ({"note": "It is free. Do EVIL now."}, {"note": f"It is free. {MARK}"}),
        ({"status": "EVIL by contract"}, {"status": "EVIL by contract"}),
        ({"lines": [{"name": "a fine lamp"}, {"name": "an EVIL lamp"}]}, {"lines": [{"name": "a fine lamp"}, {"name": MARK}]}),
        ({"do the EVIL deed": 1}, {MARK: 1}),
        ({"other": {"deep": ["one EVIL word here"]}}, {"other": {"deep": [MARK]}}),
        (["one EVIL word here", 3, None, True], [MARK, 3, None, True]),
        ("one EVIL word here", MARK),
    ],
    ids=["clean", "a note", "one of two sentences", "closed list", "in a list", "an undeclared name", "undeclared and deep",
         "a list", "a text"],
)  # fmt: skip
async def test_json_stays_json(data: Any, shown: Any) -> None:
    content = json.dumps(data)
    sifted = await sift_result(Flagging(), content, SCHEMA)

    assert json.loads(sifted.text) == shown
    assert sifted.hit == (data != shown)
    assert sifted.text == content or sifted.withheld >= 1


async def test_a_result_without_texts_is_not_judged() -> None:
    guard = Flagging()
    sifted = await sift_result(guard, '{"id": "10482", "total": 3.5, "on": "2026-01-31"}', SCHEMA)

    assert not guard.asked
    assert not sifted.hit


async def test_what_is_no_json_is_a_text() -> None:
    sifted = await sift_result(Flagging(), "It is free. Do EVIL now. {", SCHEMA)

    assert sifted.text == f"It is free. {MARK} {{"


async def test_each_text_is_judged_once_and_by_itself() -> None:
    guard = Flagging()
    schema = {"properties": {"a": {}, "b": {}, "c": {}}}
    await sift_result(guard, '{"a": "the same words", "b": "the same words", "c": "some other words"}', schema)

    assert guard.asked[:2] == [("the same words", "tool"), ("some other words", "tool")]
    assert guard.asked[2:] == [("the same words the same words some other words", "tool")]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"note": "do the", "lines": [{"name": "EVIL"}, {"name": "deed"}]}, {"note": MARK, "lines": [{"name": MARK}, {"name": MARK}]}),
        (["do", "the", "EVIL", "deed", "10482"], [MARK, MARK, MARK, MARK, "10482"]),
        ({"do the": "EVIL", "deed": 3}, {MARK: 3}),
        ({"lines": [{"name": "do-the"}, {"name": "EVIL_deed"}]}, {"lines": [{"name": MARK}, {"name": MARK}]}),
        ({"status": "EVIL by contract", "note": "do the", "lines": [{"name": "deed"}]}, None),
        ({"note": "a fine lamp", "lines": [{"name": "EVIL"}]}, None),
    ],
    ids=["over fields", "word by word", "over names", "with hyphens", "a closed list does not count", "nothing hostile"],
)  # fmt: skip
async def test_what_is_cut_into_pieces_is_judged_in_one(data: Any, shown: Any) -> None:
    sifted = await sift_result(Flagging("whole", word="do the EVIL deed"), json.dumps(data), SCHEMA)

    assert json.loads(sifted.text) == (shown or data)
    assert sifted.hit is (shown is not None)


async def test_only_the_pieces_of_a_place_go() -> None:
    sifted = await sift_result(Flagging("spans", word="EVIL deed"), '["a lamp", "EVIL", "deed", "a chair"]', {})

    assert json.loads(sifted.text) == ["a lamp", MARK, MARK, "a chair"]
    assert sifted.withheld == 2


async def test_what_is_odd_in_one_taints_and_stays() -> None:
    sifted = await sift_result(Flagging("raise", word="EVIL deed"), '["EVIL", "deed"]', {})

    assert (json.loads(sifted.text), sifted.hit, sifted.withheld) == (["EVIL", "deed"], True, 0)


async def test_a_name_that_stands_twice_leaves_what_was_judged() -> None:
    sifted = await sift_result(Flagging(), '{"note": "do the EVIL deed", "note": "all fine here"}', SCHEMA)

    assert sifted.text == '{"note": "all fine here"}'


@pytest.mark.parametrize("inside", ["1", '"do the EVIL deed"'], ids=["nothing in it", "a text in it"])
@pytest.mark.parametrize("depth", [900, 3000])
async def test_what_nobody_can_look_into_goes(depth: int, inside: str) -> None:
    sifted = await sift_result(Flagging(), "[" * depth + inside + "]" * depth, {})

    assert "EVIL" not in sifted.text
    assert sifted.hit or inside == "1"


@pytest.mark.parametrize(
    ("verdicts", "outcome", "rules", "score"),
    [
        ([], "allow", [], 0),
        ([verdict("allow", 0.1, "a")], "allow", ["a"], 0.1),
        ([verdict("raise", 0.6, "a", "b"), verdict("allow", 0.7, "a")], "raise", ["a", "b"], 0.7),
        ([verdict("unsure", 0.0), verdict("raise", 0.4)], "unsure", [], 0.4),
        ([verdict("refuse", 0.9), verdict("unsure", 0.0)], "refuse", [], 0.9),
        ([verdict("allow", 0.6, "a", spans=[(0, 3)])], "raise", ["a"], 0.6),
    ],
    ids=["none", "one", "rules once", "unsure above raise", "refuse above unsure", "what was taken out raises"],
)
def test_merged(verdicts: list[Verdict], outcome: str, rules: list[str], score: float) -> None:
    assert merged(verdicts) == {"outcome": outcome, "rules": rules, "score": score}


def test_what_a_turn_found_adds_up_and_that_of_another_turn_is_forgotten() -> None:
    first, second = Sifted("", verdict("raise", 0.6, "a"), 2), Sifted("", verdict("refuse", 0.4, "b"), 1)
    state = cast(DeskState, {"turn": {"id": "t1"}})
    one = withheld(state, "document", [first])
    both = withheld(cast(DeskState, {"turn": {"id": "t1"}, "withheld": one}), "tool", [second])
    later = withheld(cast(DeskState, {"turn": {"id": "t2"}, "withheld": both}), "tool", [second])

    assert one == {"turn": "t1", "channels": ["document"], "rules": ["a"], "score": 0.6, "pieces": 2}
    assert both == {"turn": "t1", "channels": ["document", "tool"], "rules": ["a", "b"], "score": 0.6, "pieces": 3}
    assert later == {"turn": "t2", "channels": ["tool"], "rules": ["b"], "score": 0.4, "pieces": 1}
