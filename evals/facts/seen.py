"""Phrasings that the rules were made with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

VALUES: Final[Mapping[str, Sequence[str]]] = {
    "address.town": ("York", "Leeds", "Bristol", "Cork", "Galway", "Manchester", "Bath", "Derby"),
    "diet": ("vegetarian", "vegan", "pescatarian"),
    "pets.cat": ("two", "three", "four", "five"),
    "household.children": ("two", "three", "four"),
    "size.shoe": ("38", "39", "41", "42", "43", "44"),
    "contact.channel": ("email", "phone", "WhatsApp", "post"),
    "reply.length": ("short",),
    "delivery.place": ("neighbour", "porter", "caretaker", "concierge"),
    "work.hours": ("night", "early", "late"),
}
"""Topic to its values. What is held is right when the value stands in it, as a word or as a figure."""
TOLD: Final[Mapping[str, Sequence[str]]] = {
    "address.town": (
        "I live in {new}.",
        "I moved to {new} last month.",
        "We've just moved to {new}, so the old address is wrong.",
    ),
    "diet": ("I'm {new}.", "I am {new}, so please no leather.", "I became {new} last year."),
    "pets.cat": ("I have {new} cats.", "We've got {new} cats, is the sofa scratchproof?"),
    "household.children": ("We have {new} children.", "I've got {new} kids, so it must be sturdy."),
    "size.shoe": ("My shoe size is {new}.", "I'm a shoe size {new}."),
    "contact.channel": ("I prefer {new}.", "Please contact me by {new}."),
    "reply.length": ("Please keep it short.", "Short answers please."),
    "delivery.place": ("Please always leave it with the {new}.", "You can leave parcels with my {new}."),
    "work.hours": ("I work {new} shifts.", "I'm working {new} shifts."),
}
CHANGED: Final[Mapping[str, Sequence[str]]] = {
    "address.town": (
        "I moved to {new}.",
        "I don't live in {old} any more, I live in {new} now.",
        "That's wrong, I live in {new} now.",
    ),
    "diet": ("I'm {new} now.", "I'm no longer {old}, I'm {new}."),
    "pets.cat": ("We now have {new} cats.", "I have {new} cats now, not {old}."),
    "household.children": ("We now have {new} children.",),
    "size.shoe": ("My shoe size is now {new}.", "My shoe size is {new}, not {old}."),
    "contact.channel": ("I now prefer {new}.", "Please contact me by {new}, not by {old} any more."),
    "delivery.place": ("Please leave it with the {new} from now on.",),
    "work.hours": ("I now work {new} shifts.",),
}
ENDED: Final[Mapping[str, Sequence[str]]] = {
    "diet": ("I'm no longer {old}.", "I'm not {old} any more."),
    "pets.cat": ("I don't have the cats any more.", "We no longer have cats."),
    "work.hours": ("I no longer work {old} shifts.",),
}
NEVER: Final[Sequence[str]] = (
    "If I moved to {new}, would you still deliver?",
    "My neighbour is vegetarian.",
    "Am I a member?",
    "Do I live in {new}?",
    "My sister has three cats.",
    "I might move to {new}.",
    "She says I live in {new}.",
    "> I live in {new}",
    "Is it true that I am vegan?",
    "I used to have a shoe size 40.",
)
