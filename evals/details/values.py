"""Values that stand for themselves: each one once in a talk, so that finding it can mean nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass
class Values:
    """Makes values of all kinds for one talk."""

    chance: random.Random
    places: Sequence[str]
    used: set[str] = field(default_factory=set)
    placeholders: int = 0

    def order(self) -> str:
        """Return the number of an order."""
        return self._new(lambda: str(self.chance.randint(10_000, 99_999)))

    def near(self, order: str) -> str:
        """Return a number that differs in one digit: what a slip of the finger makes."""
        return self._new(lambda: self._slipped(order))

    def code(self) -> str:
        """Return an id with letters."""
        letters = "ABCDEFGHKLMNPRSTVWXZ"
        two = "".join(self.chance.sample(letters, 2))
        forms = (
            lambda: f"{two}-{self.chance.randint(1000, 9999)}",
            lambda: f"{two[0]}-{self.chance.randint(100, 9999)}",
            lambda: f"{two}{self.chance.randint(10, 99)}{two[0]}{self.chance.randint(10, 99)}",
        )
        return self._new(self.chance.choice(forms))

    def amount(self) -> str:
        """Return a sum of money."""
        forms = ("{} €", "€{}", "{} euros", "{} EUR", "£{}", "${}", "{} pounds")
        figure = self.figure()
        return self.chance.choice(forms).format(figure)

    def figure(self) -> str:
        """Return the figure of a sum."""
        return self._new(
            lambda: str(self.chance.choice((self.chance.randint(100, 999), f"{self.chance.randint(20, 99)}.50")))
        )

    def date(self) -> str:
        """Return a date."""
        year, day, month = self.chance.randint(2027, 2029), self.chance.randint(1, 28), self.chance.randint(1, 12)
        name = _MONTHS[month - 1]
        forms = (
            f"{day} {name}", f"{name} {day}", f"{day} {name} {year}", f"{year}-{month:02d}-{day:02d}",
            f"{ordinal(day)} of {name}",
        )  # fmt: skip
        if str((day, month)) in self.used:
            return self.date()
        self.used.add(str((day, month)))
        return self.chance.choice(forms)

    def other_day(self, date: str) -> tuple[str, str, str]:
        """Return a date with another day, and the ordinals of the new day and of the old one."""
        old = day_of(date)
        month = next(at for at, name in enumerate(_MONTHS, 1) if name in date or date[5:7] == f"{at:02d}")
        new = self.chance.choice([day for day in range(1, 29) if str((day, month)) not in self.used and day != old])
        self.used.add(str((new, month)))
        if date[4:5] == "-":
            return f"{date[:8]}{new:02d}", ordinal(new), ordinal(old)
        written = date.replace(ordinal(old), ordinal(new), 1) if ordinal(old) in date else _swapped(date, old, new)
        return written, ordinal(new), ordinal(old)

    def time(self) -> str:
        """Return a time of day."""
        hour, minute = self.chance.randint(1, 11), self.chance.choice(("05", "15", "20", "30", "45"))
        forms = (f"{hour + 11}:{minute}", f"{hour}:{minute} am", f"{hour}.{minute} pm", f"{hour} pm")
        return self._new(lambda: self.chance.choice(forms)) if not set(forms) <= self.used else self.time()

    def placeholder(self, label: str) -> str:
        """Return what stands for personal data."""
        self.placeholders += 1
        return f"<{label}_{self.placeholders}>"

    def place(self) -> str:
        """Return a town."""
        return self._new(lambda: self.chance.choice(self.places))

    def flat(self) -> str:
        """Return the number of a flat."""
        return self._new(lambda: f"{self.chance.randint(1, 48)}{self.chance.choice('ABCDEF')}")

    def size(self) -> str:
        """Return a size."""
        return self._new(lambda: str(self.chance.randint(34, 98)))

    def _slipped(self, order: str) -> str:
        at = self.chance.randrange(1, len(order))
        return order[:at] + str((int(order[at]) + self.chance.randint(1, 9)) % 10) + order[at + 1 :]

    def _new(self, make: Callable[[], str]) -> str:
        for _ in range(10_000):
            value = make()
            if value not in self.used:
                self.used.add(value)
                return value
        raise AssertionError("no value is left: make fewer details")  # a fault of the generator's


def ordinal(day: int) -> str:
    """Return ``1st``, ``2nd``, ``13th``."""
    ending = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def day_of(date: str) -> int:
    """Return the day of a date that :meth:`Values.date` made."""
    if date[4:5] == "-":
        return int(date[8:])
    short = [
        int(part)
        for part in date.replace("st", " ").replace("nd", " ").replace("rd", " ").replace("th", " ").split()
        if part.isdigit()
    ]
    return next(part for part in short if part < 32)


def _swapped(date: str, old: int, new: int) -> str:
    return " ".join(str(new) if part == str(old) else part for part in date.split())


__all__ = ["Values", "day_of", "ordinal"]
