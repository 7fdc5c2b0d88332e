"""1,000 messages of the retail desk with what each should come to, made of templates by a seed.

    python -m frontdesk.evals.tiers.messages --out messages.jsonl [--count 1000] [--seed 5]

A record: ``conversation``, ``text``, ``kind``, ``intent``, ``tool``, ``arguments``, ``pages``; see :class:`Want`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from frontdesk.desk.config import Intent
from frontdesk.desk.load import Desk
from frontdesk.evals.tiers.phrases import Said, phrases

COUNT, SEED = 1000, 5
SEVERAL = 4.0
"""Weight of messages with two requests."""
OWN = ("10482", "10377", "10915", "10128", "10640")
"""Orders of the customer that the desk's try-out database has."""
OPEN, DELIVERED = "10482", "10377"
"""The one that can still be changed, and one that was delivered, with the rug and the lamps."""
CITIES = ("Bristol", "Cork", "Dublin", "Edinburgh", "Leeds", "Manchester")
_ORDER = ("order {number}", "{number}", "my order {number}", "order number {number}")

Kind = Literal["page", "lookup", "proposal", "asked", "closed", "talk", "person", "strange", "both"]
"""page: an answer that cites one of ``pages``; lookup: the tool ran; proposal: the change is proposed; asked: a
question, or a page, or the look-up that helps; closed: after a no, nothing is pending; talk: words alone; person:
handed over; strange: nothing is looked up, changed or cited; both: each of ``several``."""


@dataclass(frozen=True, slots=True)
class Want:
    """What one message should come to."""

    kind: Kind
    intent: str = ""
    tool: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    """Those that matter."""
    pages: tuple[str, ...] = ()
    several: tuple[Want, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    conversation: int
    text: str
    want: Want


def messages(intents: Mapping[str, Intent], count: int = COUNT, seed: int = SEED) -> list[Message]:
    """Return the first ``count`` messages of the seed's conversations."""
    chance = random.Random(seed)  # noqa: S311 - to draw, not to hide
    makers = [(weight, make) for weight, make in _makers(intents)]
    found: list[Message] = []
    number = 0
    while len(found) < count:
        (make,) = chance.choices([make for _, make in makers], [weight for weight, _ in makers])
        found += [Message(number, text, want) for text, want in make(chance)]
        number += 1
    return found[:count]


Make = Callable[[random.Random], list[tuple[str, Want]]]


def _makers(intents: Mapping[str, Intent]) -> Iterator[tuple[float, Make]]:
    """Yield what makes conversations, with its weight."""
    said = phrases()
    for name, one in said.pages.items():
        yield one.weight, _single(one.says, Want("page", name, pages=tuple(intents[name].pages)))
    for name, one in said.lookups.items():
        yield one.weight, _single(one.says, Want("lookup", name, one.tool))
    for name, one in said.changes.items():
        yield one.weight / 2, _then(one, Want("proposal", name, one.tool))
    for name, one in said.asked.items():
        yield one.weight / 2, _task(one.says, Want("asked", name, one.tool, pages=tuple(intents[name].pages)))
    for name, one in said.talk.items():
        yield one.weight, _single(one.says, Want("talk", name), framed=False)
    for name, one in said.others.items():
        yield one.weight, _single(one.says, Want("person" if name == "person" else "strange"))
    yield SEVERAL, _both(intents)


def _single(cores: Sequence[str], want: Want, *, framed: bool = True) -> Make:
    def make(chance: random.Random) -> list[tuple[str, Want]]:
        return [_filled(chance, chance.choice(cores), want, framed=framed)]

    return make


def _then(said: Said, want: Want) -> Make:
    """Return what proposes a change that the customer then gives up, so that the database stays as it is."""

    def make(chance: random.Random) -> list[tuple[str, Want]]:
        at = chance.randrange(len(said.says))
        whole = replace(want, arguments=said.arguments[at] if said.arguments else {})
        return [_filled(chance, said.says[at], whole), (chance.choice(("no", "no thanks")), Want("closed"))]

    return make


def _task(cores: Sequence[str], want: Want) -> Make:
    """Return what needs a question first; its answer follows."""
    answers = {
        "cancel_order": (OPEN, Want("proposal", want.intent, "cancel_order", {"order_id": OPEN})),
        "return_item": (DELIVERED, replace(want, kind="asked", tool="get_order")),
        "change_address": (f"it is {OPEN}", replace(want, kind="asked")),
        "damaged_item": ("a replacement please", replace(want, kind="asked", tool="exchange_item")),
        "wrong_item": ("I want to exchange it", replace(want, kind="asked", tool="exchange_item")),
    }

    def make(chance: random.Random) -> list[tuple[str, Want]]:
        first = _filled(chance, chance.choice(cores), want)
        return [first, answers[want.intent]] if want.intent in answers else [first]

    return make


def _both(intents: Mapping[str, Intent]) -> Make:
    """Return a message with a look-up and a question for a page."""
    said = phrases()

    def make(chance: random.Random) -> list[tuple[str, Want]]:
        name = chance.choice(("delivery_cost", "payment_methods", "product_care", "gift_cards"))
        page = Want("page", name, pages=tuple(intents[name].pages))
        one = said.lookups["order_status"]
        first, looked = _filled(chance, chance.choice(one.says), Want("lookup", "order_status", one.tool), framed=False)
        second = chance.choice(said.pages[name].says)
        return [(f"{first}? And {second}?", Want("both", several=(looked, page)))]

    return make


def _filled(chance: random.Random, core: str, want: Want, *, framed: bool = True) -> tuple[str, Want]:
    """Return a core with its places filled, in a frame, and what it then should come to."""
    number = OPEN if want.kind == "proposal" else chance.choice(OWN)
    city, arguments = chance.choice(CITIES), dict(want.arguments)
    if "{order}" in core:
        arguments["order_id"] = number
    if "{delivered}" in core and want.kind == "proposal":
        arguments["order_id"] = DELIVERED
    if "{city}" in core:
        arguments["city"] = city
    named = {"order": number, "delivered": DELIVERED}
    told = {name: chance.choice(_ORDER).format(number=each) for name, each in named.items()}
    text = core.format(city=city, **told)
    return (chance.choice(phrases().frames).format(core=text) if framed else text), replace(want, arguments=arguments)


def as_record(message: Message) -> dict[str, Any]:
    """Return a message as plain JSON data."""
    return {"conversation": message.conversation, "text": message.text, **asdict(message.want)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the messages as JSONL."""
    parser = argparse.ArgumentParser(description="The messages of the report on tiers.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    lines = [json.dumps(as_record(each)) for each in messages(Desk.load("retail").intents, options.count, options.seed)]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
