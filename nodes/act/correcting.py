"""Arguments that break their schema: the economical model writes them again, with values that were there before.

What it answers counts only where it is valid, and where every value in it stands in the call as it was made or in the
customer's own words: a model cannot bring in an order number, an amount or a filter of its own. A write is judged by
authority after this, on what will run; a read shows the customer's own records and nothing else, whatever it asks for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from langchain_core.messages import HumanMessage, SystemMessage, ToolCall

from frontdesk.graph.deps import AnswerForm, Deps, Restorer
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Usage
from frontdesk.nodes.act.said import Said
from frontdesk.nodes.usage import added
from frontdesk.tools.arguments import canonical, strict
from frontdesk.tools.authority import definition

PROMPT: Final = "correct"
MAX_TOKENS: Final = 800
"""Tokens that the answer may have."""
LONGEST: Final = 4000
"""Characters of the arguments of a call that is mended at all."""
MOST: Final = 3
"""Calls of one message that are mended."""
_BEFORE, _AFTER = r"(?<![\w.,+-])", r"(?![\w+-]|[.,]\w)"
"""What may not stand beside a value that was there before: 5 is not in 15, 5.50 or -5."""


@dataclass
class Corrector:
    """Mends the calls of one message."""

    deps: Deps
    caller: Caller
    restorer: Restorer
    said: Said
    """The customer's words of the thread."""
    tools: frozenset[str]
    """Whose calls are mended: those that may run in this turn."""
    usage: Usage | None = None
    """Of the turn, with what this took."""
    _left: int = field(default=MOST, init=False)

    async def all(self, calls: Sequence[ToolCall]) -> list[ToolCall]:
        """Return the calls, those that could be mended with new arguments; the others as they were."""
        return [await self._one(call) for call in calls]

    async def _one(self, call: ToolCall) -> ToolCall:
        contract = self.deps.desk.tools.get(call["name"]) if call["name"] in self.tools else None
        given: Any = call["args"]  # text, where a provider could not read it as JSON
        raw = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
        problems = self._problems(call) if contract else ()
        if contract is None or not problems or len(raw) > LONGEST or not self._left:
            return call
        rounds = self.deps.desk.config.gateway.corrections
        if not rounds or self.deps.models.describe("fast") == "keyless":
            return call
        self._left -= 1
        schema = definition(contract)["function"]["parameters"]
        for _ in range(rounds):
            answer = await self._asked(contract.name, schema, raw, problems)
            if answer is None or not is_grounded(answer, raw, self.said, schema):
                return call
            mended = ToolCall(name=call["name"], args=answer, id=call["id"], type="tool_call")
            problems = self._problems(mended)
            if not problems:
                # what cannot be written down is not used
                return mended if await self.deps.gateway.corrected(mended, self.caller) else call
        return call

    def _problems(self, call: ToolCall) -> tuple[str, ...]:
        return self.deps.gateway.examine(call, restore=self.restorer(call["name"])).problems

    async def _asked(
        self, tool: str, schema: Mapping[str, Any], raw: str, problems: Sequence[str]
    ) -> dict[str, Any] | None:
        """Return the model's object; None: no hosted model answered, or not with an object."""
        listed = "\n".join(f"- {problem}" for problem in problems)
        prompt = self.deps.prompts.render(PROMPT, tool=tool, schema=canonical(schema), problems=listed)
        completion = await self.deps.models.complete(
            "fast",
            [SystemMessage(prompt), HumanMessage(raw)],
            seconds=self.deps.desk.config.gateway.correction_seconds,
            form=AnswerForm("arguments", schema, max_tokens=MAX_TOKENS, enforced=False),
        )
        self.usage = added(self.usage, completion, answered=False)
        if completion.model == "keyless" or completion.message.tool_calls:
            return None
        text = str(completion.message.text)
        found = strict(text[text.find("{") : text.rfind("}") + 1])
        return found if isinstance(found, dict) else None


def is_grounded(answer: Any, raw: str, said: Said, schema: Mapping[str, Any]) -> bool:
    """Whether everything in an answer was there before.

    Args:
        answer: A model's arguments.
        raw: The call's arguments before, as text, masked.
        said: The customer's words.
        schema: Of the arguments: the names of properties are its own.

    Returns:
        True where each value stands in ``raw`` or in the customer's words, whole; and each name that is not the
        schema's stands in ``raw``.
    """
    before = " ".join([raw.casefold(), *(text.casefold() for text in _texts(strict(raw)))])
    names = set(_names(schema))
    for value, named in _leaves(answer):
        known = value in names if named else _is_said(value, said)
        if not known and not _stands(value, before):
            return False
    return True


def _leaves(value: Any) -> Iterator[tuple[Any, bool]]:
    """Yield every value at any depth, and every name of a property; with whether it is a name."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield key, True
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value, False


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a value as they are, where its JSON would have escapes."""
    yield from (leaf for leaf, _ in _leaves(value) if isinstance(leaf, str))


def _stands(value: Any, before: str) -> bool:
    if value is None or value == "":
        return True
    text = value.strip().casefold() if isinstance(value, str) else canonical(value)
    return re.search(_BEFORE + re.escape(text) + _AFTER, before) is not None


def _is_said(value: Any, said: Said) -> bool:
    if isinstance(value, str):
        return value in said.placeholders or ("<" not in value and said.has_value(value))
    return isinstance(value, int | float) and not isinstance(value, bool) and said.has_number(value)


def _names(schema: Any) -> Iterator[str]:
    """Yield the names of all properties of a schema, at any depth."""
    if isinstance(schema, Mapping):
        properties = schema.get("properties")
        yield from properties if isinstance(properties, Mapping) else ()
        for part in schema.values():
            yield from _names(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _names(part)


__all__ = ["Corrector", "is_grounded"]
