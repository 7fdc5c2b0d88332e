"""The ends of a customer's last messages, as they were written: where a value over several messages may have begun.

Nothing is kept for it: what was masked comes back from the vault, what was not stands in the state's window. So an end
lives as long as the thread does, sealed with it; a stateless caller has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from langchain_core.messages import AnyMessage, HumanMessage

from frontdesk.nodes.scrub.placeholders import label_of, scan
from frontdesk.nodes.scrub.view import Run, View

MESSAGES = 3
"""Messages before the new one that are looked at."""
REACH = 64
"""Characters of each, from its end."""
NOISE = " \t\n.,;:…!–—*>•\"'`()"
"""Signs that begin and end what people write, and are no part of it."""
_LEAD_LIST = """
and then next after that followed by the rest of it is are its last first second third fourth final part half digits
number numbers ok okay sure yes yep sorry finally continues continued continuing goes on with remaining now comes
here it's und dann weiter danach gefolgt von der die das rest ist lautet zweite dritte letzte teil ziffern ja also et
puis ensuite la suite le reste est après oui y luego después el resto es sigue sí e poi il resto è dopo sì depois o
resto é sim en daarna de volgende laatste
"""
_LEADS = frozenset(_LEAD_LIST.split())
_GOING_ON = frozenset("then next followed rest remaining dann weiter puis suite reste luego poi depois daarna".split())  # noqa: SIM905 - as in prose
_TRAIL_LIST = """
is are was the first second third last part half of it my card number for now so far and then wait there's more to come
please ok ist der die das erste teil und dann c'est la première partie et ensuite es la primera parte y luego è prima
poi é primeira e depois eerste deel en dan continued follows next digits numbers
"""
_TRAILS = frozenset(_TRAIL_LIST.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?!\w)")


@dataclass(frozen=True)
class Tail:
    """The end of one of the customer's messages."""

    message: str
    """Id of the message in the state."""
    text: str
    origins: tuple[int, ...]
    """Per character its index in the masked message; -1 where it stands behind a placeholder."""
    label: str = ""
    """Label of the placeholder that ends the message, if one does."""


@dataclass(frozen=True)
class Part:
    """A stretch of one message that belongs to a value over several."""

    message: str
    """Id of an earlier message; empty: the new one."""
    start: int
    end: int
    """Offsets into the masked message, or into the new text."""
    label: str


def tails(messages: Sequence[AnyMessage], known: Mapping[str, str]) -> list[Tail]:
    """Return the ends of the customer's last messages, oldest first.

    Args:
        messages: Masked ones, of whomever.
        known: The session's placeholders with their values.
    """
    spoken = [message for message in messages if isinstance(message, HumanMessage)]
    return [_tail(message, known) for message in spoken[-MESSAGES:]]


def _tail(message: HumanMessage, known: Mapping[str, str]) -> Tail:
    content = str(message.content)
    text: list[str] = []
    origins: list[int] = []
    last, label = 0, ""
    for mark in scan(content):
        if mark.key in known:
            text += [*content[last : mark.start], *known[mark.key]]
            origins += [*range(last, mark.start), *[-1] * len(known[mark.key])]
            last, label = mark.end, label_of(mark.key)
    text += content[last:]
    origins += range(last, len(content))
    ended = "" if content[last:].strip(NOISE) else label
    return Tail(message.id or "", "".join(text[-REACH:]), tuple(origins[-REACH:]), ended)


class Piece:
    """What one message adds to a value: its words without "and then" before and "is the first part" behind."""

    def __init__(self, text: str, tail: Tail | None = None, *, whole: bool = False) -> None:
        """Take an earlier message's end, or (without ``tail``) the new message; ``whole``: with all its words."""
        self.text, self.tail = text, tail
        self.end = len(text) if tail is None or whole else _ended(text)
        self.start = 0 if whole else _begun(text[: self.end])
        self.core = text[self.start : self.end]

    @property
    def goes_on(self) -> bool:
        """Whether its first words say that it continues something: "then", "the rest is"."""
        return not _GOING_ON.isdisjoint(_WORD.findall(self.text[: self.start].lower()))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Stretches of the core that read as digits."""
        return View(self.core).runs

    @property
    def size(self) -> int:
        """Number of digits."""
        return sum(len(run.digits) for run in self.runs)

    @property
    def bare(self) -> bool:
        """Whether it is digits, or words for them, and nothing else; a year alone and an order's number are words."""
        if len(self.runs) != 1:
            return False
        tokens = self.runs[0].tokens
        rest = self.core[: tokens[0].start] + self.core[tokens[-1].end :]
        return not rest.strip(NOISE + "-+#/") and not any(map(_of_its_own, (token.digits for token in tokens)))

    def parts(self, start: int, end: int, label: str) -> Iterator[Part]:
        """Yield what of the core, from ``start`` to ``end``, is not masked so far."""
        start, end = start + self.start, end + self.start
        if self.tail is None:
            yield Part("", start, end, label)
            return
        inside = [index for index in range(start, end) if self.tail.origins[index] >= 0]
        first = last = -1
        for index in [*inside, len(self.tail.origins) + 1]:
            if first >= 0 and index != last + 1:
                yield from self._bare(first, last + 1, label)
                first = -1
            first, last = index if first < 0 else first, index

    def _bare(self, start: int, end: int, label: str) -> Iterator[Part]:
        written = self.text[start:end]
        start, end = end - len(written.lstrip()), start + len(written.rstrip())
        if self.tail is not None and any(map(str.isalnum, written)):
            yield Part(self.tail.message, self.tail.origins[start], self.tail.origins[end - 1] + 1, label)


def _of_its_own(digits: str) -> bool:
    return (len(digits) == 5 and digits[0] != "0") or (len(digits) == 4 and digits[:2] in ("19", "20"))


def _begun(text: str) -> int:
    at = _past(text, 0)
    while (word := _WORD.match(text, at)) and word.group().lower() in _LEADS:
        at = _past(text, word.end())
    return at


def _past(text: str, at: int) -> int:
    # A dash with a space behind it is a bullet, another may be the number's own.
    while at < len(text) and (text[at] in NOISE or (text[at] == "-" and text[at + 1 : at + 2].isspace())):
        at += 1
    return at


def _ended(text: str) -> int:
    end = len(text.rstrip())
    while True:
        words = list(_WORD.finditer(text[: len(text[:end].rstrip(NOISE))]))
        last = words[-1] if words else None
        if last is None or last.end() != len(text[:end].rstrip(NOISE)) or last.group().lower() not in _TRAILS:
            return end
        end = last.start()
