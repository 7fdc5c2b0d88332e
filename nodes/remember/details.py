"""The ledger of key details: what a summary must not blur, kept word for word, each with the turn it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

from frontdesk.graph.placeholders import whole

Kind = Literal[
    "open",
    "begun",
    "waiting",
    "done",
    "failed",
    "chosen",
    "declined",
    "promised",
    "asked",
    "number",
    "amount",
    "date",
    "time",
    "given",
    "named",
    "looked up",
]
"""``open`` waits for a yes, ``begun`` is a form half filled, ``waiting`` a request whose turn will come; ``done``,
``failed`` and ``looked up`` are calls of tools; ``chosen``, ``declined`` and the values are the customer's words;
``promised`` is ours or a colleague's."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""In the order in which they are shown."""
OPEN: Final[frozenset[Kind]] = frozenset({"open", "begun", "waiting"})
"""What is unfinished: read anew from the state in every turn."""
VALUES: Final[frozenset[Kind]] = frozenset({"number", "amount", "date", "time", "given", "named"})
"""Values that the customer said."""
CUSTOMERS: Final[frozenset[Kind]] = VALUES | {"chosen", "declined"}
"""Taken from the customer's messages and from nothing else."""
LONGEST = 200
"""Characters of one entry's text."""

_ENTRY = re.compile(
    rf"({'|'.join(KINDS)}): (.*) \(turn (\d+)(?:, (\d+) times)?(?:, was ([^()]*))?\)",
    re.DOTALL,
)
_MARK = re.compile(r"\(turn (?=\d)")
_OLD_VALUE = 60
"""Characters of a former value; it has no brackets."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One entry."""

    kind: Kind
    text: str
    """With what it is about in front, where the words said it: ``order 10482``, ``delivery date 4 May``."""
    turn: int
    """When it was last said; 1 for the first turn of the thread."""
    about: str = ""
    """Entries of one kind about the same thing replace each other; empty: about their text."""
    times: int = 1
    """In how many turns it was said."""
    was: str = ""
    """The value that it corrected: history, no longer true."""
    value: str = ""
    """The part of the text that is the value; empty: all of it."""

    @property
    def key(self) -> tuple[str, str]:
        """What the entry is about, within its kind."""
        return self.kind, (self.about or subject(self.kind, self.text)).casefold()

    @property
    def label(self) -> str:
        """What the words in front of the value say that it is; empty where they say nothing."""
        return self.text[: -len(self.value)].strip() if self.value and self.text.endswith(self.value) else ""

    def __str__(self) -> str:
        """Return the entry as it stands in the state."""
        text = cut(_MARK.sub("(", " ".join(self.text.split())), LONGEST)
        times = f", {self.times} times" if self.times > 1 else ""
        was = f", was {former(self.was)}" if former(self.was) else ""
        return f"{self.kind}: {text} (turn {self.turn}{times}{was})"


def cut(text: str, most: int) -> str:
    """Return at most so many characters, none of them half of a placeholder, which would be restored to nothing."""
    return text if len(text) <= most else whole(text[:most])


def former(text: str) -> str:
    """Return a value as an entry's history holds it."""
    return cut(" ".join(re.sub(r"[()]", " ", text).split()), _OLD_VALUE)


def parse(entry: str) -> Detail | None:
    """Return the detail that an entry of the state stands for; None for a text of another form."""
    found = _ENTRY.fullmatch(entry)
    if not found:
        return None
    kind: Kind = next(each for each in KINDS if each == found[1])
    times = int(found[4] or 1)
    about = subject(kind, found[2])
    return Detail(kind=kind, text=found[2], turn=int(found[3]), about=about, times=times, was=found[5] or "")


def subject(kind: Kind, text: str) -> str:
    """Return what an entry is about: a call's outcome is about the call, so that the newest replaces the older."""
    return text.split(" = ", 1)[0] if kind in {"looked up", "done"} else text


__all__ = ["CUSTOMERS", "KINDS", "LONGEST", "OPEN", "VALUES", "Detail", "Kind", "cut", "former", "parse", "subject"]
