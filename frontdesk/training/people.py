"""Names of people in the forms in which people write them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from frontdesk.training.wordlists import lists
from frontdesk.training.words import Words, invented

_OWN_LANGUAGE = 0.55
"""Share of names that come from the language of the sentence; customers have names of everywhere."""
_INVENTED = 0.22
_ALSO_A_WORD = 0.05


def first_name(source: random.Random, words: Words, language: str) -> str:
    """Return a given name, sometimes a double one."""
    name = _one(source, words.first, language)
    if source.random() < 0.03:
        return f"{name}-{_one(source, words.first, language)}"
    return name


def last_name(source: random.Random, words: Words, language: str) -> str:
    """Return a surname, some with a particle or a hyphen."""
    name = _one(source, words.last, language)
    kind = source.random()
    if kind < 0.05:
        particle = source.choice(lists()["particle"])
        return particle + name if particle[-1] in "'c" or particle == "El-" else f"{particle} {name}"
    return f"{name}-{_one(source, words.last, language)}" if kind < 0.08 else name


def full_name(source: random.Random, words: Words, language: str) -> str:
    """Return a given name and a surname, with initials and second names as they come."""
    first, last = first_name(source, words, language), last_name(source, words, language)
    initial = source.choice("ABCDEFGHJKLMNOPRSTVW")
    forms = (
        f"{first} {initial}. {last}",
        f"{first} {initial} {last}",
        f"{first} {first_name(source, words, language)} {last}",
        f"{first} {last} {last_name(source, words, language)}",
        f"{initial}. {last}",
        f"{first} {initial}.",
        f"{initial}.{source.choice('ABCDEFGJKLM')}. {last}",
        f"{initial} {last}",
    )
    return source.choice(forms) if source.random() < 0.14 else f"{first} {last}"


def any_name(source: random.Random, words: Words, language: str) -> str:
    """Return a name as somebody gives it: mostly the full one, often the given name, at times the surname."""
    kind = source.random()
    if kind < 0.6:
        return full_name(source, words, language)
    return first_name(source, words, language) if kind < 0.9 else last_name(source, words, language)


def _one(source: random.Random, named: Mapping[str, Sequence[Sequence[str]]], language: str) -> str:
    kind = source.random()
    if kind < _ALSO_A_WORD and language == "en":
        return source.choice(lists()["aswords"])
    spoken = language if source.random() < _OWN_LANGUAGE else source.choice(sorted(named))
    names = source.choice(named[spoken])
    return invented(source, names) if source.random() < _INVENTED else source.choice(names)
