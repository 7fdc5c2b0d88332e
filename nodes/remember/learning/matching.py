"""Which memories a customer means: "the second one", "that I'm vegetarian", "my address", "everything". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from frontdesk.graph.memories import Memory
from frontdesk.models.keyless.words import stem
from frontdesk.nodes.remember.learning.places import places_in

_ALL = re.compile(r"\b(?:all|everything|every|both|alles|tout|todo|tutto|tudo)\b", re.I)
_BUT = re.compile(
    r"\b(?:all|everything|every\w*|both|any\w*)\b.*?\b(?P<kept>(?:but|except|apart from|besides|other than|save)\b.+)",
    re.I | re.S,
)
_JUST_SAID = re.compile(
    r"\b(?:(?:remember|note|save|store|keep|forget|delete|remove) (?:this|that|it)\b(?!\s+\w*\s*(?:i|we|my|our)\b)"
    r"|(?:what|that) i (?:just )?(?:said|told you|wrote|mentioned)|my last message)",
    re.I,
)
_FORGETS = re.compile(
    r"\b(?:forget|remove|delete|drop|erase|wipe|clear|strike|scrap|get rid of|stop remembering"
    r"|vergiss|vergessen|lösch\w*|oublie\w*|efface\w*"
    r"|olvid\w+|borr\w+|dimentic\w+|cancell\w+|vergeet|wis|esque\w+|apag\w+)\b"
    r"|\b(?:don['’]?t|do not|never|no longer|not|stop)\s+(?:\w+\s+){0,2}?(?:remember|note|keep|save|store)\w*\b",
    re.I,
)
"""A wish to have something forgotten. It counts at once, so nothing but these words begins it: "I live in York" does
not."""
_KEEPS = re.compile(
    r"\b(?:don['’]?t|do not|never|must not|mustn['’]t)\s+(?:ever\s+)?(?:forget|remove|delete|drop|erase)\b", re.I
)
_TOPICS: Final[Mapping[str, str]] = {
    "address": "address town city live lived home place location moved",
    "home": "home house flat lift elevator floor garden stairs",
    "diet": "diet food eat eating vegetarian vegan meat",
    "pets": "pet animal",
    "household": "child kid family son daughter partner household",
    "size": "size measure measurement shoe clothes",
    "work": "work job shift hours",
    "vehicle": "car vehicle",
    "contact": "contact channel call reach email phone",
    "reply": "answer reply tone language short long emoji",
    "delivery": "delivery parcel deliver package neighbour leave",
    "payment": "pay payment",
    "taste": "taste colour like style wood fabric",
    "health": "health allergy allergic illness",
    "belief": "religion belief faith",
}
_EMPTY_WORDS = (
    "forget that i i'm im am is are my me you about the a an of please remember do not don't dont what "
    "have has had was were to and it this one note noted notes remove delete drop erase no longer any "
    "more anymore stop keep keeping saved stored know known we our us your can could would now never for "
    "in on with been thing fact told said wrong right ok okay yes so then just well hmm alright over "
    "vergiss vergessen lösche löschen bitte was du dir sie über mich von mir weißt wissen gemerkt hast haben und ich "
)
_EMPTY = frozenset(stem(word) for word in _EMPTY_WORDS.split())
_FIGURES: Final[Mapping[str, str]] = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def present(held: Sequence[Memory]) -> list[Memory]:
    """Return what holds now, in the order in which the customer is told it."""
    return [memory for memory in held if not memory.get("ended")]


def meant(what: str, held: Sequence[Memory], thread: str = "") -> list[Memory]:
    """Return the memories that a customer's words mean; empty for none.

    Args:
        what: Their message, masked.
        held: Everything that is held of them, as it was told.
        thread: The conversation that runs, for "don't remember this".
    """
    now = present(held)
    if _KEEPS.search(what) or not _FORGETS.search(what):
        return []
    if but := _BUT.search(what):
        kept = [memory["id"] for memory in _named(but["kept"], now)]
        # what is to stay must be found before anything else goes
        return [memory for memory in now if memory["id"] not in kept] if kept else []
    if found := _named(what, now):
        return found
    if _JUST_SAID.search(what):
        own = [memory for memory in now if memory["thread"] == thread and memory["kind"] != "episode"]
        newest = max((memory["turn"] for memory in own), default=0)
        return [memory for memory in own if memory["turn"] == newest]
    return []


def _named(what: str, now: Sequence[Memory]) -> list[Memory]:
    """Return what words name: places of the list, all of it, or what they are about; in the order of the list."""
    if places := places_in(what, len(now)):
        return [now[place] for place in sorted(places)]
    if _ALL.search(what) and not (content_of(what) - _stems("all everything every both that these those them")):
        return list(now)
    told = [memory for memory in now if memory["kind"] != "episode"]
    # what they told of themselves goes before what they came for: "my address" is no order that was sent elsewhere
    return _fitting(what, told) or _fitting(what, [memory for memory in now if memory["kind"] == "episode"])


def _fitting(what: str, now: Sequence[Memory]) -> list[Memory]:
    wanted = content_of(what)
    scored = [(len(wanted & _stems(memory["text"])), len(wanted & _about(memory)), memory) for memory in now]
    # what they call by its own words goes before what is only of the same matter
    for best in (max((own for own, _, _ in scored), default=0),):
        if best:
            return [memory for own, _, memory in scored if own == best]
    most = max((topic for _, topic, _ in scored), default=0)
    return [memory for _, topic, memory in scored if most and topic == most]


def _about(memory: Memory) -> frozenset[str]:
    words = memory["about"].replace(".", " ").replace("_", " ")
    return _stems(f"{words} {_TOPICS.get(memory['about'].partition('.')[0], '')}")


def content_of(text: str) -> frozenset[str]:
    """Return the stems of the words by which a thing is named in a wish to have it forgotten."""
    return _stems(text) - _EMPTY


def named_by(what: str) -> frozenset[str]:
    """Return :func:`content_of` a wish; nothing of one that names what is to stay ("all but the second")."""
    return frozenset() if _BUT.search(what) else content_of(what)


def just_said(what: str) -> bool:
    """Whether words mean what was said last and name nothing: "don't remember this"."""
    return _JUST_SAID.search(what) is not None and not content_of(what)


def _stems(text: str) -> frozenset[str]:
    words = (_FIGURES.get(word, word) for word in _WORD.findall(text.casefold()))
    return frozenset(stem(word) for word in words)


__all__ = ["content_of", "just_said", "meant", "named_by", "present"]
