"""Values that the session knows already, found again with other case, accents, spaces and separators.

Of a person's full name each part is looked for, too, and of an address each line with a number in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.known_forms import (
    BEFORE,
    ENDED,
    HOMOGRAPHS,
    INITIALLED,
    PRESENTED,
    RELAXED,
    date_form,
    dates,
    dialled_at_home,
    folded,
    lines,
    name_parts,
    needles,
)
from frontdesk.nodes.scrub.normalise import normalise
from frontdesk.nodes.scrub.placeholders import is_foreign, label_of
from frontdesk.nodes.scrub.view import View, seen

_DIGIT = re.compile(r"\d")
_SHORTEST, _SHORTEST_NUMBER, _SHORTEST_NAME, _SHORTEST_LOW, _SHORTEST_JOINED = 4, 6, 3, 4, 9
"""Letters and digits a value needs to be looked for: any; a number (a shorter one could be an order's); a capitalised
name; one in small letters; a full name written as one word ("annaschmidt": shorter ones are words by chance)."""
_WIDEST = 4
"""Characters per letter that a value may be spread over."""


def find_known(text: str, known: Mapping[str, str], detectors: Mapping[str, Detector]) -> Iterator[Match]:
    """Yield every occurrence of a known value in ``text``.

    Args:
        text: Where to look: normalised, lookalikes folded.
        known: Placeholder to value; what others wrote is not looked for (``origin.py``).
        detectors: By label; one with ``loose`` set is matched on letters and digits alone.

    Yields:
        Matches with the value's placeholder; a part of a value has none, and gets one of its own.
    """
    if not known:
        return
    view = seen(text)
    search = _Search(view)
    for placeholder, value in known.items():
        if is_foreign(value) or (not view.numeric and _DIGIT.search(value)):
            continue
        label = label_of(placeholder)
        sought = normalise(value).view.strip()
        detector = detectors.get(label)
        if label == "NAME":
            yield from search.name(sought, placeholder)
        elif label == "DOB":
            yield from search.date(sought, placeholder)
        elif detector is not None and detector.loose:
            yield from search.loose(sought, label, placeholder)
            for line in lines(sought) if label == "ADDRESS" else ():
                yield from search.loose(line, label, "")
            for dialled in dialled_at_home(sought) if label == "PHONE" else ():
                yield from search.loose(dialled, label, placeholder)
        else:
            yield from search.exact(sought, label, placeholder)


class _Search:
    """One text, ready to be searched for many values."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._letters = folded(view.low)

    @cached_property
    def _places(self) -> list[int]:
        """Index into the text per character of ``_letters``."""
        return [index for index, char in enumerate(self._view.low) for _ in folded(char)]

    @cached_property
    def _small(self) -> bool:
        return not any(map(str.isupper, self._view))

    @cached_property
    def _dates(self) -> list[tuple[int, int, tuple[int, ...]]]:
        return [(start, end, date_form(self._view[start:end])) for start, end in dates(self._view)]

    def exact(self, sought: str, label: str, placeholder: str) -> Iterator[Match]:
        """Find a value as it is written; in any case, unless it is a secret or a single word."""
        if sum(map(str.isalnum, sought)) < (_SHORTEST_NUMBER if sought.isdigit() else _SHORTEST):
            return
        cased = label == "SECRET" or sought.isalpha()
        whole, needle = (str(self._view), sought) if cased else (self._view.low, View(sought).low)
        at = whole.find(needle)
        while at >= 0:
            if self._apart(at, at + len(needle)):
                yield self._match(at, at + len(needle), label, placeholder)
            at = whole.find(needle, at + len(needle))

    def loose(self, sought: str, label: str, placeholder: str) -> Iterator[Match]:
        """Find a value by its letters and digits, whatever stands between them."""
        relaxed = label in RELAXED
        if sought.isalpha() and not relaxed:
            yield from self.exact(sought, label, placeholder)
            return
        spoken = [folded(sought.lower().replace("@", "at"))] if label == "EMAIL" else []
        for needle in [*needles(sought, spelling=relaxed), *spoken]:
            # A postcode of five digits is known to be this customer's; any other number that short may be an order's.
            shortest = _SHORTEST_NUMBER - (label == "ADDRESS")
            if len(needle) >= (shortest if needle.isdigit() else _SHORTEST):
                yield from (self._match(*span, label, placeholder) for span in self._spans(needle))

    def name(self, sought: str, placeholder: str) -> Iterator[Match]:
        """Find a name, in both orders, and each part of it that is no ordinary word."""
        parts = name_parts(sought)
        if len(parts) == 1:
            yield from self._word(parts[0], placeholder)
            return
        for order in (parts, [parts[-1], *parts[:-1]]) if parts else ():
            for needle in needles("".join(order), spelling=True):
                for start, end in self._spans(needle):
                    written = self._view[start:end]
                    if not written.isalnum() or len(needle) >= _SHORTEST_JOINED or written[1:].lower() != written[1:]:
                        yield self._match(start, end, "NAME", placeholder)
        yield from self._initialled(parts)
        for part in parts:
            yield from self._word(part, "")

    def date(self, sought: str, placeholder: str) -> Iterator[Match]:
        """Find a date in any written form."""
        form = date_form(sought)
        if len(form) == 3:
            yield from (
                self._match(start, end, "DOB", placeholder) for start, end, other in self._dates if other == form
            )

    def _word(self, word: str, placeholder: str) -> Iterator[Match]:
        if word.lower() in HOMOGRAPHS:
            yield from self._presented(word, placeholder)
            return
        for needle in needles(word, spelling=True):
            if len(needle) < _SHORTEST_NAME:
                continue
            for start, end in self._spans(needle):
                # "Berg" is she, "berg" is a mountain; in a text without any capital it may be she again.
                written = self._view[start:end]
                low = self._small and len(needle) >= _SHORTEST_LOW and self._announced(start)
                if written.isalpha() and (written[0].isupper() or low):
                    yield Match(start, end, "NAME", 0.9, "part of a name known to the session", placeholder)

    def _initialled(self, parts: list[str]) -> Iterator[Match]:
        """Find "A. Schmidt"."""
        for needle in needles(parts[0][0] + parts[-1], spelling=True) if parts else ():
            for start, end in self._spans(needle):
                if INITIALLED.match(self._view, start, end) and (self._small or self._view[start].isupper()):
                    yield self._match(start, end, "NAME", "")

    def _presented(self, word: str, placeholder: str) -> Iterator[Match]:
        """Find a name that is a word as well, capitalised: after words that present a name, and with no verb's object.

        "Thanks, Will" is he; "Thanks. Will it come?" and "in May" are not.
        """
        for found in re.finditer(rf"\b{re.escape(word.capitalize())}\b", self._view):
            before = self._view.low[max(0, found.start() - 24) : found.start()]
            if PRESENTED.search(before) and ENDED.match(self._view, found.end()):
                yield Match(*found.span(), "NAME", 0.9, "part of a name known to the session", placeholder)

    def _announced(self, start: int) -> bool:
        before = self._view.low[max(0, start - 24) : start].rstrip(" ,.!").rsplit(None, 1)
        return not before or before[-1] in BEFORE

    def _spans(self, needle: str) -> Iterator[tuple[int, int]]:
        at = self._letters.find(needle)
        while at >= 0:
            start, end = self._places[at], self._places[at + len(needle) - 1] + 1
            if end - start <= _WIDEST * len(needle) and self._apart(start, end):
                yield start, end
            at = self._letters.find(needle, at + 1)

    def _apart(self, start: int, end: int) -> bool:
        outside = self._view[max(0, start - 1) : start] + self._view[end : end + 1]
        return not any(map(str.isalnum, outside))

    def _match(self, start: int, end: int, label: str, placeholder: str) -> Match:
        reason = "known to the session" if placeholder else "part of a value known to the session"
        return Match(start, end, label, 1.0 if placeholder else 0.9, reason, placeholder)
