"""Searches annotated texts with a desk's scrubber and measures what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk.desk.scrubbing import Scrub
from frontdesk.evals.lines import check_target, write_records
from frontdesk.evals.scrub.data import Annotated, Span, Split, read_texts
from frontdesk.evals.scrub.metrics import Searched, measure
from frontdesk.graph.values import Finding, Scrubbed
from frontdesk.nodes.scrub.build import chosen
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

_EVERY = 500
"""Texts between two lines of progress."""


@dataclass(frozen=True)
class Options:
    """What is measured with what."""

    data: Path
    out: Path
    scrub: Scrub
    split: Split = "all"
    only: Collection[str] = ()
    """Detectors to be used alone; empty: all."""


def evaluate(options: Options, progress: Callable[[str], None]) -> dict[str, Any]:
    """Search every text, write one record per text, and return the figures.

    Args:
        options: What is measured; ``out`` gets ``id, spans[{start, end, label, score, detector}], text`` (masked).
        progress: Takes a line for people now and then.

    Raises:
        DataError: A line of the data is wrong, or ``out`` cannot be written; nothing was searched.
        ConfigurationError: A detector is not there.
        ScrubError: A text could not be searched; nothing was written.
    """
    check_target(options.out)
    texts = read_texts(options.data, options.split)
    detectors = chosen(options.scrub, options.only)
    scrubber = PersonalDataScrubber(detectors)
    scrubber.scrub("warm up", {})
    progress(f"{len(texts)} texts, detectors: {', '.join(detectors)}")
    searched = [_searched(scrubber, text, number, progress) for number, text in enumerate(texts, 1)]
    write_records(options.out, (_record(text, found) for text, (found, _) in zip(texts, searched, strict=True)))
    results = [_result(found, ms) for found, ms in searched]
    head = {"capability": "scrub", "data": options.data.name, "split": options.split, "texts": len(texts)}
    return {**head, "detectors": list(detectors), **measure(texts, results)}


def _searched(
    scrubber: PersonalDataScrubber, text: Annotated, number: int, progress: Callable[[str], None]
) -> tuple[Scrubbed, float]:
    began = time.perf_counter()
    found = scrubber.scrub(text.text, {})
    ms = (time.perf_counter() - began) * 1000
    if number % _EVERY == 0:
        progress(f"{number} done")
    return found, ms


def _result(found: Scrubbed, ms: float) -> Searched:
    return Searched(_spans(found.findings), found.text, ms)


def _spans(findings: Sequence[Finding]) -> tuple[Span, ...]:
    return tuple(Span(item.start, item.end, item.label) for item in findings)


def _record(text: Annotated, found: Scrubbed) -> dict[str, Any]:
    spans = [
        {"start": f.start, "end": f.end, "label": f.label, "score": round(f.score, 4), "detector": f.detector}
        for f in found.findings
    ]
    return {"id": text.id, "spans": spans, "text": found.text}
