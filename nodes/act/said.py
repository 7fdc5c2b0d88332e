"""What the customer said in their own words, and whether a value is among it. Pure; everything is masked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from langchain_core.messages import AnyMessage, HumanMessage

from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.models.keyless.spans import find
from frontdesk.models.keyless.spans import said as standing
from frontdesk.models.keyless.words import stem
from frontdesk.nodes.act.moments import has_date
from frontdesk.nodes.act.numbers import announced, numbers_in
from frontdesk.nodes.marks import is_refused
from frontdesk.nodes.quoted import own_words
from frontdesk.nodes.remember.details import parse
from frontdesk.nodes.remember.values import value_of
from frontdesk.nodes.scrub.number_words import plain, spelled

_OWN_KINDS = frozenset({"number", "amount", "date", "time", "given"})
"""Entries of the ledger that are taken from the customer's messages and from nothing else."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ADDED = "a an the of to in on at for from with and or is are it its this that my me i we our you your please be by as"
_EMPTY = frozenset(_ADDED.split())
"""Words that a model may add to a customer's."""
_REFERS = re.compile(
    r"\b(?:my|our|the|this|that|it|its|these|those|them|same|mine|meine?[nmrs]?|die|das|der|dieser?|mon|ma|mes|la|le"
    r"|mi|mis|mio|mia|minha|meu|mijn)\b|\d{3,}",
    re.I,
)
"""How a customer means a thing of their own, where "an order" means none in particular."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\w+|[^\w\s]")
_BETWEEN = r"[\s.,/#-]{0,3}"
"""What people put between the characters of a number."""
_APART = " ; \n"
"""Between messages: no value is put together of the end of one and the beginning of another."""
_PLAIN_SIGNS = frozenset(".,;:!?'\"’()-–/&+#@")
"""Signs that a model may set between the customer's words; any other must be theirs."""
_NEGATION = re.compile(
    r"(?:\b(?:not|never|no|cannot|without|nicht|kein\w*|nie|pas|jamais|nunca|non|mai|não|nunca|niet|geen|nooit|dont|wont|cant)\b"
    r"|n['’]t\b)(?:(?![.;!?](?:\s|\Z)|\n|\b(?:but|instead|sondern|aber|mais|pero|sino|ma|mas|maar)\b).)*",
    re.I,
)
"""From a word that negates to the end of what it may reach."""


@dataclass(frozen=True)
class Said:
    """The customer's own words, newest message first."""

    texts: tuple[str, ...]
    today: date

    @classmethod
    def of(cls, messages: Sequence[AnyMessage], details: Sequence[str], today: date) -> Said:
        """Gather them.

        Args:
            messages: The thread's window; what a guard refused is left out.
            details: The ledger: numbers, dates and placeholders of messages that left the window.
            today: For "tomorrow" and the days of the week.
        """
        own = [own_words(str(m.text)) for m in reversed(messages) if isinstance(m, HumanMessage) and not is_refused(m)]
        known = (entry for text in details if (entry := parse(text)) and entry.kind in _OWN_KINDS)
        # without its label, which would stand here without the "not" that stood before it
        kept = [value_of(entry.kind, entry.text) for entry in known]
        return cls((*own, " ; ".join(kept)), today)

    @cached_property
    def _plain(self) -> str:
        """All of it, folded, numbers spelled out in digits beside the words."""
        folded = unicodedata.normalize("NFKC", _APART.join(self.texts)).casefold()
        digits = " ".join(spelled(plain(word)) or word for word in _TOKEN.findall(folded))
        return f"{folded}\n{digits}"

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in _WORD.findall(self._plain))

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """Placeholders in the customer's messages."""
        return frozenset(PLACEHOLDER.findall("\n".join(self.texts)))

    @property
    def refers(self) -> bool:
        """Whether the customer speaks of a thing of theirs that is known, such as "my order" or "that one"."""
        return any(_REFERS.search(text) for text in self.texts)

    def has_value(self, value: str) -> bool:
        """Whether a value such as an id stands in the messages whole, however it is spaced, spelled or cased."""
        letters = [re.escape(char) for char in unicodedata.normalize("NFKC", value).casefold() if char.isalnum()]
        if not letters:
            return False
        spaced = _BETWEEN.join(letters)
        return re.search(rf"(?<![^\W_]){spaced}(?![^\W_])", self._plain) is not None

    def has_number(
        self, value: float, name: str = "", spec: Mapping[str, Any] | None = None, *, firm: bool = False
    ) -> bool:
        """Whether exactly this number was said, in digits or as a word, and not as a part of a date or of a time.

        Args:
            value: Any number; what is not finite was never said.
            name: The property that it is meant for.
            spec: Its JSON Schema.
            firm: True where a number that stands anywhere is not enough: it has to be announced, by one of the
                property's cues, by a unit, or by being all that was said; and it must have one reading only.
        """
        wanted = Decimal(str(value))
        if not wanted.is_finite():
            return False
        return any(
            wanted in number.values
            and (not firm or (len(number.values) == 1 and announced(text, number, name, spec or {})))
            for text in self._folded
            for number in numbers_in(text)
        )

    def has_date(self, value: str, *, firm: bool = False) -> bool:
        """Whether an ISO date was said in any usual form (``firm``: with one reading), and its time of day, if any."""
        return has_date(value, self._plain, self.today, firm=firm)

    def foreign(self, value: str) -> list[str]:
        """Return what of a free text the customer did not say: placeholders, numbers and words (by stem), and signs.

        A text without a word of theirs is foreign as a whole.
        """
        strange = [mark for mark in PLACEHOLDER.findall(value) if mark not in self.placeholders]
        rest = unicodedata.normalize("NFKC", PLACEHOLDER.sub(" ", value)).casefold()
        words = _WORD.findall(rest)
        signs = [sign for sign in rest if not (sign.isalnum() or sign.isspace() or sign in _PLAIN_SIGNS)]
        strange += [
            *(word for word in words if not self._knows(word)),
            *(sign for sign in signs if sign not in self._plain),
        ]
        empty = value.strip() and not PLACEHOLDER.search(value) and all(word in _EMPTY for word in words)
        return [value] if empty and not strange and not self.quotes(value) else strange

    def quotes(self, value: str) -> bool:
        """Whether a text is a quotation: its words stand in one message, in this order, with nothing in between."""
        words = _tokens(value)
        return bool(words) and any(
            words == own[at : at + len(words)]
            for own in map(_tokens, self.texts)
            for at in range(len(own) - len(words) + 1)
        )

    def is_message(self, value: str) -> bool:
        """Whether a text is one of the messages, whole: "forget that I'm vegan" is no part of "don't forget that …"."""
        words = _tokens(value)
        return bool(words) and any(words == _tokens(own) for own in self.texts)

    def affirmed(self) -> Said:
        """Return the same without what was negated: from each "not" to the end of its sentence."""
        return Said(tuple(_NEGATION.sub(_APART, text) for text in self.texts), self.today)

    def means(self, value: Any, name: str, spec: Mapping[str, Any]) -> bool:
        """Whether a value of a closed list was said: itself, or one of its synonyms (``x-words``)."""
        return any(span.value == value for text in self.texts for span in _spans(text, name, spec))

    def _knows(self, word: str) -> bool:
        return word in _EMPTY or stem(word) in self._stems

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(unicodedata.normalize("NFKC", text).casefold() for text in self.texts)


def _tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text)
    return [word.casefold() for word in re.findall(r"<[A-Z][A-Z_]*_\d+>|[^\W_]+(?:['’][^\W_]+)?", folded)]


def _spans(text: str, name: str, spec: Mapping[str, Any]) -> Iterator[Any]:
    yield from standing(text, find(text, name, spec, answer=True, strict=False))


__all__ = ["Said"]
