"""Check digits of national numbers: python-stdnum's modules by name, and the few that it lacks."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from functools import cache

_NRIC_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
_NRIC_LETTERS = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "G": "XWUTRQPNMLK", "M": "KLJNPQRTUWX"}
_NRIC_OFFSETS = {"T": 4, "G": 4, "M": 3}


def nric(number: str) -> bool:
    """Whether a Singaporean identity number's letter is right (published weights 2 7 6 5 4 3 2, modulo 11)."""
    number = number.upper()
    if len(number) != 9 or number[0] not in _NRIC_LETTERS or not number[1:8].isdecimal():
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_NRIC_WEIGHTS, number[1:8], strict=True))
    place = (total + _NRIC_OFFSETS.get(number[0], 0)) % 11
    letters = _NRIC_LETTERS[number[0]]
    return number[8] == (letters[10 - place] if number[0] == "M" else letters[place])


def taj(number: str) -> bool:
    """Whether a Hungarian social insurance number's last digit is right (weights 3 and 7, modulo 10)."""
    plain = "".join(filter(str.isdigit, number))
    if len(plain) != 9:
        return False
    total = sum(int(digit) * (3, 7)[place % 2] for place, digit in enumerate(plain[:8]))
    return total % 10 == int(plain[8])


def hungarian_tax(number: str) -> bool:
    """Whether a Hungarian tax number's last digit is right (starts with 8; place times digit, modulo 11)."""
    plain = "".join(filter(str.isdigit, number))
    if len(plain) != 10 or plain[0] != "8":
        return False
    return sum(place * int(digit) for place, digit in enumerate(plain[:9], start=1)) % 11 == int(plain[9])


_OWN: dict[str, Callable[[str], bool]] = {"sg.nric": nric, "hu.taj": taj, "hu.tax": hungarian_tax}


@cache
def _check(name: str) -> Callable[[str], bool]:
    if name in _OWN:
        return _OWN[name]
    found: Callable[[str], bool] = importlib.import_module(f"stdnum.{name}").is_valid
    return found


def load(names: Iterable[str]) -> None:
    """Import the modules of these checks, so that no message waits for it."""
    for name in names:
        _check(name)


def accepted(names: Iterable[str], number: str) -> bool:
    """Whether one of the checks accepts a number, separators or not.

    Args:
        names: Modules of python-stdnum without ``stdnum.``, such as ``de.idnr``, or names of checks made here.
        number: As written.
    """
    return any(_passes(name, number) for name in names)


def _passes(name: str, number: str) -> bool:
    try:
        return _check(name)(number)
    except Exception:  # noqa: BLE001 - stdnum's own tables have holes (KeyError in cn.ric); a long number is masked anyway
        return False
