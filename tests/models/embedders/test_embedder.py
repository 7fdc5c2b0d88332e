"""The embedder: one call per text, bounded in time, left alone while it fails, believing no nonsense."""

from __future__ import annotations

import asyncio
import logging

import numpy as np
import pytest

from frontdesk.errors import ModelError
from frontdesk.models.embedders.embedder import BoundedEmbedder
from tests.models.embedders.sources import Clock, Scripted

SECRET = "my name is <NAME_1> and the parcel is torn"


async def test_a_vector_has_length_one() -> None:
    vector = await BoundedEmbedder(Scripted(), 1).embed("where is my order")
    assert vector.shape == (16,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)


async def test_the_same_text_costs_one_call() -> None:
    source = Scripted()
    embedder = BoundedEmbedder(source, 1)
    first = await embedder.embed("again")
    assert np.array_equal(await embedder.embed("again"), first)
    assert np.array_equal((await embedder.embed_many(["again", "other"]))[0], first)
    assert source.calls == [["again"], ["other"]]


async def test_those_who_ask_at_once_share_one_call() -> None:
    source = Scripted(gate=asyncio.Event())
    embedder = BoundedEmbedder(source, 5)
    asked = [asyncio.create_task(embedder.embed("shared")) for _ in range(5)]
    await source.begun.wait()
    asked[0].cancel()
    source.gate.set()
    vectors = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(vectors[0], asyncio.CancelledError)
    assert all(isinstance(vector, np.ndarray) for vector in vectors[1:])
    assert source.calls == [["shared"]]


async def test_a_remembered_vector_cannot_be_altered() -> None:
    vector = await BoundedEmbedder(Scripted(), 1).embed("kept")
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 5


async def test_no_more_vectors_are_remembered_than_are_of_use() -> None:
    source = Scripted(batch=1000)
    embedder = BoundedEmbedder(source, 5)
    await embedder.embed_many([f"text {number}" for number in range(257)])
    await embedder.embed("text 256")
    assert len(source.calls) == 1
    await embedder.embed("text 0")
    assert source.calls[1:] == [["text 0"]]


async def test_many_go_in_the_sources_batches_and_each_text_once() -> None:
    source = Scripted(batch=2)
    vectors = await BoundedEmbedder(source, 1).embed_many(["a", "b", "a", "c"])
    assert source.calls == [["a", "b"], ["c"]]
    assert np.array_equal(vectors[0], vectors[2])
    assert not np.array_equal(vectors[0], vectors[1])


async def test_examples_of_a_fit_do_not_push_out_messages() -> None:
    source = Scripted(batch=1000)
    embedder = BoundedEmbedder(source, 1)
    await embedder.embed("a message")
    await embedder.embed_many([f"example {number}" for number in range(400)], seconds=60)
    await embedder.embed("a message")
    assert len(source.calls) == 2


async def test_what_a_placeholder_is_called_is_not_embedded() -> None:
    source = Scripted()
    await BoundedEmbedder(source, 1).embed("send it to <ADDRESS_1>, my mail is <EMAIL_12>; a<b_1>")
    assert source.calls == [["send it to X, my mail is X; a<b_1>"]]


ANSWERS = [
    ("not a number", lambda texts: [[float("nan")] * 16]),
    ("without end", lambda texts: [[float("inf")] * 16]),
    ("overflowing", lambda texts: [[1e308] * 16]),
    ("no length", lambda texts: [[0.0] * 16]),
    ("too narrow", lambda texts: [[1.0] * 8]),
    ("no columns", lambda texts: [[]]),
    ("a vector too many", lambda texts: [[1.0] * 16] * 2),
    ("no vector", lambda texts: []),
    ("flat", lambda texts: [1.0] * 16),
    ("ragged", lambda texts: [[1.0], [1.0, 2.0]]),
    ("words", lambda texts: [["one"] * 16]),
    ("nothing", lambda texts: {}),
    ("a level too deep", lambda texts: [[[1.0] * 16]]),
]


@pytest.mark.parametrize(("word", "answer"), ANSWERS)
async def test_nonsense_is_refused(word: str, answer: object) -> None:
    embedder = BoundedEmbedder(Scripted([answer]), 1)
    embedder.expect(16)
    with pytest.raises(ModelError, match=r"^malformed$"):
        await embedder.embed("a message")
    assert (await embedder.embed("a message")).shape == (16,), word


async def test_a_fit_takes_the_width_of_its_first_answer() -> None:
    source = Scripted([None, lambda texts: [[1.0] * 3 for _ in texts]], batch=1)
    with pytest.raises(ModelError, match="malformed"):
        await BoundedEmbedder(source, 1).embed_many(["a", "b"], seconds=60)


async def test_what_takes_too_long_is_given_up() -> None:
    source = Scripted(gate=asyncio.Event())
    with pytest.raises(ModelError, match=r"^timeout$"):
        await BoundedEmbedder(source, 0.01).embed("a message")


async def test_errors_and_log_carry_no_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(ModelError) as caught:
        await BoundedEmbedder(Scripted([RuntimeError(SECRET)]), 1).embed(SECRET)
    assert str(caught.value) == "server_error"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "server_error" in caplog.text
    assert "parcel" not in caplog.text


async def test_a_source_that_keeps_failing_is_left_alone_and_tried_again() -> None:
    clock = Clock()
    source = Scripted([ConnectionError()] * 4)
    embedder = BoundedEmbedder(source, 1, clock=clock)
    for number in range(3):
        with pytest.raises(ModelError, match="connection"):
            await embedder.embed(f"message {number}")
    with pytest.raises(ModelError, match=r"^open$"):
        await embedder.embed("not sent")
    assert len(source.calls) == 3
    clock.now += 31
    with pytest.raises(ModelError, match="connection"):
        await embedder.embed("the one that tries")
    with pytest.raises(ModelError, match=r"^open$"):
        await embedder.embed("not sent")
    clock.now += 31
    await embedder.embed("the one that succeeds")
    await embedder.embed("the next")
    assert [call[0] for call in source.calls[3:]] == ["the one that tries", "the one that succeeds", "the next"]


async def test_a_remembered_vector_is_had_while_the_source_is_left_alone() -> None:
    embedder = BoundedEmbedder(Scripted([None, *[ConnectionError()] * 3]), 1, clock=Clock())
    kept = await embedder.embed("kept")
    for number in range(3):
        with pytest.raises(ModelError):
            await embedder.embed(f"message {number}")
    assert np.array_equal(await embedder.embed("kept"), kept)


async def test_closing_ends_what_is_under_way() -> None:
    source = Scripted(gate=asyncio.Event())
    embedder = BoundedEmbedder(source, 60)
    asked = asyncio.create_task(embedder.embed("never answered"))
    await source.begun.wait()
    await embedder.close()
    with pytest.raises(asyncio.CancelledError):
        await asked
