"""Messages with labels: read, checked line by line, and split by id."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from frontdesk.errors import DataError
from frontdesk.evals.lines import read_records

Part = Literal["all", "fit", "validation"]

LABEL = "label"
"""Field with the label, where nobody names another."""
ATTACK_WORDS = frozenset(
    {"1", "true", "yes", "attack", "injection", "prompt_injection", "jailbreak", "malicious", "unsafe"}
)
BENIGN_WORDS = frozenset({"0", "false", "no", "benign", "safe", "clean", "ordinary", "legitimate", "normal"})
_LABELS = "1 or 0, true or false, or a word such as `injection` or `benign`"


@dataclass(frozen=True, slots=True)
class Fields:
    """Where things stand in a record."""

    text: str = "text"
    label: str = LABEL


@dataclass(frozen=True, slots=True)
class Message:
    """One text that the guard is to judge."""

    id: str | int
    """As it stands in the file; the line's number where there is none."""
    text: str
    attack: bool | None
    """None: nobody has said."""
    category: str = ""
    source: str = ""
    file: str = ""
    """Name of the file, of messages that were added as ordinary ones."""

    @property
    def validation(self) -> bool:
        """Whether it belongs to the validation part: a quarter of the ids, chosen by hash."""
        return int(hashlib.sha256(f"frontdesk:{self.id}".encode()).hexdigest(), 16) % 4 == 0


def of_part(messages: Sequence[Message], part: Part) -> list[Message]:
    """Return the messages of one part."""
    return [message for message in messages if part == "all" or message.validation == (part == "validation")]


def read_messages(path: Path, fields: Fields = Fields()) -> list[Message]:
    """Read messages from JSON Lines: the text, and where there are labels, which of them are attacks.

    Args:
        path: The file. An id may come twice: the order of the lines is kept everywhere.
        fields: Names of the text and of the label.

    Raises:
        DataError: A line is wrong (named, never quoted), some records have a label and others have none, a label field
            that was asked for is nowhere, or there is no record.
    """
    messages: list[Message] = []
    for number, record in read_records(path):
        place = f"{path}:{number}"
        message = _message(record, fields, number, place)
        if messages and (message.attack is None) != (messages[0].attack is None):
            raise DataError(f"{place}: `{fields.label}` must stand in every record or in none; it is {_LABELS}")
        messages.append(message)
    if not messages:
        raise DataError(f'{path}: no record; expected lines such as {{"id": "1", "text": "…", "label": 1}}')
    if messages[0].attack is None and fields.label != LABEL:
        raise DataError(f"{path}: no record has the field `{fields.label}`; name the one with the labels")
    return messages


def read_ordinary(path: Path, fields: Fields) -> list[Message]:
    """Read messages of which none is an attack; a label, where there is one, must say the same.

    Raises:
        DataError: As :func:`read_messages`, or a record is labelled as an attack.
    """
    messages: list[Message] = []
    for number, record in read_records(path):
        place = f"{path}:{number}"
        found = _message(record, fields, number, place)
        if found.attack:
            raise DataError(f"{place}: labelled as an attack; --negatives takes ordinary messages only")
        messages.append(Message(found.id, found.text, False, found.category, found.source, path.name))
    if not messages:
        raise DataError(f'{path}: no record; expected lines such as {{"id": "1", "text": "…"}}')
    return messages


def _message(record: Mapping[str, Any], fields: Fields, number: int, place: str) -> Message:
    identifier = record.get("id")
    if identifier is None:
        identifier = number
    if isinstance(identifier, bool) or not isinstance(identifier, str | int):
        raise DataError(f"{place}: `id` must be a text or a whole number, or left out")
    text = record.get(fields.text)
    if not isinstance(text, str):
        raise DataError(f"{place}: `{fields.text}` must be a text; --text-field names the field with the text")
    category, source = (str(record.get(name) or "") for name in ("category", "source"))
    return Message(identifier, text, _attack(record.get(fields.label), fields, place), category, source)


def _attack(label: Any, fields: Fields, place: str) -> bool | None:
    if label is None:
        return None
    word = str(label).strip().casefold() if isinstance(label, str | int) else ""
    if isinstance(label, float) and label in (0.0, 1.0):
        word = str(int(label))
    if word in ATTACK_WORDS:
        return True
    if word in BENIGN_WORDS:
        return False
    raise DataError(f"{place}: `{fields.label}` must be {_LABELS}; --label-field names the field with the label")
