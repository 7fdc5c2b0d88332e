"""Stateless, carried (capsule) and stateful (Redis) beside each other: time, prompt tokens, and what is lost.

    python bench/modes.py                    30 turns, three conversations, the keyless model
    python bench/modes.py --json F           the figures as data, too

The same conversation goes through the three modes turn by turn, one right after the other and in changing order, so
that what the machine does meanwhile falls on all alike; ratios are formed within a turn. Every fifth turn names a new
detail, and the turn behind names none and asks about the order named before ("When will it arrive?").

* kept: of the details named in the conversation, those that stand in what the last turn's state has (window, summary,
  key details); without a state there is nothing.
* follow-ups: answers to the turns that name nothing which speak of the order that was meant.
* confirmation: whether a change that was asked for waits for a yes, and is done after it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from langchain_core.messages import BaseMessage

from bench.report import quantile
from frontdesk import Desk, FrontDesk, Principal, Reply, Settings, open_desk
from frontdesk.capsules import opened
from frontdesk.graph.deps import Completion, Role
from frontdesk.graph.identity import Caller
from frontdesk.models.chain import ModelRoster
from frontdesk.models.roster import build_models
from frontdesk.models.shown import Shown

MODES = ("stateless", "capsule", "stateful")
ORDERS = ("10482", "10377", "10731")
FILLERS = ("How much does delivery cost?", "How many days do I have to send something back?", "Thank you!")
FOLLOW_UP = "When will it arrive?"


@dataclass
class Side:
    """One mode in one conversation."""

    mode: str
    thread: str = ""
    capsule: str = ""
    ms: list[float] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    async def say(self, desk: FrontDesk, who: Principal, text: str) -> Reply:
        """Say a message, and keep the figures."""
        given: dict[str, Any] = {"stateful": {"thread_id": self.thread}, "capsule": {"capsule": self.capsule}}
        shown = desk.deps.models.shown  # type: ignore[attr-defined]
        shown.clear()
        began = time.perf_counter()
        reply = await desk.chat(text, principal=who, **given.get(self.mode, {}))
        self.ms.append((time.perf_counter() - began) * 1000)
        self.capsule = reply.capsule
        if shown:
            self.tokens.append(shown[0])
        self.texts.append(reply.text)
        return reply

    async def remembered(self, desk: FrontDesk, who: Principal) -> str:
        """Return all that the next turn would know, as one text."""
        state: Any = {}
        if self.mode == "capsule":
            state = opened(desk.stores.sealer, who, self.capsule, desk.deps.clock()).state
        elif self.mode == "stateful":
            thread = await desk.stores.threads.resolve(who, self.thread)
            config = desk.runner.config(Caller(who, thread, "bench"))
            state = (await desk.runner.stateful.aget_state(config)).values
        said = "\n".join(str(message.text) for message in state.get("messages", ()))
        return "\n".join([said, state.get("summary", ""), *state.get("details", ())])


class Counting:
    """Models that note the tokens of every prompt (estimated, never under; tools included)."""

    def __init__(self, roster: ModelRoster) -> None:
        """Take the models that answer."""
        self.shown: list[int] = []
        self._roster = roster

    def describe(self, role: Role) -> str:
        """Return the role's first model."""
        return self._roster.describe(role)

    async def complete(self, role: Role, messages: Sequence[BaseMessage], **more: Any) -> Completion:
        """Answer, and note the prompt."""
        if isinstance(messages, Shown):
            self.shown.append(messages.tokens)
        return await self._roster.complete(role, messages, **more)


def script(turns: int, number: int) -> list[tuple[str, str, str]]:
    """Return messages with the detail that each names, and the order that its answer must speak of."""
    said: list[tuple[str, str, str]] = []
    for turn in range(turns):
        order, detail = ORDERS[(turn // 5 + number) % len(ORDERS)], f"{50_000 + 137 * turn + number}"
        lines = (
            (f"Where is my order {order}?", order, ""),
            (FOLLOW_UP, "", order),
            (f"My note says reference {detail}, and it cost {turn + 20}.50 EUR.", detail, ""),
            (FILLERS[turn % len(FILLERS)], "", ""),
            (FILLERS[(turn + 1) % len(FILLERS)], "", ""),
        )
        said.append(lines[turn % 5])
    return said


async def conversation(desk: FrontDesk, who: Principal, number: int, turns: int) -> dict[str, dict[str, Any]]:
    """Run one conversation in all modes."""
    sides = {mode: Side(mode, thread=f"modes-{number}") for mode in MODES}
    lines = script(turns, number)
    for turn, (text, _, _) in enumerate(lines):
        at = (turn + number) % len(MODES)
        for mode in MODES[at:] + MODES[:at]:
            await sides[mode].say(desk, who, text)
    named = sorted({detail for _, detail, _ in lines if detail})
    meant = [(turn, order) for turn, (_, _, order) in enumerate(lines) if order]
    found: dict[str, dict[str, Any]] = {}
    for mode, side in sides.items():
        known = await side.remembered(desk, who)
        found[mode] = {
            "ms": side.ms,
            "tokens": side.tokens,
            "capsule": len(side.capsule),
            "kept": sum(detail in known for detail in named) / len(named),
            "follow_ups": sum(order in side.texts[turn] for turn, order in meant) / len(meant),
        }
    return found


async def confirmation(desk: FrontDesk, who: Principal, mode: str) -> bool:
    """Tell whether a change waits for a yes and is done after it."""
    side = Side(mode, thread=f"confirm-{mode}")
    asked = [await side.say(desk, who, text) for text in ("I want to cancel my order 10482", "changed my mind")]
    waits = any(reply.status == "confirm" for reply in asked)
    done = await side.say(desk, who, "yes")
    return waits and done.status == "answered"


def figures(runs: Sequence[dict[str, dict[str, Any]]], confirmed: dict[str, bool]) -> dict[str, Any]:
    """Return the table by mode."""
    table: dict[str, Any] = {}
    plain = [ms for run in runs for ms in run["stateless"]["ms"]]
    for mode in MODES:
        took = [ms for run in runs for ms in run[mode]["ms"]]
        tokens = [count for run in runs for count in run[mode]["tokens"]]
        table[mode] = {
            "p50": quantile(took, 0.5),
            "p95": quantile(took, 0.95),
            "ratio": round(statistics.median(one / other for one, other in zip(took, plain, strict=True)), 2),
            "tokens": round(statistics.mean(tokens)),
            "tokens_last": round(statistics.mean(count for run in runs for count in run[mode]["tokens"][-5:])),
            "capsule": max(run[mode]["capsule"] for run in runs),
            "kept": round(statistics.mean(run[mode]["kept"] for run in runs), 2),
            "follow_ups": round(statistics.mean(run[mode]["follow_ups"] for run in runs), 2),
            "confirmation": confirmed[mode],
        }
    return table


async def measure(turns: int, repeats: int, home: Path) -> dict[str, Any]:
    """Run everything."""
    desk = Desk.load("retail")
    assert desk.config.demo is not None
    who = Principal(desk.config.demo.subject, desk.config.name, frozenset(desk.config.demo.scopes))
    settings = Settings(home=home, redis="auto", redis_url=None, model="keyless")
    async with open_desk(desk, settings, models=Counting(build_models(desk, settings))) as opened_desk:
        await conversation(opened_desk, who, -1, 5)  # imports, caches and connections
        runs = [await conversation(opened_desk, who, number, turns) for number in range(repeats)]
        confirmed = {mode: await confirmation(opened_desk, who, mode) for mode in MODES}
    return figures(runs, confirmed)


def main() -> None:
    parser = argparse.ArgumentParser(description="The three modes beside each other.")
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="frontdesk-modes-") as home:
        table = asyncio.run(measure(given.turns, given.repeats, Path(home)))
    print(f"{given.turns} turns, {given.repeats} conversations, keyless\n")
    print("| mode | ms p50 / p95 | ratio to stateless | prompt tokens, mean / last five turns | capsule, characters |"
          " details kept | follow-ups understood | change confirmed |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|")
    for mode, of in table.items():
        cells = [mode, f"{of['p50']} / {of['p95']}", of["ratio"], f"{of['tokens']} / {of['tokens_last']}"]
        cells += [
            of["capsule"] or "–",
            f"{of['kept']:.0%}",
            f"{of['follow_ups']:.0%}",
            "yes" if of["confirmation"] else "no",
        ]
        print("| " + " | ".join(map(str, cells)) + " |")
    if given.json:
        given.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
