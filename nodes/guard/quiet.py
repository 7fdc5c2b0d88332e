"""guardrails-ai, imported quietly: nothing is sent, traced or kept, and the import is two to three times faster.

Importing this module imports guardrails-ai (1 to 2 s), so only modules that the assembly loads late may import it.
Every module of frontdesk takes guardrails' names from here and never from ``guardrails`` itself.

What is switched off, and why switches of its own are not enough (guardrails-ai 0.11, read in its source):

* Hub telemetry. Any new ``Guard`` switches the singleton on again; a singleton without a tracer stays mute.
* OpenTelemetry spans. They carry the raw text to whatever tracer provider the host application has set up.
* Its logger. It keeps every record, per call, in memory.
* ``guard.history``. It keeps the raw texts of the last calls; :class:`Forgetful` keeps none.
"""

from __future__ import annotations

import importlib
import logging
import os
import warnings
from types import ModuleType
from typing import Any

from frontdesk.tools.schema import import_jsonschema


def _import_guardrails() -> ModuleType:
    """Import guardrails, after jsonschema without the IRI grammar that it builds at import (half of the time)."""
    import_jsonschema()
    with warnings.catch_warnings():
        # its command line, imported along, uses names that click has deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        return importlib.import_module("guardrails")


def _mute_telemetry() -> None:
    """Leave the telemetry singleton without a tracer, so that no exporter and no thread is ever made."""
    hub = importlib.import_module("guardrails.utils.hub_telemetry_utils").HubTelemetry
    if hub._instance is None:
        hub._instance = object.__new__(hub)
    hub._instance._enabled = False
    hub._instance._tracer = None
    importlib.import_module("guardrails.settings").settings.disable_tracing = True
    importlib.import_module("guardrails.logger").set_level(logging.CRITICAL)


# litellm, which guardrails-ai brings along, fetches a price list at import unless told not to
os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
guardrails = _import_guardrails()
_mute_telemetry()

_base = importlib.import_module("guardrails.validator_base")

AsyncGuard: Any = guardrails.AsyncGuard
Validator: Any = _base.Validator
PassResult: Any = _base.PassResult
FailResult: Any = _base.FailResult
register_validator: Any = _base.register_validator
_Stack: Any = importlib.import_module("guardrails.classes.generic.stack").Stack


class Forgetful(_Stack):  # type: ignore[misc]
    """A guard's history that keeps nothing."""

    def push(self, item: object) -> None:
        """Drop ``item``."""


def quiet_guard(*validators: Any) -> Any:
    """Return one ``AsyncGuard`` over all ``validators``, without history and metrics.

    All validators go into one ``use``: a second ``use`` silently replaces the first one's validators.
    """
    guard = AsyncGuard(name="frontdesk").use(*validators)
    guard.configure(allow_metrics_collection=False)
    guard.history = Forgetful()
    return guard


__all__ = ["AsyncGuard", "FailResult", "Forgetful", "PassResult", "Validator", "quiet_guard", "register_validator"]
