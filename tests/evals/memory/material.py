"""Small talks, made up."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TALKS: list[dict[str, Any]] = [
    {"id": "g1", "scenario": "garden", "topic": "plants", "turns": [
        "Hello there. I planted seven apple trees behind the barn.",
        "The roses did badly. My neighbour Ruth gave me a new sprayer.",
        "Rain is expected.",
    ]},
    {"id": "g2", "scenario": "garden", "topic": "tools", "turns": [
        {"role": "user", "text": "The mower broke in the shed."},
        {"speaker": "Olga", "text": "I repaired it with a belt from Turin."},
    ]},
    {"id": "m1", "scenario": "music", "turns": ["I practise the cello every Thursday evening.", "The bow needs rosin."]},
]  # fmt: skip
QUESTIONS: list[dict[str, Any]] = [
    {"id": "q1", "scenario": "garden", "question": "How many apple trees did I plant?", "answers": ["7", "seven"],
     "evidence": "\"I planted seven apple trees... behind the barn.\""},
    {"id": "q2", "scenario": "garden", "question": "Who fixed the mower, and with what?", "answers": ["belt"],
     "evidence": ["The mower broke", "I repaired it with a belt"]},
    {"id": "q3", "scenario": "music", "question": "When do I play the cello?", "answers": ["Thursday"],
     "evidence": "practise the cello every Thursday"},
]  # fmt: skip


def written(path: Path, records: Iterable[Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path
