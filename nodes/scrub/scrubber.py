"""The scrubber: normalise, detect, resolve, replace. Pure: no store, no clock, no log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from frontdesk.graph.deps import Finding, Scrubbed
from frontdesk.nodes.scrub.detection import Detector, Match, caseless
from frontdesk.nodes.scrub.known import find_known
from frontdesk.nodes.scrub.normalise import Normalised, normalise, storable
from frontdesk.nodes.scrub.placeholders import Mark, Numbering, disarmed, scan
from frontdesk.nodes.scrub.registry import registered
from frontdesk.nodes.scrub.shapes import HOLE
from frontdesk.nodes.scrub.spans import resolve
from frontdesk.nodes.scrub.view import View

KNOWN = "known"
"""Detector name of values that the session knew already."""


class PersonalDataScrubber:
    """Masks personal data with the detectors of the folder ``detectors`` (or those given)."""

    def __init__(self, detectors: Mapping[str, Detector] | None = None) -> None:
        """Take detectors by name; none given: all registered ones.

        Raises:
            ConfigurationError: A file in ``detectors/`` is not a proper member.
        """
        self._detectors = dict(registered() if detectors is None else detectors)
        for detector in self._detectors.values():
            detector.prepare()
        self._by_label = {label: item for item in self._detectors.values() for label in item.labels}

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels that this scrubber can give, in alphabetical order."""
        return tuple(sorted(self._by_label))

    @property
    def heavy(self) -> bool:
        """Whether a detector is in use that takes too long for the event loop."""
        return any(detector.heavy for detector in self._detectors.values())

    def firm(self) -> PersonalDataScrubber:
        """Return a scrubber with the rules alone: for the desk's own words, in which most capitals are products."""
        return PersonalDataScrubber({name: item for name, item in self._detectors.items() if not item.statistical})

    def named(self, label: str, value: str, known: Mapping[str, str]) -> Scrubbed:
        """Mask a whole value whose kind is known, such as a field of a tool's result; nothing is searched.

        Args:
            label: Its kind.
            value: Not empty.
            known: The session's placeholders with their values.

        Returns:
            The placeholder as the text, and the value where it is new to the session.
        """
        numbering = Numbering(known, self.canonical)
        return Scrubbed(numbering.placeholder(label, storable(value)), (), numbering.new)

    def canonical(self, label: str, value: str) -> str:
        """Return the form by which two values of a label count as the same."""
        detector = self._by_label.get(label)
        return (detector.canonical if detector else caseless)(normalise(value).text)

    def scrub(self, text: str, known: Mapping[str, str]) -> Scrubbed:
        """Mask a text.

        Args:
            text: Any string. A placeholder in it that is in ``known`` is taken as ours and stays; any other is
                disarmed. A text that somebody else wrote goes through ``escape_placeholders`` first.
            known: The session's placeholders with their values.

        Returns:
            The masked text (always encodable), the findings with offsets into ``text``, and the new values.
        """
        normal = normalise(text)
        marks = list(scan(normal.text))
        view = View(_without(normal.view, marks))
        matches = resolve(view, self._matches(view, known))
        numbering = Numbering(known, self.canonical)
        findings: list[Finding] = []
        edits = [(mark.start, mark.end, mark.key if mark.key in known else disarmed(mark.key)) for mark in marks]
        for match in matches:
            value = normal.text[match.start : match.end]
            placeholder = match.placeholder or numbering.placeholder(match.label, value)
            edits.append((match.start, match.end, placeholder))
            findings.append(_finding(normal, match))
        return Scrubbed(_edited(text, normal, sorted(edits)), tuple(findings), numbering.new)

    def _matches(self, view: str, known: Mapping[str, str]) -> Iterator[Match]:
        for match in find_known(view, known, self._by_label):
            yield replace(match, detector=KNOWN)
        for name, detector in self._detectors.items():
            for match in detector.find(view):
                yield replace(match, detector=name)


def _finding(normal: Normalised, match: Match) -> Finding:
    start, end = normal.span(match.start, match.end)
    return Finding(start, end, match.label, match.score, match.detector, match.reason)


def _without(view: str, marks: list[Mark]) -> str:
    pieces: list[str] = []
    last = 0
    for mark in marks:
        pieces += [view[last : mark.start], HOLE * (mark.end - mark.start)]
        last = mark.end
    return "".join([*pieces, view[last:]]) if marks else view


def _edited(text: str, normal: Normalised, edits: list[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end, replacement in edits:
        first, after = normal.span(start, end)
        # One character can normalise to several ("⒈" to "1."): what it became may lie in two spans.
        pieces += [text[last : max(first, last)], replacement]
        last = max(after, last)
    pieces.append(text[last:])
    return storable("".join(pieces))
