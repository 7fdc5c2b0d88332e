"""Reads talks and questions; what is wrong is named with file, line and field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from frontdesk.errors import DataError
from frontdesk.evals.lines import read_records
from frontdesk.nodes.recall.ranking.cutting import passages_of


@dataclass(frozen=True)
class Turn:
    """One thing said."""

    conversation: str
    number: int
    """0 for the conversation's first."""
    text: str
    spoken: str
    """The text, and before it who said it where that is a name."""
    name: str
    """Its id in the data; empty: none."""
    at: float
    """Unix time in seconds; 0: not known."""


@dataclass(frozen=True)
class Question:
    """One question whose answer was said somewhere."""

    id: str
    scenario: str
    text: str
    answers: tuple[str, ...]
    evidence: tuple[str, ...]
    """Quotes; a quote may be several, with "…" between them. Empty: not known."""
    at: float | None
    """Unix time in seconds when it is asked; None: not known."""


def read_talks(path: Path) -> dict[str, list[Turn]]:
    """Return every scenario's turns, in the file's order.

    Raises:
        DataError: The file cannot be read, has no turn, or a field is not as it must be.
    """
    talks: dict[str, list[Turn]] = {}
    seen: set[str] = set()
    for line, record in read_records(path):
        place = f"{path}:{line}"
        name = _name(record, "id", place) or f"line {line}"
        if name in seen:
            raise DataError(f"{place}: the id stands on an earlier line already; every conversation needs its own")
        seen.add(name)
        talks.setdefault(_name(record, "scenario", place), []).extend(_turns(record, name, place))
    if not any(talks.values()):
        raise DataError(f"{path}: no turn in it; a line is an object with scenario and turns[]")
    return talks


def _turns(record: Mapping[str, Any], conversation: str, place: str) -> Iterator[Turn]:
    turns = record.get("turns")
    if not isinstance(turns, list):
        raise DataError(f"{place}: turns is missing or no list; give a list of strings, or of objects with text")
    begun = _time(record, place) or 0.0
    for number, turn in enumerate(turns):
        where = f"{place}: turns[{number}]"
        if isinstance(turn, str):
            yield Turn(conversation, number, turn, turn, "", begun)
            continue
        if not isinstance(turn, dict) or not isinstance(turn.get("text"), str):
            raise DataError(f"{where}: neither a string nor an object with a string text")
        speaker, text = _name(turn, "speaker", where), turn["text"]
        spoken = f"{speaker}: {text}" if speaker else text
        yield Turn(conversation, number, text, spoken, _name(turn, "id", where), _time(turn, where) or begun)


def sentences(talks: Mapping[str, Sequence[Turn]]) -> dict[str, list[Turn]]:
    """Return talks in which every sentence is a turn of its own; they are numbered through within a conversation."""
    cut: dict[str, list[Turn]] = {}
    for scenario, said in talks.items():
        count: Counter[str] = Counter()
        for turn in said:
            for part in passages_of(turn.spoken):
                cut.setdefault(scenario, []).append(
                    replace(turn, number=count[turn.conversation], text=part, spoken=part)
                )
                count[turn.conversation] += 1
    return cut


def read_questions(path: Path, scenarios: Mapping[str, object]) -> list[Question]:
    """Return the questions, in the file's order.

    Args:
        path: JSON Lines.
        scenarios: Those that there are talks of.

    Raises:
        DataError: The file cannot be read, has no question, a field is not as it must be, or nobody talked about its
            scenario.
    """
    questions: list[Question] = []
    for line, record in read_records(path):
        place = f"{path}:{line}"
        scenario, text = _name(record, "scenario", place), record.get("question")
        if not isinstance(text, str) or not text.strip():
            raise DataError(f"{place}: question is missing or no text")
        if scenario not in scenarios:
            raise DataError(f"{place}: no conversation has this scenario; scenario must be one of the conversations'")
        given = (_texts(record, "answers", place), _texts(record, "evidence", place))
        name = _name(record, "id", place) or f"line {line}"
        questions.append(Question(name, scenario, text, *given, _time(record, place)))
    if not questions:
        raise DataError(f"{path}: no question in it; a line is an object with scenario, question, answers[], evidence")
    return questions


def _name(record: Mapping[str, Any], field: str, place: str) -> str:
    value = record.get(field)
    if value is None:
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise DataError(f"{place}: {field} is neither a string nor a number")
    return str(value)


def _texts(record: Mapping[str, Any], field: str, place: str) -> tuple[str, ...]:
    value = record.get(field)
    given: Sequence[Any] = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(one, str | int | float) for one in given):
        raise DataError(f"{place}: {field} must be a string or a list of strings")
    return tuple(text for one in given if (text := str(one).strip()))


def _time(record: Mapping[str, Any], place: str) -> float | None:
    value = record.get("at", record.get("date"))
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
        return float(value)
    except (TypeError, ValueError):
        raise DataError(f"{place}: at or date is neither a Unix time in seconds nor an ISO date") from None
