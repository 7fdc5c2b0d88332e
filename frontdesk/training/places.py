"""Sentences with what looks like a name and is none: places called after people, short days, abbreviations, typos.

They teach the MiniLM head that "a table at Giovanni's" names nobody; the sequence model has no use for them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from frontdesk.training.sentences import Sentence, recased
from frontdesk.training.words import Words, invented, load_words

_CALLED = """
do you know a place called {v}|is {v} still open on sundays|what is the phone number of {v}|tell me more about {v}
the place is called {v}|we ate at {v} last week and loved it|a voucher for {v}, please|I would like to go to {v}
does {v} deliver to my part of town|how busy is {v} in the evening|I left my coat at {v}|how do I get to {v} by bus
my card was charged twice at {v}|the food at {v} was cold|{v} does not take cards|{v} has a terrace
can you recommend something like {v}|I am looking for a shop named {v}|any hotel but {v}|is there parking near {v}
I parked in front of {v}|the branch next to {v} is closed|the {v} gift card does not work|I want {v}, not the other one
my parcel is waiting at {v}|I have a coupon from {v} and one from {v}|reviews of {v}|directions to {v}|{v} opening hours
does {v} have a branch in {t}|I want something in {t}|the one in {t}, not {t}|all I need is {t}|somewhere near {t}
"""
_DAYS = """
can it come on {d}|{d} please|not {d}, rather {d}|a table for {d}, {n} {m}|delivery on {d}, {m} {n}|I ordered it on {d}
is the shop open {d} to {d}|{d} or {d} suits me|from {d} {n} {m} until {d} {n} {m}|it says {d}|{d}, {n} {m} 2026
"""
_KINDS = """
I feel like {k} food tonight|anything {k} but not {k}|do you sell {k} wine|a {k} passport holder|is there a {k} menu
the {k} version of the manual|no {k} dishes for me|I prefer {k} over {k}|{k} or {k}, I do not mind
"""
_HEADS = ("La", "Le", "Il", "El", "Casa", "Chez", "Villa", "Hotel", "Café", "Royal", "Old", "Little", "New", "Golden")
_TAILS = """
Kitchen Garden House Lodge Inn Grill Bar Bistro Palace Corner Bakery Books Motors Pharmacy Court Arms Tavern Deli Hotel
Bros Stores Express Pizzeria Tandoori Noodles Steakhouse Guesthouse
"""
_SHORT_DAYS = "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_SHORT_MONTHS = "Jan Feb Mar Apr May Jun June Jul July Aug Sept Sep Oct Nov Dec April August"
_SHORT = """
send it {x} please|what is the {x} for this|I need {x}, not {x}|how do I change {x} to {x}|is {x} possible|{x} or {x}
does the {x} cost extra|my {x} does not work|where do I find the {x}|pay by {x}|an {x} was made yesterday|{x} it is
the {x} has expired, {x} what now|a question on {x}|can I pay in {x}|the price is in {x}|{x}, I have waited for weeks
"""
_ABBREVIATIONS = """
ASAP ETA FAQ PIN ATM VAT SEPA IBAN BIC SMS PDF FYI BTW OMG DHL UPS USB HDMI LED TV DIY VIP ID KYC QR GPS IMEI
ISP CEO RSVP LOL TBH IDK EUR USD GBP AUD CAD CHF JPY NZD SEK NOK PLN CNY INR NFC CVV CVC OTP APR ISA UK USA EU
NHS BBC DVD CD PC HR IT
"""
_PEOPLES = """
Austrian Belgian Bolivian Burmese Catalan Cuban Danish Dutch Ethiopian Filipino Finnish French Georgian German Greek
Hungarian Indonesian Iranian Irish Jamaican Korean Lebanese Malay Moroccan Nepalese Norwegian Peruvian Polish Portuguese
Russian Scottish Sicilian Swedish Swiss Syrian Tuscan Ukrainian Vietnamese Welsh
"""


def venues(seed: int, count: int) -> Iterator[Sentence]:
    """Yield sentences without names; the same seed gives the same ones.

    Raises:
        ConfigurationError: ``faker`` is not installed.
    """
    source = random.Random(f"places:{seed}")  # noqa: S311 - sentences, not secrets
    words = load_words("train")
    groups = [_templates(text) for text in (_CALLED, _CALLED, _CALLED, _DAYS, _KINDS, _SHORT)]
    for _ in range(count):
        text = source.choice(source.choice(groups))
        for slot in ("v", "t", "d", "m", "n", "k", "x"):
            while f"{{{slot}}}" in text:
                text = text.replace(f"{{{slot}}}", _filled(slot, source, words), 1)
        yield recased(Sentence(text[:1].upper() + text[1:] if source.random() < 0.6 else text), source)


def mistyped(seed: int, sentences: Sequence[Sentence], count: int) -> Iterator[Sentence]:
    """Yield some of the sentences with a slip of the keys in a word or two; a word nobody knows is not yet a name.

    Args:
        seed: Start of the random source.
        sentences: Without names and addresses.
        count: How many.
    """
    source = random.Random(f"typos:{seed}")  # noqa: S311 - sentences, not secrets
    for sentence in source.choices(sentences, k=count):
        words = sentence.text.split(" ")
        long = [index for index, word in enumerate(words) if len(word) > 3 and word.isalpha()]
        for index in source.sample(long, min(len(long), source.randint(1, 2))):
            words[index] = _slip(words[index], source)
        yield Sentence(" ".join(words))


def _slip(word: str, source: random.Random) -> str:
    at = source.randrange(1, len(word) - 1)
    before, one, two, after = word[:at], word[at], word[at + 1], word[at + 2 :]
    other = source.choice("aeioustnrlmdhcgb")
    return before + source.choice((two + one, two, one, one + one + two, other + two, one + other + two)) + after


def _templates(text: str) -> list[str]:
    return [template for line in text.strip().splitlines() for template in line.split("|")]


def _filled(slot: str, source: random.Random, words: Words) -> str:
    if slot == "v":
        return _venue(source, words)
    if slot == "t":
        return source.choice(words.towns["en"] or words.countries).strip()
    if slot == "n":
        return str(source.randint(1, 31))
    if slot == "x" and source.random() < 0.3:
        return "".join(source.choices("ABCDEFGHIKLMNOPRSTUVWXZ", k=source.randint(1, 4)))
    listed: dict[str, str] = {"d": _SHORT_DAYS, "m": _SHORT_MONTHS, "k": _PEOPLES, "x": _ABBREVIATIONS}
    return source.choice(listed[slot].split())


def _venue(source: random.Random, words: Words) -> str:
    lists: Sequence[Sequence[str]] = source.choice(
        [words.last[source.choice(sorted(words.last))], words.first[source.choice(sorted(words.first))]]
    )
    names = source.choice(lists)
    name = invented(source, names) if source.random() < 0.6 else source.choice(names)
    tail = source.choice(_TAILS.split())
    forms = (f"{name}'s", f"{name} {tail}", f"{source.choice(_HEADS)} {name}", f"{name}'s {tail}", f"{name} & {tail}")
    return source.choice(forms)
