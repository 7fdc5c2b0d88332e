"""How the keyless model words tool results: the contract's template, or a plain reading of the JSON."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from frontdesk.models.keyless.conversation import Result
from frontdesk.tools.contract import ToolContract

logger = logging.getLogger(__name__)

ROWS = 10
"""Items of a list that are read out; the rest is counted."""


def word(results: Sequence[Result], tools: Mapping[str, ToolContract]) -> str:
    """Return what the results mean for the customer, one paragraph each.

    What was only looked up to choose a value of the last call is not told.
    """
    last = tools.get(results[-1].tool) if results else None
    specs = last.input.get("properties", {}).values() if last else ()
    means = {spec["x-from"]["tool"] for spec in specs if "x-from" in spec}
    told = [result for result in results if result.tool not in means]
    return "\n\n".join(filter(None, (_word(result, tools.get(result.tool)) for result in told)))


def _word(result: Result, contract: ToolContract | None) -> str:
    if result.data is None:
        return sentence(result.content)
    if contract is not None and contract.reply:
        try:
            return rendered(contract.reply, result.data)
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            # a template that does not suit this result must not cost the customer the answer
            logger.warning("reply template of %s failed: %s", result.tool, type(error).__name__)
    return readable(result.data)


def rendered(template: str, data: Any) -> str:
    """Fill a contract's ``reply`` with the fields of a result (``result`` is the whole of it).

    Raises:
        jinja2.TemplateError: Broken template, or a field that the result does not have.
    """
    fields = {str(key): value for key, value in data.items()} if isinstance(data, Mapping) else {}
    text = _compiled(template).render({"result": data, **fields})
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def readable(data: Any) -> str:
    """Return any JSON value as plain words: ``Status: shipped. Items: …``."""
    if isinstance(data, Mapping):
        message = data.get("message") or data.get("error")
        if isinstance(message, str) and len(data) <= 3:
            return sentence(message)
        return " ".join(
            f"{_label(str(key))}: {_value(value)}." for key, value in data.items() if value not in (None, "")
        )
    if isinstance(data, list):
        rows = [f"- {_value(item)}" for item in data[:ROWS]]
        rest = [f"… and {len(data) - ROWS} more."] if len(data) > ROWS else []
        return "\n".join([*rows, *rest]) if rows else "There is nothing there."
    return sentence(_value(data))


def sentence(text: str) -> str:
    """Return a text that begins with a capital and ends like a sentence."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" else f"{text}."


def _label(key: str) -> str:
    return key.replace("_", " ").strip().capitalize()


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(
            f"{_label(str(key)).lower()} {_value(item)}" for key, item in value.items() if item is not None
        )
    if isinstance(value, list):
        return "; ".join(_value(item) for item in value) or "none"
    return str(value)


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    # the text goes to a chat, not into a page; doors that show HTML escape it themselves
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)


@lru_cache(maxsize=256)
def _compiled(template: str) -> Template:
    """Compiling takes longer than the rest of a deterministic answer, and contracts do not change."""
    return _environment().from_string(template)
