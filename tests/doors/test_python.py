"""The dialogues of the README over ``from frontdesk import …``."""

import pytest

from frontdesk import FrontDesk, Principal, Reply, StageEvent, TextEvent
from frontdesk.errors import MessageError, ThreadError
from tests.doors.conftest import address_reader
from tests.support import dialogues
from tests.support.doors import PythonDoor


async def test_policy_question(python_door: PythonDoor) -> None:
    await dialogues.policy_question(python_door)


async def test_why_names_the_pages_of_the_last_turn(desk: FrontDesk) -> None:
    await desk.chat("How long do I have to return a sofa?", thread_id="w")
    found = (await desk.explain("w"))["pages"]
    assert "returns" in [page["page"] for page in found]
    assert max(page["score"] for page in found) > 0.5


async def test_order_status(python_door: PythonDoor) -> None:
    await dialogues.order_status(python_door)


async def test_address_after_no_and_yes(python_door: PythonDoor, tmp_path) -> None:  # type: ignore[no-untyped-def]
    await dialogues.address_after_no_and_yes(python_door, address_reader(tmp_path))


async def test_slot_by_slot(python_door: PythonDoor) -> None:
    await dialogues.slot_by_slot(python_door)


async def test_personal_data(python_door: PythonDoor) -> None:
    reply = await dialogues.personal_data(python_door)
    assert reply["status"] == "answered"


async def test_injection(python_door: PythonDoor) -> None:
    await dialogues.injection(python_door)


async def test_handover(python_door: PythonDoor) -> None:
    await dialogues.handover(python_door)


async def test_stream_gives_stages_then_text_then_the_reply(desk: FrontDesk) -> None:
    events = [event async for event in desk.stream("Where is my order 10482?", thread_id="s")]
    reply = events[-1]
    assert isinstance(reply, Reply)
    assert "".join(event.text for event in events if isinstance(event, TextEvent)) == reply.text
    ended = [event.stage for event in events if isinstance(event, StageEvent) and event.phase == "end"]
    # guard, route and recall end in any order
    assert sorted(ended) == sorted([step["stage"] for step in reply.timings] + ["reply"])
    assert (ended[0], ended[-1]) == ("scrub", "reply")


async def test_a_reader_that_leaves_does_not_stop_the_turn(desk: FrontDesk) -> None:
    async for _ in desk.stream("Where is my order 10482?", thread_id="s", turn_id="t1"):
        break
    await desk.drain()
    again = await desk.chat("Where is my order 10482?", thread_id="s", turn_id="t1")
    assert "10482" in again.text
    assert [line["role"] for line in await desk.history("s")] == ["customer", "bot"]


async def test_the_same_turn_id_returns_the_first_answer(desk: FrontDesk) -> None:
    first = await desk.chat("Where is my order 10482?", thread_id="s", turn_id="t1")
    second = await desk.chat("something else entirely", thread_id="s", turn_id="t1")
    assert second == first


async def test_stateless_turns_leave_nothing(desk: FrontDesk, redis_client) -> None:  # type: ignore[no-untyped-def]
    before = sorted([key async for key in redis_client.scan_iter()])
    reply = await desk.chat("Where is my order 10482? I am at mira@example.org")
    assert (reply.status, reply.thread_id) == ("answered", "")
    assert sorted([key async for key in redis_client.scan_iter()]) == before


async def test_a_stateless_turn_cannot_propose_a_write(desk: FrontDesk) -> None:
    reply = await desk.chat(f"Please change the delivery address of order 10482 to {dialogues.NEW_ADDRESS}")
    assert reply.proposal is None
    assert reply.status != "confirm"
    assert not reply.failed


async def test_resume_as_an_inbox_does(desk: FrontDesk, tmp_path) -> None:  # type: ignore[no-untyped-def]
    await desk.chat(f"Please change the delivery address of order 10482 to {dialogues.NEW_ADDRESS}", thread_id="r")
    reply = await desk.resume("r", "approve")
    assert reply.status == "answered"
    assert "7 Harbour Street" in await address_reader(tmp_path)()
    with pytest.raises(ThreadError):
        await desk.resume("r", "approve")


async def test_explain_tells_why(desk: FrontDesk) -> None:
    await desk.chat("Where is my order 10482?", thread_id="w")
    facts = await desk.explain("w")
    assert facts["decision"]["intent"] == "order_status"
    assert facts["verdict"]["outcome"] == "allow"
    assert facts["path"][0]["stage"] == "scrub"


async def test_a_thread_is_its_owners_alone(desk: FrontDesk) -> None:
    reply = await desk.chat("Where is my order 10482?", thread_id="mine")
    stranger = Principal("C-1043", "retail", frozenset({"orders:read"}))
    for thread in ("mine", reply.thread_id):
        with pytest.raises(ThreadError):
            await desk.history(thread, principal=stranger)
    theirs = await desk.chat("hello", thread_id=reply.thread_id, principal=stranger)
    assert theirs.thread_id != reply.thread_id


async def test_erase_leaves_nothing_of_a_person(desk: FrontDesk, redis_client) -> None:  # type: ignore[no-untyped-def]
    reply = await desk.chat("My mail is mira@example.org, let me talk to a person", thread_id="e")
    other = Principal("C-1043", "retail", frozenset())
    kept = await desk.chat("How many days do I have to send something back?", thread_id="e", principal=other)
    receipt = await desk.erase("C-1042")
    assert not any(receipt.remaining.values())
    assert any(receipt.removed.values())
    keys = [key.decode() async for key in redis_client.scan_iter()]
    assert not [key for key in keys if reply.thread_id in key]
    assert [key for key in keys if kept.thread_id in key]
    with pytest.raises(ThreadError):
        await desk.history("e")
    assert await desk.history("e", principal=other)


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\x01", "bad \ud800 half", "x" * 1_000_000])
async def test_a_bad_message_is_refused_and_the_thread_unharmed(desk: FrontDesk, text: str) -> None:
    await desk.chat("hello", thread_id="b")
    before = await desk.history("b")
    with pytest.raises(MessageError) as raised:
        await desk.chat(text, thread_id="b")
    assert "half" not in str(raised.value).replace("half of", "")
    assert await desk.history("b") == before


async def test_an_inbox_reads_what_follows_its_answer_and_nothing_twice(desk: FrontDesk) -> None:
    said = "How long does delivery take? And please cancel order 10482. Also where is order 10377?"
    question = await desk.chat(said, thread_id="several")
    assert "Standard delivery takes" in question.text
    assert question.status == "confirm"
    reply = await desk.resume("several", "approve")
    assert "Standard delivery takes" not in reply.text
    assert reply.text.index("Order 10482 is cancelled") < reply.text.index("Order 10377 is")
