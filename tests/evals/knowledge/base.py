"""A small knowledge base with its questions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DOCS = [
    {"id": "h|1", "title": "Can I bring my dog?", "body": "Dogs are welcome for a fee.", "domain": "inn"},
    {"id": "h|2", "title": "Is there parking?", "body": "Cars stand behind the house.", "domain": "inn"},
    {"id": "h|3", "title": "When is breakfast?", "body": "From seven to ten.", "domain": "inn"},
    {"id": "b|1", "title": "Is there parking?", "body": "Bicycles stand in the yard.", "domain": "bar"},
    {"id": "b|2", "title": "Do you serve food?", "body": "", "domain": "bar"},
    {"id": "b|3", "title": "", "body": "Live music every Friday evening.", "domain": "bar"},
]
QUERIES = [
    {"id": "q1", "query": "is there parking", "doc_id": "b|1", "domain": "bar"},
    {"id": "q2", "query": "may I bring a dog", "doc_id": "h|1"},
    {"id": "q3", "query": "music on Friday", "doc_id": "b|3", "domain": "bar"},
    {"id": 4, "query": "do you serve food", "doc_id": "b|2", "domain": "bar"},
    {"id": "q5", "query": "who painted the mona lisa", "doc_id": None},
    {"id": "q6", "query": "is there", "doc_id": None, "domain": "inn"},
]


def written(path: Path, records: Iterable[Any]) -> Path:
    """Write JSON Lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path
