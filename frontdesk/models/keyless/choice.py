"""Which of the offered tools serves the request."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from frontdesk.models.keyless.conversation import Conversation
from frontdesk.models.keyless.shapes import firm_pattern
from frontdesk.models.keyless.words import meaning, query_stems
from frontdesk.tools.contract import ToolContract

Tool = Mapping[str, Any]
"""An OpenAI tool definition."""

FIRST = 1.0
"""What the order in the desk's list is worth: half of a telling word."""
STATUS = 0.4
"""What "where is …" is worth to a read; not enough to leave the first in the list by itself."""
SEARCHED = 800
"""Characters of a message that are searched for a value."""

_ABOUT = re.compile(
    r"^\W*(?:(?:hi|hello|hey|ok|okay|so|and|but|please|hmm+|um|oh|well|wait|sorry)\W+)*"
    r"(?:how (?:do|does|can|could|would|long|much|many|often|soon|late)"
    r"|what(?: happens| if| does| do| kind|(?:'s| is| are) (?:your|the|a)(?! (?:status|state)))"
    r"|do (?:you|i)|does|is (?:it|there|that)|are (?:there|you)|can (?:i|it|one|we|an?|the|my)|where (?:do|does|can)"
    r"|could i|am i|may i|will (?:i|it|you)|until when|which|why|until|by when|tell me (?:about|how)"
    r"|i(?:'d| would)? (?:want|like) to know|who)\b"
    r"|^\W*(?:and|or|but)\s+(?:for|on|in|with|without|from|after|before)\b",
    re.I,
)
_THIS_ONE = re.compile(
    r"^\W*(?:and |so |then |ok(?:ay)?,? )*(?:can|could|may) (?:i|you) (?:please )?"
    r"(?:return|exchange|cancel|swap|send back) (?:it|this|that|them|one of them)(?: back)?(?: please)?\W*$",
    re.I,
)
"""A request about a thing that was named before, in the form of a question."""
_LOOKING = re.compile(r"^(?:find out|see|check|look|track|know|get|view|show)\b", re.I)
_STATUS = re.compile(r"^\W*(?:where|when|has|have|did|is|was|any news|what(?:'s| is) the (?:status|state))\b", re.I)


def name_of(tool: Tool) -> str:
    """Return a tool's name."""
    return str(tool["function"]["name"])


def is_about(text: str) -> bool:
    """Whether a message asks how things are done, rather than to have them done."""
    return bool(_ABOUT.search(text)) and not _THIS_ONE.match(text)


def is_looking(title: str) -> bool:
    """Whether a request (by its title, such as "find out where an order is") is answered by looking something up."""
    return bool(_LOOKING.match(title))


def ranked(conversation: Conversation, tools: Sequence[Tool], contracts: Mapping[str, ToolContract]) -> list[Tool]:
    """Return the tools, the one that the customer's words and the recognised request speak of first."""
    scores = scored(conversation, tools, contracts)
    return [tools[index] for index in sorted(range(len(tools)), key=lambda index: -scores[index])]


def scored(conversation: Conversation, tools: Sequence[Tool], contracts: Mapping[str, ToolContract]) -> list[float]:
    """Score each tool: 2 for words of its own (in no other tool's name) that the customer said, 1 for being first."""
    said = set(query_stems(" ".join(conversation.task)))
    asks_status = bool(_STATUS.search(conversation.latest))
    found = []
    for index, tool in enumerate(tools):
        others = set().union(*(_words(other) for other in tools if other is not tool))
        own = _words(tool) - others
        score = 8.0 * (name_of(tool) == conversation.chosen) + 2.0 * bool(own & said) + (FIRST if index == 0 else 0.0)
        contract = contracts.get(name_of(tool))
        if contract is not None and asks_status:
            score += STATUS if contract.effect == "read" else -STATUS
        if (
            contract is not None
            and contract.effect == "read"
            and index
            and _takes_more(conversation.latest, tool, tools[0])
        ):
            score += 2 * FIRST
        found.append(score)
    return found


def _takes_more(text: str, tool: Tool, first: Tool) -> bool:
    """Whether a message holds a firm value, such as an order number, that this tool needs and the first cannot take."""
    parameters = tool["function"].get("parameters") or {}
    known = (first["function"].get("parameters") or {}).get("properties") or {}
    for name in parameters.get("required") or ():
        pattern = firm_pattern(parameters["properties"][name]) if name not in known else None
        if pattern is not None and pattern.search(text[:SEARCHED]):
            return True
    return False


def undecided(conversation: Conversation, tools: Sequence[Tool], contracts: Mapping[str, ToolContract]) -> list[Tool]:
    """Return the changes among which only the customer can choose: several are offered and none was spoken of."""
    writes = [tool for tool in tools if (c := contracts.get(name_of(tool))) is not None and c.effect == "write"]
    if len(writes) < 2:
        return []
    if any(name_of(tool) == conversation.chosen for tool in writes):
        return []
    said = set(query_stems(" ".join(conversation.task)))
    spoken = [tool for tool in writes if said & _verbs(tool)]
    return writes if len(spoken) != 1 else []


def title_of(tool: Tool) -> str:
    """Return a tool in words: its schema's ``title``, or its name ("exchange_item" reads "exchange an item")."""
    given = (tool["function"].get("parameters") or {}).get("title")
    if given:
        return str(given)
    verb, _, noun = name_of(tool).partition("_")
    noun = noun.replace("_", " ")
    if not noun or noun.endswith("s"):
        return f"{verb} {noun}".strip()
    return f"{verb} {'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def finder(
    conversation: Conversation, tools: Sequence[Tool], missing: str, contracts: Mapping[str, ToolContract]
) -> Tool | None:
    """Return a read tool that needs nothing and whose results name the missing value."""
    called = {result.tool for result in conversation.results}
    for tool in tools:
        contract = contracts.get(name_of(tool))
        needs = (tool["function"].get("parameters") or {}).get("required")
        if contract is None or contract.effect != "read" or needs or name_of(tool) in called:
            continue
        if _mentions(contract.output, missing):
            return tool
    return None


def _words(tool: Tool) -> set[str]:
    return {meaning(word) for word in name_of(tool).split("_")} - {"get"}


def _verbs(tool: Tool) -> set[str]:
    """Return the words that tell one change from another: those of its name, without what all orders have."""
    return _words(tool) - {meaning(word) for word in ("order", "item", "request", "update", "get")}


def _mentions(schema: Any, name: str) -> bool:
    if isinstance(schema, Mapping):
        properties = schema.get("properties")
        if isinstance(properties, Mapping) and name in properties:
            return True
        return any(_mentions(value, name) for value in schema.values())
    return isinstance(schema, list) and any(_mentions(value, name) for value in schema)
