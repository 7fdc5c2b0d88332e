"""The cache itself: what it keeps and gives again, when it asks once for many, and that no fault of its store is seen."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from frontdesk.desk.routing import Cache
from frontdesk.errors import ModelError
from frontdesk.graph.answers import CACHE, Asked
from frontdesk.graph.deps import Completion
from frontdesk.nodes.cached.cache import DeskAnswers
from frontdesk.nodes.cached.memory import MemoryAnswers
from frontdesk.nodes.cached.plain import normal

KNOWN = frozenset({"lamps", "beds", "lamp", "warranty", "delivery", "years", "covered"})
PAGES = {"warranty": "d1", "delivery": "d2"}
ANSWER = "Two years [warranty]."


class Blind:
    """Says that every two texts are the same."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def embed(self, text: str) -> Any:
        self.seen.append(text)
        return [1.0, 0.0]


class Broken:
    """A store, or an embedder, that cannot be reached; its errors hold what was asked."""

    def mark(self, place: str, text: str) -> str:
        return "mark"

    def __getattr__(self, name: str) -> Any:
        async def fail(*given: Any) -> Any:
            raise ModelError(str(given))

        return fail


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def asked(text: str, place: str = "a" * 64, **more: Any) -> Asked:
    return replace(Asked(place=place, text=normal(text), english=True, pages=PAGES), **more)


def cache(embedder: Any = None, store: Any = None, clock: Any = None, **rules: Any) -> DeskAnswers:
    made = Cache(**rules)
    clock = clock or Clock()
    return DeskAnswers(store or MemoryAnswers(made.ttl, made.entries, clock), made, KNOWN, embedder, clock)


class Models:
    """Counts who asks; answers when the test says so."""

    def __init__(self, completion: Completion | None = None) -> None:
        self.completion = completion or Completion(AIMessage(ANSWER), "openai:one", 10, 5)
        self.asked: list[float] = []
        self.go = asyncio.Event()

    async def __call__(self, *, seconds: float) -> Completion:
        self.asked.append(seconds)
        await self.go.wait()
        return self.completion


async def test_the_same_words_get_the_same_answer() -> None:
    made = cache()
    assert (await made.look(asked("how long is the warranty"))).code == "none"
    assert await made.keep(asked("How long is the warranty?"), ANSWER, ["warranty"]) == "kept"
    found = await made.look(asked("how long is the WARRANTY"))
    assert found.kept is not None
    assert (found.code, found.match, found.kept.text) == ("hit", "exact", ANSWER)


async def test_another_wording_gets_it_where_there_is_an_embedder() -> None:
    for embedder, code in ((Blind(), "hit"), (None, "none")):
        made = cache(embedder)
        await made.keep(asked("how long is the warranty on lamps"), ANSWER, ["warranty"])
        assert (await made.look(asked("tell me how long the warranty on lamps is"))).code == code


async def test_a_desk_that_says_exact_makes_no_vectors() -> None:
    blind = Blind()
    made = cache(blind, match="exact")
    await made.keep(asked("how long is the warranty on lamps"), ANSWER, ["warranty"])
    assert (await made.look(asked("tell me how long the warranty on lamps is"))).kept is None
    assert blind.seen == []


DIFFERENT = {
    "number": "is the warranty on 3 lamps covered",
    "negation": "is the warranty on 2 lamps not covered",
    "subject": "is the warranty on 2 beds covered",
    "time": "is the warranty on 2 lamps covered today",
}


@pytest.mark.parametrize(("code", "text"), DIFFERENT.items(), ids=DIFFERENT.keys())
async def test_a_blind_embedder_makes_no_difference_go_away(code: str, text: str) -> None:
    made = cache(Blind())
    await made.keep(asked("is the warranty on 2 lamps covered"), ANSWER, ["warranty"])
    assert (await made.look(asked(text))).code == code


async def test_another_place_and_language_get_nothing() -> None:
    made = cache(Blind())
    question = asked("how long is the warranty on lamps")
    await made.keep(question, ANSWER, ["warranty"])
    assert (await made.look(replace(question, place="b" * 64))).kept is None
    reworded = asked("tell me how long the warranty on lamps is", english=False)
    assert (await made.look(reworded)).kept is None


CHANGED = {"edited": {**PAGES, "warranty": "d9"}, "withdrawn": {"delivery": "d2"}, "all gone": {}}


@pytest.mark.parametrize("pages", CHANGED.values(), ids=CHANGED.keys())
async def test_a_changed_page_takes_its_answers_along(pages: dict[str, str]) -> None:
    made = cache()
    question = asked("how long is the warranty")
    await made.keep(question, ANSWER, ["warranty"])
    assert (await made.look(replace(question, pages=pages))).code == "stale"
    assert (await made.look(question)).code == "none"


async def test_another_page_may_change() -> None:
    made = cache()
    question = asked("how long is the warranty")
    await made.keep(question, ANSWER, ["warranty"])
    assert (await made.look(replace(question, pages={**PAGES, "delivery": "d9"}))).code == "hit"


async def test_an_answer_is_given_for_as_long_as_the_desk_says() -> None:
    clock = Clock()
    made = cache(clock=clock, ttl=60, store=MemoryAnswers(6000, 10, clock))
    question = asked("how long is the warranty")
    await made.keep(question, ANSWER, ["warranty"])
    clock.now += 59
    assert (await made.look(question)).code == "hit"
    clock.now += 1
    assert (await made.look(question)).code == "none"


NOT_KEPT = {
    "no page": ("how long is the warranty", ANSWER, [], "page"),
    "a page that is not to be seen": ("how long is the warranty", ANSWER, ["secret"], "page"),
    "a name": ("does hildegard have a warranty", "Yes, Hildegard has one [warranty].", ["warranty"], "words"),
    "a long number": ("is 104825 under warranty", "Order 104825 is [warranty].", ["warranty"], "words"),
}


@pytest.mark.parametrize(("text", "answer", "pages", "code"), NOT_KEPT.values(), ids=NOT_KEPT.keys())
async def test_what_is_not_everybodys_is_not_kept(text: str, answer: str, pages: list[str], code: str) -> None:
    made = cache(Blind())
    assert await made.keep(asked(text), answer, pages) == code
    assert (await made.look(asked(text))).kept is None


async def test_a_question_in_words_of_the_customers_own_gets_no_vector_and_no_shape() -> None:
    blind = Blind()
    store = MemoryAnswers(60, 10, Clock())
    made = cache(blind, store)
    question = asked("does hildegard have a warranty")
    assert await made.keep(question, "There is one [warranty].", ["warranty"]) == "kept"
    entry = await store.get(store.mark(question.place, question.text))
    assert entry is not None
    assert (entry.shape, blind.seen) == ("", [])
    assert "hildegard" not in str(entry)


async def test_no_fault_of_the_store_is_seen(caplog: pytest.LogCaptureFixture) -> None:
    made = cache(store=Broken())
    question = asked("how long is the warranty")
    assert (await made.look(question)).code == "unavailable"
    assert await made.keep(question, ANSWER, ["warranty"]) == "unavailable"
    await made.drop("mark")
    models = Models()
    models.go.set()
    assert (await made.once(question, 10.0, models)).model == "openai:one"
    await made.over(question)
    assert "ModelError" in caplog.text
    assert "warranty" not in caplog.text


async def test_without_vectors_the_same_words_still_count() -> None:
    made = cache(Broken())
    question = asked("how long is the warranty on lamps")
    assert await made.keep(question, ANSWER, ["warranty"]) == "kept"
    assert (await made.look(question)).code == "hit"
    assert (await made.look(asked("tell me how long the warranty on lamps is"))).code == "unavailable"


async def test_a_hundred_at_once_ask_once() -> None:
    made, models, question = cache(), Models(), asked("how long is the warranty")
    tasks = [asyncio.create_task(made.once(question, 10.0, models)) for _ in range(100)]
    await asyncio.sleep(0)
    models.go.set()
    done = await asyncio.gather(*tasks)
    assert len(models.asked) == 1
    assert sorted(one.model for one in done) == [CACHE] * 99 + ["openai:one"]
    assert {str(one.message.text) for one in done} == {ANSWER}
    assert sum(one.input_tokens for one in done) == 10


async def test_another_process_waits_for_the_answer_and_takes_it() -> None:
    store, question = MemoryAnswers(60, 10, Clock()), asked("how long is the warranty")
    here, there = cache(store=store), cache(store=store)
    ours, theirs = Models(), Models()
    first = asyncio.create_task(here.once(question, 10.0, ours))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(there.once(question, 10.0, theirs))
    ours.go.set()
    await first
    await here.keep(question, ANSWER, ["warranty"])
    await here.over(question)
    assert (await second).model == CACHE
    assert theirs.asked == []


async def test_another_process_asks_itself_where_no_answer_came_of_it() -> None:
    store, question = MemoryAnswers(60, 10, Clock()), asked("how long is the warranty")
    here, there = cache(store=store), cache(store=store)
    ours, theirs = Models(), Models()
    ours.go.set()
    theirs.go.set()
    await here.once(question, 10.0, ours)
    second = asyncio.create_task(there.once(question, 10.0, theirs))
    await here.over(question)
    assert (await second).model == "openai:one"
    assert len(theirs.asked) == 1


async def test_who_waited_asks_within_what_is_left_of_the_turn() -> None:
    store, question = MemoryAnswers(60, 10, Clock()), asked("how long is the warranty")
    assert await store.claim(store.mark(question.place, question.text), 60.0)
    models = Models()
    models.go.set()
    assert (await cache(store=store).once(question, 0.2, models)).model == "openai:one"
    assert 0.0 <= models.asked[0] <= 0.11


async def test_a_leader_that_is_stopped_lets_other_processes_ask_at_once() -> None:
    store, question = MemoryAnswers(60, 10, Clock()), asked("how long is the warranty")
    leader = asyncio.create_task(cache(store=store).once(question, 10.0, Models()))
    await asyncio.sleep(0)
    leader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leader
    assert await store.claim(store.mark(question.place, question.text), 10.0)


async def test_an_answer_that_was_kept_a_moment_ago_is_taken() -> None:
    made, models, question = cache(), Models(), asked("how long is the warranty")
    await made.keep(question, ANSWER, ["warranty"])
    assert (await made.once(question, 10.0, models)).model == CACHE
    assert models.asked == []


async def test_who_takes_such_an_answer_keeps_nobody_waiting() -> None:
    store, question = MemoryAnswers(60, 10, Clock()), asked("how long is the warranty")
    made = cache(store=store)
    await made.keep(question, ANSWER, ["warranty"])
    await made.once(question, 10.0, Models())
    assert await store.claim(store.mark(question.place, question.text), 10.0)
