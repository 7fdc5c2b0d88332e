"""Annotated texts: read, checked line by line, and split by template."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from frontdesk.errors import DataError
from frontdesk.evals.lines import read_records
from frontdesk.evals.scrub.labels import NAME_PARTS

Split = Literal["all", "fit", "validation"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text."""

    start: int
    end: int
    """Character offsets; end exclusive."""
    label: str
    """As it stands in the file."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One text with what is in it."""

    id: str | int
    text: str
    spans: tuple[Span, ...] | None
    """None: nobody has annotated it."""
    template: str = ""
    """Key by which texts that were made alike stay on one side of a split; empty: the id."""

    @property
    def validation(self) -> bool:
        """Whether it belongs to the validation part: a third of the templates, chosen by hash."""
        key = "frontdesk:" + str(self.template or self.id)
        return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 3 == 0


def read_texts(path: Path, split: Split = "all") -> list[Annotated]:
    """Read annotated texts from JSON Lines: ``id``, ``text``, and where they are annotated ``spans[]``.

    Args:
        path: The file.
        split: Which part.

    Raises:
        DataError: A line is wrong (named), an id comes twice, some records are annotated and others are not, or there
            is none.
    """
    texts: list[Annotated] = []
    seen: set[str | int] = set()
    for number, record in read_records(path):
        place = f"{path}:{number}"
        found = _text(record, place)
        if found.id in seen:
            raise DataError(f"{place}: its id comes a second time; every record needs an id of its own")
        if texts and (found.spans is None) != (texts[0].spans is None):
            raise DataError(f"{place}: `spans` must stand in every record or in none; an empty list says: nothing here")
        seen.add(found.id)
        texts.append(found)
    if not texts:
        raise DataError(f"{path}: no record; expected lines such as {_EXAMPLE}")
    return [text for text in texts if split == "all" or text.validation == (split == "validation")]


_EXAMPLE = '{"id": "1", "text": "…", "spans": [{"start": 0, "end": 4, "label": "PERSON"}]}'


def _text(record: Mapping[str, Any], place: str) -> Annotated:
    identifier, text = record.get("id"), record.get("text")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int):
        raise DataError(f"{place}: `id` must be a text or a whole number; expected a line such as {_EXAMPLE}")
    if not isinstance(text, str):
        raise DataError(f"{place}: `text` must be a text; expected a line such as {_EXAMPLE}")
    given = record.get("spans")
    if given is None:
        return Annotated(identifier, text, None, str(record.get("template") or ""))
    if not isinstance(given, list):
        raise DataError(f"{place}: `spans` must be a list; expected a line such as {_EXAMPLE}")
    spans = sorted((_span(item, text, f"{place}: spans[{n}]") for n, item in enumerate(given)), key=lambda s: s.start)
    return Annotated(identifier, text, tuple(joined(text, spans)), str(record.get("template") or ""))


def _span(item: Any, text: str, place: str) -> Span:
    if not isinstance(item, dict) or not isinstance(item.get("label"), str) or not item["label"]:
        raise DataError(f'{place} must be an object such as {{"start": 0, "end": 4, "label": "PERSON"}}')
    start, end = item.get("start"), item.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise DataError(f"{place}: `start` and `end` must be character offsets, 0 <= start < end <= {len(text)}")
    return Span(start, end, item["label"])


def joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return spans, in order of position, with a first and a last name side by side as one name."""
    found: list[Span] = []
    for span in spans:
        before = found[-1] if found else None
        if before is not None and _one_name(text, before, span):
            found[-1] = Span(before.start, span.end, f"{before.label}+{span.label}")
        else:
            found.append(span)
    return found


def _one_name(text: str, before: Span, span: Span) -> bool:
    parts = before.label.split("+")
    gap = text[before.end : span.start]
    return {*parts, span.label} <= NAME_PARTS and span.label not in parts and before.end < span.start and gap.isspace()
