"""The MiniLM head as a detector: names and addresses by what the sentence says, in lower case too."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from frontdesk.desk.scrubbing import OptionalDetector
from frontdesk.errors import ConfigurationError, ScrubError
from frontdesk.graph.persistence.home import default_home
from frontdesk.models.encoder.find import INSTALL, VARIABLE, Encoder, find_encoder, missing_libraries
from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.head.decoding import Span
from frontdesk.nodes.scrub.head.runtime import HeadRuntime, open_runtime
from frontdesk.nodes.scrub.sequence.evidence import sober_spans
from frontdesk.nodes.scrub.sequence.language import ENGLISH, UNKNOWN, guess
from frontdesk.nodes.scrub.sequence.model import load
from frontdesk.nodes.scrub.sequence.tokens import tokens

_LOWEST, _RANGE = 0.6, 0.2
"""A match's score: .6 and up to .2 more by the head's own probability, below formats and cues."""
_ORDERED = re.compile(
    r"(?:\b(?:orders?|tickets?|articles?|items?|invoices?|bookings?|bestellung(?:en)?|commandes?|pedidos?|ordin[ei]"
    r"|bestelling(?:en)?|encomendas?)(?:[ -]?(?:numbers?|nummer|no|nr|id)\b)?[\s:.,#°º]{0,3}|#)$",
    re.IGNORECASE,
)
_BEFORE = 40
"""Characters before a number that are looked at."""


def available() -> bool:
    """Tell whether runtime and encoder are installed. Whether they fit is for ``build`` to say.

    Raises:
        ConfigurationError: ``FRONTDESK_ENCODER`` names a folder that is not an encoder's.
    """
    return find_encoder(os.environ) is not None and not missing_libraries()


def build(options: OptionalDetector) -> Detector:
    """Return the head as a detector. Loads the model: half a second, two the first time.

    Args:
        options: Nothing of it is used; the head carries its own thresholds.

    Raises:
        ConfigurationError: Something of it is missing or does not fit; the message has the commands that install it.
    """
    if missing := missing_libraries():
        raise ConfigurationError(f"scrub.head: not installed: {', '.join(missing)}; run: {INSTALL}")
    encoder = find_encoder(os.environ)
    if encoder is None:
        raise ConfigurationError(
            f"scrub.head: no encoder found; run: {INSTALL}, or set {VARIABLE} to the folder of the model"
        )
    return detector(_runtime(encoder, default_home(os.environ)))


def detector(runtime: HeadRuntime) -> Detector:
    """Return a detector that finds what ``runtime`` finds; ``find`` raises ``ScrubError`` when the runtime fails."""

    def find(text: str) -> Iterator[Match]:
        try:
            spans = list(runtime.find(text))
        except Exception as error:  # noqa: BLE001 - whatever the runtime raises, its text may quote the customer
            cause = type(error).__name__
        else:
            for start, end, span in _sober(text, spans):
                score = _LOWEST + _RANGE * span.probability
                yield Match(start, end, span.label, score, f"sentence model, {span.probability:.2f}")
            return
        # outside the handler, so that no chained exception carries the library's text along
        raise ScrubError(f"the detector minilm failed ({cause})")

    return Detector(labels=(), find=find, also=("NAME", "ADDRESS"), heavy=True, statistical=True)


def _sober(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, Span]]:
    """Yield spans; of names in a text in another language only what the second look leaves.

    The encoder has read English: in German every noun looks like a name to it (``sequence/evidence.py``).
    """
    names = [span for span in spans if span.label == "NAME"]
    if names and guess([token.text.lower() for token in tokens(text)]) not in (ENGLISH, UNKNOWN):
        places = sober_spans(text, [(name.start, name.end) for name in names], load()[0].listed)
        left = [(start, end, name) for start, end in places for name in names if name.start < end and start < name.end]
    else:
        left = [(name.start, name.end, name) for name in names]
    yield from left
    yield from ((span.start, span.end, span) for span in spans if span.label != "NAME" and not _ordered(text, span))


def _ordered(text: str, span: Span) -> bool:
    """Whether a number that a word before it calls that of an order or the like was taken for a postcode."""
    before = text[max(0, span.start - _BEFORE) : span.start]
    return text[span.start : span.end].isdigit() and _ORDERED.search(before) is not None


@lru_cache(maxsize=2)
def _runtime(encoder: Encoder, home: Path) -> HeadRuntime:
    """Load once per process: a process that opens a desk again waits once."""
    return open_runtime(encoder, home)
