"""Trains the sequence model of names and addresses, chooses its thresholds, and writes both with how they were made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

from frontdesk.nodes.scrub.sequence.decode import Candidate, candidates
from frontdesk.nodes.scrub.sequence.model import FACTS, MODEL, SequenceModel
from frontdesk.nodes.scrub.sequence.weights import Thresholds, digest, read, write
from frontdesk.training import gazetteer
from frontdesk.training.corpus import ORDINARY, labelled, ordinary, training_sentences
from frontdesk.training.crf import Fit, fit, weights
from frontdesk.training.presidio import presidio_fit
from frontdesk.training.sentences import Sentence, generate

PRECISION = {"peak": 0.985, "lower_case": 0.99}
"""Share of the values found that must overlap something annotated; small letters are words more often than not."""
ALTERED = 0.002
"""Share of the banking messages kept back, which name nobody, in which a threshold may find anything."""
_GRID = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.94, 0.97, 0.99)
_NEVER = Thresholds(peak=2.0, edge=0.25, lower_case=2.0)
_JUDGED = 4000


@dataclass(frozen=True, slots=True)
class Plan:
    """What a training run is made of."""

    seed: int = 1
    sentences: int = 50_000
    fit: Fit = field(default_factory=Fit)


def train_names(data: Path, out: Path, plan: Plan, progress: Callable[[str], None]) -> Mapping[str, Any]:
    """Train, choose thresholds and write the model (``.npz``) and what it is (``.json`` beside it).

    Args:
        data: Folder of the measuring data; the train parts of ``corpus.ORDINARY`` and the fit part of presidio_research
            are read, and nothing of them but numbers ends up in the files.
        out: The model file.
        plan: Seed and sizes; the same plan on the same data gives the same bytes.
        progress: Takes a line now and then.

    Returns:
        What stands in the ``.json``.

    Raises:
        ConfigurationError: Data or a package of the extra ``train`` is missing.
        OSError: The files cannot be written.
    """
    words = gazetteer.common(data)
    hidden = gazetteer.digests(gazetteer.named(["train"]), words, all_of_them=False)
    texts = map(labelled, training_sentences(plan.seed, plan.sentences, data))
    states, moves = fit(texts, lambda word: hidden.get(digest(word), ""), plan.fit, progress)
    lists = gazetteer.digests(gazetteer.named(["train", "validation"]), words, all_of_them=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    write(out, weights(states, moves, hidden))
    chosen = _chosen(SequenceModel(read(out)), data, plan.seed, progress)
    write(out, weights(states, moves, lists))
    facts = {
        "command": f"frontdesk train names --seed {plan.seed} --sentences {plan.sentences}",
        "data": ["generated sentences (templates of this project, names of faker)", *map("/".join, ORDINARY)],
        "fit": asdict(plan.fit),
        "features": len(states),
        "made_with": {name: version(name) for name in ("faker", "python-crfsuite")} | {"python": python_version()},
        "words": len(lists),
        "thresholds": {label: asdict(limits) for label, limits in chosen.items()},
    }
    out.with_name(FACTS if out.name == MODEL else f"{out.stem}.json").write_text(
        json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return facts


@dataclass(frozen=True, slots=True)
class _Judged:
    """A candidate and whether it overlaps something annotated."""

    candidate: Candidate
    value: str
    right: bool


def _chosen(model: SequenceModel, data: Path, seed: int, progress: Callable[[str], None]) -> dict[str, Thresholds]:
    sets = [generate(seed, _JUDGED, "validation"), presidio_fit(data)]
    annotated = [[one for text in texts for one in _judged(model, text)] for texts in sets]
    plain = [list(_judged(model, text)) for text in ordinary(data, "validation", ORDINARY[:1])]
    found: dict[str, Thresholds] = {}
    for label in ("NAME", "ADDRESS"):
        chosen = _NEVER
        for name in ("peak", "lower_case"):
            # presidio's few texts in lower case come from a handful of templates: they would decide for all
            sets_for = annotated if name == "peak" else annotated[:1]
            fitting = (value for value in _GRID if _fits(sets_for, plain, label, name, value))
            limit = next(fitting, _GRID[-1])
            chosen = replace(chosen, **{name: limit})
            progress(f"{label} {name} {limit}")
        found[label] = chosen
    return found


def _fits(
    annotated: Sequence[Sequence[_Judged]], plain: Sequence[Sequence[_Judged]], label: str, name: str, value: float
) -> bool:
    limits = replace(_NEVER, **{name: value})

    def counts(one: _Judged) -> bool:
        return one.candidate.found.label == label and one.candidate.passes(limits)

    altered = sum(any(counts(one) for one in text) for text in plain)
    if altered > ALTERED * len(plain):
        return False
    for texts in annotated:
        # Each value once: one word of a template that is repeated forty times is one mistake.
        values: dict[bool, set[str]] = {True: set(), False: set()}
        for one in filter(counts, texts):
            values[one.right].add(one.value)
        if len(values[True]) < PRECISION[name] * (len(values[True]) + len(values[False])):
            return False
    return True


def _judged(model: SequenceModel, text: Sentence) -> Iterator[_Judged]:
    for one in candidates(text.text, model, {"NAME": _NEVER.edge, "ADDRESS": _NEVER.edge}):
        place = one.found
        value = text.text[place.start : place.end].casefold()
        yield _Judged(one, value, any(start < place.end and place.start < end for start, end, _ in text.spans))
