"""Searches sentences with customers' values in them, and ordinary messages, with the customers' records known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk.desk.scrubbing import Scrub
from frontdesk.errors import DataError
from frontdesk.evals.figures import share
from frontdesk.evals.lines import read_records
from frontdesk.evals.record.forms import SENTENCES, written
from frontdesk.nodes.scrub.build import build_scrubber
from frontdesk.nodes.scrub.own_values import own_values
from frontdesk.nodes.scrub.scrubber import KNOWN, PersonalDataScrubber

COVERED = 0.9
"""Part of a value's characters from which it counts as masked; the same as for ``eval scrub``."""
_LABELS: Mapping[str, str] = {
    "NAME": "name first_name last_name",
    "EMAIL": "email",
    "PHONE": "phone telephone",
    "ADDRESS": "address address1 address2 street zip postcode",
    "DOB": "birth_date date_of_birth dob",
}
FIELDS: Mapping[str, Any] = {
    "properties": {name: {"x-personal": label} for label, names in _LABELS.items() for name in names.split()}
}
"""Schema of a line of the customers' file; ``name`` and ``address`` may be objects. Other fields are not looked at."""


@dataclass(frozen=True)
class Options:
    """What is measured with what."""

    data: Path
    """JSON Lines with ``text``: ordinary messages, in which nobody is named."""
    customers: Path
    """JSON Lines, one customer each: fields as in :data:`FIELDS`."""
    scrub: Scrub
    limit: int = 0
    """Customers whose values are written in all forms; 0: all. For the messages all customers are used."""


@dataclass(frozen=True)
class _Customer:
    values: tuple[tuple[str, str], ...]
    known: Mapping[str, str]


def evaluate(options: Options, progress: Callable[[str], None]) -> dict[str, Any]:
    """Measure recall on the customers' values in all forms, and false positives on ordinary messages.

    Each message is searched with one customer's record, in turn.

    Args:
        options: What is measured.
        progress: Takes a line for people now and then.

    Returns:
        ``{"capability", "customers", "cases", "recall", "by_form", "messages", "false_positives"}``.

    Raises:
        DataError: A file or a line is wrong, or a file has no customer or no message.
        ConfigurationError: A detector is not there.
    """
    scrubber = build_scrubber(options.scrub)
    customers = list(_customers(options.customers, scrubber))
    messages = list(_messages(options.data))
    if not customers or not messages:
        empty = options.data if customers else options.customers
        raise DataError(f"{empty}: nothing to measure; customers need fields such as `name`, messages need `text`")
    chosen = customers[: options.limit or None]
    progress(f"{len(chosen)} of {len(customers)} customers, {len(messages)} messages")
    cases, hits = _written(scrubber, chosen)
    wrong = sum(_seen(scrubber, text, customers[place % len(customers)]) for place, text in enumerate(messages))
    return {
        "capability": "record",
        "customers": len(chosen),
        "cases": cases.total(),
        "recall": share(hits.total(), cases.total()),
        "by_form": {form: share(hits[form], count) for form, count in sorted(cases.items())},
        "messages": len(messages),
        "false_positives": wrong,
    }


def _customers(path: Path, scrubber: PersonalDataScrubber) -> Iterator[_Customer]:
    for _, record in read_records(path):
        values = own_values(record, FIELDS)
        known: dict[str, str] = {}
        for label, value in values:
            known |= scrubber.named(label, value, known).values
        if values:
            yield _Customer(tuple(values), known)


def _messages(path: Path) -> Iterator[str]:
    for number, record in read_records(path):
        if not isinstance(record.get("text"), str):
            raise DataError(f"{path}:{number}: `text` must be a text")
        yield record["text"]


def _written(scrubber: PersonalDataScrubber, customers: Sequence[_Customer]) -> tuple[Counter[str], Counter[str]]:
    cases: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for customer in customers:
        for label, value in customer.values:
            for form, text in written(label, value):
                for sentence in SENTENCES[label]:
                    cases[f"{label}: {form}"] += 1
                    hits[f"{label}: {form}"] += _masked(scrubber, sentence, text, customer.known)
    return cases, hits


def _masked(scrubber: PersonalDataScrubber, sentence: str, value: str, known: Mapping[str, str]) -> bool:
    start = sentence.index("{}")
    inside = range(start, start + len(value))
    covered = {
        place
        for finding in scrubber.scrub(sentence.replace("{}", value), known).findings
        for place in range(finding.start, finding.end)
    }
    return len(covered.intersection(inside)) >= COVERED * len(value)


def _seen(scrubber: PersonalDataScrubber, text: str, customer: _Customer) -> bool:
    return any(finding.detector == KNOWN for finding in scrubber.scrub(text, customer.known).findings)
