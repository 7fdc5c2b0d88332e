"""Validators of somebody else's, named in a desk: found, built, and kept from writing customers' words into a log."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from frontdesk.desk.guarding import GuardRule
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.guard.quiet import Validator

_HUSHED: ContextVar[bool] = ContextVar("frontdesk_hushed", default=False)
_SAID = "a validator's message, not kept: it may hold a customer's words"


def load_validator(name: str, rule: GuardRule) -> Any:
    """Build the validator that a desk names.

    Args:
        name: The check's key under ``guards``.
        rule: Its policy; ``options`` are the validator's arguments.

    Returns:
        An instance that never acts on a failure by itself, and never sends a text to a hosted endpoint unless
        ``options`` say ``use_local: false``.

    Raises:
        ConfigurationError: It cannot be imported or built, or is no validator; names the key and the remedy.
    """
    key = f"guards.{name}"
    module, colon, attribute = rule.validator.partition(":")
    if not (colon and module and attribute.isidentifier()):
        raise ConfigurationError(f"{key}.validator must be `package.module:Class`, not `{rule.validator[:80]}`")
    try:
        found = getattr(importlib.import_module(module), attribute, None)
    except Exception as error:
        # whatever an installed package raises while it is imported: the desk does not open without its guard
        problem = f"{key}.validator: `{module}` cannot be imported ({type(error).__name__})"
        raise ConfigurationError(f"{problem}; install the package that has it into this environment") from error
    if not (isinstance(found, type) and issubclass(found, Validator)):
        raise ConfigurationError(f"{key}.validator: `{module}` has no guardrails-ai validator `{attribute}`")
    try:
        validator = found(on_fail="noop", **rule.options)
    except Exception as error:
        # its own message may repeat an option, which may be a key
        problem = f"{key}.options: `{attribute}` cannot be built with them ({type(error).__name__})"
        raise ConfigurationError(f"{problem}; they must be arguments of its __init__") from error
    if "use_local" not in rule.options:
        validator.use_local = True
    _install()
    return validator


@contextmanager
def hushed() -> Iterator[None]:
    """Replace the text of whatever is logged meanwhile, in this task and in threads that it starts."""
    token = _HUSHED.set(True)
    try:
        yield
    finally:
        _HUSHED.reset(token)


class _Factory:
    """Makes log records; those of a validator at work lose their text, arguments and traceback."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record: logging.LogRecord = self.inner(*args, **kwargs)
        if _HUSHED.get() and not record.name.startswith("frontdesk"):
            record.msg, record.args = _SAID, ()
            record.exc_info = record.exc_text = record.stack_info = None
        return record


def _install() -> None:
    factory = logging.getLogRecordFactory()
    if not isinstance(factory, _Factory):
        logging.setLogRecordFactory(_Factory(factory))


__all__ = ["hushed", "load_validator"]
