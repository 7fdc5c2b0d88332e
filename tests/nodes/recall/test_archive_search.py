"""What a message calls for: what holds for every answer first, then what has to do with it, by words and by meaning."""

from __future__ import annotations

import pytest

from frontdesk.desk.remembering import Memory as Rules
from frontdesk.nodes.recall.kept import Kept, unpack
from frontdesk.nodes.recall.longterm import LongMemory
from frontdesk.nodes.recall.shelf import LARGE
from frontdesk.nodes.recall.vectors import EMBEDDED
from tests.nodes.recall.archives import ANNA, HOUR, Clock, Make, Words, note, texts

FACTS = [
    note("diet", "is vegetarian"),
    note("address.town", "lives in Leeds"),
    note("size.shoe", "wears shoe size 42"),
    note("pets.dog", "has a dog"),
]


@pytest.fixture
async def archive(make: Make) -> LongMemory:
    """With some facts of an earlier conversation."""
    found: LongMemory = make()
    await found.learn(ANNA, "t1", 1, FACTS)
    return found


@pytest.mark.parametrize(
    ("what", "query", "expected"),
    [
        ("the word", "do you have vegetarian food", ["is vegetarian"]),
        ("another form of the word", "shoes for hiking", ["wears shoe size 42"]),
        ("the key", "what is my diet", ["is vegetarian"]),
        ("two", "a bed for my dog in size L", ["has a dog", "wears shoe size 42"]),
        ("nothing to do with it", "how much does delivery cost", []),
        ("no content", "and what about that?", []),
        ("a placeholder", "I am <NAME_1>", []),
    ],
)
async def test_what_has_to_do_with_the_message(archive: LongMemory, what: str, query: str, expected: list[str]) -> None:
    assert sorted(texts(await archive.search(ANNA, query))) == sorted(expected), what


async def test_among_more_than_are_looked_at_at_once(make: Make) -> None:
    archive = make(Rules(kept=2000))
    await archive.learn(ANNA, "t1", 1, [note(f"thing.{number}", f"has thing{number}") for number in range(LARGE + 1)])
    assert texts(await archive.search(ANNA, f"where is thing{LARGE}")) == [f"has thing{LARGE}"]


async def test_the_running_conversation_is_left_out(archive: LongMemory) -> None:
    await archive.learn(ANNA, "t2", 1, [note("taste.food", "likes vegetarian curry")])
    assert texts(await archive.search(ANNA, "vegetarian", thread_id="t2")) == ["is vegetarian"]
    assert texts(await archive.search(ANNA, "vegetarian", thread_id="t1")) == ["likes vegetarian curry"]
    assert len(await archive.search(ANNA, "vegetarian")) == 2


async def test_what_the_running_conversation_replaced_does_not_come_back(archive: LongMemory) -> None:
    await archive.learn(ANNA, "t2", 1, [note("diet", "is vegan")])
    assert await archive.search(ANNA, "vegetarian or vegan", thread_id="t2") == []


async def test_what_holds_for_every_answer_comes_first(archive: LongMemory) -> None:
    wishes = [("reply.length", "short answers"), ("reply.language", "German"), ("taste.colour", "likes blue")]
    await archive.learn(ANNA, "t1", 2, [note(about, text, kind="preference") for about, text in wishes])
    assert texts(await archive.search(ANNA, "delivery costs")) == ["German", "short answers"]
    assert texts(await archive.search(ANNA, "vegetarian", thread_id="t1")) == ["German", "short answers"]
    assert texts(await archive.search(ANNA, "vegetarian")) == ["German", "short answers", "is vegetarian"]
    assert len(await archive.search(ANNA, "vegetarian", limit=1)) == 1


async def test_a_fact_with_such_a_key_is_no_preference(archive: LongMemory) -> None:
    await archive.learn(ANNA, "t1", 2, [note("reply.length", "got a long reply")])
    assert await archive.search(ANNA, "delivery") == []


async def test_no_more_than_asked_for_and_scored(archive: LongMemory) -> None:
    await archive.learn(ANNA, "t3", 1, [note(f"dish.{n}", f"ordered vegetarian dish {n}") for n in range(9)])
    found = await archive.search(ANNA, "vegetarian", limit=4)
    assert len(found) == 4
    scores = [memory["score"] for memory in found]
    assert scores == sorted(scores, reverse=True)


async def test_episodes_are_found_too(archive: LongMemory, clock: Clock) -> None:
    await archive.add(ANNA, "t7", "2026-01-31: return a lamp")
    (found,) = await archive.search(ANNA, "my lamp")
    assert (found["kind"], found["text"], found["thread"]) == ("episode", "2026-01-31: return a lamp", "t7")
    assert await archive.search(ANNA, "my lamp", thread_id="t7") == []


async def test_what_is_over_its_time_is_not_found(make: Make, clock: Clock) -> None:
    archive = make()
    await archive.learn(ANNA, "t1", 1, [note("diet", "is vegetarian")])
    clock.now += 23 * HOUR
    assert len(await archive.search(ANNA, "vegetarian")) == 1
    clock.now += 2 * HOUR
    assert await archive.search(ANNA, "vegetarian") == await archive.held(ANNA) == []


async def test_a_kind_that_the_desk_gave_up_is_not_recalled(archive: LongMemory) -> None:
    archive.rules = Rules(kinds=["preference"])
    assert await archive.search(ANNA, "vegetarian") == []
    assert len(await archive.held(ANNA)) == 4


async def test_meaning_finds_what_no_word_does(make: Make) -> None:
    archive = make()
    archive.embedder = Words()
    await archive.learn(ANNA, "t1", 1, [note("k1", "quick zebra"), note("k2", "heavy sofa")])
    assert texts(await archive.search(ANNA, "quiet zoo")) == ["quick zebra"]


async def test_without_its_vectors_words_do(make: Make) -> None:
    archive = make()
    archive.embedder = Words()
    await archive.learn(ANNA, "t1", 1, [note("k1", "quick zebra")])
    archive.embedder = Words(broken=True)
    assert texts(await archive.search(ANNA, "a zebra")) == ["quick zebra"]
    assert await archive.search(ANNA, "quiet zoo") == []
    assert await archive.learn(ANNA, "t1", 2, [note("k2", "heavy sofa")]) == 1
    assert texts(await archive.search(ANNA, "sofa")) == ["heavy sofa"]


async def test_vectors_of_another_model_do_not_count_and_are_made_anew(make: Make) -> None:
    archive = make()
    archive.embedder = Words(name="old")
    await archive.learn(ANNA, "t1", 1, [note("k1", "quick zebra")])
    archive.embedder = Words(name="new", width=8)
    assert await archive.search(ANNA, "quiet zoo") == []
    await archive.learn(ANNA, "t1", 2, [note("k2", "heavy sofa")])
    assert texts(await archive.search(ANNA, "quiet zoo")) == ["quick zebra"]
    assert sorted(archive.embedder.asked[1:3]) == ["heavy sofa", "quick zebra"]


async def test_what_waits_for_vectors_is_bounded(make: Make) -> None:
    archive = make()
    await archive.learn(ANNA, "t1", 1, [note(f"k{n}", f"fact {n}") for n in range(EMBEDDED + 8)])
    archive.embedder = words = Words()
    await archive.learn(ANNA, "t1", 2, [note("new", "fact new")])
    assert len(words.asked) == EMBEDDED
    await archive.learn(ANNA, "t1", 3, [note("newer", "fact newer")])
    assert len(set(words.asked)) == len(words.asked) == EMBEDDED + 10


async def test_a_corrected_memory_is_found_by_its_new_meaning(make: Make) -> None:
    archive = make()
    archive.embedder = Words()
    await archive.learn(ANNA, "t1", 1, [note("k1", "quick zebra")])
    await archive.correct(ANNA, (await archive.held(ANNA))[0]["id"], "heavy sofa")
    assert await archive.search(ANNA, "quiet zoo") == []
    assert texts(await archive.search(ANNA, "huge sea")) == ["heavy sofa"]


async def test_a_message_without_vectors_in_the_store_asks_for_none(archive: LongMemory) -> None:
    archive.embedder = words = Words()
    await archive.search(ANNA, "vegetarian")
    assert words.asked == []


async def test_a_vector_survives_being_kept(clock: Clock) -> None:
    plain = Kept("1", "fact", "diet", "is\nvegan", 1.0, 2.0, "c", "t")
    (vector,) = await Words(384).embed_many(["a quick brown fox jumps over the lazy dog"])
    kept = unpack(plain.meaning(vector, "letters").pack())
    again = kept.vector_of("letters")
    assert again is not None
    assert float(again @ vector) > 0.999
    assert len(kept.vector) == 384
    assert kept.vector_of("other") is None
    assert unpack(plain.pack()) == plain
