"""What the head is chosen on besides generated sentences, and the whole of its training in one call."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from frontdesk.errors import ConfigurationError
from frontdesk.evals.scrub.data import read_texts
from frontdesk.evals.scrub.labels import ours
from frontdesk.models.encoder.find import INSTALL, find_encoder, read_encoder
from frontdesk.nodes.scrub.head.runtime import open_runtime
from frontdesk.nodes.scrub.head.weights import SHIPPED, Head, Thresholds
from frontdesk.training.corpus import kept_back, ordinary, training_sentences
from frontdesk.training.head import Plan, train_head
from frontdesk.training.places import mistyped, venues
from frontdesk.training.sentences import Sentence, generate
from frontdesk.training.thresholds import choose

_JUDGED = 2_000
_VENUES = 12
"""One sentence of each kind of ``places`` to so many generated ones."""


def plan_of(seed: int, steps: int, sentences: int) -> Plan:
    """Return a plan from a command's options."""
    return Plan(seed=seed, steps=steps, sentences=sentences)


def make_head(
    encoder: Path | None,
    data: Path,
    out: Path | None = None,
    plan: Plan | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> Head:
    """Train the head: what ``frontdesk train names --head`` does.

    Args:
        encoder: Folder of the encoder; None: the installed package's.
        data: Folder of the measuring data: banking77, clinc150 and presidio_research are read.
        out: The file to write; None: the one that ships.
        plan: How to train.
        progress: Takes a line now and then.

    Raises:
        ConfigurationError: The encoder, the data, torch or faker is missing.
    """
    plan = plan or Plan()
    found = read_encoder(encoder) if encoder else find_encoder({})
    if found is None:
        raise ConfigurationError(f"no encoder: name its folder with --encoder, or run: {INSTALL}")
    fitted = presidio_fit(data)
    held_back = list(questions(data))
    sentences = [
        *training_sentences(plan.seed, plan.sentences, data),
        *venues(plan.seed, plan.sentences // _VENUES),
        *mistyped(plan.seed, list(ordinary(data, "train")), plan.sentences // _VENUES),
    ]
    unseen = list(generate(plan.seed, _JUDGED, "validation"))

    def thresholds(path: Path) -> Thresholds:
        return choose(open_runtime(found, None, path), [unseen, fitted], held_back, progress)

    return train_head(found, sentences, thresholds, out or SHIPPED, plan, progress)


def questions(data: Path) -> Iterator[Sentence]:
    """Yield the messages of banking77 that no training set has; they name nobody, which those of clinc150 do at times.

    Raises:
        ConfigurationError: The data is not there.
    """
    path = _present(data / "banking77" / "train.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        if kept_back(text):
            yield Sentence(text)


def presidio_fit(data: Path) -> list[Sentence]:
    """Return the fit part of presidio_research: names and addresses with our labels, all else with the data's.

    Raises:
        ConfigurationError: The data is not there.
    """
    path = _present(data / "presidio_research" / "dev.jsonl")
    return [
        Sentence(text.text, tuple((span.start, span.end, ours(span.label) or span.label) for span in text.spans or ()))
        for text in read_texts(path, "fit")
    ]


def _present(path: Path) -> Path:
    if not path.is_file():
        raise ConfigurationError(f"no file {path}: set FRONTDESK_DATA or --data to the folder with the data sets")
    return path
