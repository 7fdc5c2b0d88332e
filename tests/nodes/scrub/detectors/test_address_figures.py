"""Addresses of the data sets: found where they are labelled, hardly any where people ask for other things."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from frontdesk.nodes.scrub.detectors.address import find
from frontdesk.nodes.scrub.normalise import normalise

DATA = Path(os.environ.get("FRONTDESK_DATA") or Path(__file__).resolve().parents[5] / "shared" / "data")
_COVERED = 0.9


def _records(name: str) -> list[dict[str, Any]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"needs the data set {path}: set FRONTDESK_DATA to its folder")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _kept_back(record: dict[str, Any]) -> bool:
    key = record["template"] or record["id"]
    return int(hashlib.sha256(f"frontdesk:{key}".encode()).hexdigest(), 16) % 3 == 0


def _covered(records: list[dict[str, Any]]) -> Iterator[bool]:
    for record in records:
        normal = normalise(record["text"])
        masked = bytearray(len(record["text"]))
        for match in find(normal.view):
            start, end = normal.span(match.start, match.end)
            masked[start:end] = b"\x01" * (end - start)
        for span in record["spans"]:
            if span["label"] in ("ADDRESS", "ZIP_CODE"):
                yield sum(masked[span["start"] : span["end"]]) >= _COVERED * (span["end"] - span["start"])


@pytest.mark.parametrize(("part", "kept_back", "least"), [("fit", False, 0.97), ("validation", True, 0.92)])
def test_recall_on_labelled_addresses(part: str, kept_back: bool, least: float) -> None:
    records = [item for item in _records("presidio_research/dev.jsonl") if _kept_back(item) is kept_back]
    found = list(_covered(records))
    assert sum(found) >= least * len(found)


@pytest.mark.parametrize("name", ["banking77/train.jsonl", "clinc150/val.jsonl", "restaurant8k/train.jsonl"])
def test_hardly_anything_in_requests(name: str) -> None:
    texts = [str(record["text"]) for record in _records(name)]
    altered = [text for text in texts if list(find(normalise(text).view))]
    assert texts
    assert len(altered) <= 0.001 * len(texts)
