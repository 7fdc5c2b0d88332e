"""Input guards: is this message safe to serve?"""

from __future__ import annotations

import importlib
from typing import Any

from frontdesk.desk.config import DeskConfig


def frontdesk_validators(config: DeskConfig | None = None) -> list[Any]:
    """Return one instance of every check, for any guardrails-ai Guard: ``Guard().use(*frontdesk_validators())``.

    Imports guardrails-ai on the first call, with its telemetry switched off for the whole process.

    Args:
        config: A desk whose thresholds and size limit apply; without one, the defaults.
    """
    found: list[Any] = importlib.import_module("frontdesk.nodes.guard.guard").frontdesk_validators(config)
    return found


__all__ = ["frontdesk_validators"]
