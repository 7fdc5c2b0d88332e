"""Fits the router on one file and measures it on another: one record per message, and the figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from frontdesk.desk.routing import Routing
from frontdesk.errors import DataError
from frontdesk.evals.lines import check_target, write_records
from frontdesk.evals.route.data import (
    Message,
    check_enough,
    declared,
    placed,
    read_messages,
    read_outside,
    shots,
    split,
)
from frontdesk.evals.route.figures import figures
from frontdesk.evals.route.fitting import Embed, Material, Scored, Vectors, fit, gathered, material_of
from frontdesk.evals.route.size import size_of
from frontdesk.evals.route.thresholds import pick
from frontdesk.evals.route.unseen import Sample, unseen
from frontdesk.nodes.route.calibration import OUTSIDE_SHARE
from frontdesk.nodes.route.classifier import Classifier, Scores

_EVERY = 1000
_ALTERNATIVES = 3
_WARM_UP = "where is my order"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """What is measured."""

    out: Path
    train: Path | None = None
    """Examples to fit on; None: ``desk`` is given to :func:`evaluate`."""
    test: Path | None = None
    oos: Path | None = None
    shots: int = 0
    """Examples per intent; 0: all."""
    intents: int = 0
    """Intents that are declared; 0: all. The others' test messages count as out of scope."""
    seed: int = 0
    """Of shots, intents and split."""
    split: float = 0.0
    """Share of the training file that is measured on instead of a test file."""
    accept: float = Routing().accept
    target: float | None = None
    """Pick the threshold for this precision, on unseen examples of the training file, instead of ``accept``."""


@dataclass(frozen=True)
class Measured:
    """What came out, before it is written."""

    messages: list[Message]
    sample: Sample
    times: list[float]
    """Milliseconds per message."""
    accept: float


def evaluate(options: Options, desk: Material | None, embed: Embed | None, progress: Progress) -> dict[str, Any]:
    """Fit, score every message by itself, write one record per message, and return the figures.

    Args:
        options: What is measured; ``out`` gets ``id, intent, accepted, confidence, oos_score, alternatives[{intent,
            confidence}], joint, origin, ms``.
        desk: The examples of a desk, instead of a training file.
        embed: Texts to vectors; None: words alone.
        progress: Takes a line for people now and then.

    Raises:
        DataError: A file or a line is wrong, or ``out`` cannot be written; nothing was measured.
    """
    check_target(options.out)
    material, messages = _chosen(options, desk)
    progress(f"{material.utterances} examples of {len(material.intents)} intents; {len(messages)} messages to route")
    began = time.perf_counter()
    vectors = embed(material.texts) if embed else None
    classifier = fit(material, vectors)
    took = time.perf_counter() - began
    progress(f"fitted in {took:.1f} s")
    accept = _threshold(options, material, vectors, progress)
    scored, times = _timed(classifier, messages, (embed, len(material.intents)), progress)
    place = {name: number for number, name in enumerate(material.intents)}
    truth = np.array([-1 if one.intent is None else place[one.intent] for one in messages], dtype=np.intp)
    measured = Measured(messages, Sample(truth, scored), times, accept)
    write_records(options.out, (_record(measured, row, material.intents) for row in range(len(messages))))
    origins = [message.origin for message in messages]
    found = figures(measured.sample, origins, times, accept)
    return {
        "capability": "route",
        **_told(options, material, embed is not None),
        **found,
        "accept": accept,
        "fit_s": round(took, 3),
        "size": size_of(classifier),
    }


def _told(options: Options, material: Material, embedded: bool) -> dict[str, Any]:
    files = {"train": options.train, "test": options.test, "oos": options.oos}
    return {
        **{name: path.name for name, path in files.items() if path is not None},
        "intents": len(material.intents),
        "examples": material.utterances,
        "shots": options.shots,
        "seed": options.seed,
        **({"split": options.split} if options.split else {}),
        "embedded": embedded,
    }


def _chosen(options: Options, desk: Material | None) -> tuple[Material, list[Message]]:
    if desk is not None:
        return desk, _measured_on(options, desk.intents, desk.intents, [])
    if options.train is None:
        raise DataError("nothing to fit on: name a file with --train, or a desk with --desk")
    every = read_messages(options.train, outside=False)
    check_enough(options.train, every)
    known = declared(every, 0, 0)
    chosen = declared(every, options.intents, options.seed)
    fitted, held = split(every, options.split, options.seed) if options.split else (every, [])
    if options.shots:
        fitted = shots(fitted, options.shots, options.seed)
    return material_of(fitted, chosen), _measured_on(options, chosen, known, held)


def _measured_on(
    options: Options, chosen: Sequence[str], known: Sequence[str], held: Sequence[Message]
) -> list[Message]:
    """Return what is measured on: the part that was held back, or the test file; and what belongs to no intent."""
    if options.test is None and not held:
        raise DataError("nothing to measure on: name a file with --test, or a share of the training file with --split")
    found: list[Message] = []
    if held and options.train is not None:
        found += placed(options.train, held, set(chosen), set(known))
    if options.test is not None:
        found += placed(options.test, read_messages(options.test), set(chosen), set(known))
    return found + (read_outside(options.oos) if options.oos is not None else [])


def _threshold(options: Options, material: Material, vectors: Vectors | None, progress: Progress) -> float:
    if options.target is None:
        return options.accept
    return pick(unseen(material, vectors, options.seed, progress), options.target, OUTSIDE_SHARE).accept.threshold


def _timed(
    classifier: Classifier, messages: Sequence[Message], how: tuple[Embed | None, int], progress: Progress
) -> tuple[Scored, list[float]]:
    """Score one message after the other, so that the time of each is its own; that of its embedding is in it."""
    embed, classes = how
    scores: list[Scores] = []
    times: list[float] = []
    for text in (_WARM_UP, *(message.text for message in messages)):
        began = time.perf_counter()
        scores.append(classifier.scores(text, embed((text,))[0] if embed else None))
        times.append((time.perf_counter() - began) * 1000)
        if len(times) % _EVERY == 0:
            progress(f"{len(times)} routed")
    return gathered(scores[1:], classes), times[1:]


def _record(measured: Measured, row: int, intents: Sequence[str]) -> dict[str, Any]:
    scored, message = measured.sample.scored, measured.messages[row]
    chances, joint = scored.chances[row], float(scored.joint[row])
    order = np.argsort(-chances, kind="stable")[: 1 + _ALTERNATIVES]
    best, *others = [{"intent": intents[at], "confidence": round(float(chances[at]), 6)} for at in order]
    return {
        "id": message.id,
        "intent": best["intent"],
        "accepted": bool(0 < joint >= measured.accept),
        "confidence": best["confidence"],
        "oos_score": round(1 - float(scored.scope[row]), 6),
        "alternatives": others,
        "joint": round(joint, 6),
        "origin": message.origin,
        "ms": round(measured.times[row], 3),
    }
