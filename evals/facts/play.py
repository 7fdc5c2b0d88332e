"""Generated customers and what is held of them at the end."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from frontdesk.evals.facts import seen, unseen
from frontdesk.graph.memories import Note
from frontdesk.nodes.remember.learning.notes import notes_of

_FIGURES = {"two": "2", "three": "3", "four": "4", "five": "5"}
_OTHER_TALK = (
    "Where is my order 10482?",
    "Thanks, that helped.",
    "The lamp I bought flickers, what can I do?",
    "How long do I have to return the chairs?",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One message of a generated customer."""

    thread: int
    text: str
    kind: str
    """``told``, ``changed``, ``ended``, ``never`` or ``talk``."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A generated customer: what they say of one topic over their conversations, and what holds at the end."""

    topic: str
    said: tuple[Told, ...]
    holds: str
    """The value that holds in the end; empty: none."""


def customers(count: int, seed: int, *, held_out: bool) -> Iterator[Customer]:
    """Make customers.

    Args:
        count: How many.
        seed: Of the choices.
        held_out: Whether they speak in the phrasings that no rule was made for.
    """
    chance = random.Random(seed)  # noqa: S311 - a generated test, no secret
    pool = unseen if held_out else seen
    for _ in range(count):
        yield _customer(chance, pool.TOLD, pool.CHANGED, pool.ENDED, pool.NEVER)


def _customer(
    chance: random.Random,
    told: Mapping[str, Sequence[str]],
    changed: Mapping[str, Sequence[str]],
    ended: Mapping[str, Sequence[str]],
    never: Sequence[str],
) -> Customer:
    topic = chance.choice(sorted(told))
    values = chance.sample(list(seen.VALUES[topic]), len(seen.VALUES[topic]))
    value = values.pop()
    said = [Told(0, _filled(chance.choice(told[topic]), value, ""), "told")]
    for thread in range(1, chance.randint(2, 4)):
        if topic in changed and values and chance.random() < 0.7:
            new = values.pop()
            said.append(Told(thread, _filled(chance.choice(changed[topic]), new, value), "changed"))
            value = new
        elif topic in ended and value and chance.random() < 0.3:
            said.append(Told(thread, _filled(chance.choice(ended[topic]), "", value), "ended"))
            value = ""
            break
        said.append(Told(thread, chance.choice(_OTHER_TALK), "talk"))
    place = chance.randint(1, len(said))
    other = chance.choice(sorted(set(seen.VALUES["address.town"]) - {value}))
    said.insert(place, Told(said[place - 1].thread, _filled(chance.choice(never), other, ""), "never"))
    return Customer(topic, tuple(said), value)


def held_of(customer: Customer) -> dict[str, Note]:
    """Return what is held at the end by key: the newest of each, without what ended. As the archive does it."""
    held: dict[str, Note] = {}
    for told in customer.said:
        for note in notes_of(told.text):
            held.pop(note["about"], None)
            if not note.get("ended"):
                held[note["about"]] = note
    return held


def right(customer: Customer, held: Mapping[str, Note]) -> bool:
    """Whether of the topic the newest is held and nothing else, and nothing that was never stated."""
    of_topic = [note["text"].casefold() for about, note in held.items() if about == customer.topic]
    if not customer.holds:
        return not of_topic
    wanted = {customer.holds.casefold(), _FIGURES.get(customer.holds, customer.holds).casefold()}
    return len(of_topic) == 1 and any(re.search(rf"\b{re.escape(word)}", of_topic[0]) for word in wanted)


def invented(customer: Customer, held: Mapping[str, Note]) -> list[str]:
    """Return keys that are held although the customer said nothing of the kind."""
    return [about for about in held if about != customer.topic]


def _filled(text: str, new: str, old: str) -> str:
    filled = text.replace("{new}", new).replace("{old}", old)
    return filled[:1].upper() + filled[1:]
