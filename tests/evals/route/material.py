"""A desk in miniature for measurements: four intents whose utterances are easy to tell apart."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

WORDS = {
    "track_parcel": ("where is my parcel", "track the parcel", "parcel tracking please", "has my parcel left",
                     "is the parcel on its way", "when does the parcel arrive"),
    "pay_bill": ("pay my bill", "i want to pay the bill now", "how do i pay a bill", "bill payment by card",
                 "the bill is not paid yet", "settle the bill"),
    "open_hours": ("opening hours on sunday", "when do you open", "are you open on monday", "what hours are you open",
                   "open late today", "opening hours"),
    "cancel_visit": ("cancel my visit", "please cancel the visit tomorrow", "the visit must be cancelled",
                     "i cannot make the visit", "call off the visit", "cancel that visit"),
}  # fmt: skip
STRANGE = ("sing me a song", "who wrote hamlet", "recipe with leeks", "capital of peru")


def written(path: Path, records: Iterable[dict[str, Any]]) -> Path:
    """Write JSON Lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def training(path: Path) -> Path:
    """Write the utterances with their intents."""
    return written(path, [{"text": text, "intent": name} for name, texts in WORDS.items() for text in texts])


def strangers(path: Path) -> Path:
    """Write messages of no intent."""
    return written(path, [{"id": f"s{number}", "text": text} for number, text in enumerate(STRANGE)])


def tiny_desk(folder: Path) -> Path:
    """Write a desk of these intents; returns its folder."""
    folder.mkdir(parents=True)
    (folder / "desk.yaml").write_text(
        "name: tiny  # of tests\nbusiness: Tiny\nlanguages: [en]\n\n# when to act\nrouting:\n  accept: 0.5\n", "utf-8"
    )
    lines = ["intents:"]
    for name, texts in WORDS.items():
        title = name.replace("_", " ")
        lines += [f"  - name: {name}", f"    title: {title}", f"    description: what {title} is about"]
        lines += ["    utterances:", *(f"      - {text}" for text in texts)]
    (folder / "intents.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder
