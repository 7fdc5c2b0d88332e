"""The figures of ``frontdesk eval route``; docs/routing.md says what each means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from frontdesk.evals.figures import quantile
from frontdesk.evals.route.metrics import (
    Flags,
    auroc,
    calibration_error,
    coverage_at,
    macro_f1,
    mean,
    weights_of,
    wilson,
)
from frontdesk.evals.route.unseen import Sample
from frontdesk.nodes.route.calibration import OUTSIDE_SHARE


def figures(sample: Sample, origins: Sequence[str], times: Sequence[float], accept: float) -> dict[str, Any]:
    """Return the figures.

    Args:
        sample: What was said of the messages.
        origins: `in`, `near` or `far` per message.
        times: Milliseconds per message.
        accept: Joint confidence from which a message is acted on.

    Returns:
        Figures of the messages in scope, of those out of scope (all, and by origin), and of what is acted on. A figure
        that nothing can be said about is None.
    """
    inside = ~sample.outside
    scored, right = sample.scored, sample.right
    taken = (scored.joint >= accept) & (scored.joint > 0)
    known, sure = right[inside], scored.confidence[inside]
    return {
        "n": int(inside.sum()),
        "n_oos": int((~inside).sum()),
        "accuracy": mean(known),
        "accuracy_interval": list(wilson(float(known.mean()), len(known))) if len(known) else None,
        "macro_f1": macro_f1(sample.truth[inside], scored.best[inside]),
        "ece": calibration_error(sure, known),
        "coverage_at_90": coverage_at(sure, known, 0.90),
        "coverage_at_95": coverage_at(sure, known, 0.95),
        **_outside(sample, ~inside, taken),
        "accepted": mean(taken[inside]),
        "accept_precision": mean(right[taken]),
        **_by_origin(sample, np.array(origins), taken),
        "ms_p50": quantile(times, 0.5),
        "ms_p99": quantile(times, 0.99),
    }


def _outside(sample: Sample, outside: Flags, taken: Flags) -> dict[str, Any]:
    strange = 1 - sample.scored.scope
    if not outside.any():
        return {"oos_auroc": None, "oos_recall": None, "oos_precision": None}
    return {
        "oos_auroc": auroc(strange[outside], strange[~outside]),
        "oos_auroc_joint": auroc(-sample.scored.joint[outside], -sample.scored.joint[~outside]),
        "oos_recall": mean(~taken[outside]),
        "oos_precision": mean(outside[~taken]),
        "ece_joint": calibration_error(sample.scored.joint, sample.right, weights_of(outside, OUTSIDE_SHARE)),
    }


def _by_origin(sample: Sample, origins: np.ndarray[Any, Any], taken: Flags) -> dict[str, Any]:
    """Return, for near and far strangers apart, what the messages in scope and these alone would give."""
    found: dict[str, Any] = {}
    for origin in ("near", "far"):
        strangers = origins == origin
        if not strangers.any():
            continue
        kept = strangers | ~sample.outside
        weights = weights_of(strangers[kept], OUTSIDE_SHARE)
        strange, acted = 1 - sample.scored.scope, taken[kept]
        found[origin] = {
            "n": int(strangers.sum()),
            "oos_auroc": auroc(strange[strangers], strange[~sample.outside]),
            "oos_recall": mean(~taken[strangers]),
            "accept_precision": mean(sample.right[kept][acted], weights[acted]),
        }
    return found
