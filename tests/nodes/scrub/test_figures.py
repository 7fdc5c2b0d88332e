"""Floors on public data, so that a change which loses recall or touches ordinary words is seen."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

DATA = Path(os.environ.get("FRONTDESK_DATA", "../shared/data"))
STRUCTURED = {"CREDIT_CARD", "IBAN_CODE", "EMAIL_ADDRESS", "PHONE_NUMBER", "US_SSN", "IP_ADDRESS"}


def records(name: str) -> Iterator[dict[str, Any]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not in FRONTDESK_DATA: the figure was not measured")
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def test_structured_values_are_masked(scrubber: PersonalDataScrubber) -> None:
    rows = list(records("presidio_research/dev.jsonl"))
    random.Random(7).shuffle(rows)
    hits = total = 0
    for row in rows[: len(rows) // 4]:
        masked = bytearray(len(row["text"]))
        for finding in scrubber.scrub(row["text"], {}).findings:
            masked[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
        for span in row["spans"]:
            if span["label"] in STRUCTURED:
                total += 1
                hits += sum(masked[span["start"] : span["end"]]) >= 0.9 * (span["end"] - span["start"])
    assert total > 100
    assert hits / total >= 0.995


def test_ordinary_messages_are_left_alone(scrubber: PersonalDataScrubber) -> None:
    texts = [row["text"] for row in records("banking77/train.jsonl")]
    altered = sum(bool(scrubber.scrub(text, {}).findings) for text in texts)
    assert altered / len(texts) <= 0.003
