"""What a fit is worth on the validation part, and where its thresholds lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.nodes.guard.scorer.model import Kind
from frontdesk.nodes.guard.scorer.scale import RAISE, REFUSE, Scale
from frontdesk.nodes.guard.scorer.weights import Head, Weights
from frontdesk.training.guard.fit import Linear
from frontdesk.training.guard.matrix import Material, values, whole, windows
from frontdesk.training.guard.sources import Example
from frontdesk.training.guard.tuned import SOURCE

MESSAGES = frozenset({"banking77", "clinc150"})
ORDINARY = MESSAGES | {"dstc9", "restaurant8k", "bfcl", "abcd", "bipia_table", "bipia_code", "bipia_email", "long"}
_POOL = ("itw", "dan", "deepset")
_SPREAD = 0.5
_ABOVE = 0.001
"""What a threshold lies above the last honest text that must not reach it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Which share of honest texts may reach a point of the scale, per head."""

    raised: Mapping[str, float]
    """Per head, of the honest messages (channel user) or texts (document)."""
    refused: Mapping[str, float]
    long: float
    """Of the long texts, at the raising point of the windows."""
    tuning: float = 1.0
    """Of the hand-written honest messages with an attack's words, at the raising point."""
    gap: float = 0.3
    """Of raw values between raising and refusing at least: two thresholds in the same place would be one."""


TARGETS: Mapping[Kind, Target] = {
    "user": Target({"window": 0.0003, "whole": 0.0002}, {"window": 0.0002, "whole": 0.0002}, 0.01, 0.007),
    "document": Target({"window": 0.004, "whole": 0.001}, {"window": 0.002, "whole": 0.0005}, 0.015),
}


def raw(known: Material, window: Linear, all_of_it: Linear) -> dict[str, NDArray[np.float64]]:
    """Return, per head, the raw value of each example: of the windows the highest."""
    runs = windows(known)
    best = np.full(len(known.labels), -np.inf)
    np.maximum.at(best, runs.owner, values(known, runs, *window))
    return {"window": best, "whole": values(known, whole(known), *all_of_it)}


def rounded(model: Linear) -> Linear:
    """Return the model as the file will hold it: weights in 255 steps, the highest of them cut off."""
    weights, bias = model
    most = float(np.quantile(np.abs(weights[weights != 0]), 0.9999))
    step = most / 127
    return np.clip(np.round(weights / step), -127, 127) * step, bias


def scaled(kind: Kind, found: Mapping[str, NDArray[np.float64]], known: Material) -> dict[str, Scale]:
    """Return the scale of each head, from the honest examples of the validation part."""
    target = TARGETS[kind]
    sources = np.array(known.sources)
    of_kind = MESSAGES if kind == "user" else ORDINARY - {"long"}
    honest = (known.labels == 0) & np.isin(sources, list(of_kind))
    long = (known.labels == 0) & (sources == "long")
    hard = (known.labels == 0) & (sources == SOURCE)
    scales = {}
    for name, value in found.items():
        bounds = [np.quantile(value[honest], 1 - target.raised[name])]
        bounds.append(np.quantile(value[long], 1 - target.long))
        if hard.any():
            bounds.append(np.quantile(value[hard], 1 - target.tuning))
        raised = float(max(bounds)) + _ABOVE
        refused = max(float(np.quantile(value[honest], 1 - target.refused[name])), raised + target.gap)
        scales[name] = Scale(raised, refused, _SPREAD)
    return scales


def assembled(kind: Kind, window: Linear, all_of_it: Linear, known: Material) -> Weights:
    """Return the scorer with its thresholds."""
    scales = scaled(kind, raw(known, window, all_of_it), known)
    heads = {
        name: Head(weights.astype(np.float32), bias, scales[name])
        for name, (weights, bias) in (("window", window), ("whole", all_of_it))
    }
    return Weights(**heads)


def scores(known: Material, made: Weights) -> NDArray[np.float64]:
    """Return the score of each example, as the scorer gives it for the text as it stands."""
    heads: list[Linear] = [(head.weights.astype(np.float64), head.bias) for head in (made.window, made.whole)]
    found = raw(known, *heads)
    best: NDArray[np.float64] = np.maximum(made.window.scale.of(found["window"]), made.whole.scale.of(found["whole"]))
    return best


def figures(known: Material, examples: Sequence[Example], score: NDArray[np.float64]) -> dict[str, dict[str, float]]:
    """Return, per source, the share that is raised and refused, and how many there are; attacks end in ``+``."""
    sources = np.array(known.sources)
    groups = {
        f"{source}{'+' if label else ''}": (sources == source) & (known.labels == label)
        for source in sorted(set(known.sources))
        for label in (0, 1)
    }
    attack = known.labels == 1
    groups["itw_alone+"] = attack & np.array([example.alone for example in examples])
    groups["pooled+"] = attack & np.isin(sources, _POOL)
    groups["messages"] = ~attack & np.isin(sources, list(MESSAGES))
    groups["bipia+"] = attack & np.char.startswith(sources, "bipia_")
    return {
        name: {
            "texts": int(chosen.sum()),
            "raised": round(float((score[chosen] >= RAISE).mean()), 4),
            "refused": round(float((score[chosen] >= REFUSE).mean()), 4),
        }
        for name, chosen in groups.items()
        if chosen.any()
    }


__all__ = ["TARGETS", "Target", "assembled", "figures", "raw", "rounded", "scaled", "scores"]
