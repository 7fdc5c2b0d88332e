from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from frontdesk import FrontDesk
from frontdesk.cli.session import COMMANDS, Session
from frontdesk.errors import SealError, ThreadBusyError
from frontdesk.reply import Reply, TextEvent
from tests.cli.conftest import Talk, console_on
from tests.support.small import DEMO


async def test_a_new_conversation_greets_and_an_old_one_goes_on(talk: Talk) -> None:
    await talk.session.open()
    assert "virtual assistant of Fernhill Home" in talk.screen.getvalue()
    await talk.say("where is my order 10482?")
    again = Talk(Session(talk.session.desk, console_on(talk.screen), DEMO, "test"), talk.screen)
    before = len(talk.screen.getvalue())
    await again.session.open()
    said = talk.screen.getvalue()[before:]
    assert "Continuing conversation test" in said
    assert "desk › Order 10482" in said.replace("\n", " ")
    assert "virtual assistant" not in said


async def test_an_answer_comes_with_its_sources(talk: Talk) -> None:
    said = await talk.say("what is your return policy?")
    assert re.search(r"^desk › .*30 days.*\[returns\]$", said, re.MULTILINE)
    assert "sources  [returns] Returning goods  https://www.fernhill.example/help/returns" in said


async def test_a_change_waits_for_a_yes(talk: Talk) -> None:
    assert "answer yes or no" in await talk.say("cancel order 10482")
    again = Session(talk.session.desk, talk.session.console, DEMO, "test")
    before = len(talk.screen.getvalue())
    await again.open()
    assert "answer yes or no" in talk.screen.getvalue()[before:]  # also after a new start
    await talk.say("no")
    assert "Order 10482 is processing" in await talk.say("where is my order 10482?")


async def test_why_tells_how_the_last_turn_went(talk: Talk) -> None:
    assert "Nothing was said yet" in await talk.say("/why")
    said = await talk.say("what is your return policy? I am jane@doe.example", "/why")
    for line in (
        r"status\s+answered",
        r"guard\s+allow, score 0\.\d\d",
        r"intent\s+return_item, confidence [01]\.\d\d, accepted",
        r"alternatives\s+\w+ 0\.\d\d, ",
        r"served by\s+respond · return_item · tier \w+",
        r"because\s+route:accepted",
        r"personal data\s+EMAIL ×1",
        r"model\s+keyless, 1 call",
        r"tokens\s+0 in, 0 out",
        r"citations\s+returns",
        r"time\s+\d+ ms in stages",
        r"respond\s+\d+\.\d\s+keyless\s+▇",
    ):
        assert re.search(rf"^{line}", said, re.MULTILINE), line


async def test_why_of_a_turn_seen_by_another_process_names_no_citations(talk: Talk) -> None:
    await talk.say("what is your return policy?")
    talk.session.last = None
    assert "citations" not in await talk.say("/why")
    assert "citations" in await talk.say("what is your return policy?", "/why")


async def test_why_of_a_relayed_message_shows_no_earlier_turns_verdict(talk: Talk) -> None:
    said = await talk.say("let me talk to a person", "hello?", "/why")
    assert "relay" in said
    assert not re.search(r"^(guard|intent|served by) ", said, re.MULTILINE)
    assert re.search(r"^ticket\s+T-[\w-]+ \(asked\)", said, re.MULTILINE)


async def test_history_shows_both_sides_with_the_customers_own_values(talk: Talk) -> None:
    assert "Nothing was said yet" in await talk.say("/history")
    await talk.say("hi, my mail is jane@doe.example")
    said = await talk.say("/history")
    assert "you  › hi, my mail is jane@doe.example" in said
    assert "desk › " in said


async def test_a_person_takes_over_reads_the_packet_and_hands_back(talk: Talk) -> None:
    assert "No ticket was opened here" in await talk.say("/ticket")
    await talk.say("where is order 10482? write to jane@doe.example")
    assert "no person owns this thread" in await talk.say("/resolve")
    said = await talk.say("let me talk to a person")
    ticket = re.search(r"T-[0-9A-F]{4}(-[0-9A-F]{4}){2}", said)
    assert ticket
    assert f"Ticket {ticket[0]}" in said
    assert "the bot keeps quiet" in " ".join((await talk.say("are you there?")).split())
    packet = await talk.say("/ticket")
    assert f"ticket {ticket[0]} · open" in packet
    assert re.search(r"<EMAIL_\d+>", packet)  # the customer's own record may have given the first
    assert "jane@doe.example" not in packet
    assert re.search(r"since then\s+are you there\?", packet)
    handed = await talk.say("/resolve")
    assert "handed the conversation back" in handed
    assert re.search(r"^desk › Hello again", handed, re.MULTILINE)
    assert f"{ticket[0]} · closed" in await talk.say("/ticket")  # the last one stays readable
    assert "there is no such ticket" in await talk.say("/ticket T-00000000")
    assert "desk › Order 10482" in await talk.say("where is order 10482?")


async def test_an_open_ticket_is_told_of_at_the_start(talk: Talk) -> None:
    await talk.say("let me talk to a person")
    again = Session(talk.session.desk, talk.session.console, DEMO, "test")
    before = len(talk.screen.getvalue())
    await again.open()
    assert "/resolve hands it back" in talk.screen.getvalue()[before:].replace("\n       ", " ")
    assert again.ticket.startswith("T-")


async def test_conversations_are_left_and_found_again(talk: Talk) -> None:
    await talk.say("where is my order 10482?")
    assert "virtual assistant" in await talk.say("/new")
    assert talk.session.thread.startswith("terminal-")
    assert "Nothing was said yet" in await talk.say("/history")
    assert "Continuing conversation test" in await talk.say("/thread test")
    assert "where is my order 10482?" in await talk.say("/history")
    assert "conversation test, as C-1042" in await talk.say("/thread")


async def test_another_customer_has_conversations_of_their_own(talk: Talk) -> None:
    await talk.say("where is my order 10482?")
    said = await talk.say("/as C-1043", "/history")
    assert "Signed in as C-1043" in said
    assert "10482" not in said
    assert "10482 is processing" not in await talk.say("where is my order 10482?")
    await talk.say("/as anonymous")
    assert not talk.session.principal.signed_in
    assert talk.session.principal.scopes == frozenset()
    assert "Signed in as anonymous" in await talk.say("/as")
    assert "Continuing conversation test" in await talk.say("/as C-1042")


async def test_help_names_every_command_and_an_unknown_one_is_told(talk: Talk) -> None:
    said = await talk.say("/help")
    assert all(command in said for command in COMMANDS)
    assert "There is no command /hlep. There are: /why" in await talk.say("/hlep me")
    assert await talk.say("") == ""


@pytest.mark.parametrize("line", ["/quit", "/exit"])
async def test_the_person_leaves(talk: Talk, line: str) -> None:
    assert not await talk.session.handle(line)


async def test_a_message_that_is_too_long_is_told(talk: Talk) -> None:
    said = await talk.say("x" * 20_000)
    assert "8000" in said.replace(",", "")
    assert "Nothing was said yet" in await talk.say("/history")


EVIL = "\x1b]0;owned\x07\x1b[2Jready\x1b[1A\u202e [b]x[/b]"


class HostileDesk:
    """A desk whose every text tries to take over the terminal, or whose every call fails."""

    def __init__(self, real: FrontDesk, error: Exception | None = None) -> None:
        self.deps, self.stores, self.redis = real.deps, real.stores, EVIL
        self._error = error

    async def stream(self, message: str, **_: Any) -> AsyncIterator[TextEvent | Reply]:
        if self._error:
            raise self._error
        reply = Reply(text=EVIL, status="handoff", thread_id="t", turn_id="turn", ticket=f"T-1{EVIL}",
                      citations=({"id": EVIL, "title": EVIL, "url": EVIL},))  # fmt: skip
        for piece in EVIL:  # a sequence may come in pieces
            yield TextEvent(piece)
        yield replace(reply)

    async def history(self, thread: str, **_: Any) -> list[dict[str, str]]:
        if self._error:
            raise self._error
        return [{"role": "customer", "text": EVIL}, {"role": "bot", "text": EVIL}]

    async def explain(self, thread: str, **_: Any) -> dict[str, Any]:
        if self._error:
            raise self._error
        return {
            "turn": {"id": "turn", "index": 0, "placeholders": {EVIL: 1}}, "status": EVIL, "summary": EVIL,
            "verdict": {"outcome": EVIL, "rules": [EVIL], "score": 0.5},
            "route": {"intent": EVIL, "confidence": 0.5, "accepted": True, "alternatives": [(EVIL, 0.1)]},
            "decision": {"stage": "respond", "intent": EVIL, "tier": EVIL, "reasons": [EVIL]},
            "task": {"intent": EVIL, "turns": 1}, "proposal": {"tool": EVIL}, "ticket": {"id": EVIL, "reason": EVIL},
            "usage": {"model": EVIL, "calls": 1, "failures": [EVIL]},
            "path": [{"stage": name, "ms": 1.0, "note": EVIL} for name in ("guard", "route", "decide", EVIL)],
        }  # fmt: skip

    async def ticket(self, ticket: str, **_: Any) -> dict[str, Any]:
        packet = {
            "subject": EVIL, "intent": EVIL, "summary": EVIL, "details": [EVIL], "tools": [EVIL],
            "proposal": {"tool": EVIL, "question": EVIL},
            "transcript": [{"role": role, "text": EVIL} for role in ("customer", "bot", "tool", EVIL)],
        }  # fmt: skip
        facts = {"id": EVIL, "status": EVIL, "reason": EVIL, "opened_at": "0"}
        return {**facts, "packet": packet, "messages": [EVIL]}

    async def resolve(self, thread: str, **_: Any) -> Reply:
        return Reply(text=EVIL, status="answered", thread_id="t", turn_id="turn")


def hostile(opened: FrontDesk, error: Exception | None = None, *, terminal: bool = False) -> Talk:
    screen = StringIO()
    desk: Any = HostileDesk(opened, error)
    return Talk(Session(desk, console_on(screen, terminal=terminal), DEMO, f"thread{EVIL}"), screen)


async def test_nobodys_words_reach_the_terminal_as_codes(opened: FrontDesk) -> None:
    talk = hostile(opened)
    await talk.session.open()
    said = await talk.say("hi", "/why", "/history", "/ticket", "/resolve", "/thread", f"/as {EVIL}", f"/{EVIL}", "/new")
    assert not re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", talk.screen.getvalue())
    assert "ready" in said
    assert "[b]x[/b]" in said  # Rich's own markup is nothing to a customer


async def test_on_a_colour_terminal_only_our_own_codes_remain(opened: FrontDesk) -> None:
    talk = hostile(opened, terminal=True)
    await talk.say("hi", "/why", "/history", "/ticket")
    written = talk.screen.getvalue()
    assert "owned" not in written
    assert "\x1b[2J" not in written
    assert "\u202e" not in written


async def test_a_conversation_that_is_busy_is_told(opened: FrontDesk) -> None:
    error = ThreadBusyError("another turn is still running")
    assert await hostile(opened, error).say("hello") == "another turn is still running\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SealError("the key does not open this value"), "the key does not open"),
        (RedisConnectionError("server gone"), "does not answer (ConnectionError)"),
        (OSError(5, "input/output error"), "does not answer (OSError)"),
    ],
)
@pytest.mark.parametrize("line", ["hello", "/why", "/history", "/ticket"])
async def test_what_fails_is_told_and_the_session_goes_on(
    opened: FrontDesk, error: Exception, told: str, line: str
) -> None:
    assert told in " ".join((await hostile(opened, error).say(line)).split())
