"""Fitted routers on disk, by the digest of what they were fitted on. Numbers and text only, never a pickle."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from frontdesk.graph.persistence.home import open_own
from frontdesk.nodes.route.classifier import Classifier
from frontdesk.nodes.route.npz import Arrays, read_arrays, write_arrays
from frontdesk.nodes.route.router import Fit

_log = logging.getLogger(__name__)

FOLDER = "routers"
"""In the data folder."""
KEPT = 8
"""Fits that are kept; the one that was used longest ago goes first."""
_STALE = 3600.0
"""Seconds after which what a process left half written is swept away."""
_FACTS = "facts"
_PROBE = "where is my order"


def load_fit(home: Path | None, digest: str) -> Fit | None:
    """Return the fit of this digest, or None where there is none that can be trusted.

    Args:
        home: Data folder of this machine; None: nothing is kept.
        digest: From ``frontdesk.nodes.route.fitting``.
    """
    if home is None:
        return None
    path = _path(home, digest)
    try:
        # another user's file would decide where customers' requests go
        with open_own(path) as file:
            arrays = read_arrays(file)
        facts = json.loads(arrays.pop(_FACTS).tobytes())
        fit = _checked(facts, arrays, digest)
        # the time of the last use decides what goes first; a folder that cannot be written keeps its order
        with contextlib.suppress(OSError):
            os.utime(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, UnicodeError, MemoryError) as problem:
        _log.warning("kept router not used, it is fitted again: error=%s", type(problem).__name__)
        return None
    return fit


def keep_fit(home: Path | None, digest: str, fit: Fit) -> bool:
    """Keep a fit, and remove the ones that were used longest ago; True when it was kept."""
    if home is None:
        return False
    path = _path(home, digest)
    facts = {"digest": digest, "intents": fit.intents, "width": fit.width}
    try:
        arrays: Arrays = {**fit.classifier.arrays(), _FACTS: np.frombuffer(json.dumps(facts).encode(), np.uint8)}
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_arrays(path, arrays)
        _prune(path.parent.iterdir())
    except (OSError, ValueError) as problem:
        _log.warning("fitted router not kept, the next start fits again: error=%s", type(problem).__name__)
        return False
    return True


def _path(home: Path, digest: str) -> Path:
    return home / FOLDER / f"{digest[:32]}.npz"


def _checked(facts: object, arrays: Arrays, digest: str) -> Fit:
    """Make a fit of what a file says.

    Raises:
        ValueError: It is of something else, or not usable. Other errors come out of arrays that do not fit together.
    """
    if not isinstance(facts, dict) or facts["digest"] != digest:
        raise ValueError("a router of something else")
    intents, width = tuple(facts["intents"]), facts["width"]
    if not intents or not all(isinstance(name, str) for name in intents) or type(width) is not int or width < 0:
        raise ValueError("not the facts of a router")
    fit = Fit(intents, Classifier.from_arrays(arrays), width)
    meaning = fit.classifier.meaning
    if width != (meaning.examples.shape[1] if meaning else 0):
        raise ValueError("embeddings of another width than the facts say")
    vector = np.full(width, width**-0.5, np.float32) if width else None
    for given in (None, vector):
        scores = fit.classifier.scores(_PROBE, given)
        if scores.chances.shape != (len(intents),) or not np.isfinite([*scores.chances, scores.scope]).all():
            raise ValueError("scores that are none")
    return fit


def _prune(files: Iterable[Path]) -> None:
    kept: list[tuple[float, Path]] = []
    for path in files:
        with contextlib.suppress(FileNotFoundError):  # another process moved or removed it
            used = path.stat().st_mtime
            if path.suffix == ".npz":
                kept.append((used, path))
            elif path.name.startswith(".part-") and used < time.time() - _STALE:
                path.unlink()
    for _, path in sorted(kept, reverse=True)[KEPT:]:
        path.unlink(missing_ok=True)
