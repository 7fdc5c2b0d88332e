"""What fills a slot that is nobody's personal data: dates, amounts, companies, songs, towns."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from frontdesk.training.wordlists import lists
from frontdesk.training.words import Words, invented

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")


def digits(source: random.Random, count: int) -> str:
    """Return ``count`` random digits, the first one not zero."""
    return str(source.randint(10 ** (count - 1), 10**count - 1))


def town(source: random.Random, words: Words, language: str) -> str:
    """Return a real or an invented town of a language's countries; some in capitals, as on envelopes."""
    named = words.towns.get(language) or lists()["town_en"]
    kind = source.random()
    last = words.last["en"][0]
    if kind < 0.15:
        found = source.choice(last) + source.choice(lists()["towntail"])
    elif kind < 0.3:
        found = f"{source.choice(lists()['townhead'])} {source.choice(last)}"
    else:
        found = source.choice(named)
    return found.upper() if source.random() < 0.06 else found


def company(source: random.Random, words: Words) -> str:
    """Return the name of a company, a few of them named after people as real ones are."""
    named = lists()
    kind = source.random()
    if kind < 0.25:
        return f"{source.choice(named['companyword'])} {source.choice(named['companytail'])}"
    if kind < 0.45:
        return f"{source.choice(named['companyword'])}{source.choice(named['companyword']).lower()}"
    if kind < 0.6:
        return f"{_stem(source, words)} {source.choice(named['companytail'])}"
    if kind < 0.75:
        return source.choice(named["brand"])
    if kind < 0.92:
        return f"{source.choice(source.choice(words.last['en']))} {source.choice(named['legal'])}"
    return "".join(source.choice("ABCDEFGHIKLMNOPRSTVW") for _ in range(source.randint(2, 4)))


def _stem(source: random.Random, words: Words) -> str:
    return invented(source, [word for word in lists()["companyword"] if len(word) > 3])


def place(source: random.Random, words: Words) -> str:
    """Return the name of a restaurant, a hotel or a shop; many bear the name of somebody or of somewhere."""
    kind = source.random()
    base = (
        source.choice(source.choice(words.last["en"])) if kind < 0.4 else source.choice(source.choice(words.last["it"]))
    )
    if kind > 0.7:
        base = town(source, words, "en")
    base = invented(source, words.last["fr"][0]) if 0.55 < kind < 0.7 else base
    head, tail = source.choice(lists()["placehead"]), source.choice(lists()["placetail"])
    return source.choice(
        (f"{base} {tail}", f"{head} {base}", f"{head} {base} {tail}", f"{base}'s {tail}", f"The {base}")
    )


def area(source: random.Random, words: Words) -> str:
    """Return a quarter of a town, real or invented."""
    if source.random() < 0.5:
        return source.choice(lists()["areaname"])
    ending = source.choice(lists()["areatail"])
    base = town(source, words, "en")
    return f"{base} {ending}" if source.random() < 0.6 else base


def song(source: random.Random, words: Words) -> str:
    """Return the title of a song, a film or a book."""
    one, other = source.choice(lists()["songword"]), source.choice(lists()["songword"])
    return source.choice((f"{one} {source.choice(lists()['songjoin'])} {other}", f"The {one}", f"{one} {other}", one))


def _date(source: random.Random, words: Words) -> str:
    day, month, year = source.randint(1, 28), source.randint(1, 12), source.randint(1950, 2030)
    name = source.choice(lists()["month"])
    nth = f"{day}{'st' if day in (1, 21) else 'nd' if day in (2, 22) else 'rd' if day in (3, 23) else 'th'}"
    ordinals = (f"the {nth} of {name}", f"{nth} of {name}", f"{name} {nth}", f"{nth} {name}", f"{name} the {nth}")
    if source.random() < 0.3:
        return source.choice(ordinals)
    forms = (
        f"{day} {name}",
        f"{name} {day}",
        f"{day} {name} {year}",
        f"{year}-{month:02}-{day:02}",
        f"{day:02}.{month:02}.{year}",
    )
    return source.choice(lists()["day"]) if source.random() < 0.6 else source.choice(forms)


def _time(source: random.Random, words: Words) -> str:
    hour, minute = source.randint(1, 23), source.choice(("00", "15", "30", "45"))
    return source.choice(
        (f"{hour}:{minute}", f"{hour % 12 + 1}pm", f"{hour % 12 + 1} p.m.", f"{hour % 12 + 1} o'clock")
    )


def _amount(source: random.Random, words: Words) -> str:
    value = source.randint(1, 2000)
    return source.choice((f"${value}", f"{value} EUR", f"{value},50 €", f"£{value}.99", f"{value} dollars"))


def _phone(source: random.Random, words: Words) -> str:
    rest = f"{digits(source, 3)} {digits(source, 4)}"
    return source.choice((f"+{source.randint(1, 99)} {digits(source, 3)} {rest}", f"0{digits(source, 3)} {rest}"))


def _email(source: random.Random, words: Words) -> str:
    name = source.choice(words.first["en"][0]).lower()
    return f"{name}{source.randint(1, 99)}@example.{source.choice(('com', 'org', 'de', 'fr'))}"


def _code(source: random.Random, words: Words) -> str:
    drawn = {"A": "ABCDEFGHJKLMNPQRSTUVWXYZ", "0": "0123456789", "h": "0123456789abcdef"}
    form = source.choice(lists()["codeform"])
    return "".join(source.choice(drawn[char]) if char in drawn else char for char in form)


def _number(source: random.Random, words: Words) -> str:
    return source.choice((str(source.randint(1, 99)), digits(source, source.randint(1, 6))))


def _from(name: str) -> Callable[[random.Random, Words], str]:
    return lambda source, words: source.choice(lists()[name])


PLAIN: Mapping[str, Callable[[random.Random, Words], str]] = {
    "c": company,
    "song": song,
    "place": place,
    "area": area,
    "d": _date,
    "time": _time,
    "amt": _amount,
    "phone": _phone,
    "email": _email,
    "num": _number,
    "code": _code,
    "codeword": _from("codeword"),
    "unitword": _from("unitword"),
    "p": _from("product"),
    "brand": _from("brand"),
    "carrier": _from("carrier"),
    "holiday": _from("holiday"),
    "model": _from("model"),
    "piece": _from("piece"),
    "tier": _from("tier"),
    "month": _from("month"),
    "year": lambda source, words: str(source.randint(1900, 2030)),
    "job": lambda source, words: source.choice(words.jobs),
    "country": lambda source, words: source.choice(words.countries),
}
"""Slot to what fills it, whatever the language."""
