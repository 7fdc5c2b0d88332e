"""The ways in which a customer writes what the business has on file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date

import phonenumbers

Forms = Iterator[tuple[str, str]]
"""Name of the form, and the value so written."""

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "NAME": ("Please hand the parcel to {} at the door.", "This is {} again, about the lamp I ordered last week."),
    "EMAIL": ("Please send the invoice to {} today.", "The confirmation for {} never arrived, can you look?"),
    "PHONE": ("The driver may ring {} when he is near.", "I can be reached on {} until six."),
    "ADDRESS": ("Please send it to {} instead.", "The parcel was left somewhere, I live at {} as you know."),
    "DOB": ("For the security question: it is {}, as on file.", "You have {} on file for me, haven't you?"),
}
"""Sentences about a value, by its label."""


def written(label: str, value: str) -> Forms:
    """Yield the forms of a value; none for a label that is not among :data:`SENTENCES`."""
    yield from _FORMS.get(label, _none)(value)


def _none(value: str) -> Forms:
    yield from ()


def _name(value: str) -> Forms:
    first, *_, last = [*value.split(), ""] if " " not in value else value.split()
    if not last:
        yield "one name", first
        return
    yield "full name", value
    yield "small letters", value.lower()
    yield "capitals", value.upper()
    yield "no accents", _bare(value)
    yield "last name first", f"{last}, {first}"
    yield "two lines", value.replace(" ", "\n")
    yield "wide", value.replace(" ", "  ")
    yield "initial", f"{first[0]}. {last}"
    yield "first name", first
    yield "last name", last


def _email(value: str) -> Forms:
    yield "email", value
    yield "capitals", value.upper()
    yield "spaces", value.replace("@", " @ ")
    yield "in words", value.replace("@", " at ").replace(".", " dot ")
    yield "in brackets", value.replace("@", "[at]")


def _phone(value: str) -> Forms:
    yield "phone", value
    try:
        number = phonenumbers.parse(value, "US")
    except phonenumbers.NumberParseException:
        return
    home = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    world = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    yield "national", home
    yield "national, digits", re.sub(r"\D", "", home)
    yield "national, dashes", re.sub(r"\W+", "-", home).strip("-")
    yield "international, digits", "+" + re.sub(r"\D", "", world)
    yield "international, 00", "00" + re.sub(r"\D", "", world)
    yield "dots", re.sub(r"\W+", ".", world).strip(".")


def _address(value: str) -> Forms:
    lines = [part.strip() for part in re.split(r"[,\n]+", value)]
    if len(lines) == 1 and len(re.sub(r"\W", "", value)) <= 9:
        yield "postcode", value
        yield "postcode, small, no space", value.lower().replace(" ", "")
        return
    yield "address", value
    yield "small letters", value.lower()
    yield "capitals", value.upper()
    yield "no commas", " ".join(lines)
    yield "lines", "\n".join(lines)
    if len(lines) > 1 and re.search(r"\d", lines[0]):
        yield "street", lines[0]
        yield "street, small letters", lines[0].lower()


def _birth(value: str) -> Forms:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        yield "date", value
        return
    yield "ISO", value
    yield "day first, dots", f"{day:%d.%m.%Y}"
    yield "day first, slashes, short year", f"{day:%d/%m/%y}"
    yield "month first", f"{day:%m/%d/%Y}"
    yield "in words", f"{day.day} {day:%B %Y}"
    yield "in words, month first", f"{day:%B} {day.day}, {day:%Y}"


def _bare(value: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", value) if not unicodedata.combining(char))


_FORMS: Mapping[str, Callable[[str], Forms]] = {
    "NAME": _name,
    "EMAIL": _email,
    "PHONE": _phone,
    "ADDRESS": _address,
    "DOB": _birth,
}
