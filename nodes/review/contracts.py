"""What the desk's contracts let the keyless model say: questions, refusals, and how a result reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from frontdesk.desk.config import Intent
from frontdesk.nodes.forms.validity import CODES, explained
from frontdesk.tools.contract import ToolContract

_FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\w+\}", re.DOTALL)


def contract_words(contract: ToolContract, *, ran: bool) -> str:
    """Return the fixed words of a contract, without what is filled in.

    Args:
        contract: Of a tool.
        ran: Whether the tool answered in this turn: only then its ``reply`` is true.
    """
    return "\n".join(_FILLED_IN.sub(" ", part) for part in _parts(contract, ran=ran) if part)


def _parts(contract: ToolContract, *, ran: bool) -> Iterator[str]:
    schema = contract.input
    yield str(schema.get("title") or "")
    for name, spec in schema.get("properties", {}).items():
        yield str(spec.get("x-ask") or "")
        yield from (explained(name, spec, code) for code in CODES)
        for value in (*spec.get("examples", ()), *spec.get("enum", ())):
            yield str(value)
    yield contract.question
    yield contract.missing
    for rule in contract.precheck.rules if contract.precheck else ():
        yield rule.message
    if ran:
        yield contract.reply


def desk_words(intent: Intent | None, tools: Mapping[str, ToolContract], ran: Collection[str]) -> Sequence[str]:
    """Return the desk's own words for a turn: of the intent's contracts, and of those whose tools answered.

    Args:
        intent: That the turn serves; None for none.
        tools: Contracts by name.
        ran: Names of the tools that answered in this turn.
    """
    named = dict.fromkeys([*(intent.tools if intent else ()), *ran])
    words = [contract_words(tools[name], ran=name in ran) for name in named if name in tools]
    return [*words, *((f"{intent.title}\n{intent.clarify or ''}",) if intent else ())]


__all__ = ["contract_words", "desk_words"]
