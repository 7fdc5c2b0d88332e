"""The rolling summary of what left the window: written by a model and checked, or extracted from what was said."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, SystemMessage

from frontdesk.graph.deps import Completion, Models, Prompts
from frontdesk.nodes.marks import is_refused

LONGEST = 1600
"""Characters of a summary: about 400 tokens, whatever the length of the conversation."""
SECONDS = 5.0
"""A summary that takes longer is tried again next turn: the customer is waiting for the reply."""
_LEAD = 160
"""Characters quoted of a request or an answer; both say what they are about at their beginning."""
_LATEST = 3
"""Lines that are never dropped for centrality: the newest are what a follow-up refers to."""
_FAMILIAR = 0.3
"""Share of a model's longer words that must stand in its sources; nonsense and refusals fall below."""

_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\n+")
_EXACT = re.compile(r"<[A-Z][A-Z_]*_\d+>|\d+(?:[.,:/-]\d+)*")
"""Placeholders, and numbers with their separators: a summary may repeat them, never make them."""
_LONGER_WORD = re.compile(r"[^\W\d_]{4,}")


def spoken(gone: Sequence[Sequence[AnyMessage]]) -> list[tuple[str, str]]:
    """Return request and answer per exchange, without those that a guard refused.

    Answers are our last words of the exchange; empty where a tool or a person had the last word.
    """
    pairs: list[tuple[str, str]] = []
    for exchange in gone:
        if any(is_refused(message) for message in exchange):
            continue
        said = " ".join(str(message.text) for message in exchange if isinstance(message, HumanMessage)).strip()
        answers = [str(m.text) for m in exchange if isinstance(m, AIMessage) and m.text and not m.tool_calls]
        if said or answers:
            pairs.append((said, answers[-1].strip() if answers else ""))
    return pairs


def extract(summary: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Roll the summary by extraction: the lead of each request and answer, then the most central lines that fit.

    Args:
        summary: The summary so far, lines beginning with ``- ``.
        pairs: From :func:`spoken`.

    Returns:
        At most :data:`LONGEST` characters. Every word stands in the input.
    """
    lines = [line for line in summary.splitlines() if line.strip()]
    lines += [f"- Customer: {_lead(said)}" + (f" | Desk: {_lead(told)}" if told else "") for said, told in pairs]
    lines = list(dict.fromkeys(lines))
    while len(lines) > 1 and len("\n".join(lines)) > LONGEST:
        lines.pop(_least_central(lines))
    return "\n".join(lines)[:LONGEST]


def _lead(text: str) -> str:
    lead = ""
    for sentence in _SENTENCE.split(text):
        if lead and len(lead) + len(sentence) > _LEAD:
            break
        lead = f"{lead} {sentence}".strip()
    if len(lead) <= _LEAD:
        return lead
    cut = lead[:_LEAD].rsplit(" ", 1)[0]
    # A placeholder cut in two would be restored to nothing.
    return (cut[: cut.rfind("<")] if cut.rfind("<") > cut.rfind(">") else cut).rstrip() + "…"


def _least_central(lines: Sequence[str]) -> int:
    """Return the position of the line that shares least with the others (LexRank's degree centrality)."""
    words = [frozenset(_LONGER_WORD.findall(line.casefold())) for line in lines]
    candidates = range(max(len(lines) - _LATEST, 1))

    def centrality(position: int) -> float:
        own = words[position]
        return sum(
            len(own & other) / math.sqrt(len(own) * len(other))
            for at, other in enumerate(words)
            if at != position and own and other
        )

    return min(candidates, key=lambda position: (centrality(position), position))


async def written(
    models: Models,
    prompts: Prompts,
    summary: str,
    pairs: Sequence[tuple[str, str]],
    seconds: float = SECONDS,
) -> tuple[str | None, Completion]:
    """Have the ``summary`` role roll the summary, within ``seconds``.

    Returns:
        The new summary, or None where the answer fails a check of :func:`acceptable`; and what the call cost.
    """
    talk = "\n".join(f"Customer: {said}\nDesk: {told}" for said, told in pairs)
    source = f"Summary so far:\n{summary or '(none)'}\n\nConversation to add:\n{talk}"
    messages = [SystemMessage(prompts.render("summary")), HumanMessage(source)]
    completion = await models.complete("summary", messages, seconds=seconds)
    text = str(completion.message.text).strip()
    fine = completion.model != "keyless" and not completion.message.tool_calls and acceptable(text, source)
    return (text if fine else None), completion


def acceptable(text: str, source: str) -> bool:
    """Whether a model's summary may replace history: the asked-for form, the right size, nothing made up.

    Args:
        text: What the model wrote.
        source: What it was given.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or len(text) > LONGEST or not all(line.startswith("- ") for line in lines):
        return False
    if not set(_EXACT.findall(text)) <= set(_EXACT.findall(source)):
        return False
    words = _LONGER_WORD.findall(text.casefold())
    known = frozenset(_LONGER_WORD.findall(source.casefold()))
    return bool(words) and sum(word in known for word in words) >= _FAMILIAR * len(words)
