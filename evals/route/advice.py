"""The sections of the report that say what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from frontdesk.evals.route.markup import percent, table
from frontdesk.evals.route.suggest import ALIKE, MERGE, MOVE, RECALL

Report = Mapping[str, Any]


def advice(report: Report) -> str:
    """Return the sections of a report: confusions, intents to merge, utterances to move, to add and to tell apart."""
    return "".join(_sections(report["suggestions"], report["texts"], report["curve"] is not None))


def _sections(found: Mapping[str, Any], texts: Mapping[str, str], drawn: bool) -> Iterator[str]:
    yield _section(
        "What is confused",
        "Utterances, each scored by a router that had not seen it, that went to another intent.",
        ("intent", "taken for", "utterances", "the other way"),
        ([_name(one["intent"]), _name(one["taken_for"]), f"{one['count']} of {one['of']}", str(one["back"])]
         for one in found["confusions"]),
        (2, 3),
    )  # fmt: skip
    yield _section(
        "Intents to merge or to tell apart",
        f"Of both intents together at least {percent(MERGE, 0)} go to the other one. Merge them where the answer is "
        "the same; where it is not, write utterances that name the difference.",
        ("intent", "and", "utterances", "the other way"),
        ([_name(one["intent"]), _name(one["taken_for"]), f"{one['count']} of {one['of']}", str(one["back"])]
         for one in found["merge"]),
        (2, 3),
    )  # fmt: skip
    yield _section(
        "Utterances to move",
        f"Routers that had not seen them are at least {percent(MOVE, 0)} sure of another intent. Some stand in the "
        "wrong place; others are right where they are and show a border that needs more examples.",
        ("utterance", "stands in", "looks like", "confidence"),
        ([escape(texts[str(one["row"])]), _name(one["intent"]), _name(one["likelier"]), f"{one['confidence']:.2f}"]
         for one in found["move"]),
        (3,),
    )  # fmt: skip
    yield _section(
        "Intents that need more utterances",
        f"Fewer than {percent(RECALL, 0)} of their utterances are found. How many more would do is read off the "
        "learning curve, which is rough; the interval says how little one intent’s few utterances prove."
        + ("" if drawn else " There are too few utterances to draw that curve."),
        ("intent", "found", "share", "95 % interval", "more"),
        (_more(one) for one in found["more"]),
        (1, 2, 3, 4),
    )
    yield _section(
        "Utterances that say the same",
        f"Of two intents, alike to at least {percent(ALIKE, 0)} in words and word pairs. Each pair teaches the router "
        "that both are right.",
        ("utterance", "intent", "utterance", "intent"),
        ([escape(texts[str(one["rows"][0])]), _name(one["intents"][0]),
          escape(texts[str(one["rows"][1])]), _name(one["intents"][1])] for one in found["alike"]),
        (),
    )  # fmt: skip


def _more(one: Mapping[str, Any]) -> list[str]:
    low, high = one["interval"]
    more = "many" if one["more"] is None else f"about {one['more']}"
    return [_name(one["intent"]), f"{one['found']} of {one['examples']}", percent(one["recall"]),
            f"{percent(low)} to {percent(high)}", more]  # fmt: skip


def _section(title: str, told: str, head: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int]) -> str:
    lines = list(rows)
    shown = table(head, lines, numbers) if lines else "<p class=soft>None.</p>"
    return f"<h2>{title}</h2><p>{told}</p>{shown}"


def _name(intent: str) -> str:
    return f"<code>{escape(intent)}</code>"
