"""Finds the detectors: every module in the folder ``detectors``, checked when the scrubber is made."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub import detectors as folder
from frontdesk.nodes.scrub.detection import Detector

_LABEL = re.compile(r"[A-Z]+(?:_[A-Z]+)*")


def registered() -> dict[str, Detector]:
    """Import the members of ``detectors/`` and return them by file name, in alphabetical order."""
    names = sorted(info.name for info in pkgutil.iter_modules(folder.__path__) if not info.name.startswith("_"))
    modules = ((name, importlib.import_module(f"{folder.__name__}.{name}")) for name in names)
    return collect((name, getattr(module, "DETECTOR", None)) for name, module in modules)


def collect(members: Iterable[tuple[str, object]]) -> dict[str, Detector]:
    """Check members and return them by name.

    Args:
        members: Pairs of file name (without ``.py``) and what the file defines as ``DETECTOR``.

    Raises:
        ConfigurationError: A member is not a ``Detector``, a label is malformed, or two files claim one label.
    """
    found: dict[str, Detector] = {}
    owners: dict[str, str] = {}
    for name, member in members:
        if not isinstance(member, Detector):
            raise ConfigurationError(f"detectors/{name}.py: DETECTOR must be a Detector, not {type(member).__name__}")
        for label in member.labels:
            if not _LABEL.fullmatch(label):
                raise ConfigurationError(f"detectors/{name}.py: label {label!r} must be capitals and underscores")
            other = owners.setdefault(label, name)
            if other != name:
                raise ConfigurationError(f"label {label} is claimed by detectors/{other}.py and detectors/{name}.py")
        found[name] = member
    for name, detector in found.items():
        foreign = [label for label in detector.also if label not in owners]
        if foreign:
            raise ConfigurationError(f"detectors/{name}.py: no detector defines the label {foreign[0]}")
    return found
