"""What is learnt of a customer: the newest holds, what was before is history, nothing is lost. Both archives alike."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import pytest

from frontdesk.desk.remembering import Memory as Rules
from frontdesk.graph.identity import Principal
from frontdesk.nodes.recall.longterm import LongMemory
from tests.nodes.recall.archives import ANNA, BERT, DAY, NOBODY, Clock, Make, note, texts


@pytest.fixture
def archive(make: Make) -> LongMemory:
    """By the default rules."""
    found: LongMemory = make()
    return found


async def current(archive: LongMemory, who: Principal = ANNA) -> list[str]:
    return texts([memory for memory in await archive.held(who) if "ended" not in memory])


async def test_what_is_learnt_is_held_with_all_that_is_known_of_it(archive: LongMemory, clock: Clock) -> None:
    assert await archive.learn(ANNA, "t1", 3, [note("diet", "is vegetarian", confidence=0.75, source="model")]) == 1
    (memory,) = await archive.held(ANNA)
    assert memory["id"]
    assert {name: memory[name] for name in memory if name not in ("id", "at")} == {  # type: ignore[literal-required]
        "kind": "fact", "about": "diet", "text": "is vegetarian", "thread": "t1", "turn": 3, "confidence": 0.75,
        "source": "model",
    }  # fmt: skip
    assert abs(memory["at"] - clock.now) < 1


async def test_the_newest_of_the_same_holds_and_the_older_is_history(archive: LongMemory) -> None:
    await archive.learn(ANNA, "t1", 1, [note("address.town", "lives in York"), note("diet", "is vegan")])
    assert await archive.learn(ANNA, "t2", 1, [note("address.town", "lives in Leeds")]) == 1
    held = await archive.held(ANNA)
    assert {memory["text"]: "ended" in memory for memory in held} == {
        "lives in Leeds": False, "is vegan": False, "lives in York": True,
    }  # fmt: skip
    assert await archive.search(ANNA, "where do I live?", limit=5) == [
        {**memory, "score": pytest.approx(0, abs=100)} for memory in held if memory["text"] == "lives in Leeds"
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
async def test_by_the_time_it_was_said_not_by_the_time_it_was_kept(
    archive: LongMemory, clock: Clock, order: tuple[int, ...]
) -> None:
    towns = [("t1", "York", 100.0), ("t2", "Leeds", 200.0), ("t3", "Hull", 300.0)]
    for index in order:
        thread, town, later = towns[index]
        await archive.learn(ANNA, thread, 1, [note("address.town", town, at=999_000.0 + later)])
    held = await archive.held(ANNA)
    assert texts(held) == ["Hull", "Leeds", "York"]
    assert [memory.get("ended") for memory in held] == [None, 999_300.0, 999_200.0]


async def test_of_two_said_at_once_the_later_in_the_list_holds(archive: LongMemory) -> None:
    await archive.learn(ANNA, "t1", 1, [note("tone", "formal"), note("tone", "casual")])
    assert await current(archive) == ["casual"]


async def test_a_turn_back_and_forth(archive: LongMemory) -> None:
    for number, town in enumerate(["York", "Leeds", "York"]):
        await archive.learn(ANNA, f"t{number}", 1, [note("address.town", town)])
    assert await current(archive) == ["York"]
    assert len(await archive.held(ANNA)) == 3


async def test_of_history_the_last_three_are_kept(archive: LongMemory) -> None:
    for number in range(8):
        await archive.learn(ANNA, "t1", number, [note("size", f"size {number}")])
    assert texts(await archive.held(ANNA)) == ["size 7", "size 6", "size 5", "size 4"]


async def test_what_ended_is_not_recalled_but_held(archive: LongMemory) -> None:
    await archive.learn(ANNA, "t1", 1, [note("diet", "is vegetarian")])
    assert await archive.learn(ANNA, "t2", 1, [note("diet", "no longer vegetarian", ended=True)]) == 1
    assert await archive.search(ANNA, "vegetarian dishes") == []
    assert [(memory["text"], "ended" in memory) for memory in await archive.held(ANNA)] == [("is vegetarian", True)]


async def test_an_end_that_comes_in_first_counts_for_what_was_said_before_it(archive: LongMemory) -> None:
    await archive.learn(ANNA, "t2", 1, [note("diet", "no longer", ended=True, at=999_500.0)])
    await archive.learn(ANNA, "t1", 1, [note("diet", "is vegetarian", at=999_400.0)])
    assert await current(archive) == []
    await archive.learn(ANNA, "t3", 1, [note("diet", "is vegan", at=999_600.0)])
    assert await current(archive) == ["is vegan"]


async def test_the_same_again_confirms(archive: LongMemory, clock: Clock) -> None:
    await archive.learn(ANNA, "t1", 1, [note("diet", "Is vegetarian.", confidence=0.6)])
    (before,) = await archive.held(ANNA)
    clock.now += DAY / 2
    assert await archive.learn(ANNA, "t2", 9, [note("diet", "is  vegetarian", confidence=0.6)]) == 0
    (after,) = await archive.held(ANNA)
    assert (after["id"], after["thread"]) == (before["id"], "t1")
    assert after["at"] > before["at"] + DAY / 3
    assert after["confidence"] == pytest.approx(0.84)
    clock.now += DAY * 0.75  # past the end that the first saying had
    assert await current(archive) == ["Is vegetarian."]
    clock.now += DAY * 0.5
    assert await archive.held(ANNA) == []


async def test_two_conversations_at_once_lose_nothing(archive: LongMemory) -> None:
    work = [archive.learn(ANNA, f"t{n}", 1, [note(f"k{n}", f"fact {n}"), note("town", f"town {n}")]) for n in range(6)]
    await asyncio.gather(*work)
    held = await current(archive)
    assert {text for text in held if text.startswith("fact")} == {f"fact {n}" for n in range(6)}
    assert len([text for text in held if text.startswith("town")]) == 1


@pytest.mark.parametrize(
    ("what", "rules", "kept"),
    [
        ("everything", {}, {"polite", "vegan", "came for a lamp"}),
        ("no facts", {"kinds": ["preference", "episode"]}, {"polite", "came for a lamp"}),
        ("no episodes", {"kinds": ["preference", "fact"]}, {"polite", "vegan"}),
        ("nothing", {"kinds": []}, set[str]()),
        ("what is certain", {"confidence": 0.85}, {"polite", "came for a lamp"}),
    ],
)
async def test_what_a_desk_keeps(make: Make, what: str, rules: dict[str, Any], kept: set[str]) -> None:
    archive = make(Rules(**rules))
    notes = [
        note("tone", "polite", kind="preference", confidence=0.9),
        note("diet", "vegan"),
        note("", "came for a lamp", kind="episode", confidence=1.0),
    ]
    await archive.learn(ANNA, "t1", 1, notes)
    assert set(texts(await archive.held(ANNA))) == kept, what
    assert bool(await archive.recent(ANNA)) is ("came for a lamp" in kept)


async def test_nothing_is_learnt_of_an_anonymous_caller(archive: LongMemory) -> None:
    assert await archive.learn(NOBODY, "t1", 1, [note("diet", "vegan"), note("", "x", kind="episode")]) == 0
    assert await archive.held(NOBODY) == await archive.search(NOBODY, "vegan") == []
    assert not await archive.correct(NOBODY, "x", "y")
    assert await archive.drop(NOBODY, ["x"]) == 0


async def test_history_makes_room_first_then_what_matters_least(make: Make, clock: Clock) -> None:
    archive = make(Rules(kept=10))  # of which two may be episodes
    for number in range(3):
        await archive.learn(ANNA, "t", number, [note("town", f"town {number}")])
    await archive.learn(ANNA, "t", 3, [note("tone", "formal", kind="preference")])
    await archive.learn(ANNA, "t", 4, [note(f"f{n}", f"fact {n}", confidence=0.6 + n / 100) for n in range(4)])
    assert len(await archive.held(ANNA)) == 8
    await archive.learn(ANNA, "t", 5, [note(f"g{n}", f"more {n}") for n in range(3)])
    held = set(texts(await archive.held(ANNA)))
    assert held == {"town 2", "formal", "fact 1", "fact 2", "fact 3", "more 0", "more 1", "more 2"}


async def test_odd_characters(archive: LongMemory) -> None:
    await archive.learn(ANNA, "t1", 1, [note("name/\n*", "line\nbreak \ud800 \x00 ünï 🙂")])
    assert texts(await archive.held(ANNA)) == ["line\nbreak ? \x00 ünï 🙂"]
    assert texts(await archive.search(ANNA, "break")) == ["line\nbreak ? \x00 ünï 🙂"]


async def test_correcting(archive: LongMemory) -> None:
    await archive.learn(ANNA, "t1", 1, [note("diet", "is vegan", confidence=0.6, source="model")])
    await archive.add(ANNA, "t2", "came for a lamp")
    for memory in await archive.held(ANNA):
        assert not await archive.correct(BERT, memory["id"], "theirs")
        assert await archive.correct(ANNA, memory["id"], f"{memory['text']}, not")
    held = {memory["about"]: memory for memory in await archive.held(ANNA)}
    assert held["diet"]["text"] == "is vegan, not"
    assert (held["diet"]["source"], held["diet"]["confidence"]) == ("customer", 1.0)
    assert await archive.recent(ANNA) == ["came for a lamp, not"]
    assert not await archive.correct(ANNA, "nothing", "text")
    assert not await archive.correct(ANNA, held["diet"]["id"], "  ")


async def test_dropping_takes_the_history_too(archive: LongMemory) -> None:
    for town in ("York", "Leeds"):
        await archive.learn(ANNA, "t1", 1, [note("address.town", town), note("diet", "vegan")])
    await archive.add(ANNA, "t1", "came for a lamp")
    known = {memory["text"]: memory["id"] for memory in await archive.held(ANNA)}
    leeds, lamp = known["Leeds"], known["came for a lamp"]
    assert await archive.drop(BERT, [leeds, lamp]) == 0
    assert await archive.drop(ANNA, [leeds, "unknown", lamp]) == 3
    assert texts(await archive.held(ANNA)) == ["vegan"]
    assert await archive.recent(ANNA) == []
    assert await archive.drop(ANNA, [leeds]) == 0


async def test_what_was_said_before_it_was_forgotten_does_not_come_back(archive: LongMemory, clock: Clock) -> None:
    await archive.learn(ANNA, "t1", 1, [note("diet", "vegan")])
    said = clock()
    await archive.drop(ANNA, [memory["id"] for memory in await archive.held(ANNA)])
    assert await archive.learn(ANNA, "t1", 2, [note("diet", "vegan", at=said)]) == 0
    assert await archive.held(ANNA) == []
    assert await archive.learn(ANNA, "t1", 3, [note("diet", "vegan", at=clock())]) == 1


async def test_a_search_of_nothing(archive: LongMemory) -> None:
    await archive.learn(ANNA, "t1", 1, [note("diet", "vegan")])
    assert await archive.search(ANNA, "") == []
    assert await archive.search(ANNA, "vegan", limit=0) == []
