"""What the review steps pass on: the reply as it stands so far, and the facts it is judged by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from frontdesk.graph.deps import Scrubber
from frontdesk.graph.state import Passage

PLACEHOLDER = re.compile(r"<[A-Z][A-Z0-9_]*_\d+>")
"""A placeholder as the scrubber writes it: ``<EMAIL_1>``."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply under review."""

    text: str
    citations: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    blocked: bool = False

    def with_text(self, text: str, *findings: str) -> Draft:
        """Return the draft with another text and further findings, each code once."""
        return replace(self, text=text, findings=tuple(dict.fromkeys((*self.findings, *findings))))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reply may rest on."""

    passages: Sequence[Passage]
    """Retrieved pages; a passage with an empty page id is evidence that cannot be cited (a tool result, the
    customer's words, the desk's own wording), masked by the scrubber before."""
    known: Mapping[str, str]
    """Placeholder to value, of this session."""
    scrubber: Scrubber

    @property
    def evidence(self) -> str:
        """All texts that the reply may repeat from."""
        return "\n".join(f"{passage['title']}\n{passage['text']}" for passage in self.passages)


Step = Callable[[Draft, Facts], Draft]
"""One output guard. Pure; what it raises blocks the reply."""

__all__ = ["PLACEHOLDER", "Draft", "Facts", "Step"]
