"""The contract of a detector: what a file in ``detectors/`` provides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """One occurrence in a normalised text."""

    start: int
    end: int
    """Character offsets into the normalised text; end exclusive."""
    label: str
    score: float
    """0 to 1. Levels: .95 up checksum or unmistakable format, .85 format or cue, .6 plausible, .3 bare number."""
    reason: str = ""
    """Why, in a few words for people: ``Luhn check``, ``after "passport"``. Never a part of the value."""
    placeholder: str = ""
    """Set where the session knows this value already; detectors leave it empty."""
    detector: str = ""
    """Who found it; the scrubber fills it in."""


def caseless(value: str) -> str:
    """Return ``value`` without outer space and without case: the canonical form where nothing better is known."""
    return value.strip().casefold()


def nothing() -> None:
    """Prepare nothing: most detectors are ready when they are imported."""


@dataclass(frozen=True, slots=True)
class Detector:
    """One kind of personal data."""

    labels: tuple[str, ...]
    """Labels that this detector defines, capitals and underscores: they become ``<LABEL_1>``."""
    find: Callable[[str], Iterable[Match]]
    """Text (normalised, lookalikes folded) to matches; pure, never raises, linear in the text's length."""
    canonical: Callable[[str], str] = caseless
    """Value to its canonical form: two values with the same form are the same thing and share a placeholder."""
    also: tuple[str, ...] = ()
    """Labels that another detector defines and this one gives too: several ways to find a ``NAME``."""
    prepare: Callable[[], None] = nothing
    """Loads what ``find`` needs (tables, a model), once; called when a scrubber is made, so no turn waits for it."""
    statistical: bool = False
    """Whether it goes by what it learnt from examples. Such detectors are not asked about the desk's own words."""
    heavy: bool = False
    """Whether ``find`` takes 5 ms and more for a short text: then the text is searched off the event loop."""
    loose: bool = False
    """Whether a value seen before is recognised again with other separators and case ("4111-1111" for "4111 1111")."""
