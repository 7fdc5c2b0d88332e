"""From what the graph writes to the events of a stream, and what the reader of one still needs in the end."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from frontdesk.reply import Event, Reply, RetractEvent, StageEvent, TextEvent
from frontdesk.streaming import Heard, TurnEvents, pieces


def said(text: str) -> Reply:
    return Reply(text=text, status="answered", thread_id="t", turn_id="1")


async def values() -> Mapping[str, str]:
    return {"<EMAIL_1>": "ann@example.com"}


async def events_of(*written: Mapping[str, object]) -> list[Event]:
    found: list[Event] = []
    turn = TurnEvents(found.append, values)
    for data in written:
        await turn.take(data)
    return found


async def test_stages_pass_through() -> None:
    stage = {"stage": "respond", "phase": "end", "ms": 1.0, "note": "x"}
    assert await events_of(stage, {"other": 1}) == [StageEvent("respond", "end", 1.0, "x")]


async def test_values_return_on_the_way() -> None:
    assert await events_of({"text": "Sent to <EMAIL_1> now. ", "first": True}) == [
        TextEvent("Sent to ann@example.com now. ")
    ]


async def test_a_second_beginning_takes_the_first_back() -> None:
    first, second = {"text": "One. ", "first": True}, {"text": "Two. ", "first": True}
    assert await events_of(first, second) == [TextEvent("One. "), RetractEvent(), TextEvent("Two. ")]


@pytest.mark.parametrize(
    ("heard", "reply", "rest"),
    [
        pytest.param([], "One. Two.", [TextEvent("One. "), TextEvent("Two.")], id="nothing so far"),
        pytest.param([TextEvent("One. ")], "One. Two.", [TextEvent("Two.")], id="the beginning"),
        pytest.param([TextEvent("One.")], "One.", [], id="all of it"),
        pytest.param([TextEvent("Won. ")], "One.", [RetractEvent(), TextEvent("One.")], id="something else"),
        pytest.param([TextEvent("Won. "), RetractEvent()], "One.", [TextEvent("One.")], id="taken back before"),
    ],
)
def test_in_the_end_the_reader_has_the_reply(heard: list[Event], reply: str, rest: list[Event]) -> None:
    reader = Heard()
    for event in heard:
        reader.note(event)
    assert list(reader.rest(said(reply))) == rest


def test_pieces_make_up_the_text() -> None:
    assert list(pieces("One. Two!\nThree")) == ["One. ", "Two!\n", "Three"]
