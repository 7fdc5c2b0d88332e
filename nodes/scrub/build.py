"""Makes the scrubber that a desk asks for: the core detectors, the MiniLM head, detectors of other libraries."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Collection, Mapping

from frontdesk.desk.scrubbing import OptionalDetector, Scrub
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub.detection import Detector
from frontdesk.nodes.scrub.registry import collect, registered
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

HEAD = "minilm"
"""Name of the head's detector and of its module in ``optional/``."""
_log = logging.getLogger("frontdesk.scrub")


def build_scrubber(config: Scrub | None = None, only: Collection[str] = ()) -> PersonalDataScrubber:
    """Make a scrubber. Loads models: seconds, not for the event loop.

    Args:
        config: Of the desk (``desk.config.scrub``); by default the core, and the head where it is installed.
        only: Names of detectors to be used alone, for measuring; empty: all.

    Raises:
        ConfigurationError: What the desk asks for is not there or cannot be loaded, or ``only`` names a detector that
            is not in use. Never silently weaker.
    """
    return PersonalDataScrubber(chosen(config, only))


def chosen(config: Scrub | None = None, only: Collection[str] = ()) -> dict[str, Detector]:
    """Return the detectors that ``build_scrubber`` uses, by name. Arguments and errors as there."""
    config = config or Scrub()
    core = registered()
    labels = {label for detector in core.values() for label in detector.labels}
    found = collect({**core, **_head(config), **_others(config, labels)}.items())
    unknown = sorted(set(only) - found.keys())
    if unknown:
        raise ConfigurationError(f"no detector {unknown[0]!r} is in use; there are {', '.join(sorted(found))}")
    return {name: detector for name, detector in found.items() if not only or name in only}


def _head(config: Scrub) -> dict[str, Detector]:
    if config.head == "off":
        return {}
    from frontdesk.nodes.scrub.optional import minilm  # noqa: PLC0415 - numpy and the runtime only where it is used

    if config.head == "auto" and not minilm.available():
        return {}
    return {HEAD: minilm.build(OptionalDetector())}


def _others(config: Scrub, labels: Collection[str]) -> Mapping[str, Detector]:
    found: dict[str, Detector] = {}
    for name in type(config.detectors).model_fields:
        options: OptionalDetector | None = getattr(config.detectors, name)
        if options is None:
            continue
        module = importlib.import_module(f"frontdesk.nodes.scrub.optional.{name}")
        try:
            found[name] = module.build(options, labels)
        except ConfigurationError as error:
            if options.on_unavailable == "closed":
                raise
            _log.warning("detector=%s skipped: on_unavailable is open; %s", name, error)
    return found
