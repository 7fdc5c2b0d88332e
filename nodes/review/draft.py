"""What the review steps pass on: the reply as it stands so far, and the facts it is judged by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from frontdesk.graph.deps import Scrubber
from frontdesk.graph.state import Passage
from frontdesk.nodes.review.turn import TurnFacts

# Where a passage with an empty page id comes from stands in its `url`.
CUSTOMER = "source:customer"
"""The customer's words in the window."""
TOOL = "source:tool"
"""A tool result."""
MEMORY = "source:memory"
"""Summary, key details, earlier visits, a ticket, a pending question."""
DESK = "source:desk"
"""The desk's own fixed wordings."""
TODAY = "source:today"
"""Today's date."""
EARLIER = "source:earlier"
"""Our earlier replies: no evidence, but what the leak check adds this reply to."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply under review."""

    text: str
    citations: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    blocked: bool = False
    settled: bool = False
    """The text is the desk's own wording: it goes out as it is, whatever the later steps would say."""
    handoff: bool = False
    """A person takes over after it."""

    def with_text(self, text: str, *findings: str) -> Draft:
        """Return the draft with another text and further findings, each code once."""
        return replace(self, text=text, findings=tuple(dict.fromkeys((*self.findings, *findings))))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reply may rest on."""

    passages: Sequence[Passage]
    """Retrieved pages; a passage with an empty page id cannot be cited, and its ``url`` says what it is
    (:data:`CUSTOMER`, :data:`TOOL` …). All of it was masked by the scrubber before."""
    known: Mapping[str, str]
    """Placeholder to value, of this session."""
    scrubber: Scrubber
    turn: TurnFacts = field(default_factory=TurnFacts)
    """Who asked what, and what was done."""

    @property
    def evidence(self) -> str:
        """All texts that the reply may repeat from."""
        return "\n".join(f"{one['title']}\n{one['text']}" for one in self.passages if one["url"] != EARLIER)

    @property
    def earlier(self) -> list[str]:
        """Our earlier replies in the window."""
        return self.of(EARLIER)

    def of(self, *sources: str) -> list[str]:
        """Return the texts of evidence that cannot be cited, of some sources (:data:`CUSTOMER` …)."""
        return [one["text"] for one in self.passages if not one["page"] and one["url"] in sources]


Step = Callable[[Draft, Facts], Draft]
"""One output guard. Pure; what it raises blocks the reply."""

__all__ = [
    "CUSTOMER",
    "DESK",
    "EARLIER",
    "MEMORY",
    "TODAY",
    "TOOL",
    "Draft",
    "Facts",
    "Step",
]
