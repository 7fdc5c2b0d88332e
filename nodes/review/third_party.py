"""Validators of somebody else's as output guards: any guardrails-ai validator that a desk names."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from frontdesk.desk.guarding import GuardRule
from frontdesk.desk.reviewing import ReviewRule
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.review.draft import Draft, Facts

AsyncStep = Callable[[Draft, Facts], Awaitable[Draft]]


def validator_step(name: str, rule: ReviewRule) -> AsyncStep:
    """Return the step of a foreign validator.

    A ``FailResult`` is the finding ``validator:<name>``; its ``fix_value``, where it is a text, is what masking says
    instead. Anything but a ``FailResult`` or a ``PassResult`` is a validator that could not run. Its message and its
    log lines may quote the reply, so they go nowhere.

    Args:
        name: The step's key under ``review.steps``.
        rule: With ``validator`` as ``package.module:Class``; ``options`` are its arguments.

    Raises:
        ConfigurationError: It cannot be imported or built, or is no validator.
    """
    # guardrails-ai takes 1 to 2 s to import; only desks that name a validator wait for it
    from frontdesk.nodes.guard.foreign import hushed, load_validator  # noqa: PLC0415 - see above
    from frontdesk.nodes.guard.quiet import FailResult, PassResult, Validator  # noqa: PLC0415 - see above

    try:
        validator = load_validator(name, GuardRule(validator=rule.validator, options=rule.options))
    except ConfigurationError as error:
        raise ConfigurationError(str(error).replace(f"guards.{name}", f"review.steps.{name}")) from None

    plain = type(validator).async_validate is Validator.async_validate

    async def judged(text: str) -> Any:
        with hushed():
            if plain:
                # a thread of our own choice: it takes the silence along, which the validator's own would not
                return await asyncio.to_thread(validator.validate, text, {"channel": "reply"})
            return await validator.async_validate(text, {"channel": "reply"})

    async def step(draft: Draft, facts: Facts) -> Draft:
        result = await judged(draft.text)
        if isinstance(result, PassResult):
            return draft
        if not isinstance(result, FailResult):
            raise TypeError("a validator gives a PassResult or a FailResult")
        fixed = result.fix_value if isinstance(result.fix_value, str) else draft.text
        return draft.with_text(fixed, f"validator:{name}")

    return step


__all__ = ["AsyncStep", "validator_step"]
