"""Which tier of model serves a request: the one its intent declares, or a stronger one, with the reasons.

What counts was measured on recorded conversations (docs/design.md, "Routing"): the changes that a request needs, what
failed so far, and how the intent's requests ended. The length of a message and the like say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frontdesk.desk.routing import Tiers
from frontdesk.graph.state import Tier
from frontdesk.models.keyless.words import stems
from frontdesk.nodes.forms.correcting import corrects
from frontdesk.tools.contract import ToolContract

ORDER: tuple[Tier, ...] = ("deterministic", "fast", "reasoning")
WRITES, FAILURES, HISTORY = "tier:writes", "tier:failures", "tier:history"
REPEATED, UNSURE, STUCK, KEPT = "tier:repeated", "tier:unsure", "tier:stuck", "tier:kept"
"""Reasons; kept: the task was raised in an earlier turn."""
ALIKE = 0.8
"""Share of common words (Jaccard) from which a message says the same again."""
LEAST = 3
"""Words of a message that can say the same again: "hello" and "thanks" say nothing."""
_CLAUSE = re.compile(r"[,;.!?]|\b(?:and|then|plus|also|und|dann|et|puis|y|luego|e|poi|en|daarna|depois)\b", re.I)
_NUMBER = re.compile(r"\w*\d\w*|<[A-Z][A-Z_]*_\d+>")


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a stronger model."""

    writes: int = 0
    """Changes that the request needs."""
    failures: int = 0
    """Refused and failed tool calls and rejected replies since the task began."""
    success: float = 1.0
    """Smoothed share of the intent's requests that were settled."""
    repeated: bool = False
    """Whether the customer says the same again."""
    confidence: float = 1.0
    """Of the intent, where this message chose it."""
    stuck: bool = False
    """Whether the last answer to a question of ours gave nothing."""


def tier_of(
    declared: Tier, raised: Tier | None, signs: Signs, rules: Tiers, hosted: frozenset[Tier]
) -> tuple[Tier, tuple[str, ...]]:
    """Return the tier that serves a request, and why it is not the declared one.

    Args:
        declared: The intent's.
        raised: What the task was raised to before; None where it was not.
        signs: What speaks for a stronger model.
        rules: The desk's.
        hosted: Tiers for which a hosted model is named; none of the others is worth going up to.

    Returns:
        The tier, never below the declared one nor below ``raised``, and reason codes; none where it is
        the declared one.
    """
    now = raised if raised is not None and _above(raised, declared) and raised in hosted else declared
    kept = (KEPT,) if now != declared else ()
    reasons = tuple(_reasons(declared, signs, rules))
    higher = _next(now, hosted) if reasons else None
    return (higher, reasons) if higher else (now, kept)


def _reasons(declared: Tier, signs: Signs, rules: Tiers) -> Iterable[str]:
    if declared == "deterministic":
        # a handler without a model does what it does: only what it did not understand is a reason
        found = {STUCK: signs.stuck, REPEATED: signs.repeated}
    else:
        found = {
            WRITES: signs.writes >= rules.writes,
            FAILURES: signs.failures >= rules.failures,
            HISTORY: signs.success < rules.success,
            REPEATED: signs.repeated,
            UNSURE: signs.confidence < rules.unsure,
        }
    return (reason for reason, holds in found.items() if holds)


def _above(tier: Tier, other: Tier) -> bool:
    return ORDER.index(tier) > ORDER.index(other)


def _next(tier: Tier, hosted: frozenset[Tier]) -> Tier | None:
    """Return the next tier above that has a hosted model; None where there is none."""
    return next((other for other in ORDER if _above(other, tier) and other in hosted), None)


def writes_in(text: str, own: Sequence[ToolContract], tools: Mapping[str, ToolContract]) -> int:
    """Return how many changes a request asks for, as far as its words tell.

    Args:
        text: The customer's masked words.
        own: Contracts of the request's intent.
        tools: The desk's, by name.

    Returns:
        0 where the intent changes nothing; otherwise at least 1: two numbers of orders for one tool are two, and so
        are two verbs of different tools in different clauses ("cancel it and exchange the lamp"). "No, 12, not 21" is
        one.
    """
    changing = [tool for tool in own if tool.effect == "write"]
    if not changing:
        return 0
    if corrects(text):
        return 1
    return max(1, _values(text, changing), len(_called(text, tools)))


def _values(text: str, changing: Sequence[ToolContract]) -> int:
    """Return the most different values that a required property with a pattern finds among the words with digits."""
    words = {*_NUMBER.findall(text)}
    most = 0
    for tool in changing:
        properties: Mapping[str, Mapping[str, object]] = tool.input.get("properties", {})
        for name in tool.input.get("required", ()):
            pattern = str(properties.get(name, {}).get("pattern") or "")
            if pattern and re.search(r"\d|\[0-9", pattern):
                most = max(most, sum(1 for word in words if re.search(pattern, word)))
    return most


def _called(text: str, tools: Mapping[str, ToolContract]) -> set[str]:
    """Return the tools that clauses of a text ask for by the verb of their name, one per clause."""
    verbs = {verb: name for name, tool in tools.items() if tool.effect == "write" for verb in stems(_verb(name))}
    found: set[str] = set()
    for clause in _CLAUSE.split(text):
        named = next((verbs[stem] for stem in stems(clause) if stem in verbs), "")
        found |= {named} if named else set()
    return found


def _verb(name: str) -> str:
    """Return the word of a tool's name that says what it does: ``request_refund`` asks for a refund."""
    first, _, rest = name.partition("_")
    return rest.partition("_")[0] if first in {"request", "start", "do", "make"} else first


def says_again(text: str, before: Iterable[str]) -> bool:
    """Tell whether a message says what an earlier one said: nearly the same words, and the same numbers."""
    said, numbers = set(stems(text)), set(_NUMBER.findall(text))
    if len(text.split()) < LEAST or len(said) < LEAST - 1:
        return False
    for other in before:
        words = set(stems(other))
        if set(_NUMBER.findall(other)) == numbers and len(said & words) >= ALIKE * len(said | words):
            return True
    return False


__all__ = ["ORDER", "Signs", "says_again", "tier_of", "writes_in"]
