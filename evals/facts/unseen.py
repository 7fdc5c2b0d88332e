"""Phrasings that were written before the rules and that no rule was made for: the held-out part of the evaluation.

``{new}`` and ``{old}`` are values of the topic. Whoever tunes the rules looks at ``seen.py`` and never in here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

TOLD: Final[Mapping[str, Sequence[str]]] = {
    "address.town": (
        "Just so you know, I'm based in {new}.",
        "We live over in {new} these days, do you deliver there?",
        "Hi, I'm living in {new} and the sofa has not come.",
        "My home is in {new}.",
    ),
    "diet": (
        "By the way I'm a strict {new}, so no leather chairs for me.",
        "I've been {new} for years.",
        "Our household is fully {new}.",
        "I follow a {new} diet.",
    ),
    "pets.cat": ("There are {new} cats living with us.", "I own {new} cats, is the fabric robust?"),
    "household.children": ("I'm a mum of {new}.", "We've got {new} kids running about."),
    "size.shoe": ("For shoes I take a {new}.", "I wear size {new} shoes."),
    "contact.channel": (
        "Could you contact me by {new} from now on, please.",
        "{new} is the best way to get hold of me.",
        "Please only ever reach out via {new}.",
    ),
    "reply.length": ("Short answers only, please.", "No long texts please, I read on my phone."),
    "delivery.place": (
        "You can always drop parcels with the {new}.",
        "If I'm out, the {new} is where parcels should go, always.",
    ),
    "work.hours": ("I do {new} shifts, so ring me late.", "I'm on {new} shifts."),
}
CHANGED: Final[Mapping[str, Sequence[str]]] = {
    "address.town": (
        "I've relocated to {new} since we last spoke.",
        "We've left {old} and settled in {new}.",
        "It's {new} now, I don't live in {old} any longer.",
        "My new home is in {new}.",
    ),
    "diet": ("I gave up being {old}, I'm {new} these days.", "I've turned {new}.", "I switched from {old} to {new}."),
    "pets.cat": ("We're up to {new} cats by now.", "I now own {new} cats."),
    "household.children": ("Our family has grown, we've got {new} children now.", "That makes {new} kids now."),
    "size.shoe": ("My feet grew, I'm a shoe size {new} now.", "I take a {new} in shoes now, not a {old}."),
    "contact.channel": (
        "Actually, {new} suits me better than {old} now.",
        "Please stop using {old} and use {new} instead.",
    ),
    "delivery.place": ("From now on parcels go to the {new}, no longer to the {old}.",),
    "work.hours": ("I've swapped to {new} shifts.", "I no longer work {old}s, I'm on {new} shifts now."),
}
ENDED: Final[Mapping[str, Sequence[str]]] = {
    "diet": ("I stopped being {old}.", "The {old} days are over for me."),
    "pets.cat": ("Sadly our cats have passed away.", "We gave the cats away.", "There are no cats here any more."),
    "work.hours": ("I've quit the {old} shifts.", "No more {old} shifts for me."),
}
NEVER: Final[Sequence[str]] = (
    "Would you deliver if my home were in {new}?",
    "My brother lives in {new}, can you ship to him?",
    "I was in {new} on holiday when the lamp broke.",
    "A friend of mine is vegan and loved your table.",
    "Suppose I had five cats, which sofa would you pick?",
    "We might move to {new} one day.",
    "Is it true that I get a discount as a student?",
    "He wrote: I live in {new} and want a refund.",
    "Maybe I'm a size 44, who knows.",
    "Had I lived in {new}, it would have come sooner.",
    'The label says "I am vegetarian" for some reason.',
    "Do I live in your delivery area?",
    "My daughter wears size 36 shoes.",
    "I nearly moved to {new} last year.",
)
