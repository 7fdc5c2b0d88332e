"""Arguments that a model writes again: when it is asked, what of its answer counts, and what it may cost."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolCall
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import AnswerForm, Completion
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import DeskState
from frontdesk.nodes.act.correcting import Corrector, is_grounded
from frontdesk.nodes.act.node import ActNode
from frontdesk.nodes.act.said import Said
from frontdesk.nodes.scrub.restore import restorer
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.nodes.scrub.vault import MemoryVault
from frontdesk.prompts.book import PromptBook
from frontdesk.tools.contract import ToolContract
from tests.support.deps import deps_with, tiny_desk
from tests.support.tools import ANNA, CONTRACTS, THREAD, FakeBackend, Shop, contract

TODAY = date(2026, 5, 20)
CALLER = Caller(ANNA, THREAD, "turn-1")
SECRET = "99999"


@dataclass
class Models:
    """Answers in order, then keyless; remembers what it was shown."""

    answers: list[str]
    name: str = "fake:small"
    shown: list[str] = field(default_factory=list)
    seconds: list[float | None] = field(default_factory=list)

    def describe(self, role: str) -> str:
        return self.name

    async def complete(
        self,
        role: str,
        messages: Sequence[BaseMessage],
        *,
        tools: Sequence[Mapping[str, Any]] = (),
        seconds: float | None = None,
        on_text: Any = None,
        form: AnswerForm | None = None,
    ) -> Completion:
        assert role == "fast" and form is not None
        self.shown.append("\n".join(str(message.text) for message in messages))
        self.seconds.append(seconds)
        if not self.answers:
            return Completion(AIMessage("{}"), "keyless", spent="tenant")
        return Completion(AIMessage(self.answers.pop(0)), self.name, input_tokens=10, output_tokens=5)


@dataclass
class Bench:
    """A corrector over the real gateway."""

    answers: Sequence[str] = ()
    said: str = "where is my order"
    rules: Mapping[str, Any] = field(default_factory=dict)
    tools: Mapping[str, ToolContract] = field(default_factory=lambda: CONTRACTS)
    name: str = "fake:small"

    def __post_init__(self) -> None:
        self.shop = Shop(contracts=self.tools)
        self.models = Models(list(self.answers), self.name)
        desk = tiny_desk(tools=self.tools.values(), gateway=dict(self.rules))
        self.deps = deps_with(desk, gateway=self.shop.gateway, models=self.models, prompts=PromptBook({}))
        said = Said((self.said,), TODAY)
        self.corrector = Corrector(
            self.deps, CALLER, lambda tool: restorer({}, {}, tool=tool), said, frozenset(self.tools) - {"ping_order"}
        )

    async def args(self, arguments: Any, name: str = "get_order") -> Any:
        (call,) = await self.corrector.all([ToolCall(name=name, args=arguments, id="c", type="tool_call")])
        assert (call["name"], call["id"]) == (name, "c")
        return call["args"]


WRONG = {"order": "order 10482"}
RIGHT = {"order_id": "10482"}


async def test_a_call_is_mended_with_its_own_values_and_written_down() -> None:
    bench = Bench([json.dumps(RIGHT)])
    assert await bench.args(WRONG) == RIGHT
    assert bench.shop.decisions == ["corrected not_valid"]
    usage = bench.corrector.usage
    assert usage and (usage["calls"], usage["input_tokens"], usage["model"]) == (1, 10, "")
    assert bench.models.seconds == [5.0]


async def test_the_model_is_shown_the_schema_and_what_is_wrong_and_never_the_owner() -> None:
    bench = Bench([json.dumps(RIGHT)])
    await bench.args(WRONG)
    (shown,) = bench.models.shown
    assert "the object lacks order_id" in shown and '"pattern":"^[0-9]{5}$"' in shown and "order 10482" in shown
    assert "customer_id" not in shown and ANNA.subject not in shown


async def test_broken_json_of_a_write_is_asked_for_again() -> None:
    bench = Bench([json.dumps(RIGHT)])
    assert await bench.args('{"order_id": "10482"', "cancel_order") == RIGHT


KEPT: list[tuple[str, list[str], str, Any, Mapping[str, Any], int]] = [
    ("it was valid", [json.dumps(RIGHT)], "get_order", RIGHT, {}, 0),
    ("it was coerced", [json.dumps(RIGHT)], "get_order", {"order_id": 10482}, {}, 0),
    ("no such tool", [json.dumps(RIGHT)], "get_ordr", WRONG, {}, 0),
    ("not to be called in this turn", [json.dumps(RIGHT)], "ping_order", WRONG, {}, 0),
    ("switched off", [json.dumps(RIGHT)], "get_order", WRONG, {"corrections": 0}, 0),
    ("too long", [json.dumps(RIGHT)], "get_order", {"order": "10482" * 1000}, {}, 0),
    ("no hosted model, or no money left", [], "get_order", WRONG, {}, 1),
    ("no object", ["I cannot"], "get_order", WRONG, {}, 1),
    ("two objects", [json.dumps(RIGHT) * 2], "get_order", WRONG, {}, 1),
    ("nothing", ["{}"], "get_order", WRONG, {}, 1),
    ("a value of its own", [json.dumps({"order_id": SECRET})], "get_order", WRONG, {}, 1),
    ("half a value", [json.dumps({"order_id": "10482"})], "get_order", {"order": "a 110482"}, {}, 1),
    ("still not valid", [json.dumps({"order_id": "order 10482"})], "get_order", WRONG, {}, 1),
    ("the owner", [json.dumps({**RIGHT, "customer_id": "C-2"})], "get_order", WRONG, {}, 1),
]


@pytest.mark.parametrize(
    ("answers", "name", "arguments", "rules", "asked"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT]
)
async def test_it_stays_as_it_was(
    answers: list[str], name: str, arguments: Any, rules: Mapping[str, Any], asked: int
) -> None:
    bench = Bench(answers, rules=rules)
    assert await bench.args(arguments, name) == arguments
    assert len(bench.models.shown) == asked and bench.shop.decisions == []


async def test_keyless_is_never_asked() -> None:
    bench = Bench([json.dumps(RIGHT)], name="keyless")
    assert await bench.args(WRONG) == WRONG and bench.models.shown == []


async def test_it_is_asked_as_often_as_the_desk_says_with_what_is_wrong_now() -> None:
    bench = Bench([json.dumps({"order_id": "order 10482"}), json.dumps(RIGHT)], rules={"corrections": 2})
    assert await bench.args(WRONG) == RIGHT
    assert "must match the pattern" in bench.models.shown[1]


async def test_of_many_calls_a_few_are_mended() -> None:
    bench = Bench([json.dumps(RIGHT)] * 9)
    calls = [ToolCall(name="get_order", args=WRONG, id=str(at), type="tool_call") for at in range(5)]
    assert [call["args"] == RIGHT for call in await bench.corrector.all(calls)] == [True, True, True, False, False]


SCHEMA = {"properties": {"a": {"properties": {"b": {}}}, "c": {}}}
GROUNDED: list[tuple[str, Any, str, str, bool]] = [
    ("its own value", {"a": "10482"}, '{"x": "10482"}', "", True),
    ("out of a sentence", {"a": "10482"}, '{"x": "order 10482, please"}', "", True),
    ("as a number", {"a": 3}, '{"x": "3"}', "", True),
    ("the customer's", {"a": "10482"}, "{}", "it is 104 82", True),
    ("the customer's number", {"c": 3}, "{}", "three of them", True),
    ("nested", {"a": {"b": ["x1"]}}, "{'b': x1}", "", True),
    ("a placeholder", {"a": "<EMAIL_1>"}, '{"x": "<EMAIL_1>"}', "", True),
    ("with escapes", {"a": 'say "hi"'}, json.dumps({"x": 'say "hi"'}), "", True),
    ("nothing at all", {"a": None, "c": []}, "{}", "", True),
    ("nobody's", {"a": "10483"}, '{"x": "10482"}', "10484", False),
    ("a part of a number", {"a": 5}, '{"x": 15}', "", False),
    ("without its sign", {"a": 5}, '{"x": -5}', "", False),
    ("without its cents", {"a": 5}, '{"x": 5.50}', "", False),
    ("a part of an id", {"a": "10482"}, '{"x": "W-10482"}', "", False),
    ("another placeholder", {"a": "<EMAIL_2>"}, '{"x": "<EMAIL_1>"}', "", False),
    ("a flag of its own", {"a": True}, '{"x": 1}', "true", False),
    ("a name of its own", {"z": "10482"}, '{"x": "10482"}', "", False),
    ("one nested value of its own", {"a": {"b": ["x1", "x2"]}}, '{"x": "x1"}', "", False),
]


@pytest.mark.parametrize(
    ("answer", "raw", "said", "expected"), [row[1:] for row in GROUNDED], ids=[row[0] for row in GROUNDED]
)
def test_what_was_there_before(answer: Any, raw: str, said: str, expected: bool) -> None:
    assert is_grounded(answer, raw, Said((said,), TODAY), SCHEMA) is expected


NEEDS = {"ping_order": contract("ping_order", effect="write", confirm="never", precheck=None)}
ASKED: list[tuple[str, str, Any, str]] = [
    ("the customer's own", "ping order 10482", {"order": "10482"}, "done"),
    ("the model's", "ping my order", {"order": "10482"}, "refused"),
    ("the customer's own, coerced", "ping order 10482", None, "done"),
]


@pytest.mark.parametrize(("said", "arguments", "note"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED])
async def test_authority_judges_what_will_run(said: str, arguments: Any, note: str) -> None:
    backend = FakeBackend()
    shop = Shop(backend, contracts=NEEDS)
    models = Models([json.dumps(RIGHT)])
    intent = {"name": "ping", "title": "t1", "description": "d1", "utterances": ["a1", "b1"], "tools": ["ping_order"]}
    desk = tiny_desk(tools=NEEDS.values())
    desk = type(desk)(desk.config, {"ping": cast("Any", type("I", (), intent))}, {}, NEEDS)
    deps = deps_with(
        desk, gateway=shop.gateway, models=models, prompts=PromptBook({}), vault=MemoryVault(),
        scrubber=PersonalDataScrubber(),
    )  # fmt: skip
    call = ToolCall(name="ping_order", args=arguments or {"order_id": 10482}, id="c", type="tool_call")
    state = {
        "messages": [HumanMessage(said), AIMessage("", tool_calls=[call])],
        "verdict": {"outcome": "allow", "rules": [], "score": 0.0},
        "decision": {"intent": "ping"},
    }
    config: RunnableConfig = {"configurable": {"principal": ANNA, "thread_id": THREAD, "turn_id": "turn-1"}}
    update = await ActNode(deps)(cast(DeskState, state), config)
    assert update["note"] == note and len(backend.calls) == (note == "done")
    assert ("usage" in update) is bool(models.shown) is bool(arguments)
