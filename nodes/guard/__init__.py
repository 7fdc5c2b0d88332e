"""Input guards: is this message safe to serve?"""

from __future__ import annotations

import importlib
from typing import Any

from frontdesk.desk.config import DeskConfig


def frontdesk_validators(config: DeskConfig | None = None, *, on_fail: str = "noop") -> list[Any]:
    """Return every check that is switched on, for any guardrails-ai Guard: ``Guard().use(*frontdesk_validators())``.

    Imports guardrails-ai on the first call, with its telemetry switched off for the whole process.

    Args:
        config: A desk whose policy applies; without one, the defaults.
        on_fail: guardrails-ai's action of each: ``noop``, ``exception``, ``fix`` (what was found is taken out) …
    """
    found: list[Any] = importlib.import_module("frontdesk.nodes.guard.guard").frontdesk_validators(
        config, on_fail=on_fail
    )
    return found


__all__ = ["frontdesk_validators"]
