"""Notes from a message, by rule. A pure function of the customer's own masked words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from frontdesk.desk.remembering import Memory as Rules
from frontdesk.graph.memories import Note
from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.nodes.remember.learning.clauses import Clause, statements
from frontdesk.nodes.remember.learning.keeping_out import is_order, is_special, plain
from frontdesk.nodes.remember.learning.shape import Rule, rules
from frontdesk.nodes.remember.learning.synonyms import NUMBERS, SAME

MOST: Final = 8
"""Notes of one message: who tells more at once is not introducing themselves."""
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no longer|isn['’]?t|aren['’]?t|wasn['’]?t|don['’]?t|doesn['’]?t|haven['’]?t"
    r"|hardly|nicht|kein\w*|pas|non|não|niet|geen|no)\W+(?:\w+\W+)?)$",
    re.I,
)
_PAST = re.compile(
    r"\b(?:was|were|used to|had|formerly|years ago|back then|when i was|on holiday|for (?:a|the) "
    r"(?:week|weekend|day)|until (?:last|recently))\b",
    re.I,
)
_FIRST = re.compile(
    r"(?<!\w)(?:i|i['’]\w+|we|we['’]\w+|ich|wir|je|j['’]|nous|ne|n['’]|yo|ya|soy|io|non|ik|we|wij"
    r"|eu|já|não)(?!\w)|(?<!\w)(?:n|j)['’]",
    re.I,
)
"""The one who writes, or a form that needs no pronoun."""
_ARTICLE = re.compile(r"^(?:the|a|an|my|our|der|die|das|dem|den|le|la|les|el|il|de|het|o|os)\s+", re.I)


def notes_of(text: str, keeps: Rules | None = None) -> list[Note]:
    """Return what a message teaches of its writer.

    Args:
        text: The customer's masked message.
        keeps: What the desk keeps; by default what a desk does that says nothing of it.

    Returns:
        At most :data:`MOST`, one per key: the last word of the message counts, and what holds outweighs what ended.
    """
    found: dict[str, Note] = {}
    for clause in statements(text):
        for note in _notes(clause):
            before = found.get(note["about"])
            if before is None or not note.get("ended") or before.get("ended"):
                found.pop(note["about"], None)
                found[note["about"]] = note
    return kept(found.values(), keeps or Rules())[:MOST]


def kept(notes: Iterable[Note], keeps: Rules) -> list[Note]:
    """Return those that a desk keeps, by their kind, their certainty and what they reveal."""
    return [
        note
        for note in notes
        if note["kind"] in keeps.kinds
        and note["confidence"] >= keeps.confidence
        and (keeps.special or not is_special(note["about"], note["text"]))
    ]


def _notes(clause: Clause) -> Iterator[Note]:
    told: set[str] = set()
    ends = [note for rule in rules() if rule.ended for note in _by(rule, clause)]
    for rule in rules():
        for note in () if rule.ended else _by(rule, clause):
            if note["about"] not in told:
                told.add(note["about"])
                yield note
    yield from (note for note in _firsts(ends) if note["about"] not in told)


def _firsts(notes: Iterable[Note]) -> Iterator[Note]:
    yield from {note["about"]: note for note in notes}.values()


def _by(rule: Rule, clause: Clause) -> Iterator[Note]:
    for match in rule.pattern.finditer(clause.text):
        groups = match.groupdict()
        before = clause.text[: match.start()]
        if not rule.ended and rule.kind == "fact" and (_NEGATED.search(before) or _PAST.search(before)):
            continue
        if rule.ended and before.strip() and not _FIRST.search(f"{before} {match[0]}"):
            continue
        value = _even(groups.get("v") or "")
        about = rule.about.format(v=_head(value), k=_key(groups.get("k") or ""))
        told = rule.text.format(v=_shown(rule, value), k=_several(rule, value, _key(groups.get("k") or "")))
        worded = plain(told)
        if "{v}" in rule.text and PLACEHOLDER.fullmatch(value.strip()):
            # who moved to a place that may not be kept does not live in the old one any more
            if rule.kind == "fact":
                yield _note(rule, about, "", ended=True)
            continue
        if not is_order(clause.text if rule.about.startswith("prefer.") else told):
            yield _note(rule, about, worded or "", ended=rule.ended)


def _note(rule: Rule, about: str, text: str, *, ended: bool) -> Note:
    note = Note(kind=rule.kind, about=about, text=text, confidence=rule.confidence, source="customer")
    return Note(**{**note, "ended": True}) if ended else note


def _even(value: str) -> str:
    return " ".join(_ARTICLE.sub("", value.strip(" ,.;:!'’-")).split())


def _shown(rule: Rule, value: str) -> str:
    low = value.casefold()
    if "has {v} " in rule.text or "{v} people" in rule.text:
        return NUMBERS.get(low, value)
    return SAME.get(low, value) if rule.about == "contact.channel" else value


def _several(rule: Rule, value: str, name: str) -> str:
    one = (
        "{v} {k}" not in rule.text
        or NUMBERS.get(value.casefold(), value) in {"1", ""}
        or not value
        or name.endswith(("s", "fish"))
    )
    return name if one else f"{name}s"


def _head(value: str) -> str:
    words = re.findall(r"[\w-]+", value.casefold())
    return _key(words[-1]) if words else "it"


def _key(word: str) -> str:
    low = word.casefold()
    if low in SAME:
        return SAME[low]
    single = re.sub(r"(?<=[a-z]{3})(?:s)$", "", low)
    return SAME.get(single, single).replace(" ", "_")


__all__ = ["MOST", "kept", "notes_of"]
