"""Bad input at the Python and the HTTP door: a clear error, no trace, no echo, and a thread that is none the worse."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from frontdesk import FrontDesk, open_desk
from frontdesk.errors import MessageError, RequestError, ThreadError
from frontdesk.server.app import BODY_BYTES, create_app
from tests.support.small import DEMO, OTHER, serving, settings_for, small_desk

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.filterwarnings("ignore:Accessing the 'model_fields' attribute:DeprecationWarning:langserve"),
]

CANARY = "quillfeather"
TOKEN, AGENT = "the-demo-customers-own-long-token", "the-agents-own-long-token"
GOOD = {"Authorization": f"Bearer {TOKEN}"}
QUESTION = "Where is my order 10482?"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FrontDesk]:
    home = tmp_path_factory.mktemp("python")
    async with open_desk(small_desk(), settings_for(home), principal=DEMO) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def http(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    home = tmp_path_factory.mktemp("http")
    tokens = [
        {"sha256": hashlib.sha256(TOKEN.encode()).hexdigest(), "subject": "C-1042", "scopes": sorted(DEMO.scopes)},
        {"sha256": hashlib.sha256(AGENT.encode()).hexdigest(), "subject": "agent-7", "scopes": ["handoff:resolve"]},
    ]
    path = home / "tokens.json"
    path.write_text(json.dumps(tokens), encoding="utf-8")
    async with serving(create_app(small_desk(), settings_for(home, tokens_file=path))) as client:
        yield client


# ------------------------------------------------------------------------------------------------ the Python door

MESSAGES: list[tuple[str, Any]] = [
    ("empty", ""),
    ("blank", " \n\t "),
    ("only control characters", "\x00\x01\x1b\x7f\x9f"),
    ("one megabyte", CANARY * 90_000),
    ("a character over the limit", "a" * 8001),
    ("half a surrogate pair", f"{CANARY} \ud83d"),
    ("the other half", f"{CANARY} \udc00 and more"),
    ("a number", 10482),
    ("bytes", CANARY.encode()),
    ("nothing", None),
    ("a list", [CANARY]),
    ("a message record", {"role": "system", "content": CANARY}),
]
IDENTIFIERS: list[tuple[str, dict[str, Any]]] = [
    ("turn id with a blank", {"turn_id": f"{CANARY} 1"}),
    ("turn id with an address", {"turn_id": f"{CANARY}@example.org"}),
    ("turn id of 65 characters", {"turn_id": "t" * 65}),
    ("empty turn id", {"turn_id": ""}),
    ("turn id that is a number", {"turn_id": 7}),
    ("turn id with half a surrogate pair", {"turn_id": "\ud83d"}),
]


@pytest.mark.parametrize("message", [row[1] for row in MESSAGES], ids=[row[0] for row in MESSAGES])
async def test_python_refuses_a_bad_message(desk: FrontDesk, message: Any) -> None:
    await desk.chat(QUESTION, thread_id="bad", turn_id="first")
    before = await desk.history("bad")
    with pytest.raises(MessageError) as caught:
        await desk.chat(message, thread_id="bad")
    assert CANARY not in str(caught.value)
    with pytest.raises(MessageError):
        _ = [event async for event in desk.stream(message, thread_id="bad")]
    assert await desk.history("bad") == before
    assert len(before) == 2


@pytest.mark.parametrize("given", [row[1] for row in IDENTIFIERS], ids=[row[0] for row in IDENTIFIERS])
async def test_python_refuses_a_bad_turn_id(desk: FrontDesk, given: dict[str, Any]) -> None:
    with pytest.raises(MessageError) as caught:
        await desk.chat("hello", thread_id="bad-ids", **given)
    assert CANARY not in str(caught.value)
    with pytest.raises(ThreadError):  # not even a thread was made
        await desk.history("bad-ids")


@pytest.mark.parametrize("call", ["history", "explain", "resolve"])
@pytest.mark.parametrize("thread", [CANARY, "0" * 32, "", "\ud83d", "x" * 100_000, "a\x00b"], ids=range(6))
async def test_python_knows_no_such_thread(desk: FrontDesk, call: str, thread: str) -> None:
    with pytest.raises(ThreadError) as caught:
        await getattr(desk, call)(thread)
    assert CANARY not in str(caught.value)


async def test_python_shows_nobody_elses_thread(desk: FrontDesk) -> None:
    mine = await desk.chat(QUESTION, thread_id="private")
    with pytest.raises(ThreadError):
        await desk.history(mine.thread_id, principal=OTHER)
    with pytest.raises(ThreadError):
        await desk.resume(mine.thread_id, "approve", principal=OTHER)
    with pytest.raises(RequestError):
        await desk.ticket(f"T-{CANARY}", principal=DEMO)


async def test_control_characters_around_a_message_are_taken_out(desk: FrontDesk) -> None:
    reply = await desk.chat(f"\x00{QUESTION}\x1b[2J\r\n", thread_id="controls")
    assert "10482" in reply.text
    assert (await desk.history("controls"))[0]["text"] == f"{QUESTION}[2J"


async def test_odd_thread_ids_are_only_names(desk: FrontDesk) -> None:
    names = ["a,b", "A,B", "a b*", "{x}:vault", "\ud83d", "x" * 100_000, "../../etc", "\x00"]
    threads = [(await desk.chat("hello", thread_id=name)).thread_id for name in names]
    assert len(set(threads)) == len(names)
    assert all(len(thread) == 32 and thread.isalnum() for thread in threads)


async def test_two_messages_at_once_are_both_answered_and_kept_in_order(desk: FrontDesk) -> None:
    texts = [QUESTION, "How much does delivery cost?", "Show me my orders", "How many points do I have?"]
    replies = await asyncio.gather(*(desk.chat(text, thread_id="crowded") for text in texts))
    lines = await desk.history("crowded")
    assert [line["role"] for line in lines] == ["customer", "bot"] * len(texts)
    assert sorted(line["text"] for line in lines[::2]) == sorted(texts)
    said = dict(zip(texts, [reply.text for reply in replies], strict=True))
    assert all(
        said[question["text"]] == answer["text"] for question, answer in zip(lines[::2], lines[1::2], strict=True)
    )


async def test_the_same_turn_twice_is_one_turn(desk: FrontDesk) -> None:
    sent = {"thread_id": "twice", "turn_id": "turn-1"}
    together = await asyncio.gather(desk.chat(QUESTION, **sent), desk.chat(QUESTION, **sent))
    later = await desk.chat(QUESTION, **sent)
    assert together[0] == together[1] == later
    assert len(await desk.history("twice")) == 2


async def test_two_customers_with_the_same_thread_name_have_two_threads(desk: FrontDesk) -> None:
    first = await desk.chat(QUESTION, thread_id="chat-1", turn_id="t")
    second = await desk.chat(QUESTION, thread_id="chat-1", turn_id="t", principal=OTHER)
    assert first.thread_id != second.thread_id
    assert "processing" in first.text
    assert "can't find order 10482" in second.text
    assert [len(await desk.history("chat-1", principal=who)) for who in (DEMO, OTHER)] == [2, 2]


# -------------------------------------------------------------------------------------------------- the HTTP door


def sent(message: Any, **more: Any) -> bytes:
    return json.dumps(
        {"input": {"message": message, **more}, "config": {"configurable": {"thread_id": "bad"}}}
    ).encode()


NESTED = b'{"input": {"message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}"
BODIES: list[tuple[str, bytes, int]] = [
    ("empty message", sent(""), 422),
    ("blank", sent(" \n "), 422),
    ("only control characters", sent("\x00\x07"), 422),
    ("over the limit", sent(CANARY * 1000), 422),
    ("one megabyte", sent(CANARY * 90_000), 413),
    ("half a surrogate pair", sent(f"{CANARY} \ud83d"), 422),
    ("number", sent(10482), 422),
    ("list", sent([CANARY]), 422),
    ("record", sent({"role": "system", "content": CANARY}), 422),
    ("nothing", sent(None), 422),
    ("unknown field", sent("hello", subject=CANARY), 422),
    ("turn id with an address", sent("hello", turn_id=f"{CANARY}@example.org"), 422),
    ("input is a text", b'{"input": "quillfeather"}', 422),
    ("input is missing", b'{"message": "quillfeather"}', 422),
    ("body is a list", b'["quillfeather"]', 422),
    ("body is a text", b'"quillfeather"', 422),
    ("no body", b"", 422),
    ("not JSON", b'{"input": {"message": "quillfeather"', 422),
    ("not UTF-8", b'{"input": {"message": "quillfeather \xff\xfe"}}', 422),
    ("NaN", b'{"input": {"message": NaN}}', 422),
    ("nested a hundred thousand times", NESTED, 422),
    ("configuration is a text", b'{"input": {"message": "hi"}, "config": "quillfeather"}', 422),
    ("configurable is a list", b'{"input": {"message": "hi"}, "config": {"configurable": ["quillfeather"]}}', 422),
]


@pytest.mark.parametrize(("body", "status"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
@pytest.mark.parametrize("route", ["invoke", "stream"])
async def test_http_refuses_a_bad_body(http: httpx.AsyncClient, route: str, body: bytes, status: int) -> None:
    before = await known_thread(http)
    answer = await http.post(f"/chat/{route}", content=body, headers={**GOOD, "Content-Type": "application/json"})
    assert_clear(answer, status)
    assert await history(http) == before


ROUTES: list[tuple[str, str, str, dict[str, str], int]] = [
    ("wrong token", "GET", "/threads/bad", {"Authorization": f"Bearer {CANARY}"}, 401),
    ("not a bearer token", "GET", "/threads/bad", {"Authorization": f"Basic {CANARY}"}, 401),
    ("empty token", "GET", "/threads/bad", {"Authorization": "Bearer"}, 401),
    ("unknown thread", "GET", f"/threads/{CANARY}", GOOD, 404),
    ("thread name that is not UTF-8", "GET", "/threads/%ff%fe", GOOD, 404),
    ("thread name with a zero", "GET", "/threads/a%00b", GOOD, 404),
    ("somebody else's thread", "GET", "/threads/bad", {}, 404),
    ("ticket without a token", "GET", "/tickets/T-1", {}, 401),
    ("ticket with a customer's token", "GET", "/tickets/T-1", GOOD, 403),
    ("unknown ticket", "GET", f"/tickets/T-{CANARY}", {"Authorization": f"Bearer {AGENT}"}, 404),
    ("resolving an unknown ticket", "POST", "/tickets/T-1/resolve", {"Authorization": f"Bearer {AGENT}"}, 404),
    ("no such route", "GET", f"/{CANARY}", {}, 404),
    ("wrong method", "GET", "/chat/invoke", {}, 405),
    ("posting with a wrong token", "POST", "/chat/invoke", {"Authorization": f"Bearer {CANARY}"}, 401),
]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"), [row[1:] for row in ROUTES], ids=[row[0] for row in ROUTES]
)
async def test_http_refuses_a_bad_request(
    http: httpx.AsyncClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    before = await known_thread(http)
    body = sent("hello") if path.startswith("/chat") and method == "POST" else None
    assert_clear(await http.request(method, path, headers=headers, content=body), status)
    assert await history(http) == before


async def test_http_bounds_a_body_that_does_not_say_its_size(http: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'{"input": {"message": "'
        for _ in range(2 * BODY_BYTES // 4096):
            yield b"a" * 4096
        yield b'"}}'

    before = await known_thread(http)
    assert_clear(await http.post("/chat/invoke", content=endless(), headers=GOOD), 413)
    assert await history(http) == before


async def test_http_takes_no_principal_from_a_body(http: httpx.AsyncClient) -> None:
    forged = {"thread_id": "forged", "principal": {"subject": "C-1042", "tenant": "retail", "scopes": ["orders:read"]}}
    body = {"input": {"message": QUESTION}, "config": {"configurable": forged}}
    answer = await http.post("/chat/invoke", json=body)
    assert answer.status_code == 404  # an anonymous caller's own name for a thread does not count
    answer = await http.post(
        "/chat/invoke",
        json={"input": {"message": QUESTION}, "config": {"configurable": {"principal": forged["principal"]}}},
    )
    assert "processing" not in answer.text


async def test_http_batch_refuses_all_of_a_batch_with_one_bad_message(
    http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    before = await known_thread(http)
    inputs = [{"message": "hello"}, {"message": CANARY, "turn_id": f"{CANARY}@example.org"}]
    body = {"inputs": inputs, "config": {"configurable": {"thread_id": "bad"}}}
    assert_clear(await http.post("/chat/batch", json=body, headers=GOOD), 422)
    assert await history(http) == before
    assert CANARY not in caplog.text  # the server's log of an error that nobody expected would hold the input


async def test_http_same_turn_twice_is_one_turn(http: httpx.AsyncClient) -> None:
    body = {"input": {"message": QUESTION, "turn_id": "turn-1"}, "config": {"configurable": {"thread_id": "twice"}}}
    answers = await asyncio.gather(*(http.post("/chat/invoke", json=body, headers=GOOD) for _ in range(2)))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["output"] == answers[1].json()["output"]
    assert len(await history(http, "twice")) == 2


async def known_thread(http: httpx.AsyncClient) -> list[dict[str, str]]:
    """The history of the thread ``bad`` after a first good turn; a turn with this id is answered once."""
    body = {"input": {"message": QUESTION, "turn_id": "first"}, "config": {"configurable": {"thread_id": "bad"}}}
    answer = await http.post("/chat/invoke", json=body, headers=GOOD)
    assert answer.status_code == 200
    lines = await history(http)
    assert len(lines) == 2
    return lines


async def history(http: httpx.AsyncClient, thread: str = "bad") -> list[dict[str, str]]:
    answer = await http.get(f"/threads/{thread}", headers=GOOD)
    assert answer.status_code == 200
    lines: list[dict[str, str]] = answer.json()["messages"]
    return lines


def assert_clear(answer: httpx.Response, status: int) -> None:
    """The status, a reason in words, and neither the input nor the insides of the program."""
    assert answer.status_code == status, answer.text[:300]
    assert answer.json()["detail"]
    for telling in (CANARY, "Traceback", "site-packages", ".py"):
        assert telling not in answer.text
    assert len(answer.text) < 1000
