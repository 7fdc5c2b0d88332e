"""Lexical features of a message: TF-IDF over words, their neighbours, concepts and n-grams, and what they mean."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import Stemmer
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from frontdesk.nodes.route.concepts import CONCEPTS
from frontdesk.nodes.route.senses import WIDTH as SENSE_WIDTH
from frontdesk.nodes.route.senses import senses

PLACEHOLDER = re.compile(r"<([A-Z][A-Z_]*)_\d+>")
_DIGITS = re.compile(r"\d[\d.,:/-]*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_GRAM_SIZES = (2, 3, 4, 5)
_MAX_CHARS, _MAX_WORDS, _MAX_LETTERS = 4000, 400, 30
"""A longer message is judged by its beginning, a longer word by its own: keeps the time of a message below 5 ms."""
_ENDINGS = {"re": "are", "m": "am", "ll": "will", "ve": "have", "d": "would", "s": "is"}
_IS = frozenset(("what", "where", "who", "how", "that", "there", "it", "he", "she", "when", "here"))
_SHORT = {"won": "will", "can": "can", "shan": "shall"}
_BARE = {"dont": "do not", "cant": "can not", "didnt": "did not", "doesnt": "does not", "isnt": "is not", "im": "i am"}
_BARE |= {"wont": "will not", "hasnt": "has not", "havent": "have not", "wasnt": "was not", "ive": "i have"}
_BARE |= {"whats": "what is", "wheres": "where is", "hows": "how is", "thats": "that is", "cannot": "can not"}


def words_of(text: str) -> list[str]:
    """Split a masked message into folded, stemmed words (English Snowball; harmless to other languages).

    Of a placeholder its label stays, as one word: an address in the message is evidence, whichever it is; train on
    masked utterances, so that both sides look alike. Runs of digits become ``0``, so every order number looks alike;
    digits alone say nothing of what is wanted. English short forms are spelt out ("what's", "dont").
    """
    folded = unicodedata.normalize("NFKC", PLACEHOLDER.sub(_label, text[:_MAX_CHARS])).casefold()
    found: list[str] = []
    for word in _WORD.findall(_DIGITS.sub(" 0 ", folded))[:_MAX_WORDS]:
        found.extend(_spelt(word[:_MAX_LETTERS]))
    if all(word == "0" for word in found):
        return []
    # A stemmer is not safe to share between threads; a new one without a cache costs microseconds.
    words: list[str] = Stemmer.Stemmer("english", 0).stemWords(found)
    return words


def _label(placeholder: re.Match[str]) -> str:
    """Backwards: an e-mail address in a message is no evidence for intents that talk of e-mail."""
    return f" {placeholder[1].replace('_', '')[::-1]} "


def _spelt(word: str) -> list[str]:
    bare, mark, ending = word.replace("’", "'").partition("'")
    if not mark:
        return _BARE[word].split() if word in _BARE else [word]
    if ending == "t" and bare.endswith("n"):
        return [_SHORT.get(bare, bare[:-1]), "not"]
    if ending in _ENDINGS and (ending != "s" or bare in _IS):
        return [bare, _ENDINGS[ending]]
    return [word]


def runs(words: Sequence[str], length: int) -> list[str]:
    """Return every ``length`` neighbouring words, joined by spaces."""
    return [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]


def gram_terms(words: Sequence[str]) -> list[str]:
    """Return the character n-grams (2 to 5) of each word, with its edges marked by spaces."""
    terms: list[str] = []
    for word in words:
        padded = f" {word} "
        for size in _GRAM_SIZES:
            terms.extend(padded[start : start + size] for start in range(max(len(padded) - size + 1, 1)))
    return terms


SHARES = np.array([0.25, 0.3, 0.2, 0.8, 0.5, 0.3])
"""Squared length of each block of :func:`terms_of`. Flat within half a point on validation parts of two data sets."""
SENSE_SHARE = 0.7
"""Squared length of what the words mean, beside those."""


def terms_of(text: str) -> list[list[str]]:
    """Return the terms of a text: words, pairs, triples, n-grams, concepts, pairs of concepts."""
    words = words_of(text)
    concepts = [CONCEPTS.get(word, word) for word in words]
    return [words, runs(words, 2), runs(words, 3), gram_terms(words), concepts, runs(concepts, 2)]


@dataclass(frozen=True)
class Vectorizer:
    """Texts to sparse rows."""

    columns: tuple[dict[str, int], ...]
    """Term to column, per block, numbered through all of them."""
    idf: NDArray[np.float32]
    """(terms,): weight of each term's column; those of the senses follow them."""

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Vectorizer:
        """Take vocabulary and weights from the training texts (at least one word among them)."""
        return cls.fit_rows(texts)[0]

    @classmethod
    def fit_rows(cls, texts: Sequence[str]) -> tuple[Vectorizer, csr_matrix]:
        """Fit, and return the rows of the training texts as well: half the work of asking for them later."""
        found = [terms_of(text) for text in texts]
        spread: list[Counter[str]] = [Counter() for _ in SHARES]
        for text in found:
            for counter, terms in zip(spread, text, strict=True):
                counter.update(set(terms))
        columns: list[dict[str, int]] = []
        width = 0
        for counter in spread:
            columns.append({term: width + position for position, term in enumerate(sorted(counter))})
            width += len(counter)
        seen = np.array([spread[at][term] for at, block in enumerate(columns) for term in block], dtype=np.float32)
        fitted = cls(columns=tuple(columns), idf=(np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32))
        return fitted, fitted._matrix([fitted._weigh(terms) for terms in found])

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.idf) + SENSE_WIDTH

    @cached_property
    def _rare(self) -> list[float]:
        """Squared weight of an unknown term, per block: that of the rarest known one."""
        weights = [
            self.idf[min(block.values()) : max(block.values()) + 1] if block else [1.0] for block in self.columns
        ]
        return [float(np.max(block)) ** 2 for block in weights]

    def row(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return columns and values of a text, (n,) and (n,); empty when no term is known and no word has a sense.

        The terms have the squared length of all shares, unknown ones included: a message of which little is known
        scores low, which is what tells it from those in scope.
        """
        return self._weigh(terms_of(text))

    def _weigh(self, blocks: Sequence[Sequence[str]]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        columns: list[int] = []
        counts: list[int] = []
        sizes: list[int] = []
        unknown: list[float] = []
        for known, terms, rare in zip(self.columns, blocks, self._rare, strict=True):
            before, rest = len(columns), 0.0
            for term, count in Counter(terms).items():
                column = known.get(term)
                if column is None:
                    rest += (1 + math.log(count)) ** 2
                else:
                    columns.append(column)
                    counts.append(count)
            sizes.append(len(columns) - before)
            unknown.append(rest * rare)
        places = np.array(columns, dtype=np.intp)
        values = (1 + np.log(np.array(counts, dtype=np.float32))) * self.idf[places]
        block = np.repeat(np.arange(len(sizes)), sizes)
        lengths = np.bincount(block, values * values, minlength=len(sizes)) + np.array(unknown)
        # a single word has no pairs: the blocks that there are share the whole length
        shares = SHARES * (SHARES.sum() / max(float(SHARES[lengths > 0].sum()), 1e-9))
        scale = np.sqrt(shares / np.maximum(lengths, 1e-9))
        return self._with_senses(places, (values * scale[block]).astype(np.float32), blocks[0])

    def _with_senses(
        self, columns: NDArray[np.intp], values: NDArray[np.float32], words: Sequence[str]
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        known, rarest = self.columns[0], math.sqrt(self._rare[0])
        weighted = [(word, float(self.idf[known[word]]) if word in known else rarest) for word in words]
        sense = senses().direction(weighted)
        if not sense.any():
            return columns, values
        places = np.arange(len(self.idf), self.width)
        return np.append(columns, places), np.append(values, math.sqrt(SENSE_SHARE) * sense)

    def known_share(self, columns: NDArray[np.intp], values: NDArray[np.float32]) -> float:
        """Return how much of a text is known vocabulary, 0 to 1, from its row."""
        terms = values[columns < len(self.idf)]
        return min(float(terms @ terms) / float(SHARES.sum()), 1.0)

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Return the matrix of several texts, (texts, width), float32."""
        return self._matrix([self.row(text) for text in texts])

    def _matrix(self, parts: Sequence[tuple[NDArray[np.intp], NDArray[np.float32]]]) -> csr_matrix:
        starts = np.cumsum([0, *(len(columns) for columns, _ in parts)])
        columns = np.concatenate([columns for columns, _ in parts])
        values = np.concatenate([values for _, values in parts])
        return csr_matrix((values, columns, starts), shape=(len(parts), self.width), dtype=np.float32)
