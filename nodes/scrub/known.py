"""Values that the session knows already, found again in any text with other case, spaces and separators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.normalise import normalise
from frontdesk.nodes.scrub.placeholders import label_of

_SHORTEST, _SHORTEST_NUMBER = 4, 6
"""Letters and digits a value needs to be looked for; a shorter number could be an order's or a quantity."""


def find_known(text: str, known: Mapping[str, str], detectors: Mapping[str, Detector]) -> Iterator[Match]:
    """Yield every occurrence of a known value in ``text`` (normalised, lookalikes folded), with its placeholder.

    Args:
        text: Where to look.
        known: Placeholder to value.
        detectors: By label; one with ``loose`` set is matched on letters and digits alone.
    """
    if not known:
        return
    lowered = _lowered(text)
    letters, places = _projection(lowered)
    for placeholder, value in known.items():
        label = label_of(placeholder)
        sought = normalise(value).view.strip()
        core, _ = _projection(_lowered(sought))
        if len(core) < (_SHORTEST_NUMBER if core.isdigit() else _SHORTEST):
            continue
        detector = detectors.get(label)
        if detector is not None and detector.loose:
            spans = ((places[at], places[at + len(core) - 1] + 1) for at in _occurrences(letters, core))
        else:
            needle = _lowered(sought)
            spans = ((at, at + len(needle)) for at in _occurrences(lowered, needle))
        accept = _acceptance(text, sought, label)
        for start, end in spans:
            if accept(start, end):
                yield Match(start, end, label, 1.0, placeholder)


def _acceptance(text: str, sought: str, label: str) -> Callable[[int, int], bool]:
    # "Will" is a name and "will" is not; two words together are a name in any case. A secret is exact.
    exact = label == "SECRET" or sought.isalpha()

    def accept(start: int, end: int) -> bool:
        outside = text[start - 1 : start] + text[end : end + 1]
        return not any(char.isalnum() for char in outside) and (not exact or text[start:end] == sought)

    return accept


def _occurrences(text: str, sought: str) -> Iterator[int]:
    at = text.find(sought)
    while at >= 0:
        yield at
        at = text.find(sought, at + len(sought))


def _lowered(text: str) -> str:
    # Character by character: lower() of some capitals is longer than the capital, and positions must stay.
    return text.lower() if text.isascii() else "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _projection(text: str) -> tuple[str, list[int]]:
    places = [index for index, char in enumerate(text) if char.isalnum()]
    return "".join(text[index] for index in places), places
