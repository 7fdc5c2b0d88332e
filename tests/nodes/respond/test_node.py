"""The respond stage: which role, which tools, how much time, and what comes into the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from frontdesk.desk.config import Intent, Page
from frontdesk.graph.deps import Completion, Reviewed
from frontdesk.graph.identity import Principal
from frontdesk.nodes.respond.node import RespondNode, seconds_left
from frontdesk.nodes.respond.outgoing import backed, masked_call
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.nodes.scrub.vault import MemoryVault
from frontdesk.prompts.book import PromptBook
from tests.support.deps import deps_with, tiny_desk

TOOL = {"type": "function", "function": {"name": "get_order", "parameters": {}}}
CALL = AIMessage("", tool_calls=[{"name": "get_order", "args": {}, "id": "c1"}])
WHO = Principal("C-1042", "shop")


class Models:
    """Answers with one message and records how it was asked."""

    def __init__(self, message: AIMessage) -> None:
        self.message = message
        self.asked: dict[str, Any] = {}
        self.streams = False

    def describe(self, role: str) -> str:
        return "openai:x"

    async def complete(
        self,
        role: str,
        messages: Sequence[BaseMessage],
        *,
        tools: Sequence[Mapping[str, Any]] = (),
        seconds: float | None = None,
        on_text: Any = None,
    ) -> Completion:
        self.asked = {"role": role, "messages": messages, "tools": list(tools), "seconds": seconds}
        self.streams = on_text is not None
        return Completion(self.message, "openai:x", 10, 5, ("fast/timeout",))


class Reviewer:
    """Says whether the desk's own words will be said whatever a model writes."""

    def __init__(self, settled: bool) -> None:
        self.settled = settled

    async def partial(self, text: str, *facts: object, turn: object = None) -> Reviewed:
        return Reviewed("", blocked=self.settled, settled=self.settled)


class Gateway:
    """Offers one tool and records for whom."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[str], str, bool]] = []

    def offered(self, names: Sequence[str], principal: Principal, *, writes: bool) -> list[dict[str, Any]]:
        self.asked.append((list(names), principal.subject, writes))
        return [TOOL]


def desk(**config: Any) -> Any:
    intent = Intent(
        name="where",
        title="find an order",
        description="Where it is.",
        utterances=["where is it", "find it"],
        tools=["get_order"],
        pages=["tracking"],
    )
    page = Page(id="tracking", title="Tracking", body="Look here.")
    return tiny_desk(intents=[intent], pages=[page], budgets={"turn_seconds": 20, "model_calls": 2}, **config)


async def respond(
    message: AIMessage,
    thread: str = "t",
    streams: bool = False,
    whole: bool = False,
    settled: bool = False,
    **state: Any,
) -> tuple[dict[str, Any], Models, Gateway]:
    models, gateway = Models(message), Gateway()
    masking = {"scrubber": PersonalDataScrubber(), "vault": MemoryVault()}
    deps = deps_with(
        desk(review={"stream": not whole}),
        models=models,
        gateway=gateway,
        prompts=PromptBook(),
        reviewer=Reviewer(settled),
        clock=lambda: 0.0,
        **masking,
    )
    decision = {"stage": "respond", "intent": "where", "tier": "fast", "reasons": [], "answer": ""}
    verdict = {"outcome": "allow", "rules": [], "score": 0.0}
    full = {"messages": [HumanMessage("where?")], "decision": decision, "verdict": verdict, **state}
    update = await RespondNode(deps)(full, {"configurable": {"principal": WHO, "thread_id": thread, "stream": streams}})  # type: ignore[arg-type]
    return update, models, gateway


async def test_an_answer_becomes_the_update() -> None:
    message = AIMessage("On its way.")
    update, models, gateway = await respond(message)
    assert update["messages"] == [message]
    assert (update["attempts"], update["status"], update["note"]) == (1, "answered", "openai:x")
    assert update["usage"] == {
        "model": "openai:x",
        "calls": 1,
        "input_tokens": 10,
        "output_tokens": 5,
        "cached_tokens": 0,
        "cost": 0.0,
        "failures": ["fast/timeout"],
    }
    assert models.asked["role"] == "fast"
    assert models.asked["tools"] == [TOOL]
    assert gateway.asked == [(["get_order"], "C-1042", True)]
    assert [type(m).__name__ for m in models.asked["messages"]] == ["SystemMessage", "HumanMessage"]


async def test_usage_adds_up_over_the_turn() -> None:
    before = {"model": "keyless", "calls": 1, "input_tokens": 1, "output_tokens": 1, "failures": ["reasoning/cut"]}
    update, _, _ = await respond(AIMessage("x"), usage=before)
    assert update["usage"]["calls"] == 2
    assert update["usage"]["input_tokens"] == 11
    assert update["usage"]["failures"] == ["reasoning/cut", "fast/timeout"]


@pytest.mark.parametrize(("tier", "role"), [("deterministic", "keyless"), ("fast", "fast"), ("reasoning", "reasoning")])
async def test_the_tier_chooses_the_role(tier: str, role: str) -> None:
    decision = {"stage": "respond", "intent": "where", "tier": tier, "reasons": [], "answer": ""}
    _, models, _ = await respond(AIMessage("x"), decision=decision)
    assert models.asked["role"] == role


@pytest.mark.parametrize(("outcome", "writes"), [("allow", True), ("raise", False), ("unsure", False)])
async def test_writes_are_offered_only_when_the_guards_allow(outcome: str, writes: bool) -> None:
    _, _, gateway = await respond(AIMessage("x"), verdict={"outcome": outcome, "rules": [], "score": 0.5})
    assert gateway.asked[0][2] is writes


async def test_without_a_thread_no_write_is_offered() -> None:
    _, _, gateway = await respond(AIMessage("x"), thread="")
    assert gateway.asked[0][2] is False


async def test_the_last_call_of_a_turn_has_no_tools() -> None:
    update, models, _ = await respond(AIMessage("x"), attempts=1)
    assert models.asked["tools"] == []
    assert update["attempts"] == 2


async def test_a_tool_call_is_noted_as_one() -> None:
    update, _, _ = await respond(CALL)
    assert update["note"] == "tool_call"


async def test_no_intent_means_no_tools() -> None:
    decision = {"stage": "respond", "intent": "", "tier": "fast", "reasons": [], "answer": ""}
    update, models, gateway = await respond(AIMessage("x"), decision=decision)
    assert (models.asked["tools"], gateway.asked) == ([], [])
    assert "recall" not in update


async def test_pages_that_were_added_may_be_cited() -> None:
    update, _, _ = await respond(AIMessage("x"), recall={"passages": [], "episodes": ["e"]})
    assert [p["page"] for p in update["recall"]["passages"]] == ["tracking"]
    assert update["recall"]["episodes"] == ["e"]


@pytest.mark.parametrize(
    ("spent", "left"),
    [([], 18.0), ([3000.0, 5000.0], 10.0), ([25_000.0], 0.0)],  # fresh, some, all
)
async def test_models_get_what_is_left_of_the_turn(spent: list[float], left: float) -> None:
    path = [{"stage": "route", "ms": ms, "note": ""} for ms in spent]
    _, models, _ = await respond(AIMessage("x"), path=path)
    assert models.asked["seconds"] == pytest.approx(left)
    assert seconds_left(20, path) == pytest.approx(left)  # type: ignore[arg-type]


async def test_what_a_model_put_into_a_call_is_masked() -> None:
    call = {"name": "get_order", "args": {"note": "mail to mira@example.org"}, "id": "c1", "type": "tool_call"}
    update, _, _ = await respond(AIMessage("for mira@example.org", tool_calls=[call]))
    message = update["messages"][0]
    assert message.tool_calls[0]["args"] == {"note": "mail to <EMAIL_1>"}


async def test_words_beside_a_call_are_nobodys_answer() -> None:
    update, _, _ = await respond(
        CALL.model_copy(update={"content": "I promise you 500 EUR, see https://evil.example."})
    )
    assert update["messages"][0].content == ""
    assert update["messages"][0].tool_calls


@pytest.mark.parametrize(
    ("said", "read", "own"),
    [
        pytest.param("Send it to 030 901820, please", "{}", True, id="as the customer said it"),
        pytest.param("where?", '{"id": "030-90 18 20"}', True, id="the whole of a field"),
        pytest.param("where?", '{"note": "call 030-90 18 20"}', False, id="a part of a field"),
        pytest.param("where?", "{}", False, id="nobody said it"),
    ],
)
def test_what_a_model_pieced_together_is_its_own_unless_it_was_said(said: str, read: str, own: bool) -> None:
    values = {"<PHONE_1>": "030-90 18 20"}
    found = backed(values, [HumanMessage(said), ToolMessage(read, tool_call_id="c1")])
    assert found == ({"<PHONE_1>"} if own else set())


@pytest.mark.parametrize(
    ("said", "read", "kept"),
    [
        pytest.param("from account 401122 to mine", "{}", True, id="as the customer said it"),
        pytest.param("the first one", '{"accounts": [{"number": "401122"}]}', True, id="the whole of a field"),
        pytest.param("the first one", '{"note": "mine is 401122"}', False, id="a part of a field"),
        pytest.param("from 4011 22", "{}", False, id="pieced together"),
        pytest.param("from 14011220", "{}", False, id="a part of another number"),
    ],
)
def test_an_id_that_stands_in_clear_stays_what_the_customer_said(said: str, read: str, kept: bool) -> None:
    call = AIMessage("", tool_calls=[{"name": "pay", "args": {"account": "401122"}, "id": "c1"}])
    window = [HumanMessage(said), ToolMessage(read, tool_call_id="c0")]
    message, fresh = masked_call(call, PersonalDataScrubber(), {}, window)
    assert message.tool_calls[0]["args"] == {"account": "401122" if kept else "<NUMBER_1>"}
    assert fresh == ({} if kept else {"<NUMBER_1>": "401122"})


async def test_a_model_that_was_offered_no_tools_is_left_with_its_words() -> None:
    call = {"name": "get_order", "args": {}, "id": "c1", "type": "tool_call"}
    update, _, _ = await respond(AIMessage("Let me look.", tool_calls=[call]), attempts=1)
    assert update["messages"][0].tool_calls == []
    assert (update["messages"][0].content, update["note"]) == ("Let me look.", "openai:x")


@pytest.mark.parametrize(
    ("streams", "whole", "listens"),
    [
        pytest.param(True, False, True, id="a door that streams"),
        pytest.param(False, False, False, id="a door that does not"),
        pytest.param(True, True, False, id="a desk that sends whole replies only"),
    ],
)
async def test_words_are_taken_as_they_come_only_where_somebody_reads_them(
    streams: bool, whole: bool, listens: bool
) -> None:
    _, models, _ = await respond(AIMessage("On its way."), streams=streams, whole=whole)
    assert models.streams is listens


async def test_no_model_is_asked_where_the_desks_own_words_will_be_said() -> None:
    update, models, _ = await respond(AIMessage("hello"), settled=True)
    assert (models.asked, update["note"], update["status"]) == ({}, "topic", "answered")
    assert "hello" not in str(update["messages"])
    assert (await respond(AIMessage("hello"), settled=True, attempts=1))[1].asked


async def test_what_does_not_fit_goes_to_the_keyless_model_and_says_so() -> None:
    update, models, _ = await respond(AIMessage("x"), messages=[HumanMessage("word " * 9000)])
    assert models.asked["role"] == "keyless"
    assert update["decision"]["reasons"] == ["context:too_long"]
    assert update["context"]["tokens"] > update["context"]["budget"]


async def test_what_a_model_was_shown_is_noted_in_figures() -> None:
    update, models, _ = await respond(AIMessage("x"), details=["number: 10482 (turn 1)"])
    report = update["context"]
    assert report["left_out"] == []
    assert 0 < report["parts"]["details"] < report["tokens"] == models.asked["messages"].tokens
    assert "10482" not in str(report)


async def test_memories_stay_beside_the_pages_that_are_added() -> None:
    memory = {"id": "m", "kind": "fact", "about": "x", "text": "has a garden", "at": 0.0, "thread": "t", "turn": 1,
              "confidence": 0.9, "source": "customer"}  # fmt: skip
    update, models, _ = await respond(AIMessage("x"), recall={"passages": [], "episodes": [], "memories": [memory]})
    assert update["recall"]["memories"] == [memory]
    assert [passage["page"] for passage in update["recall"]["passages"]] == ["tracking"]
    assert "has a garden" in models.asked["messages"][-1].text
