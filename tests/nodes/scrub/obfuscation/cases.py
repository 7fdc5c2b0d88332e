"""A value in a text, and how much of it a scrubber masks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from frontdesk.graph.values import Finding

ENOUGH = 0.9
"""Share of a value's letters and digits that must be masked, as in the benchmark's measure."""
_TAG = re.compile(r"<[^>\d]*>|&nbsp;|%20")


class Case(NamedTuple):
    """One text with values in it."""

    kind: str
    disguise: str
    text: str
    spans: tuple[tuple[int, int], ...]
    """Where the values stand."""

    @classmethod
    def of(cls, kind: str, disguise: str, marked: str) -> Case:
        """Make a case of a text whose values stand between ``⟦`` and ``⟧``."""
        pieces = re.split("[⟦⟧]", marked)
        spans: list[tuple[int, int]] = []
        at = 0
        for index, piece in enumerate(pieces):
            if index % 2:
                spans.append((at, at + len(piece)))
            at += len(piece)
        return cls(kind, disguise, "".join(pieces), tuple(spans))

    @property
    def name(self) -> str:
        """For people: what is disguised how."""
        return f"{self.kind}, {self.disguise}: {self.text!r}"

    def masked(self, findings: Sequence[Finding]) -> bool:
        """Whether enough of every value lies in what was found."""
        covered = bytearray(len(self.text))
        for finding in findings:
            covered[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
        return bool(self.spans) and all(self._share(span, covered) >= ENOUGH for span in self.spans)

    def _share(self, span: tuple[int, int], covered: bytearray) -> float:
        signs = {index for tag in _TAG.finditer(self.text) for index in range(*tag.span())}
        telling = [index for index in range(*span) if self.text[index].isalnum() and index not in signs]
        return sum(covered[index] for index in telling) / len(telling) if telling else 0.0
