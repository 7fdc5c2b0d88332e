"""What a message was understood to ask for: records of the state, re-exported by ``frontdesk.graph.records``."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Tier = Literal["deterministic", "fast", "reasoning"]


class Segment(TypedDict):
    """One request of a message that makes several."""

    text: str
    """The customer's words for it, masked."""
    intent: str
    confidence: float
    accepted: bool


class Part(TypedDict):
    """A request of this turn that was served before the one in hand."""

    said: str
    """Our answer to it, masked."""
    then: str
    """The customer's words for the request that came next, masked."""
    message: NotRequired[str]
    """Id of the message in which they stand."""
    after: str
    """Id of the last message before that answer; empty for none."""
    intent: str
    """What the answer serves; empty for none."""
    pages: list[str]
    """Ids of the pages that it may cite."""


class Command(TypedDict):
    """What one message does to the conversation, as understood: in the manner of Rasa's CALM."""

    kind: Literal["start", "set", "correct", "answer", "clarify", "cancel", "resume", "digress", "handoff"]
    intent: NotRequired[str]
    slot: NotRequired[str]
    value: NotRequired[Any]
    """Masked."""


class Route(TypedDict):
    """What the router says the message is about."""

    intent: str
    """The best intent, whether accepted or not; empty when the router could not run."""
    confidence: float
    """Calibrated probability of that intent, 0 to 1."""
    accepted: bool
    """False: out of scope, or too uncertain to act on."""
    alternatives: list[tuple[str, float]]
    """The next best intents with their probabilities, best first."""
    oos: NotRequired[float]
    """Probability that the message belongs to no intent of the desk, 0 to 1."""
    lexical: NotRequired[bool]
    """True: the embedding that the desk names could not be had in time, so the words alone decided."""
    language: NotRequired[str]
    """Language in which the customer writes, as a tag such as `en`: that of the message or, where its words do not
    tell, of those before; absent where none told."""
    switched: NotRequired[bool]
    """Whether the message is the first in that language."""
    mood: NotRequired[float]
    """Annoyance that the words show, 0 to 1."""
    segments: NotRequired[list[Segment]]
    """The requests of a message that makes two or more, in order."""


class Task(TypedDict):
    """What the customer is in the middle of; lets "10482" continue "cancel my order"."""

    intent: str
    turns: int
    """Turns spent on it so far."""
    started: int
    """Index of the turn in which it began."""
    slots: NotRequired[dict[str, Any]]
    """What the customer has given for it so far, by the name of the tools' property; masked."""
    asked: NotRequired[str]
    """The property that our last words asked for."""
    origins: NotRequired[dict[str, int]]
    """Index of the turn in which each of the slots was given."""
    invalid: NotRequired[dict[str, str]]
    """Properties for which the newest message gave what the contract does not take: a closed code such as
    ``pattern``."""
    unheard: NotRequired[int]
    """Answers in a row to a question of ours that gave nothing."""
    tool: NotRequired[str]
    """The tool that the customer chose, where the intent has several that change something."""
    failures: NotRequired[int]
    """Tool calls that were refused or failed, and replies that were rejected, since it began."""
    tier: NotRequired[Tier]
    """The tier that it was raised to; it never goes down again."""
    text: NotRequired[str]
    """The customer's words for it where they are one part of a message, masked."""
    message: NotRequired[str]
    """Id of the message in which these words stand."""
    unsure: NotRequired[bool]
    """Whether the router was too uncertain of these words to act on them: when it is due, the customer is asked."""


class Upset(TypedDict):
    """How often a customer was as annoyed as the desk's bound, since a person was last here."""

    times: int
    turn: int
    """Index of the last such turn."""


class Counted(TypedDict):
    """The request that the history of its intent counted last in this thread."""

    intent: str
    ending: Literal["settled", "handed", "dropped"]
    turn: int
    """Index of the turn in which it ended."""
