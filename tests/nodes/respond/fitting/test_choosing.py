"""Which pieces fit: by priority, best first, never more than there is room for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.desk.remembering import PARTS
from frontdesk.nodes.respond.fitting.choosing import Pieces, chosen, order


@pytest.mark.parametrize(
    ("word", "first", "expected"),
    [
        ("all named", ["window", "summary", "pages", "details", "memories"], ["window", "summary", "pages", "details", "memories"]),
        ("one named", ["memories"], ["memories", "details", "pages", "window", "summary"]),
        ("none named", [], list(PARTS)),
        ("one twice", ["pages", "pages"], ["pages", "details", "window", "summary", "memories"]),
    ],
)  # fmt: skip
def test_what_is_not_named_comes_last(word: str, first: list[Any], expected: list[str]) -> None:
    assert list(order(first)) == expected


@pytest.mark.parametrize(
    ("word", "pieces", "room", "kept"),
    [
        ("all", Pieces([10, 10]), 20, (0, 1)),
        ("the best one", Pieces([10, 10]), 19, (0,)),
        ("a smaller one behind one that is too large", Pieces([30, 10]), 20, (1,)),
        ("joined pieces stop at the first that is too large", Pieces([30, 10], joined=True), 20, ()),
        ("what is around counts once", Pieces([5, 5], around=10), 20, (0, 1)),
        ("what is around counts", Pieces([5, 5], around=10), 19, (0,)),
        ("no room for what is around", Pieces([5], around=10), 14, ()),
        ("no room", Pieces([1]), 0, ()),
        ("less than no room", Pieces([1]), -5, ()),
    ],
)
def test_pieces_of_one_part(word: str, pieces: Pieces, room: int, kept: tuple[int, ...]) -> None:
    assert chosen({"pages": pieces}, room, [])["pages"] == kept


@pytest.mark.parametrize(
    ("first", "kept"), [(["pages"], {"pages": (0,), "window": ()}), (["window"], {"pages": (), "window": (0,)})]
)
def test_priority_decides_who_gets_the_room(first: list[Any], kept: dict[str, tuple[int, ...]]) -> None:
    found = chosen({"pages": Pieces([10]), "window": Pieces([10])}, 15, first)
    assert {name: found[name] for name in kept} == kept  # type: ignore[index]


_PIECES = st.builds(Pieces, st.lists(st.integers(0, 400), max_size=30), st.integers(0, 60), st.booleans())


@given(
    parts=st.dictionaries(st.sampled_from(PARTS), _PIECES), room=st.integers(-100, 4000), first=st.permutations(PARTS)
)
def test_what_is_kept_never_costs_more_than_the_room(parts: dict[Any, Pieces], room: int, first: list[Any]) -> None:
    kept = chosen(parts, room, first)
    cost = sum(
        sum(pieces.costs[at] for at in kept[name]) + (pieces.around if kept[name] else 0)
        for name, pieces in parts.items()
    )
    assert cost <= max(room, 0)
    assert all(list(places) == sorted(set(places)) for places in kept.values())
