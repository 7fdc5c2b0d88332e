"""The answer to a question that names two intents: "the second one", words of a title, "neither"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from frontdesk.desk.config import Intent, Routing
from frontdesk.graph.state import Route
from frontdesk.models.keyless.words import stems
from frontdesk.nodes.decide.facts import Facts
from frontdesk.nodes.decide.following import SWITCH

_FIRST = re.compile(
    r"\b(?:first|1st|former|erste[rns]?|premi(?:er|ère)|primer[oa]?|prim[oa]|eerste|primeir[oa])\b"
    r"|^\W*(?:1|a)\W*$",
    re.I,
)
_SECOND = re.compile(
    r"\b(?:second|2nd|latter|last one|zweite[rns]?|deuxième|second[oae]|segund[oa]|tweede)\b|^\W*(?:2|b)\W*$", re.I
)
_NEITHER = re.compile(
    r"^\W*(?:no\W+)?(?:neither|none)(?: of (?:them|these|those|the two|both))?\W*$"
    r"|^\W*(?:no\W+)?(?:something|anything) else\W*$|^\W*not? (?:that|those|these)\W*$"
    r"|^\W*(?:keins?(?: von beiden)?|weder noch|aucun(?: des deux)?|ninguno|ning[uú]na|nessuno(?: dei due)?)\W*$"
    r"|^\W*(?:geen van beide|nenhum)\W*$",
    re.I,
)
_LONGEST = 8
"""Words of an answer that chooses; a longer message is a request of its own."""


def pair_of(route: Route, routing: Routing, intents: Mapping[str, Intent]) -> tuple[str, ...]:
    """Return the two likeliest intents where the message is most likely one of them; else nothing."""
    ranked = [(route["intent"], route["confidence"]), *route["alternatives"]]
    known = [(name, chance) for name, chance in ranked if name in intents and not intents[name].handoff][:2]
    joint = sum(chance for _, chance in known)
    return tuple(name for name, _ in known) if len(known) == 2 and joint >= routing.pair else ()


def rejects_all(text: str) -> bool:
    """Tell whether a message chooses none of what was named."""
    return bool(_NEITHER.match(text))


def chosen(facts: Facts, intents: Mapping[str, Intent]) -> str:
    """Return the intent that the message picks out of those that our question named; empty for none.

    Args:
        facts: With ``offered``, the names in the order of the question.
        intents: The desk's.
    """
    offered = [name for name in facts.offered if name in intents]
    if len(offered) < 2 or len(facts.text.split()) > _LONGEST:
        return ""
    if _FIRST.search(facts.text):
        return offered[0]
    if _SECOND.search(facts.text):
        return offered[1]
    if facts.route["confidence"] >= SWITCH and facts.route["intent"] not in offered:
        # a request of its own that shares a word with a title
        return ""
    return _by_words(facts.text, offered, intents)


def _by_words(text: str, offered: Sequence[str], intents: Mapping[str, Intent]) -> str:
    """Return the one whose title has words of the message that the other's has not."""
    said = set(stems(text))
    terms = [set(stems(intents[name].title)) for name in offered]
    counts = [len(said & own) for own in terms]
    best = max(counts)
    return offered[counts.index(best)] if best and counts.count(best) == 1 else ""
