"""What the report draws: headline figures, histograms, the curve of risk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from frontdesk.evals.route.metrics import Floats, auroc, calibration_error, coverage_at, macro_f1, mean
from frontdesk.evals.route.unseen import Sample

COLUMNS = 20
"""Bins of the histogram."""
_POINTS = 100


def headline(sample: Sample, weights: Floats) -> dict[str, float | None]:
    """Return the figures at the top: of messages in scope, and of telling strangers."""
    inside = ~sample.outside
    sure, right, strange = sample.scored.confidence[inside], sample.right[inside], 1 - sample.scored.scope
    return {
        "accuracy": mean(right),
        "macro_f1": macro_f1(sample.truth[inside], sample.scored.best[inside]),
        "ece": calibration_error(sure, right),
        "ece_joint": calibration_error(sample.scored.joint, sample.right, weights),
        "oos_auroc": auroc(strange[~inside], strange[inside]),
        "coverage_at_90": coverage_at(sure, right, 0.90),
        "coverage_at_95": coverage_at(sure, right, 0.95),
    }


def histograms(sample: Sample, weights: Floats) -> dict[str, list[float]]:
    """Return the shares of all messages per bin of joint confidence: right, wrong, outside."""
    groups = {"right": sample.right, "wrong": ~sample.right & ~sample.outside, "outside": sample.outside}
    edges = np.linspace(0, 1, COLUMNS + 1)
    total = float(weights.sum())
    return {
        name: [
            round(float(share) / total, 5)
            for share in np.histogram(sample.scored.joint[own], edges, weights=weights[own])[0]
        ]
        for name, own in groups.items()
    }


def risks(sample: Sample, weights: Floats, accept: float) -> dict[str, Any]:
    """Return coverage of the messages in scope and share wrong of what is acted on, surest first; and at ``accept``."""
    joint, inside = sample.scored.joint, ~sample.outside
    order = np.argsort(-joint, kind="stable")
    kept = np.cumsum(weights[order])
    wrong = np.cumsum((weights * ~sample.right)[order]) / kept
    cover = np.cumsum(inside[order]) / max(int(inside.sum()), 1)
    last = np.flatnonzero(np.append(np.diff(joint[order]) != 0, True))
    shown = np.unique(last[np.linspace(0, len(last) - 1, min(_POINTS, len(last))).astype(int)])
    points = [[round(float(cover[at]), 4), round(float(wrong[at]), 4)] for at in shown]
    acted = (joint >= accept) & (joint > 0)
    chosen = None
    if acted.any():
        chosen = [mean(acted[inside]), round(1 - (mean(sample.right[acted], weights[acted]) or 0.0), 4)]
    return {"points": points, "chosen": chosen}


def outcome(sample: Sample, weights: Floats, thresholds: Mapping[str, float]) -> dict[str, float | None]:
    """Return what thresholds do: shares of all messages acted on, asked about, turned down, and how often rightly."""
    joint = sample.scored.joint
    acted = (joint >= thresholds["accept"]) & (joint > 0)
    asked = ~acted & ((joint >= thresholds["clarify"]) | (sample.scored.pair >= thresholds["pair"])) & (joint > 0)
    rest = ~acted & ~asked
    known = ~sample.outside
    return {
        "acted": mean(acted, weights),
        "acted_right": mean(sample.right[acted], weights[acted]),
        "asked": mean(asked, weights),
        "asked_right": mean(sample.right_pair[asked], weights[asked]),
        "turned_down": mean(rest, weights),
        "turned_down_rightly": mean(sample.outside[rest], weights[rest]),
        "in_scope_acted": mean(acted[known]),
        "strangers_acted": mean(acted[~known]),
    }
