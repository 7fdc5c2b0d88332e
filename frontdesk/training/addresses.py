"""Postal addresses in the orders of many countries, over one line or several."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from frontdesk.training.slots import digits, town
from frontdesk.training.wordlists import lists
from frontdesk.training.words import Words, invented

_SEPARATORS = (", ", ", ", "\n", "\n", "\n ", " ", " ", ",\n", "\n    ", ",")
_MILITARY = (
    "PSC {}, Box {}\nAPO {} {}",
    "Unit {} Box {}\nDPO {} {}",
    "CMR {}, Box {}, APO {} {}",
    "PSC {} Box {} FPO {} {}",
)


def address(source: random.Random, words: Words, language: str) -> str:
    """Return a postal address of a country where the language is spoken, or of any country."""
    chosen = language if language in _STREETS and source.random() < 0.5 else source.choice(sorted(_STREETS))
    if source.random() < 0.08:
        return _military(source)
    if source.random() < 0.05:
        return _corner(source, words)
    separator = source.choice(_SEPARATORS)
    parts = [_number_first(source) + street(source, words, chosen)]
    if source.random() < 0.35:
        unit = f"{source.choice(lists()['unit'])} {_unit(source)}".replace("# ", "#")
        parts.insert(0 if source.random() < 0.3 else 1, unit)
    parts += _tail(source, words, chosen, separator)
    return separator.join(parts)


def street(source: random.Random, words: Words, language: str) -> str:
    """Return a street with a house number."""
    number = str(source.randint(1, 400)) + (source.choice("abcBA") if source.random() < 0.08 else "")
    return _STREETS[language](source, words, number)


def only_street(source: random.Random, words: Words, language: str) -> str:
    """Return a street with a house number, in the style of the language or, in English, of any country."""
    return street(source, words, language if language in _STREETS else source.choice(sorted(_STREETS)))


def street_name(source: random.Random, words: Words, language: str) -> str:
    """Return an English street without a number, with the words that make it a street."""
    return f"{_base(source, words)} {source.choice(lists()['street_en'])}"


def _base(source: random.Random, words: Words) -> str:
    kind = source.random()
    if kind < 0.35:
        return source.choice(source.choice(words.last[source.choice(sorted(words.last))]))
    if kind < 0.5:
        return source.choice(source.choice(words.first[source.choice(sorted(words.first))]))
    if kind < 0.65:
        return source.choice(lists()["aswords"])
    if kind < 0.85:
        return invented(source, source.choice(words.last["en"]))
    return f"{source.choice(lists()['townhead'])} {source.choice(words.last['en'][0])}"


def _english(source: random.Random, words: Words, number: str) -> str:
    return f"{number} {street_name(source, words, 'en')}"


def _joined(name: str) -> Callable[[random.Random, Words, str], str]:
    return lambda source, words, number: f"{_base(source, words)}{source.choice(lists()[name])} {number}"


def _before(name: str, *, number_last: bool) -> Callable[[random.Random, Words, str], str]:
    def build(source: random.Random, words: Words, number: str) -> str:
        link = source.choice(("", "", "", "de ", "de la ", "del ", "do ", "di ", "du "))
        named = f"{source.choice(lists()[name])} {link}{_base(source, words)}"
        return f"{named}{source.choice((' ', ' ', ', ', ' n. '))}{number}" if number_last else f"{number} {named}"

    return build


def _other(source: random.Random, words: Words, number: str) -> str:
    kind = source.random()
    if kind < 0.35:
        return f"{source.choice(words.streets)} {number}"
    if kind < 0.55:
        return f"{_base(source, words)} {source.choice(lists()['street_tail'])} {number}."
    return (
        f"{_base(source, words)} {number}"
        if kind < 0.8
        else f"{source.choice(lists()['street_east'])} {_base(source, words)} {number}"
    )


_STREETS: Mapping[str, Callable[[random.Random, Words, str], str]] = {
    "en": _english,
    "de": _joined("street_de"),
    "nl": _joined("street_nl"),
    "nordic": _joined("street_nord"),
    "fr": _before("street_fr", number_last=False),
    "es": _before("street_es", number_last=True),
    "it": _before("street_it", number_last=True),
    "pt": _before("street_pt", number_last=True),
    "other": _other,
}


def _number_first(source: random.Random) -> str:
    return f"{digits(source, source.randint(3, 5))} " if source.random() < 0.2 else ""


def _unit(source: random.Random) -> str:
    return source.choice((str(source.randint(1, 999)), f"{source.randint(1, 20)}{source.choice('ABCD')}"))


def _tail(source: random.Random, words: Words, language: str, separator: str) -> list[str]:
    place = town(source, words, language)
    code = _postcode(source, language)
    state = source.choice(lists()["state"])
    country = source.choice(words.countries)
    if language in ("de", "nl", "fr", "es", "it", "pt", "nordic") and source.random() < 0.6:
        tails: tuple[list[str], ...] = ([f"{code} {place}"], [f"{code} {place}", country], [code, place], [place])
    else:
        tails = (
            [place, f"{state} {code}"],
            [f"{place} {code}"],
            [place, f"{country} {code}"],
            [place, country],
            [place, state, code],
            [place, f"{country} {code}"],
            [f"{place} {state} {code}", country],
            [place],
            [],
        )
    return source.choice(tails)


def _postcode(source: random.Random, language: str) -> str:
    letters = "".join(source.choice("ABCDEGHJKLMNPRSTW") for _ in range(4))
    if language == "nl":
        return f"{digits(source, 4)} {letters[:2]}"
    if language == "pt":
        return f"{digits(source, 4)}-{digits(source, 3)}"
    if language == "en" and source.random() < 0.3:
        return f"{letters[:2]}{digits(source, 1)} {digits(source, 1)}{letters[2:]}"
    return digits(source, source.choice((4, 5, 5, 5, 6)))


def _military(source: random.Random) -> str:
    form = source.choice(_MILITARY)
    return form.format(digits(source, 4), digits(source, 4), source.choice(("AA", "AE", "AP")), digits(source, 5))


def _corner(source: random.Random, words: Words) -> str:
    link = source.choice((" and ", " & "))
    head = source.choice(("the corner of ", "corner of ", ""))
    return head + street_name(source, words, "en") + link + street_name(source, words, "en")
