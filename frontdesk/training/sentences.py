"""Labelled sentences for the name and address models: templates, written for this project, with slots filled at random.

Slots that are labelled: ``{n}`` a name in any form, ``{fl}`` a full name, ``{f}`` a given name, ``{l}`` a surname,
``{lu}`` a surname in capitals; ``{a}`` an address (``{a_de}`` one of that language, ``{aq}`` one whose lines are quoted
with ``>``), ``{stn}`` a street with a number, ``{st}`` one without. All others are nobody's data.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from frontdesk.training import addresses, people
from frontdesk.training.slots import LANGUAGES, PLAIN, town
from frontdesk.training.wordlists import lists, templates
from frontdesk.training.words import Part, Words, load_words

_SLOT = re.compile(r"\{([a-z0-9_]+)\}")
_MIX = (
    ("names_en", 0.25),
    ("composed", 0.25),
    ("other", 0.12),
    ("addresses", 0.12),
    ("ordinary", 0.19),
    ("composed_plain", 0.1),
    ("plain", 0.1),
    ("products", 0.04),
)
"""Weight of each kind of template; ``other`` are the names of the six other languages, ``plain`` what is said in them
without any name."""
_OF_A_LANGUAGE = {"other": "names", "plain": "plain"}
_WORDS_OF_A_LANGUAGE = ("x", "y", "v")
"""Slots filled from the list of their name and language (``x_de``): a thing with its article, its state, a verb.
``{xc}`` is the first one with a capital."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and what is personal in it."""

    text: str
    spans: tuple[tuple[int, int, str], ...] = ()
    """Start, end (exclusive) and label (NAME or ADDRESS), in order, none overlapping."""


_PARTS = """
after before around tail thing role quote after_first cuisine numberword short verbed verbs verbing verbbase object
opener opener2
"""
PARTS = frozenset(_PARTS.split())
"""Slots that are filled with a part of a sentence, from the word list of that name."""
Filler = Callable[[random.Random, Words, str], str]
_LABELLED: Mapping[str, tuple[str, Filler]] = {
    "n": ("NAME", people.any_name),
    "fl": ("NAME", people.full_name),
    "f": ("NAME", people.first_name),
    "l": ("NAME", people.last_name),
    "lu": ("NAME", lambda source, words, language: people.last_name(source, words, language).upper()),
    "a": ("ADDRESS", addresses.address),
    "aq": ("ADDRESS", lambda source, words, language: addresses.address(source, words, language).replace("\n", "\n> ")),
    "stn": ("ADDRESS", addresses.only_street),
    "st": ("ADDRESS", addresses.street_name),
}


_AS_WORDS = frozenset(lists()["aswords"])


def generate(seed: int, count: int, part: Part = "train") -> Iterator[Sentence]:
    """Yield sentences; the same seed gives the same ones.

    Args:
        seed: Start of the random source.
        count: How many.
        part: ``train``, or ``validation``: made of names, towns and countries that no training sentence has, and of
            the same templates.

    Raises:
        ConfigurationError: ``faker`` is not installed.
    """
    source = random.Random(f"{part}:{seed}")  # noqa: S311 - sentences, not secrets
    words = load_words(part)
    kinds, weights = zip(*_MIX, strict=True)
    for _ in range(count):
        kind = source.choices(kinds, weights)[0]
        language = source.choice(LANGUAGES[1:]) if kind in _OF_A_LANGUAGE else "en"
        name = f"{_OF_A_LANGUAGE[kind]}_{language}" if kind in _OF_A_LANGUAGE else kind
        template = source.choice(templates(name))
        yield recased(fill(_composed(template, source), source, words, language), source)


def fill(template: str, source: random.Random, words: Words, language: str) -> Sentence:
    """Fill the slots of a template."""
    pieces: list[str] = []
    spans: list[tuple[int, int, str]] = []
    length = last = 0
    for slot in _SLOT.finditer(template):
        fixed = template[last : slot.start()]
        label, value = _value(slot.group(1), source, words, language)
        length += len(fixed)
        if label:
            spans.append((length, length + len(value), label))
        length += len(value)
        pieces += [fixed, value]
        last = slot.end()
    return Sentence("".join([*pieces, template[last:]]), tuple(spans))


def _composed(template: str, source: random.Random) -> str:
    # Parts of sentences hold slots themselves, one level deep ({role} in {after}).
    for _ in range(2):
        template = _SLOT.sub(
            lambda slot: source.choice(lists()[slot.group(1)]) if slot.group(1) in PARTS else slot.group(), template
        )
    return template


def _value(slot: str, source: random.Random, words: Words, language: str) -> tuple[str, str]:
    kind, _, spoken = slot.partition("_")
    if kind in _LABELLED:
        label, filler = _LABELLED[kind]
        return label, filler(source, words, spoken or language)
    if kind == "t":
        return "", source.choice(lists()["title" if language == "en" else f"title_{language}"])
    if kind == "xc":
        thing = source.choice(lists()[f"x_{language}"])
        return "", thing[0].upper() + thing[1:]
    if kind in _WORDS_OF_A_LANGUAGE:
        return "", source.choice(lists()[f"{kind}_{language}"])
    if kind == "town":
        return "", town(source, words, language if source.random() < 0.5 else source.choice(LANGUAGES))
    return "", PLAIN[kind](source, words)


def recased(sentence: Sentence, source: random.Random) -> Sentence:
    """Return the sentence as typed by somebody: as it is, in lower case or capitals, without its last stop."""
    kind = source.random()
    if kind < 0.34 and any(
        word in _AS_WORDS for start, end, _ in sentence.spans for word in sentence.text[start:end].split()
    ):
        return sentence  # "rose" and "will" in lower case are words, not names
    if kind < 0.24:
        return Sentence(_each(sentence.text, str.lower), sentence.spans)
    if kind < 0.29:
        return Sentence(_each(sentence.text, str.upper), sentence.spans)
    text = sentence.text
    if kind < 0.34:
        for start, end, _ in sentence.spans:
            text = text[:start] + _each(text[start:end], str.lower) + text[end:]
    elif kind < 0.39:
        for start, end, _ in sentence.spans:
            text = text[:start] + _each(text[start:end], str.upper) + text[end:]
    elif kind < 0.45:
        text = text[:1].lower() + text[1:]
    elif kind < 0.5 and text[-1:] in ".?!" and (not sentence.spans or sentence.spans[-1][1] < len(text)):
        text = text[:-1]
    return Sentence(text, sentence.spans)


def _each(text: str, change: Callable[[str], str]) -> str:
    # Character by character: some letters change into two, and the spans must stay where they are.
    return "".join(new if len(new := change(char)) == 1 else char for char in text)
