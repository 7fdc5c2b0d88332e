"""Where people come in: the customer's own record from the first message on, and what a person writes to a customer."""

from __future__ import annotations

import uuid

import pytest

from frontdesk import FrontDesk, Principal
from frontdesk.errors import MessageError, ThreadError
from frontdesk.graph.identity import Caller
from tests.support.doors import AGENT_TOKEN, HttpDoor

CARD = "4929 3813 3266 4295"
OTHERS = "quentin.zwartvogel@mailbox.example"
AGENT = Principal("agent-7", "retail", frozenset({"handoff:resolve"}))


async def masked_texts(desk: FrontDesk, customer: Principal, thread: str = "t") -> list[str]:
    """What models and stores see of a thread."""
    name = await desk.stores.threads.resolve(customer, thread)
    caller = Caller(customer, name, uuid.uuid4().hex)
    values = (await desk.runner.stateful.aget_state(desk.runner.config(caller))).values
    return [str(message.text) for message in values["messages"]]


async def test_the_customers_own_name_is_masked_where_nothing_announces_it(
    desk: FrontDesk, customer: Principal
) -> None:
    await desk.chat("orla devlin wants to know where order 10482 is", thread_id="t", principal=customer)
    texts = await masked_texts(desk, customer)
    assert texts[0] == "<NAME_1> wants to know where order 10482 is"
    assert not [text for text in texts if "devlin" in text.lower()]
    shown = await desk.history("t", principal=customer)
    assert shown[0]["text"].lower().startswith("orla devlin wants")


async def test_a_record_reaches_the_customer_and_nobody_else(desk: FrontDesk, customer: Principal) -> None:
    reply = await desk.chat(
        "What e-mail address and phone number do you have for my account?", thread_id="t", principal=customer
    )
    assert "Orla Devlin" in reply.text
    texts = await masked_texts(desk, customer)
    assert any("<NAME_1>" in text and "<PHONE_1>" in text and "<ADDRESS_1>" in text for text in texts)
    assert not [text for text in texts if "Devlin" in text]


async def test_what_a_person_writes_is_masked_and_shown_to_the_customer(desk: FrontDesk, customer: Principal) -> None:
    opened = await desk.chat("Let me talk to a person please", thread_id="t", principal=customer)
    words = f"Dear <NAME_1>, card {CARD} and {OTHERS} are not yours, Orla Devlin."
    told = await desk.resolve_ticket(str(opened.ticket), principal=AGENT, text=words)
    kept = (await masked_texts(desk, customer))[-1]
    assert kept == told.text
    assert kept.startswith("Dear <NAME_1>, card <CARD_1> and <EMAIL_2> are not yours, <NAME_1>.\n\nHello again")
    shown = (await desk.history("t", principal=customer))[-1]["text"]
    assert shown.startswith(f"Dear Orla Devlin, card •••• 4295 and {OTHERS} are not yours, Orla Devlin.")


@pytest.mark.parametrize(("word", "text"), [("too long", "a" * 8001), ("no text", "a\ud800")])
async def test_words_that_cannot_be_sent_leave_the_ticket_open(
    word: str, text: str, desk: FrontDesk, customer: Principal
) -> None:
    opened = await desk.chat("Let me talk to a person please", thread_id="t", principal=customer)
    with pytest.raises(MessageError):
        await desk.resolve_ticket(str(opened.ticket), principal=AGENT, text=text)
    await desk.resolve_ticket(str(opened.ticket), principal=AGENT)
    with pytest.raises(ThreadError, match=r"closed|no person owns"):
        await desk.resolve_ticket(str(opened.ticket), principal=AGENT)


async def test_over_http(http_door: HttpDoor) -> None:
    ticket = (await http_door.say("Let me talk to a person please"))["ticket"]
    url, agent = f"{http_door.url}/tickets/{ticket}/resolve", {"Authorization": f"Bearer {AGENT_TOKEN}"}
    refused = await http_door.http.post(url, json={"txt": CARD}, headers=agent)
    assert (refused.status_code, CARD in refused.text) == (422, False)
    done = await http_door.http.post(url, json={"text": f"Card {CARD} is settled."}, headers=agent)
    assert done.json()["text"].startswith("Card <CARD_1> is settled.")
