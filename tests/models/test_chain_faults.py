"""Every fault of a provider in every position of a chain of three, over the wire, with a listener and without.

Each provider is a loopback server of its own. Those before the faulty one refuse at once, those behind it answer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from email.utils import formatdate

import pytest
import pytest_asyncio
from langchain_core.messages import HumanMessage

from frontdesk.desk.modelling import Breaker, Link
from frontdesk.graph.deps import Completion
from frontdesk.models.chain import ModelRoster
from frontdesk.models.hosted import hosted_factory
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply, call, error
from frontdesk.testing.scripted import ScriptedModel
from tests.models.test_chain import ASK, BROKEN, TOOL

NAMES = ("openai:first", "openai:second", "openai:third")
WORDS = "These are words of a link that failed."
TIME = 0.25
"""Seconds of one link, and ten times as many of the whole chain."""
HANGS = 3600.0


@dataclass
class Providers:
    """Three servers, and a roster whose chain they are."""

    servers: list[OpenAIServer]
    roster: ModelRoster
    waits: list[float] = field(default_factory=list)
    told: list[str | None] = field(default_factory=list)

    async def listen(self, words: str | None) -> None:
        self.told.append(words)

    async def ask(self, *, listening: bool = False) -> Completion:
        listener = self.listen if listening else None
        return await self.roster.complete("fast", ASK, tools=[TOOL], seconds=10 * TIME, on_text=listener)

    def shown(self) -> str:
        """What stands on the customer's screen in the end."""
        last = max((index for index, words in enumerate(self.told) if words is None), default=0)
        return "".join(words or "" for words in self.told[last:])


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def servers() -> AsyncIterator[list[OpenAIServer]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(OpenAIServer()) for _ in NAMES]


def plays(server: OpenAIServer, reply: Reply) -> None:
    server.script.clear()
    server.requests.clear()
    server.default = reply


def providers(servers: list[OpenAIServer], *, first_token: float | None = None, timeout: float = TIME) -> Providers:
    links: list[str | Link] = [Link(model=name, base_url=one.url) for name, one in zip(NAMES, servers, strict=True)]
    roster = ModelRoster(
        {"fast": links},
        ScriptedModel(*["from keyless"] * 30),
        hosted_factory(None, 5.0),
        timeout=timeout,
        first_token=first_token,
        rule=Breaker(failures=100),
    )
    made = Providers(servers, roster)

    async def wait(seconds: float) -> None:
        made.waits.append(seconds)

    made.roster = replace(roster, sleep=wait)
    return made


pytestmark = pytest.mark.asyncio(loop_scope="module")

CALLED = Reply(calls=(("get_order", {"order_id": "10482"}),), fault="cut", kept=3)
FAULTS: list[tuple[str, Reply, str, int]] = [
    ("429, come again in 60 s", error(429, retry_after="60"), "rate_limited", 1),
    ("429, come again in 10 ms", error(429, retry_after_ms="10"), "rate_limited", 2),
    ("429, come again at a time", error(429, retry_after=formatdate(4e9, usegmt=True)), "rate_limited", 1),
    ("429, come again at a time that is over", error(429, retry_after=formatdate(1e9, usegmt=True)), "rate_limited", 2),
    ("500", error(500), "server_error", 1),  # its pause would take more than half of the link's time
    ("503, come again at once", error(503, retry_after="0"), "server_error", 2),
    ("401", error(401), "auth", 1),
    ("403", error(403), "auth", 1),
    ("400", error(400), "refused", 1),
    ("404", error(404), "refused", 1),
    ("silence before the first word", Reply(WORDS, fault="slow", seconds=HANGS), "timeout", 1),
    ("a drip", Reply(f"{WORDS} " * 50, pace=0.02), "timeout", 1),
    ("gone before the answer", Reply(fault="hang_up"), "connection", 1),
    ("cut before the first event", Reply(WORDS, fault="cut", kept=0), "cut", 1),
    ("cut before the first word", Reply(WORDS, fault="cut", kept=1), "cut", 1),
    ("cut after some words", Reply(WORDS, fault="cut", kept=5), "cut", 1),
    ("cut in a tool call", CALLED, "cut", 1),
    ("no end", Reply(WORDS, fault="unfinished"), "cut", 1),
    ("arguments that are no JSON", BROKEN, "malformed", 2),  # asked again, once
    ("a tool that is not offered", call("drop_table"), "malformed", 2),
    ("nothing said", Reply(""), "malformed", 2),
    ("an event that is no JSON", Reply(WORDS, fault="bad_json"), "malformed", 2),
    ("a web page", Reply(fault="html"), "malformed", 2),
    ("a content filter", Reply(WORDS, fault="refusal"), "refused", 1),
]


@pytest.mark.parametrize("listening", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("position", range(3), ids=["first", "second", "last"])
@pytest.mark.parametrize(("fault", "cause", "requests"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
async def test_the_next_link_answers_in_time_and_no_word_of_the_failed_one_stays(
    servers: list[OpenAIServer], fault: Reply, cause: str, requests: int, position: int, listening: bool
) -> None:
    for index, server in enumerate(servers):
        plays(server, error(400) if index < position else fault if index == position else Reply(f"From {index}."))
    given = providers(servers)
    await given.roster.warm()
    began = time.monotonic()
    done = await given.ask(listening=listening)
    assert time.monotonic() - began < 1.1 * 10 * TIME
    last = position == 2
    assert done.failures == (*["fast/refused"] * position, f"fast/{cause}")
    assert done.model == ("keyless" if last else NAMES[position + 1])
    assert done.message.text == ("from keyless" if last else f"From {position + 1}.")
    assert [len(server.requests) for server in servers] == [
        1 if index != position else requests if index == position else 0 for index in range(min(3, position + 2))
    ] + [0] * (1 - position)
    assert given.shown() == ("" if last or not listening else done.message.text)


async def in_the_clear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    await writer.drain()
    writer.close()


async def test_a_provider_whose_encryption_fails_is_a_connection_fault(servers: list[OpenAIServer]) -> None:
    plays(servers[1], Reply("ok"))
    given = providers(servers)
    async with await asyncio.start_server(in_the_clear, "127.0.0.1", 0) as plain:
        address = f"https://127.0.0.1:{plain.sockets[0].getsockname()[1]}/v1"
        chain: list[str | Link] = [
            Link(model="openai:a", base_url=address),
            Link(model="openai:b", base_url=servers[1].url),
        ]
        roster = replace(given.roster, specs={"fast": chain}, timeout=5.0)
        await roster.warm()
        done = await roster.complete("fast", ASK)
    assert (done.model, done.failures) == ("openai:b", ("fast/connection",))


@pytest.mark.parametrize("dead", range(4))
async def test_links_that_hang_one_after_the_other_keep_to_the_whole_time(
    servers: list[OpenAIServer], dead: int
) -> None:
    for index, server in enumerate(servers):
        plays(server, Reply(fault="slow", seconds=HANGS) if index < dead else Reply("In time."))
    given = providers(servers, timeout=30.0)
    await given.roster.warm()
    began = time.monotonic()
    done = await given.roster.complete("fast", ASK, seconds=1.0)
    assert time.monotonic() - began < 1.1
    assert done.failures == ("fast/timeout",) * dead
    assert done.model == (*NAMES, "keyless")[dead]


async def test_a_link_that_is_silent_is_given_up_before_its_time_and_one_that_speaks_is_not(
    servers: list[OpenAIServer],
) -> None:
    """Both would take an hour; the silent one has a tenth of its time for its first word, the other one all of it."""
    plays(servers[0], Reply(WORDS, fault="slow", seconds=HANGS))
    plays(servers[1], Reply("word " * 40, pace=0.02))  # 0.8 s, and words from the beginning
    plays(servers[2], Reply("Not asked."))
    given = providers(servers, first_token=0.05, timeout=4.0)
    await given.roster.warm()
    done = await given.roster.complete("fast", ASK, seconds=8.0)
    assert (done.model, done.failures) == ("openai:second", ("fast/timeout",))


async def test_the_providers_before_a_wait_are_not_waited_for_beyond_half_of_their_time(
    servers: list[OpenAIServer],
) -> None:
    plays(servers[0], error(429, retry_after="1"))
    plays(servers[1], error(429, retry_after_ms="50"))
    plays(servers[2], Reply("ok"))
    given = providers(servers)
    await given.ask()
    assert given.waits == [0.05]


@pytest.mark.parametrize(
    ("word", "fault", "least", "most"),
    [
        ("refused before it was read", error(400), 0, 0),
        ("turned away", error(429, retry_after="60"), 0, 0),
        ("never there", Reply(fault="hang_up"), 0, 0),
        ("cut after some words", Reply(WORDS, fault="cut", kept=6), 6, 60),
        ("answered, and of no use", Reply("no", fault="refusal"), 11, 11),  # it reports what it took
        ("hung", Reply(WORDS, fault="slow", seconds=HANGS), 5, 60),  # it may have read it all
    ],
)
async def test_what_a_failed_link_took_is_counted(
    servers: list[OpenAIServer], word: str, fault: Reply, least: int, most: int
) -> None:
    plays(servers[0], fault)
    plays(servers[1], Reply("ok", prompt_tokens=1000, completion_tokens=100))
    given = providers(servers)
    await given.roster.warm()
    done = await given.roster.complete("fast", [HumanMessage("where is it?")], seconds=10 * TIME)
    assert done.model == "openai:second"
    assert least <= done.input_tokens - 1000 <= most, word


async def test_without_a_report_the_estimate_never_undercounts(servers: list[OpenAIServer]) -> None:
    plays(servers[0], Reply("Four words of answer.", reports=False))
    done = await providers(servers).ask()
    assert done.input_tokens >= 40  # the tool alone has as many
    assert done.output_tokens >= 5


async def test_both_answers_of_a_call_that_was_asked_again_are_counted(servers: list[OpenAIServer]) -> None:
    plays(servers[0], BROKEN)
    servers[0].script.extend([BROKEN, Reply("Then in words.")])
    done = await providers(servers).ask()
    assert (done.input_tokens, done.output_tokens, done.message.text) == (22, 14, "Then in words.")


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_a_breaker_opens_is_skipped_half_opens_and_closes(servers: list[OpenAIServer]) -> None:
    clock = Clock()
    plays(servers[0], error(500))
    plays(servers[1], Reply("From the second."))
    plays(servers[2], Reply("From the third."))
    given = providers(servers)
    roster = replace(given.roster, rule=Breaker(failures=2, pause=30.0), clock=clock)

    async def turn() -> tuple[str, tuple[str, ...], str]:
        done = await roster.complete("fast", ASK, seconds=10 * TIME)
        return done.model, done.failures, roster.states()[0]["state"]

    assert await turn() == ("openai:second", ("fast/server_error",), "closed")
    assert await turn() == ("openai:second", ("fast/server_error",), "open")
    asked = len(servers[0].requests)
    assert await turn() == ("openai:second", ("fast/open",), "open")
    assert len(servers[0].requests) == asked
    clock.now += 31
    assert await turn() == ("openai:second", ("fast/server_error",), "open")  # half-open, and still broken
    plays(servers[0], Reply("From the first."))
    clock.now += 31
    assert roster.states()[0]["state"] == "half_open"
    assert await turn() == ("openai:first", (), "closed")


async def test_of_many_turns_at_once_only_one_tries_a_half_open_link(servers: list[OpenAIServer]) -> None:
    clock = Clock()
    plays(servers[0], error(401))
    plays(servers[1], Reply("ok"))
    roster = replace(providers(servers).roster, clock=clock)
    await roster.complete("fast", ASK)
    plays(servers[0], Reply("back", pace=0.01))
    clock.now += 31
    done = await asyncio.gather(*(roster.complete("fast", ASK, seconds=20.0) for _ in range(20)))
    assert sorted(one.model for one in done) == ["openai:first"] + ["openai:second"] * 19
    assert len(servers[0].requests) == 1


async def test_a_customer_who_leaves_says_nothing_of_the_link(servers: list[OpenAIServer]) -> None:
    clock = Clock()
    plays(servers[0], error(401))
    plays(servers[1], Reply("ok"))
    roster = replace(providers(servers, timeout=30.0).roster, clock=clock)
    await roster.complete("fast", ASK)
    clock.now += 31
    plays(servers[0], Reply(fault="slow", seconds=HANGS))
    speaks = asyncio.Event()

    async def listen(words: str | None) -> None:
        speaks.set()

    turn = asyncio.create_task(roster.complete("fast", ASK, on_text=listen))
    await speaks.wait()  # its request goes out
    turn.cancel()
    await asyncio.gather(turn, return_exceptions=True)
    assert roster.states()[0]["state"] == "half_open"
    plays(servers[0], Reply("back"))
    assert (await roster.complete("fast", ASK)).model == "openai:first"


async def test_two_roles_that_name_the_same_link_share_its_breaker(servers: list[OpenAIServer]) -> None:
    plays(servers[0], error(401))
    link = Link(model="openai:a", base_url=servers[0].url)
    given = providers(servers)
    roster = replace(given.roster, specs={"fast": link, "summary": link})
    assert (await roster.complete("fast", ASK)).failures == ("fast/auth",)
    assert (await roster.complete("summary", ASK)).failures == ("summary/open",)
    assert [state["state"] for state in roster.states()] == ["open", "open"]
