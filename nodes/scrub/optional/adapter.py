"""What the adapters to other libraries share: installed or not, whose label is which of ours, failing safely."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import ModuleType
from typing import NamedTuple

from frontdesk.desk.scrubbing import OptionalDetector
from frontdesk.errors import ConfigurationError, ScrubError
from frontdesk.nodes.scrub.detection import Detector, Match

_log = logging.getLogger("frontdesk.scrub")


CEILING = 0.84
"""Highest score of a match: below our formats and checksums, which so decide what a thing is where both find it."""


class Found(NamedTuple):
    """What a library reports, in its own words."""

    start: int
    end: int
    """Character offsets; end exclusive."""
    label: str
    """The library's own label."""
    score: float


Search = Callable[[str], Iterable[Found]]


def library(name: str, module: str) -> ModuleType:
    """Import an optional library.

    Args:
        name: Name of the detector, which is also that of the extra.
        module: What is imported.

    Raises:
        ConfigurationError: It is not installed; the message has the command that installs it.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise ConfigurationError(
            f"scrub.detectors.{name}: {module} is not installed; run: pip install 'frontdesk[{name}]'"
        ) from None


def translation(
    name: str, own: Mapping[str, str], options: OptionalDetector, labels: Collection[str]
) -> dict[str, str]:
    """Return the library's labels with ours.

    Args:
        name: Name of the detector.
        own: The adapter's table; labels of ours that no detector defines are left out of it.
        options: Its ``labels`` go before the table.
        labels: Our labels.

    Raises:
        ConfigurationError: A label that the desk names is none of ours; the allowed ones are listed.
    """
    for theirs, ours in options.labels.items():
        if ours != "off" and ours not in labels:
            allowed = ", ".join(sorted(labels))
            raise ConfigurationError(
                f"scrub.detectors.{name}.labels.{theirs}: there is no label {ours}; use off or one of {allowed}"
            )
    table = {theirs: ours for theirs, ours in own.items() if ours in labels} | dict(options.labels)
    return {theirs: ours for theirs, ours in table.items() if ours != "off"}


def adapted(name: str, search: Search, table: Mapping[str, str], options: OptionalDetector) -> Detector:
    """Return a detector that searches with a library.

    Args:
        name: Name of the detector, for reasons, logs and errors.
        search: The library's search. What it reports outside the text, or below the threshold, does not count.
        table: The library's labels with ours; others do not count.
        options: Threshold, and what is done when the search fails.

    Returns:
        A detector whose ``find`` raises ``ScrubError`` where the search fails and ``on_unavailable`` is ``closed``:
        a text that was only half searched must not pass for a clean one.
    """

    def find(text: str) -> Iterator[Match]:
        for found in _searched(name, search, text, options):
            ours = table.get(found.label)
            if ours and found.score >= options.threshold and 0 <= found.start < found.end <= len(text):
                yield Match(found.start, found.end, ours, min(CEILING, found.score), f"{name}: {found.label}")

    return Detector(labels=(), find=find, also=tuple(sorted(set(table.values()))), heavy=True, statistical=True)


def _searched(name: str, search: Search, text: str, options: OptionalDetector) -> list[Found]:
    try:
        # a plain string: compiled libraries take no subclass of str, which the scrubber's view is
        return list(search(str(text)))
    except Exception as error:  # noqa: BLE001 - whatever a library raises, its text may quote the customer
        cause = type(error).__name__
    # outside the handler, so that no chained exception carries the library's text along
    if options.on_unavailable == "closed":
        raise ScrubError(f"the detector {name} failed ({cause})")
    _log.warning("detector=%s failed=%s skipped: on_unavailable is open", name, cause)
    return []


def windows(text: str, size: int, overlap: int) -> Iterator[tuple[int, str]]:
    """Yield pieces of a text with their offsets, for models that read no more than so much at once.

    Args:
        text: Any text; an empty one has no piece.
        size: Longest piece, characters.
        overlap: Characters that a piece shares with the one before, so that what lies on an edge is seen whole once.
    """
    start = 0
    while start < len(text):
        end = min(len(text), start + size)
        if end < len(text):
            end = _break_before(text, start + size // 2, end)
        yield start, text[start:end]
        if end == len(text):
            return
        start = max(_break_before(text, end - 2 * overlap, end - overlap), start + 1)


def _break_before(text: str, low: int, high: int) -> int:
    """Return the last place between two words in ``text[low:high]``, else ``high``."""
    place = max(text.rfind(" ", max(low, 0), high), text.rfind("\n", max(low, 0), high))
    return place if place > 0 else high
