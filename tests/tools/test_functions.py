"""The python connector: functions, methods of an object made once, threads, and what an exception means."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import ToolFailedError, ToolRefusedError
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.connectors.python import PythonBackend, build
from tests.support.tools import contract

SOURCE = """
import threading

class Closed(ValueError):
    pass

class Office:
    def __init__(self, stock):
        self.stock = stock
        self.inside = 0
        self.most = 0
        self.closed = False

    def take(self, arguments, call):
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.stock -= arguments["count"]
        self.inside -= 1
        return {"left": self.stock, "thread": threading.current_thread().name, "most": self.most}

    async def look(self, arguments, call):
        return {"left": self.stock}

    def _inner(self, arguments, call):
        return {}

    async def close(self):
        self.closed = True

def make(stock):
    return Office(stock)

def broken():
    raise RuntimeError("hunter2")

async def make_later():
    return Office(1)

def plain(arguments, call, greeting="hello"):
    arguments["seen"].append(call.subject)
    return {"said": greeting, **arguments}

def spread(count, customer_id):
    return [count, customer_id]

def fail(arguments, call):
    raise {"closed": Closed, "value": ValueError, "key": KeyError, "index": IndexError}[arguments["how"]](arguments["text"])
"""
OPTIONS = {"factory": "office.py:make", "with": {"stock": 10}}


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[PythonBackend]:
    (tmp_path / "office.py").write_text(SOURCE)
    made = build(Resources(tmp_path))
    yield made
    await made.close()


def call(tool: str = "take", deadline: float = float("inf"), **arguments: Any) -> Invocation:
    return Invocation(tool, arguments, "C-1", 1_000_000.0, "a" * 32, deadline=deadline)


async def test_a_plain_function_runs_in_a_thread_on_arguments_of_its_own(backend: PythonBackend) -> None:
    given: dict[str, Any] = {"seen": []}
    options = {"function": "office.py:plain", "with": {"greeting": "good day"}}
    assert await backend.run(options, call(**given)) == {"said": "good day", "seen": ["C-1"]}
    assert given == {"seen": []}


async def test_arguments_by_name_and_a_result_that_is_no_record(backend: PythonBackend) -> None:
    options = {"function": "office.py:spread", "spread": True, "into": "found"}
    assert await backend.run(options, call(count=3, customer_id="C-1")) == {"found": [3, "C-1"]}


async def test_one_object_serves_all_tools_one_call_at_a_time(backend: PythonBackend) -> None:
    told = await asyncio.gather(*(backend.run(OPTIONS, call(count=1)) for _ in range(8)))
    assert sorted(each["left"] for each in told) == list(range(2, 10))
    assert {each["most"] for each in told} == {1}
    assert all(each["thread"].startswith("frontdesk-tool") for each in told)
    assert await backend.run(OPTIONS, call("look")) == {"left": 2}
    assert await backend.run({**OPTIONS, "method": "look"}, call("another_name")) == {"left": 2}
    assert await backend.run({**OPTIONS, "with": {"stock": 5}}, call("look")) == {"left": 5}


async def test_a_thread_that_comes_too_late_begins_nothing(backend: PythonBackend) -> None:
    with pytest.raises(ToolFailedError):
        await backend.run(OPTIONS, call(deadline=time.monotonic() - 1, count=1))
    assert await backend.run(OPTIONS, call("look")) == {"left": 10}


async def test_what_it_made_is_closed(tmp_path: Path) -> None:
    (tmp_path / "office.py").write_text(SOURCE)
    made = build(Resources(tmp_path))
    await made.run(OPTIONS, call("look"))
    office = next(iter(made._made.values()))
    await made.close()
    assert office.closed is True


MEANINGS: list[tuple[str, dict[str, Any], str, str, str]] = [
    (
        "the class named",
        {"refuses": ["ValueError"]},
        "value",
        "not_possible",
        "That is not possible. Nothing was changed.",
    ),
    ("a class of that kind", {"refuses": ["ValueError"]}, "closed", "not_possible", "That is not possible"),
    ("a wider class", {"refuses": ["LookupError"], "message": "Not there."}, "key", "not_possible", "Not there."),
    (
        "with its reason",
        {"refuses": {"Closed": "office_closed", "ValueError": "wrong"}},
        "closed",
        "office_closed",
        "That is",
    ),
    ("a text that may be told", {"refuses": ["ValueError"], "messages": ["secret"]}, "value", "not_possible", "secret"),
]


@pytest.mark.parametrize(
    ("options", "how", "reason", "said"), [row[1:] for row in MEANINGS], ids=[row[0] for row in MEANINGS]
)
async def test_an_exception_that_is_declared_refuses(
    backend: PythonBackend, options: dict[str, Any], how: str, reason: str, said: str
) -> None:
    with pytest.raises(ToolRefusedError) as raised:
        await backend.run({"function": "office.py:fail", **options}, call(how=how, text="secret"))
    assert raised.value.reason == reason
    assert str(raised.value).startswith(said)
    assert ("secret" in str(raised.value)) == (said == "secret")


async def test_any_other_exception_goes_on_to_the_gateway(backend: PythonBackend) -> None:
    with pytest.raises(IndexError):
        await backend.run({"function": "office.py:fail", "refuses": ["ValueError"]}, call(how="index", text="x"))


FAULTY: list[tuple[dict[str, Any], str]] = [
    ({"function": "office.py:plain", "factory": "office.py:make"}, "options must be"),
    ({"function": "office.py:plain", "method": "x"}, "options must be"),
    ({"function": "office.py:plain", "refuses": {"ValueError": "No Reason"}}, "options must be"),
    ({"factory": "office.py:make"}, "cannot be called (TypeError)"),
    ({"factory": "office.py:broken"}, "cannot be called (RuntimeError)"),
    ({"factory": "office.py:make_later"}, "must not be async"),
    ({**OPTIONS, "method": "give"}, "no method give"),
    ({**OPTIONS, "method": "stock"}, "no method stock"),
    ({**OPTIONS, "method": "_inner"}, "options must be"),
]


@pytest.mark.parametrize(("options", "problem"), FAULTY)
async def test_faulty_options_are_told_in_every_part(
    backend: PythonBackend, options: dict[str, Any], problem: str
) -> None:
    made = contract(
        "take",
        effect="write",
        connector={"kind": "python", "options": options},
        precheck={"options": options},
        idempotency={"lookup": {"options": options}},
    )
    found = backend.check(made)
    assert len(found) == 3
    assert all(problem in each for each in found)
    assert [each.partition(":")[0] for each in found[1:]] == ["precheck", "idempotency.lookup"]
    assert "hunter2" not in "".join(found)
