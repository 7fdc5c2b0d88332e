"""What decide looks at, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.graph.state import Command, Decision, Proposal, Route, Segment, Task, Verdict

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
    given: bool = False
    """Whether the message does no more than give or correct a value of the task in hand."""
    reads: frozenset[str] = frozenset()
    """Intents whose tools change nothing."""
    meant: str = ""
    """Intent that looks up the one value, such as an order number, that the message holds; empty for none."""
    previous: str = ""
    """Intent that the turn before served; empty for none."""
    offered: tuple[str, ...] = ()
    """Intents that the clarifying question of the turn before named, in its order."""
    resumed: bool = False
    """Whether the turn before asked whether to go on with what a digression interrupted."""
    suits: bool = False
    """Whether the message gives a value for a tool of that intent."""
    pointed: str = ""
    """As ``meant``, of the row of a list that was shown at which the message points by its place."""
    segments: tuple[Segment, ...] = ()
    """The requests of a message that makes several, in order."""
    message: str = ""
    """Id of the newest message of the customer."""
    segment: str = ""
    """The words of the request in hand where it is one of several."""
    meant_first: str = ""
    """As ``meant``, of the first of them."""
    waiting: tuple[Task, ...] = ()
    """Requests that wait for their turn, the next first."""
    states: bool = False
    """Whether the message does no more than tell something of the customer that could be remembered."""
    uncovered: bool = False
    """Whether the message asks something and no page covers it; false where the search failed or is not ours."""
    near: bool = False
    """Whether a page comes near it, or its words ask what this shop has or does."""
    recollects: bool = False
    """Whether the message asks for what was said or done before, and that is known."""

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
    waiting: tuple[Task, ...] = ()
    """Requests that go on waiting, the next first."""
    commands: tuple[Command, ...] = ()
    """What the message did to the conversation."""
    words: str = ""
    """The customer's words for the request in hand where it is one of several."""
