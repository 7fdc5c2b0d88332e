"""The dialogues of the README over LangServe's ``RemoteRunnable`` and plain HTTP."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.doors.conftest import address_reader
from tests.support import dialogues
from tests.support.doors import AGENT_TOKEN, TOKEN, HttpDoor

CUSTOMER = {"Authorization": f"Bearer {TOKEN}"}


async def test_policy_question(http_door: HttpDoor) -> None:
    await dialogues.policy_question(http_door)


async def test_order_status(http_door: HttpDoor) -> None:
    await dialogues.order_status(http_door)


async def test_address_after_no_and_yes(http_door: HttpDoor, tmp_path: Path) -> None:
    await dialogues.address_after_no_and_yes(http_door, address_reader(tmp_path))


async def test_slot_by_slot(http_door: HttpDoor) -> None:
    await dialogues.slot_by_slot(http_door)


async def test_injection(http_door: HttpDoor) -> None:
    await dialogues.injection(http_door)


async def test_handover_and_the_ticket_that_a_person_reads(http_door: HttpDoor) -> None:
    reply = await http_door.say("I am waiting for order 10482 and it makes me angry, let me talk to a person")
    ticket = reply["ticket"]
    found = await http_door.http.get(
        f"{http_door.url}/tickets/{ticket}", headers={"Authorization": f"Bearer {AGENT_TOKEN}"}
    )
    assert found.json()["packet"]["transcript"][0]["role"] == "customer"
    await http_door.resolve(ticket)
    await dialogues.handover(http_door)


async def test_stream(http_door: HttpDoor) -> None:
    chunks = [chunk async for chunk in http_door.remote.astream({"message": "Where is my order 10482?"})]
    assert chunks[0] == {"event": "stage", "stage": "scrub", "phase": "start", "ms": 0.0, "note": ""}
    reply = chunks[-1]["reply"]
    assert "".join(chunk["text"] for chunk in chunks if chunk["event"] == "text") == reply["text"]
    assert "10482" in reply["text"]


async def test_stream_events_shows_nothing_of_the_inside(http_door: HttpDoor) -> None:
    events = [
        event async for event in http_door.remote.astream_events({"message": "Where is my order 10482?"}, version="v2")
    ]
    assert {event["name"] for event in events} == {"/chat"}
    assert [event["event"] for event in events][:2] == ["on_chain_start", "on_chain_stream"]
    assert "10482" in events[-2]["data"]["chunk"]["reply"]["text"]


async def test_batch_without_a_thread_makes_one_each(http_door: HttpDoor) -> None:
    replies = await http_door.remote.abatch(
        [{"message": "Where is my order 10482?"}, {"message": "How much is delivery?"}]
    )
    assert len({reply["thread_id"] for reply in replies}) == 2
    assert "10482" in replies[0]["text"]
    assert "4.95" in replies[1]["text"]


async def test_a_reply_carries_a_thread_that_goes_on(http_door: HttpDoor) -> None:
    url = f"{http_door.url}/chat/invoke"
    first = (await http_door.http.post(url, json={"input": {"message": "hello"}})).json()["output"]
    config = {"configurable": {"thread_id": first["thread_id"]}}
    second = (await http_door.http.post(url, json={"input": {"message": "thanks"}, "config": config})).json()["output"]
    assert second["thread_id"] == first["thread_id"]


async def test_an_anonymous_caller_cannot_pick_a_thread(http_door: HttpDoor) -> None:
    body = {"input": {"message": "hello"}, "config": {"configurable": {"thread_id": "guessable"}}}
    answer = await http_door.http.post(f"{http_door.url}/chat/invoke", json=body)
    assert answer.status_code == 404


async def test_an_anonymous_caller_sees_no_orders(http_door: HttpDoor) -> None:
    body = {"input": {"message": "Where is my order 10482?"}}
    output = (await http_door.http.post(f"{http_door.url}/chat/invoke", json=body)).json()["output"]
    assert "processing" not in output["text"]
    assert "sign" in output["text"].lower()


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/livez", {}, 200),
        ("GET", "/readyz", {}, 200),
        ("GET", "/openapi.json", {}, 200),
        ("GET", "/docs", {}, 200),
        ("GET", "/redoc", {}, 404),
        ("GET", "/chat/playground/", {}, 200),
        ("GET", "/threads/unknown", CUSTOMER, 404),
        ("GET", "/threads/unknown", {"Authorization": "Bearer wrong"}, 401),
        ("GET", "/threads/unknown", {"Authorization": "Basic x"}, 401),
        ("GET", "/tickets/T-00000000", {}, 401),
        ("GET", "/tickets/T-00000000", CUSTOMER, 403),
        ("GET", "/tickets/T-00000000", {"Authorization": f"Bearer {AGENT_TOKEN}"}, 404),
        ("POST", "/tickets/T-00000000/resolve", CUSTOMER, 403),
        ("POST", "/chat/token_feedback", CUSTOMER, 404),
    ],
)
async def test_status_codes(http_door: HttpDoor, method: str, path: str, headers: dict[str, str], status: int) -> None:
    answer: httpx.Response = await http_door.http.request(method, http_door.url + path, headers=headers)
    assert answer.status_code == status


async def test_the_playground_can_draw_the_input(http_door: HttpDoor) -> None:
    schema = (await http_door.http.get(f"{http_door.url}/chat/input_schema")).json()
    assert "null" not in str(schema["properties"])


async def test_stream_log_serves_the_playground_and_shows_nothing_of_the_inside(http_door: HttpDoor) -> None:
    body = {"input": {"message": "Where is my order 10482?"}}
    answer = await http_door.http.post(f"{http_door.url}/chat/stream_log", json=body, headers=CUSTOMER)
    assert "is processing" in answer.text
    assert "deterministic tier" not in answer.text
    assert '"logs":{}' in answer.text.replace(" ", "")


async def test_the_documentation_loads_nothing_from_elsewhere(http_door: HttpDoor) -> None:
    page = (await http_door.http.get(f"{http_door.url}/docs")).text
    assert "https://" not in page
    assert "http://" not in page


async def test_a_conversation_that_the_client_carries(http_door: HttpDoor) -> None:
    url = f"{http_door.url}/carried"
    first = await http_door.http.post(url, json={"message": "Where is my order 10482?"}, headers=CUSTOMER)
    assert first.status_code == 200
    given = {"message": "When will it arrive?", "capsule": first.json()["capsule"]}
    second = await http_door.http.post(url, json=given, headers=CUSTOMER)
    assert "10482" in second.json()["text"]
    assert second.json()["thread_id"] == ""
    stranger = await http_door.http.post(url, json=given)
    assert (stranger.status_code, "cannot be opened" in stranger.json()["detail"]) == (400, True)
