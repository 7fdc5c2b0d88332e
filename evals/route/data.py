"""Messages with their intents: read, checked line by line, and sampled by seed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from frontdesk.errors import DataError
from frontdesk.evals.lines import read_records

OUTSIDE_WORDS = frozenset({"oos", "out_of_scope", "out-of-scope"})
"""What data sets write as the intent of a message that belongs to none."""
Origin = Literal["in", "near", "far"]
"""in: of a declared intent; near: of one that is in the training file and was not declared (`--intents`); far: none."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message."""

    id: str | int
    """As it stands in the file; the line's number where there is none."""
    text: str
    intent: str | None
    """None: it belongs to no declared intent."""
    origin: Origin = "in"
    line: int = field(default=0, compare=False)
    """From 1; for errors."""


def read_messages(path: Path, *, outside: bool = True) -> list[Message]:
    """Read messages of `{id?, text, intent}` from JSON Lines.

    Args:
        path: The file. Other fields are ignored, `oos` apart.
        outside: Whether a message may belong to no intent: `intent` null or one of :data:`OUTSIDE_WORDS`, or `oos`
            true. Otherwise such records are left out: nothing can be learnt from them.

    Raises:
        DataError: A line is wrong (file and line are named, nothing is quoted), or none is left.
    """
    found: list[Message] = []
    for number, record in read_records(path):
        place = f"{path}:{number}"
        intent = _intent(record, place)
        if intent is not None or outside:
            origin: Origin = "far" if intent is None else "in"
            found.append(Message(_identifier(record, number, place), _text(record, place), intent, origin, number))
    if not found:
        raise DataError(f'{path}: no record; expected lines such as {{"text": "…", "intent": "card_arrival"}}')
    return found


def read_outside(path: Path) -> list[Message]:
    """Read messages of `{id?, text}` of which none belongs to an intent, whatever else the record says.

    Raises:
        DataError: A line is wrong, or there is none.
    """
    found = [
        Message(_identifier(record, number, f"{path}:{number}"), _text(record, f"{path}:{number}"), None, "far", number)
        for number, record in read_records(path)
    ]
    if not found:
        raise DataError(f'{path}: no record; expected lines such as {{"text": "…"}}')
    return found


def _identifier(record: Mapping[str, Any], number: int, place: str) -> str | int:
    identifier = record.get("id")
    if identifier is None:
        return number
    if isinstance(identifier, bool) or not isinstance(identifier, str | int):
        raise DataError(f"{place}: `id` must be a text or a whole number, or left out")
    return identifier


def _text(record: Mapping[str, Any], place: str) -> str:
    text = record.get("text")
    if not isinstance(text, str):
        raise DataError(f"{place}: `text` must be a text")
    return text


def _intent(record: Mapping[str, Any], place: str) -> str | None:
    if not isinstance(record.get("oos", False), bool):
        raise DataError(f"{place}: `oos` must be true or false, or left out")
    if "intent" not in record and not record.get("oos"):
        raise DataError(f"{place}: `intent` is missing; give its name, or null for a message that belongs to none")
    intent = record.get("intent")
    if record.get("oos") or intent is None:
        return None
    if not isinstance(intent, str) or not intent.strip():
        raise DataError(f"{place}: `intent` must be a name, or null for a message that belongs to none")
    return None if intent.strip().casefold() in OUTSIDE_WORDS else intent.strip()


def placed(path: Path, messages: Iterable[Message], chosen: Container[str], known: Container[str]) -> list[Message]:
    """Return the messages, those of intents that are known and not chosen as near ones.

    Args:
        path: Where they come from, for the error.
        messages: To be measured on.
        chosen: Intents that are declared.
        known: Intents that there are.

    Raises:
        DataError: An intent is not known.
    """
    found: list[Message] = []
    for message in messages:
        if message.intent is None or message.intent in chosen:
            found.append(message)
        elif message.intent in known:
            found.append(replace(message, intent=None, origin="near"))
        else:
            raise DataError(
                f"{path}:{message.line}: the intent is in no training record; give it examples, or write null for a "
                "message that belongs to none"
            )
    return found


def check_enough(path: Path, messages: Sequence[Message]) -> None:
    """Check that every intent has two examples, as a desk's must.

    Raises:
        DataError: One has not.
    """
    by_intent = _grouped(messages)
    for group in by_intent.values():
        if len(group) < 2:
            line = messages[group[0]].line
            raise DataError(f"{path}:{line}: the only example of its intent; at least two are needed")


def shots(messages: Sequence[Message], count: int, seed: int) -> list[Message]:
    """Return ``count`` examples per intent (all where there are fewer), drawn by the seed, in the order of the file."""
    source = np.random.default_rng(seed)
    kept: list[int] = []
    for _, places in sorted(_grouped(messages).items()):
        kept.extend(int(place) for place in source.permutation(places)[:count])
    return [messages[place] for place in sorted(kept)]


def split(messages: Sequence[Message], part: float, seed: int) -> tuple[list[Message], list[Message]]:
    """Split into what is fitted on and what is measured on.

    Args:
        messages: All.
        part: Share that is measured on, 0 to 1; of each intent its share, rounded, and always two are left to fit on.
        seed: Start of the random source.

    Returns:
        Both parts in the order of the file.
    """
    source = np.random.default_rng(seed)
    held: set[int] = set()
    for _, places in sorted(_grouped(messages).items()):
        taken = min(round(part * len(places)), max(len(places) - 2, 0))
        held.update(int(place) for place in source.permutation(places)[:taken])
    fitted = [message for place, message in enumerate(messages) if place not in held]
    return fitted, [message for place, message in enumerate(messages) if place in held]


def declared(messages: Iterable[Message], count: int, seed: int) -> list[str]:
    """Return ``count`` of the intents, drawn by the seed, in alphabetical order; all for 0."""
    every = sorted({message.intent for message in messages if message.intent is not None})
    if not count:
        return every
    return sorted(str(name) for name in np.random.default_rng(seed).permutation(every)[:count])


def _grouped(messages: Sequence[Message]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, message in enumerate(messages):
        if message.intent is not None:
            places[message.intent].append(place)
    return places
