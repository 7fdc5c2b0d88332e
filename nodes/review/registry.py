"""The output guards that exist: one per file of ``steps/``, found by being there."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.review import steps
from frontdesk.nodes.review.step import StepSpec


@lru_cache(maxsize=1)
def known_steps() -> dict[str, StepSpec]:
    """Return every step by name, in the order in which they run.

    Raises:
        ConfigurationError: A file has no ``STEP``, or two want the same place.
    """
    found: dict[str, StepSpec] = {}
    for info in pkgutil.iter_modules(steps.__path__):
        spec = getattr(importlib.import_module(f"{steps.__name__}.{info.name}"), "STEP", None)
        if not isinstance(spec, StepSpec):
            raise ConfigurationError(f"nodes/review/steps/{info.name}.py must define STEP, a StepSpec")
        found[info.name] = spec
    if len({spec.place for spec in found.values()}) < len(found):
        raise ConfigurationError("two files of nodes/review/steps want the same place")
    return dict(sorted(found.items(), key=lambda item: item[1].place))


__all__ = ["known_steps"]
