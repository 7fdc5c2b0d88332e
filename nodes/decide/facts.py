"""What decide looks at, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.graph.state import Decision, Proposal, Route, Task, Verdict

TO_A_PERSON = frozenset({"self_harm"})
"""Categories of a verdict that a person answers, not a fixed refusal."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What decide looks at."""

    text: str
    """The customer's masked message."""
    verdict: Verdict
    route: Route
    covered: bool
    """Whether a knowledge page covers the message."""
    task: Task | None
    proposal: Proposal | None
    misses: int
    turn: int
    now: float
    """Unix time in seconds."""
    asked: bool
    """Whether the previous turn ended in a clarifying question."""
    pending: bool = False
    """Whether our last words were a question, such as one for a missing slot."""
    words_asked: bool = False
    """Whether that question was for words, such as a reason or an item, of a tool of the task."""
    reads: frozenset[str] = frozenset()
    """Intents whose tools change nothing."""
    meant: str = ""
    """Intent that looks up the one value, such as an order number, that the message holds; empty for none."""
    previous: str = ""
    """Intent that the turn before served; empty for none."""

    @property
    def for_a_person(self) -> str:
        """Why the guards leave the message to a person: ``unsure`` or a category; empty where they do not."""
        outcome, category = self.verdict["outcome"], self.verdict.get("category", "")
        if outcome == "unsure":
            return outcome
        return category if outcome == "raise" and category in TO_A_PERSON else ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What decide says: the decision, and what becomes of task, proposal and misses."""

    decision: Decision
    task: Task | None
    proposal: Proposal | None
    misses: int
