"""Replies with the evidence that they rest on, and the same replies with one number altered as a model would."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from jinja2 import Environment

from frontdesk import Desk
from frontdesk.graph.state import Passage
from frontdesk.nodes.review.draft import CUSTOMER, TOOL

_DIGITS = re.compile(r"(?<![\w.,:/-])\d+(?:[.,:]\d+)*(?![\w:/-])")
_UNITS = ("days", "weeks", "months", "hours", "EUR", "%", "kg", "years")
_UNIT_AFTER = re.compile(r"\s?(working days|days|weeks|months|hours|EUR|%|kg|years|year|cm)\b|\s?%")
PREFIXES = ("", "Yes: ", "Thanks for asking. ", "According to our help pages, ", "Of course! ")


@dataclass(frozen=True)
class Pair:
    """A reply and what it rests on."""

    reply: str
    passages: tuple[Passage, ...]
    source: str


def page(name: str, text: str, title: str = "") -> Passage:
    """Return a page, or with an empty name and a source as title evidence that cannot be cited."""
    return Passage(page=name, title=title, url="", text=text, score=1.0)


def said(source: str, text: str) -> Passage:
    """Return evidence that cannot be cited."""
    return Passage(page="", title="", url=source, text=text, score=0.0)


def from_pages(desk: Desk, dice: random.Random) -> Iterator[Pair]:
    """Yield the sentences of the desk's pages that have a number, beside their page and three others."""
    pages = list(desk.pages.values())
    for one in pages:
        sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])|\n+", one.body)
        for sentence in (part.strip() for part in sentences):
            if not _DIGITS.search(sentence) or sentence.startswith("#"):
                continue
            others = dice.sample([other for other in pages if other is not one], 3)
            passages = tuple(page(each.id, each.body, each.title) for each in (one, *others))
            yield Pair(f"{dice.choice(PREFIXES)}{sentence} [{one.id}]", passages, "pages")


def order(dice: random.Random) -> dict[str, object]:
    """Return an order as the back office gives it."""
    placed = date(2026, 1, 5) + timedelta(days=dice.randrange(60))
    names = dice.sample(
        ["Oak dining table", "Linen sofa", "Brass lamp", "Wool rug", "Steel pan", "Birch shelf"], dice.randint(1, 4)
    )
    items = [
        {"sku": f"FH-{dice.randint(1000, 1999)}", "name": name, "quantity": dice.randint(1, 6),
         "price": round(dice.randint(500, 90_000) / 100, 2), "state": "ordered"}
        for name in names
    ]  # fmt: skip
    total = sum(float(str(item["price"])) * int(str(item["quantity"])) for item in items) + 4.95
    return {
        "order_id": str(dice.randint(10_000, 99_999)), "customer_id": "C-1042", "status": dice.choice(["processing", "shipped", "delivered"]),
        "placed_on": str(placed), "expected_on": str(placed + timedelta(days=6)), "shipped_on": str(placed + timedelta(days=2)),
        "delivered_on": str(placed + timedelta(days=5)), "return_until": str(placed + timedelta(days=35)),
        "tracking": f"FHP{dice.randint(10**8, 10**9)}", "shipping": 4.95, "total": round(total, 2), "items": items, "requests": [],
    }  # fmt: skip


def from_tools(desk: Desk, dice: random.Random, count: int) -> Iterator[Pair]:
    """Yield answers about orders in the wording of the desk's contract and in others, with sums and counts."""
    template = Environment(autoescape=False).from_string(desk.tools["get_order"].reply or "")
    for _ in range(count):
        found = order(dice)
        items = [dict(item) for item in found["items"]]  # type: ignore[attr-defined]
        lines = " ".join(f"The {item['name']} costs {item['price']:.2f} EUR." for item in items)
        goods = sum(item["price"] * item["quantity"] for item in items)
        pieces = sum(item["quantity"] for item in items)
        replies = (
            template.render(**found),
            f"{lines} Delivery is {found['shipping']:.2f} EUR.",
            f"Order {found['order_id']} holds {len(items)} items, {pieces} pieces in all, worth {goods:.2f} EUR without delivery.",
            f"You ordered on {date.fromisoformat(str(found['placed_on'])):%d %B %Y}, and can return it until {date.fromisoformat(str(found['return_until'])):%d %B %Y}.",
        )
        passages = (said(CUSTOMER, f"What about my order {found['order_id']}?"), said(TOOL, json.dumps(found)))
        yield Pair(dice.choice(replies), passages, "tools")


def from_dialogues(folder: Path) -> Iterator[Pair]:
    """Yield the grounded responses whose digits all stand in the snippet that they name."""
    documents = {one["id"]: one for one in map(json.loads, (folder / "faq_train_val.jsonl").read_text().splitlines())}
    for line in (folder / "grounded_responses_val.jsonl").read_text().splitlines():
        one = json.loads(line)
        document = documents.get(one["snippet_id"])
        if not document:
            continue
        text = f"{document['title']} {document['body']} {document['entity'] or ''}"
        digits = re.findall(r"\d+", one["response"])
        if digits and set(digits) <= set(re.findall(r"\d+", text)):
            yield Pair(one["response"], (page("faq", text),), "dstc9")


def altered(pair: Pair, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (edit, reply) for each number of a reply and each edit that makes another fact of it."""
    for match in _DIGITS.finditer(pair.reply):
        for edit, text in _edits(match, pair, dice):
            if text != match.group():
                yield edit, pair.reply[: match.start()] + text + pair.reply[match.end() :]
        unit = _UNIT_AFTER.match(pair.reply, match.end())
        if unit:
            name = unit.group().strip().removeprefix("working ")
            other = dice.choice([one for one in _UNITS if one.rstrip("s") != name.rstrip("s")])
            yield "unit", f"{pair.reply[: match.end()]} {other}{pair.reply[unit.end() :]}"


def _edits(match: re.Match[str], pair: Pair, dice: random.Random) -> Iterator[tuple[str, str]]:
    text = match.group()
    at = dice.choice([index for index, char in enumerate(text) if char.isdigit()])
    digit = dice.choice([one for one in "123456789" if one != text[at]])
    yield "digit", text[:at] + digit + text[at + 1 :]
    if text.isdigit():
        yield "off by one", str(int(text) + dice.choice([1, -1] if int(text) > 1 else [1]))
        yield "shift", text + "0"
    elif re.search(r"\.\d{1,2}$", text):
        yield "shift", text.replace(".", "").replace(",", "")
    swapped = [
        index for index in range(len(text) - 1) if text[index : index + 2].isdigit() and text[index] != text[index + 1]
    ]
    if swapped:
        at = dice.choice(swapped)
        if text[at + 1] != "0" or at:
            yield "swapped", text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if pair.source == "pages":
        unit = _UNIT_AFTER.match(pair.reply, match.end())
        body = pair.passages[0]["text"]
        same = [one.group() for one in _DIGITS.finditer(body) if unit and body.startswith(unit.group(), one.end())]
        others = sorted({one for one in same if one not in pair.reply})
        if others:
            yield "other of the page", dice.choice(others)


__all__ = ["Pair", "altered", "from_dialogues", "from_pages", "from_tools", "order", "page", "said"]
