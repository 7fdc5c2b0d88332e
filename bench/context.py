"""What putting a prompt together costs, and how much of it a provider finds in its cache.

    python bench/context.py                  time of an assembly, against the plain rendering; common prefixes
    python bench/context.py --json F         the figures as data, too

Time: one prompt of the desk ``retail`` with 20 messages, 40 key details, 5 memories, 5 pages and 6 tools, assembled
again and again, each time with a newest message, a tool's result and a detail that no prompt had before. "Plain" is the
same prompt filled and put together with nothing counted and nothing chosen: the ratio is what the budget costs.

Prefix: of two following turns of a conversation (three passages of 600 characters, three key details a turn), the
tokens that the second prompt has in common with the beginning of the first, as a share of the second prompt's (tools
not counted). "In the rules" is the arrangement of before, in which
all that the desk says stood in the system message, under a mark that was drawn anew for every prompt.
"""

from __future__ import annotations

import argparse
import json
import secrets
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from frontdesk.desk.load import Desk
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Principal
from frontdesk.graph.state import DeskState, Passage
from frontdesk.nodes.remember.tokens import count_text
from frontdesk.nodes.respond.context import prompt_messages, system_prompt
from frontdesk.nodes.respond.fitting.assembling import Turn, assembled
from frontdesk.prompts.book import PromptBook
from frontdesk.prompts.parts import newest_words

WHO = Principal("C-1042", "retail", frozenset({"orders:read", "orders:write"}))
DAY = 1_762_000_000.0
SAID = (
    "Where is my order 10482? I have been waiting for it since Tuesday.",
    "And how many days do I have to send something back if it does not fit?",
    "Thanks. What does delivery to Bristol cost, and how long does it take?",
    "Can I still change the address of that order before it leaves your warehouse?",
)
REPLIES = (
    "Your order 10482 left our warehouse on Wednesday and arrives on Friday between 9:00 and 13:00.",
    "You can send back what you do not like within 30 days of its arrival. [returns]",
    "Standard delivery costs 4.90 EUR and takes two to four working days. [delivery]",
    "It has left the warehouse already, so the address can no longer be changed. [delivery]",
)


def deps_of(desk: Desk) -> Deps:
    """Return what an assembly uses: the desk, its prompts, the names of its models, a clock."""
    names = "scrubber vault guard router knowledge archive gateway reviewer handoff"
    unused: dict[str, Any] = dict.fromkeys(names.split())
    models: Any = SimpleNamespace(describe=lambda role: "openai:none")
    return Deps(desk=desk, models=models, prompts=PromptBook(), clock=lambda: DAY, **unused)


def talk(turns: int, newest: str) -> list[AnyMessage]:
    """Return ``turns`` exchanges, of which every other one has a look-up, and a newest message."""
    messages: list[AnyMessage] = []
    for turn in range(turns):
        messages.append(HumanMessage(SAID[turn % len(SAID)], id=f"u{turn}"))
        if turn % 3 == 2:
            messages += looked_up(f"c{turn}")
        messages.append(AIMessage(REPLIES[turn % len(REPLIES)], id=f"a{turn}"))
    return [*messages, HumanMessage(newest, id=f"u{turns}")]


def looked_up(name: str, note: str = "") -> list[AnyMessage]:
    """Return a call with its result."""
    order = {"order_id": "10482", "status": "shipped", "items": ["lamp", "shade"], "total": "129.90 EUR", "note": note}
    call = {"name": "get_order", "args": {"order_id": "10482"}, "id": name}
    return [AIMessage("", tool_calls=[call]), ToolMessage(json.dumps(order), tool_call_id=name, name="get_order")]


def state_of(messages: Sequence[AnyMessage], details: int, newest: str = "", intent: str = "order_status") -> DeskState:
    """Return a turn's state with ``details`` key details, five memories and a summary."""
    entries = [f"number: {10000 + at} (turn {at // 4 + 1})" for at in range(details)]
    entries += [f"asked: {newest} (turn 12)"] if newest else []
    memories: list[dict[str, Any]] = [
        {"id": str(at), "kind": "fact", "about": "x", "text": f"has a garden with {at} trees", "at": DAY - 86_400 * at,
         "thread": "t", "turn": 1, "confidence": 0.9, "source": "customer"}
        for at in range(5)
    ]  # fmt: skip
    decision = {"stage": "respond", "intent": intent, "tier": "fast", "reasons": [], "answer": ""}
    recall = {"passages": [], "episodes": ["2026-05-03: returned a rug"], "memories": memories}
    summary = "\n".join(f"- Customer: {said} | Desk: {told}" for said, told in zip(SAID, REPLIES, strict=True))
    told: dict[str, Any] = {
        "messages": list(messages),
        "decision": decision,
        "recall": recall,
        "details": entries,
        "summary": summary,
    }
    return cast("DeskState", told)


def turn_of(deps: Deps, state: DeskState, count: int = 5, chars: int = 1500) -> Turn:
    """Return the turn with the beginnings of some pages, and the tools of a desk that offers six."""
    pages = [
        Passage(page=page.id, title=page.title, url=page.url, text=page.body.strip()[:chars], score=1.0)
        for page in list(deps.desk.pages.values())[:count]
    ]
    offered = [*deps.desk.tools.values()][:6]
    tools = [
        {"type": "function", "function": {"name": one.name, "description": one.description, "parameters": one.input}}
        for one in offered
    ]
    return Turn(deps, state, WHO, pages, tools, [tool.name for tool in offered])


def plain(turn: Turn) -> list[BaseMessage]:
    """Return the prompt with nothing counted and nothing chosen."""
    prompt = system_prompt(turn.deps, turn.state, turn.principal, turn.passages, turn.offered)
    return prompt_messages(prompt, turn.state["messages"])


def timed(deps: Deps, make: Callable[[Turn], object], rounds: int) -> dict[str, float]:
    """Return p50 and p99 in milliseconds over prompts that each have something new in them."""
    taken: list[float] = []
    for number in range(-20, rounds):
        new = secrets.token_hex(6)
        messages = [*talk(6, f"And where is {new}?"), *looked_up("now", new)]
        turn = turn_of(deps, state_of(messages, 39, new))
        began = time.perf_counter()
        make(turn)
        if number >= 0:
            taken.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(taken, n=100)
    return {"p50": round(statistics.median(taken), 3), "p99": round(cuts[98], 3)}


def in_the_rules(messages: Sequence[BaseMessage]) -> list[BaseMessage]:
    """Return a prompt in the arrangement of before: all that the desk says first, under marks drawn for this prompt."""
    at = max(place for place, message in enumerate(messages) if isinstance(message, HumanMessage))
    turn, words = newest_words(str(messages[at].text))
    drawn = secrets.token_hex(4)
    system = SystemMessage(f"{messages[0].text}\n{turn}".replace('mark="', f'mark="{drawn}'))
    rest = [*messages[1:at], HumanMessage(words), *messages[at + 1 :]]
    return [
        system,
        *(one.model_copy(update={"content": str(one.text).replace('mark="', f'mark="{drawn}')}) for one in rest),
    ]


def flat(messages: Sequence[BaseMessage]) -> str:
    """Return a prompt as one text, as a provider reads it."""
    calls = (json.dumps(getattr(message, "tool_calls", None) or []) for message in messages)
    return "\n".join(f"{m.type}:{m.text}{called}" for m, called in zip(messages, calls, strict=True))


def common(before: str, after: str) -> float:
    """Return which part of the second prompt's tokens stands at the beginning of the first one too."""
    pairs = enumerate(zip(before, after, strict=False))
    shared = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    return count_text(after[:shared]) / count_text(after)


def prefixes(deps: Deps, turns: Sequence[int]) -> dict[str, dict[str, float]]:
    """Return the common prefix of turn n and turn n + 1, in both arrangements."""
    found: dict[str, dict[str, float]] = {}
    for turn in turns:
        pair = []
        for number in (turn, turn + 1):
            intent = ("order_status", "returns_policy")[number % 2]
            messages, details = talk(number - 1, SAID[number % len(SAID)]), min(40, 3 * number)
            state = state_of(messages, details, f"topic {number}", intent)
            state["turn"] = {"id": "x", "index": number - 1, "placeholders": {}}
            pair.append(list(assembled(turn_of(deps, state, 3, 600)).messages))
        now, then = (flat(one) for one in pair), (flat(in_the_rules(one)) for one in pair)
        found[str(turn)] = {"in_the_rules": round(common(*then), 3), "now": round(common(*now), 3)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    deps = deps_of(Desk.load("retail"))
    turn = turn_of(deps, state_of(talk(6, "Where is it?"), 40))
    report = assembled(turn).report
    made = {"assembled": timed(deps, assembled, given.rounds), "plain": timed(deps, plain, given.rounds)}
    ratio = round(made["assembled"]["p50"] / made["plain"]["p50"], 2)
    figures: dict[str, Any] = {"shown": report, "ms": made, "ratio": ratio, "prefix": prefixes(deps, (2, 5, 8, 12))}
    print(f"prompt: {report['tokens']} of {report['budget']} tokens, {report['parts']}, left out {report['left_out']}")
    print("\n| | p50, ms | p99, ms |\n|---|---|---|")
    for name, cost in made.items():
        print(f"| {name} | {cost['p50']} | {cost['p99']} |")
    print(f"\nratio to plain: {ratio}; aim: below 1 ms{'' if made['assembled']['p50'] < 1 else ', MISSED'}")
    print("\n| turn | in the rules | now |\n|---|---|---|")
    for name, share in figures["prefix"].items():
        print(f"| {name} | {share['in_the_rules']:.0%} | {share['now']:.0%} |")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
