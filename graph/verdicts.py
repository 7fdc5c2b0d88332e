"""What the input guards say, as the state holds it."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Channel = Literal["user", "document", "tool", "human"]
Outcome = Literal["allow", "raise", "refuse", "unsure"]
Fate = Literal["sent", "worded", "repaired", "replaced", "handed_over", "blocked"]
"""What became of a reply of ours: sent as it was reviewed; the desk's own words on a topic instead; written once more
by the same model; by the keyless one; a person took over; the fixed wording instead."""


class CheckResult(TypedDict):
    """What one input check came to, for ``/why``. No text."""

    check: str
    """Its name, or ``tier2`` or ``session``."""
    outcome: Outcome
    """What it stands for; of a shadow check, what it would have stood for."""
    action: str
    """What the desk's policy does when it fires: ``refuse``, ``raise``, ``mask`` or ``flag``."""
    score: float
    """0 to 1; 0.5 is where a check fires unless the desk says otherwise."""
    ms: float
    """How long it took, in milliseconds."""
    shadow: bool
    """True: it changed nothing."""
    fired: bool
    """Whether its threshold was reached; false of one that only raises doubts."""
    rules: list[str]
    """Ids of its rules that fired."""


class Verdict(TypedDict):
    """What the input guards say of a text. Never a part of the text."""

    outcome: Outcome
    """allow; raise (no write tools this turn); refuse; unsure (a guard could not run and must not be skipped)."""
    rules: list[str]
    """Ids of the rules that fired, most severe first."""
    score: float
    """0 (harmless) to 1 (attack): the highest over the checks that are not in shadow."""
    shadow: NotRequired[list[str]]
    """Ids of rules that fired in checks that only watch."""
    checks: NotRequired[list[CheckResult]]
    """Per check that looked at the text, in the order of their names."""
    spans: NotRequired[list[list[int]]]
    """What the action ``mask`` takes out of the text: [start, end) in characters, sorted, not overlapping."""
    category: NotRequired[str]
    """What kind of thing it is, as a closed word: of tier 2, or of a check such as ``self_harm``."""
    reason: NotRequired[str]
    """Why, as a closed word of tier 2."""
    evidence: NotRequired[float]
    """0 to 1: what this message adds to the session, the highest score of the checks that add up over turns."""


class Session(TypedDict):
    """What earlier messages of the thread looked like to the guards: numbers, no words."""

    sum: float
    """Evidence of earlier messages, decayed by turn."""
    scores: list[float]
    """Evidence of the last messages, oldest first."""
    pace: float
    """Messages of about the last minute, decayed."""
    at: float
    """Unix time in seconds of the last message."""


class Withheld(TypedDict):
    """What the quarantine took out of the texts of others that a turn drew on. Never a part of a text."""

    turn: str
    """The turn's id: of another turn it says nothing."""
    channels: list[Channel]
    """Where the texts came from, each once."""
    rules: list[str]
    """Ids of the rules that fired."""
    score: float
    """The highest, 0 to 1."""
    pieces: int
    """Sentences, or whole texts, that were taken out; 0: something only looked odd."""


__all__ = ["Channel", "CheckResult", "Fate", "Outcome", "Session", "Verdict", "Withheld"]
