"""What an output guard is: how it is built, where it stands in the order, and what it does by default."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontdesk.desk.phrases import phrase_problem
from frontdesk.desk.reviewing import Otherwise, ReviewAction, Topic
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.review.draft import Step
from frontdesk.nodes.review.leak import Readings


@dataclass(frozen=True)
class Material:
    """What steps are made of."""

    readings: Readings
    hosts: frozenset[str] = frozenset()
    """Hosts that a reply may link to, lower case."""
    secrets: Sequence[str] = ()
    canary: str = ""
    topics: Mapping[str, Topic] = field(default_factory=dict)
    business: str = ""


Options = Mapping[str, Any]


@dataclass(frozen=True)
class StepSpec:
    """One step, as its file in ``steps/`` declares it under the name ``STEP``."""

    build: Callable[[Material, Options], Step]
    """Makes the step; faulty options raise ConfigurationError."""
    place: int
    """Steps run in ascending order."""
    action: ReviewAction
    otherwise: Otherwise = "wording"
    streams: bool = True
    """Whether it can judge the finished sentences of a reply that goes on; False: only the whole."""
    early: bool = False
    """Only where it judges the whole: True shows sentences before; else a desk that runs it streams nothing."""


def plain(step: Step) -> Callable[[Material, Options], Step]:
    """Return the builder of a step that needs nothing and takes no options."""

    def build(material: Material, options: Options) -> Step:
        known_options(options)
        return step

    return build


def known_options(options: Options, *known: str) -> None:
    """Refuse options that the step does not know.

    Raises:
        ConfigurationError: With the names that exist.
    """
    if unknown := sorted(set(options) - set(known)):
        raise ConfigurationError(f"unknown options {unknown}; the options are {sorted(known)}")


def texts_option(options: Options, name: str) -> tuple[str, ...]:
    """Return an option that is a list of texts; empty when it is not given.

    Raises:
        ConfigurationError: It is something else.
    """
    value = options.get(name, [])
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ConfigurationError(f"`{name}` must be a list of texts")
    return tuple(value)


def phrases_option(options: Options, name: str) -> tuple[str, ...]:
    """Return an option that is a list of phrases (``frontdesk.desk.phrases``).

    Raises:
        ConfigurationError: It is something else, or one of them is no phrase.
    """
    given = texts_option(options, name)
    for phrase in given:
        if problem := phrase_problem(phrase):
            raise ConfigurationError(f"`{name}`: `{phrase}` is no phrase: {problem}")
    return given


def choice_option(options: Options, name: str, known: Collection[str]) -> frozenset[str]:
    """Return an option that is a list of names from ``known``.

    Raises:
        ConfigurationError: It is something else.
    """
    given = texts_option(options, name)
    if unknown := sorted(set(given) - set(known)):
        raise ConfigurationError(f"`{name}`: unknown {unknown}; known are {sorted(known)}")
    return frozenset(given)


__all__ = [
    "Material",
    "Options",
    "StepSpec",
    "choice_option",
    "known_options",
    "phrases_option",
    "plain",
    "texts_option",
]
