"""ONNX Runtime sessions of networks that are built once per machine and kept in the data folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from frontdesk.graph.persistence.home import open_own

_KEPT = "encoder"
"""Folder in the data folder for built networks."""


def kept_session(home: Path | None, parts: Sequence[str], build: Callable[[], bytes]) -> Any:
    """Open a network, from the data folder where it was built before.

    Args:
        home: Data folder of this machine; None keeps nothing.
        parts: What the network was made of: digests, options, version of the way it is built. Name of the kept file.
        build: Makes the serialised model. Called where there is no kept one that can be read.

    Returns:
        An ``onnxruntime.InferenceSession`` of one thread.
    """
    kept = home / _KEPT / f"{hashlib.sha256(':'.join(parts).encode()).hexdigest()[:32]}.onnx" if home else None
    session = _opened(kept)
    if session is None:
        built = build()
        session = open_session(built)
        if kept is not None:
            _keep(built, kept)
    return session


def open_session(model: bytes) -> Any:
    """Return a session of one thread: a server has other texts to serve, and short ones are no faster with more."""
    import onnxruntime  # noqa: PLC0415 - comes with the extra

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _opened(kept: Path | None) -> Any | None:
    """Return the session of a network built before; None where there is none that can be read."""
    if kept is None:
        return None
    from onnxruntime.capi import onnxruntime_pybind11_state as states  # noqa: PLC0415 - comes with the extra

    try:
        # another user's network would decide what the guards and the router see
        with open_own(kept) as file:
            return open_session(file.read())
    except (OSError, states.InvalidProtobuf, states.InvalidGraph, states.Fail, states.InvalidArgument):
        return None  # cut off or altered: it is built again and replaced


def _keep(built: bytes, kept: Path) -> None:
    """Write the network beside its final name and move it there; a folder that cannot be written is left alone."""
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=kept.parent, suffix=".part", delete=False) as file:
            try:
                file.write(built)
            except BaseException:
                os.unlink(file.name)
                raise
        os.replace(file.name, kept)
