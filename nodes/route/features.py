"""Lexical features of a message: TF-IDF over words, word pairs and the character n-grams inside words."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import Stemmer
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

PLACEHOLDER = re.compile(r"<([A-Z][A-Z_]*)_\d+>")
_DIGITS = re.compile(r"\d[\d.,:/-]*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_GRAM_SIZES = (2, 3, 4, 5)
_MAX_CHARS, _MAX_WORDS, _MAX_LETTERS = 4000, 400, 30
"""A longer message is judged by its beginning, a longer word by its own: keeps the time of a message below 5 ms."""


def words_of(text: str) -> list[str]:
    """Split a masked message into folded, stemmed words (English Snowball; harmless to other languages).

    Of a placeholder its label stays, as one word: an address in the message is evidence, whichever it is; train on
    masked utterances, so that both sides look alike. Runs of digits become ``0``, so every order number looks alike;
    digits alone say nothing of what is wanted.
    """
    folded = unicodedata.normalize("NFKC", PLACEHOLDER.sub(_label, text[:_MAX_CHARS])).casefold()
    found = [word[:_MAX_LETTERS] for word in _WORD.findall(_DIGITS.sub(" 0 ", folded))[:_MAX_WORDS]]
    if all(word == "0" for word in found):
        return []
    # A stemmer is not safe to share between threads; a new one without a cache costs microseconds.
    words: list[str] = Stemmer.Stemmer("english", 0).stemWords(found)
    return words


def _label(placeholder: re.Match[str]) -> str:
    """Backwards: an e-mail address in a message is no evidence for intents that talk of e-mail."""
    return f" {placeholder[1].replace('_', '')[::-1]} "


def word_terms(words: Sequence[str]) -> list[str]:
    """Return words and pairs of neighbours."""
    return [*words, *(f"{first} {second}" for first, second in itertools.pairwise(words))]


def gram_terms(words: Sequence[str]) -> list[str]:
    """Return the character n-grams (2 to 5) of each word, with its edges marked by spaces."""
    terms: list[str] = []
    for word in words:
        padded = f" {word} "
        for size in _GRAM_SIZES:
            terms.extend(padded[start : start + size] for start in range(max(len(padded) - size + 1, 1)))
    return terms


@dataclass(frozen=True)
class Block:
    """One kind of terms with its vocabulary and weights."""

    columns: dict[str, int]
    """Term to column, counted over all blocks."""
    idf: NDArray[np.float32]
    """Weight per column of this block, indexed by the column less ``offset``."""
    offset: int

    def weigh(self, terms: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return columns and TF-IDF values of the known terms: (n,) and (n,).

        The whole text has Euclidean length 1, unknown terms included: a message of which little is known scores low,
        which is what tells it from those in scope.
        """
        known: list[tuple[int, int]] = []
        unknown: list[int] = []
        for term, count in Counter(terms).items():
            column = self.columns.get(term)
            if column is None:
                unknown.append(count)
            else:
                known.append((column, count))
        if not known:
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32)
        columns, counted = np.array(known, dtype=np.intp).T
        values = (1 + np.log(counted)) * self.idf[columns - self.offset]
        rest = (1 + np.log(np.array(unknown, dtype=np.float32))) * self.idf.max()
        return columns, (values / np.sqrt(values @ values + rest @ rest)).astype(np.float32)


def _block(documents: Sequence[Sequence[str]], offset: int) -> Block:
    spread: Counter[str] = Counter()
    for document in documents:
        spread.update(set(document))
    terms = sorted(spread)
    columns = {term: offset + position for position, term in enumerate(terms)}
    seen = np.array([spread[term] for term in terms], dtype=np.float32)
    idf = np.log((1 + len(documents)) / (1 + seen)) + 1
    return Block(columns=columns, idf=idf.astype(np.float32), offset=offset)


@dataclass(frozen=True)
class Vectorizer:
    """Texts to sparse rows."""

    words: Block
    grams: Block

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Vectorizer:
        """Take vocabulary and weights from the training texts (at least one word among them)."""
        split = [words_of(text) for text in texts]
        words = _block([word_terms(each) for each in split], 0)
        return cls(words=words, grams=_block([gram_terms(each) for each in split], len(words.columns)))

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.words.columns) + len(self.grams.columns)

    def row(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return the columns and values of one text, (n,) and (n,); empty when no term is known."""
        words = words_of(text)
        left, right = self.words.weigh(word_terms(words)), self.grams.weigh(gram_terms(words))
        return np.concatenate([left[0], right[0]]), np.concatenate([left[1], right[1]])

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Return the matrix of several texts, (texts, width), float32."""
        parts = [self.row(text) for text in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in parts)])
        columns = np.concatenate([columns for columns, _ in parts])
        values = np.concatenate([values for _, values in parts])
        return csr_matrix((values, columns, starts), shape=(len(texts), self.width), dtype=np.float32)
