"""The word lists that go into the model file as digests: given names, surnames, common words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from pydoc_data.topics import topics

from frontdesk.nodes.scrub.sequence.weights import digest
from frontdesk.training.corpus import ordinary
from frontdesk.training.sentences import PARTS
from frontdesk.training.slots import LANGUAGES
from frontdesk.training.wordlists import lists, templates
from frontdesk.training.words import Part, load_words, lorem

_WORD = re.compile(r"[^\W\d_]{2,}")
_SLOT = re.compile(r"\{\w+\}")
_UNSEEN = 35
"""Percent of the words of the lists that are hidden in training, so that the model learns to do without them."""


def named(parts: Iterable[Part]) -> dict[str, str]:
    """Return lower-case names with ``f`` (given name) and ``l`` (surname)."""
    found: dict[str, str] = defaultdict(str)
    for letter in "fl":
        for part in parts:
            words = load_words(part)
            for group in (words.first if letter == "f" else words.last).values():
                for names in group:
                    for name in names:
                        low = name.lower()
                        found[low] += "" if letter in found[low] else letter
    return dict(found)


def common(data: Path) -> set[str]:
    """Return lower-case words that texts are made of: the templates', and those used twice by real messages.

    Beside them the words of Python's own manual (module ``pydoc_data``), which is at hand wherever Python is, and the
    words of faker's nonsense texts in five languages that are no given names.
    """
    counts: Counter[str] = Counter()
    for sentence in ordinary(data, "train"):
        counts.update(set(_WORD.findall(sentence.text.lower())))
    written = [f"names_{language}" for language in LANGUAGES] + ["addresses", "ordinary", "composed_plain"]
    texts = [_SLOT.sub(" ", template) for name in written for template in templates(name)]
    texts += [_SLOT.sub(" ", part) for name in PARTS for part in lists()[name]]
    own = {word.lower() for text in texts for word in _WORD.findall(text)}
    capital = {word.lower() for text in texts for word in _WORD.findall(text)[1:] if word[0].isupper()}
    often = {word for word, times in counts.items() if times > 1}
    often |= {
        word
        for word, times in Counter(_WORD.findall("\n".join(topics.values()))).items()
        if times > 1 and word.islower()
    }
    also = {word.lower() for name in ("aswords", "month", "day") for word in lists()[name]}
    return (own - capital) | often | also | _without_names()


def _without_names() -> set[str]:
    """Words of the templates and lists in which nobody is named, with their nouns, and of faker's other languages."""
    names = named(("train", "validation"))
    spoken = LANGUAGES[1:]
    texts = [
        _SLOT.sub(" ", line) for name in ("products", *(f"plain_{one}" for one in spoken)) for line in templates(name)
    ]
    texts += [
        text for name in ("piece", *(f"{kind}_{one}" for kind in "xyv" for one in spoken)) for text in lists()[name]
    ]
    written = {word.lower() for text in texts for word in _WORD.findall(text)}
    return written | {word.lower() for word in lorem() if "f" not in names.get(word.lower(), "")}


def digests(names: dict[str, str], words: set[str], *, all_of_them: bool) -> dict[int, str]:
    """Return digest to letters; in training a third of the words is missing."""
    found = {word: names.get(word, "") + ("c" if word in words else "") for word in sorted(names.keys() | words)}
    pairs = ((digest(word), letters) for word, letters in found.items())
    return {key: letters for key, letters in pairs if all_of_them or key % 100 >= _UNSEEN}
