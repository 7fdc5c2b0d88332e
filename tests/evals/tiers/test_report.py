"""The report on tiers: its messages, its judge, its stand-in, and a small run."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from frontdesk.desk.load import Desk
from frontdesk.evals.tiers.judging import Served, calls_in, is_right
from frontdesk.evals.tiers.messages import COUNT, Want, as_record, messages
from frontdesk.evals.tiers.oracle import OracleServer
from frontdesk.evals.tiers.phrases import phrases
from frontdesk.evals.tiers.report import figures, report, table
from frontdesk.evals.tiers.run import Row
from frontdesk.reply import Reply
from frontdesk.testing.openai_server import Request

DESK = Desk.load("retail")


def test_the_messages_are_the_same_each_time_and_of_all_intents() -> None:
    sent = messages(DESK.intents)
    assert len(sent) == COUNT
    assert sent == messages(DESK.intents)
    assert sent != messages(DESK.intents, seed=6)
    said = phrases()
    named = {*said.pages, *said.lookups, *said.changes, *said.asked, *said.talk}
    left = {name for name, intent in DESK.intents.items() if not intent.handoff} - named
    # they would end what the others build on, or tell what the ones before them left: tests/dialogues has them
    memories = {"list_memories", "correct_memory", "forget_memory", "forget_memories"}
    # what it undoes is registered by a message that may come later
    assert left == {"stop_remembering", "withdraw_request", *memories}
    assert named <= {*DESK.intents}
    assert {each.want.kind for each in sent} == {
        "page", "lookup", "proposal", "asked", "closed", "talk", "person", "strange", "both",
    }  # fmt: skip
    assert max(Counter(each.text for each in sent).values()) < COUNT / 25


def test_no_core_stands_in_the_desks_utterances() -> None:
    said = phrases()
    groups = (said.pages, said.lookups, said.changes, said.asked, said.others)
    cores = {core.casefold() for group in groups for one in group.values() for core in one.says}
    known = {text.casefold().strip(" ?!.") for intent in DESK.intents.values() for text in intent.utterances}
    assert cores & known == set()


def test_a_record_is_plain() -> None:
    record = as_record(messages(DESK.intents, 1)[0])
    assert {"conversation", "text", "kind", "intent", "tool", "arguments", "pages"} <= {*record}


def served(*calls: Any, cites: str = "", proposes: Any = None, **reply: Any) -> Served:
    cited = ({"id": cites, "title": "", "url": ""},) if cites else ()
    proposal = {"tool": proposes[0], "arguments": proposes[1]} if proposes else None
    given = {"text": "So.", "status": "answered", "thread_id": "t", "turn_id": "u", **reply}
    return Served(Reply(**given, citations=cited, proposal=proposal), tuple(calls))


PAGE = Want("page", "warranty", pages=("warranty",))
LOOK = Want("lookup", "order_status", "get_order", {"order_id": "1"})
CHANGE = Want("proposal", "cancel_order", "cancel_order", {"order_id": "1"})
ROWS = [
    ("cited", PAGE, served(cites="warranty"), True),
    ("another cited", PAGE, served(cites="returns"), False),
    ("ran", LOOK, served(("get_order", {"order_id": "1", "x": 2})), True),
    ("ran on another", LOOK, served(("get_order", {"order_id": "2"})), False),
    ("proposed", CHANGE, served(proposes=("cancel_order", {"order_id": "1"})), True),
    ("ran unasked", CHANGE, served(("cancel_order", {"order_id": "1"})), False),
    ("asked", Want("asked", "returns"), served(text="Which?", intent="returns"), True),
    ("asked of another", Want("asked", "returns"), served(text="Which?", intent="other"), False),
    ("a person", Want("person"), served(status="handoff"), True),
    ("no person", Want("person"), served(), False),
    ("small talk", Want("talk", "greeting"), served(intent="greeting"), True),
    ("a stranger", Want("strange"), served(status="clarify"), True),
    ("a stranger with a page", Want("strange"), served(cites="about"), False),
    ("closed", Want("closed"), served(), True),
    ("not closed", Want("closed"), served(proposes=("cancel_order", {})), False),
    ("both", Want("both", several=(PAGE, LOOK)), served(("get_order", {"order_id": "1"}), cites="warranty"), True),
    ("one of both", Want("both", several=(PAGE, LOOK)), served(cites="warranty"), False),
]


@pytest.mark.parametrize(("want", "turn", "right"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_judge(want: Want, turn: Served, right: bool) -> None:
    assert is_right(want, turn) is right


def test_only_calls_of_this_turn_that_ran_count() -> None:
    def asked(name: str, identifier: str) -> AIMessage:
        return AIMessage("", tool_calls=[{"name": name, "args": {}, "id": identifier}])

    found = calls_in(
        [
            HumanMessage("a"),
            asked("old", "1"),
            ToolMessage("x", tool_call_id="1"),
            HumanMessage("b"),
            asked("good", "2"),
            ToolMessage("x", tool_call_id="2"),
            asked("bad", "3"),
            ToolMessage("x", tool_call_id="3", status="error"),
        ]
    )
    assert found == (("good", {}),)


PROMPT = '<page id="warranty" title="Warranty" match="intent">\nTwo years on all lamps. Ten on sofas.\n</page>'
OFFERED = [{"type": "function", "function": {"name": "get_order", "parameters": {"type": "object", "properties": {}}}}]


def ask(want: Want, *, system: str = PROMPT, tools: Any = ()) -> Any:
    server = OracleServer(DESK.tools)
    server.want = want
    messages_ = [{"role": "system", "content": system}, {"role": "user", "content": "how long is the warranty?"}]
    body = {"model": "m", "messages": messages_, "tools": list(tools)}
    return server.reply_to(Request("POST", "/v1/chat/completions", {}, body)), server


def test_the_stand_in_does_what_it_is_let() -> None:
    assert "[warranty]" in ask(PAGE)[0].text
    assert "[warranty]" not in ask(PAGE, system="No page covers this question.")[0].text
    assert ask(LOOK, tools=OFFERED)[0].calls == (("get_order", {"order_id": "1"}),)
    assert all(name != "get_order" for name, _ in ask(LOOK)[0].calls)
    reply, server = ask(PAGE)
    assert reply.prompt_tokens == server.taken[0].input > 10


def row(asked: Any, right: bool, cost: float) -> Row:
    return Row("page", "fast", asked, right, 100, 10, cost, ("tier:unsure",))


def test_figures_and_table() -> None:
    rows = [row("keyless", True, 0.0), row("fast", True, 0.1), row("reasoning", False, 0.3), row("fast", True, 0.2)]
    one = figures(rows)
    assert one["shares"] == {"keyless": 0.25, "fast": 0.5, "reasoning": 0.25}
    assert (one["cost"], one["right"], one["input_tokens"]) == (pytest.approx(0.6), 0.75, 300)
    assert one["cost_per_right"] == pytest.approx(0.2)
    lines = list(table({"ours": one, "reasoning": {**one, "cost": 1.2}}))
    assert len(lines) == 4
    assert "| 50 % |" in lines[2]
    assert len({line.count("|") for line in lines}) == 1


async def test_a_small_run_of_all_ways() -> None:
    found = await report(messages(DESK.intents, 16), DESK, ["ours", "reasoning", "fast", "chance"], 50)
    assert found["ours"]["shares"]["keyless"] > found["reasoning"]["shares"]["keyless"]
    assert found["reasoning"]["shares"]["fast"] == found["fast"]["shares"]["reasoning"] == 0
    assert found["chance"]["shares"]["keyless"] > found["fast"]["shares"]["keyless"]
    assert 0 < found["ours"]["cost"] < found["reasoning"]["cost"]
    assert found["fast"]["cost"] < found["reasoning"]["cost"]
