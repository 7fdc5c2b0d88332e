"""What the keyless model does with one call: words, a question, or a tool call."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontdesk.models.keyless import smalltalk
from frontdesk.models.keyless.choice import (
    Tool,
    finder,
    is_about,
    is_general,
    is_looking,
    name_of,
    ranked,
    title_of,
    undecided,
)
from frontdesk.models.keyless.conversation import Conversation, asks
from frontdesk.models.keyless.pages import Section, extract, opening, parse_pages
from frontdesk.models.keyless.slots import Filled, asked_for, fill, is_unknown
from frontdesk.models.keyless.wording import word
from frontdesk.tools.contract import ToolContract

SHORT = 4
"""Words up to which a question borrows the one before it ("and for sofas?")."""

_HOW = re.compile(r"^\W*(?:how (?:do|does|can)|what (?:happens|is a|is the)|why|do |does )\b", re.I)
_CHANGES = re.compile(
    r"\b(?:change|update|edit|correct|delete|remove|close|wrong|spend|use|redeem|earn|collect|expire|stop|credited)\b",
    re.I,
)
_DROPPED = re.compile(
    r"^\W*(?:never ?mind|forget (?:it|about it)|leave it|no thanks?(?: you)?|stop|cancel that|no)\W*$", re.I
)


@dataclass(frozen=True, slots=True)
class Step:
    """The model's move: a text, or one tool call."""

    text: str = ""
    tool: str = ""
    """Name of the tool to call; empty for a text."""
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planner:
    """Chooses the move. Knows the desk's contracts, its name and its topics; keeps nothing between calls."""

    contracts: Mapping[str, ToolContract]
    business: str
    topics: Sequence[str]
    """What the desk can help with, in the customer's words; told when nothing fits."""

    def step(self, conversation: Conversation, tools: Sequence[Tool]) -> Step:
        """Return the move for one reading of the messages.

        Args:
            conversation: The reading.
            tools: The tools that are offered in this call, in the desk's order.
        """
        if conversation.results:
            return Step(self._reported(conversation, tools))
        kind = smalltalk.smalltalk(conversation.latest)
        if kind and not asks(conversation.question):
            return Step(smalltalk.reply(kind, self.business))
        sections = parse_pages(conversation.system)
        if tools:
            step = self._with_tools(conversation, tools, sections)
            if step is not None:
                return step
        return Step(self._from_pages(conversation, sections))

    def _reported(self, conversation: Conversation, tools: Sequence[Tool]) -> str:
        """Word the results; when they were looked up to find a missing value, ask for it."""
        text = word(conversation.results, self.contracts)
        done = {result.tool for result in conversation.results}
        order = ranked(conversation, tools, self.contracts)
        failed = all(result.data is None for result in conversation.results)
        if failed or not order or name_of(order[0]) in done or undecided(conversation, tools, self.contracts):
            return text
        filled = fill(conversation, order[0])
        offers = filled.missing and any(finder_of == filled.missing[0] for finder_of in self._found(conversation))
        return f"{text}\n\n{_ask(order[0], filled.missing[0])}" if offers else text

    def _found(self, conversation: Conversation) -> set[str]:
        """Return the names of all values that the results hold."""
        names: set[str] = set()
        stack: list[Any] = [result.data for result in conversation.results]
        while stack:
            value = stack.pop()
            if isinstance(value, Mapping):
                names |= {str(key) for key in value}
                stack.extend(value.values())
            elif isinstance(value, list):
                stack.extend(value)
        return names

    def _with_tools(
        self, conversation: Conversation, tools: Sequence[Tool], sections: Sequence[Section]
    ) -> Step | None:
        if asks(conversation.question) and _DROPPED.match(conversation.latest):
            return Step("All right, I have not changed anything.")
        open_choice = undecided(conversation, tools, self.contracts)
        if open_choice:
            names = " or to ".join(title_of(tool) for tool in open_choice)
            return Step(self._with_page(conversation, sections, f"Would you like to {names}?"))
        tool = ranked(conversation, tools, self.contracts)[0]
        filled = fill(conversation, tool)
        if not self._wants(conversation, tool, filled, sections):
            return None
        if not filled.missing:
            return Step(tool=name_of(tool), arguments=filled.arguments)
        return self._missing(conversation, tools, tool, filled, sections)

    def _wants(self, conversation: Conversation, tool: Tool, filled: Filled, sections: Sequence[Section]) -> bool:
        """Whether the request is served by the tool, and not by a page about the matter."""
        contract = self.contracts.get(name_of(tool))
        if contract is None or contract.effect == "write":
            return True
        if conversation.title and not is_looking(conversation.title):
            # a report ("two screws are missing") for which only reads are offered: the page says what to do
            return not any(section.of_intent for section in sections)
        needs = (tool["function"].get("parameters") or {}).get("required")
        if needs or filled.arguments or not (_HOW.match(conversation.latest) or _CHANGES.search(conversation.latest)):
            return True
        # "how do I earn points" is not answered by the balance
        return not extract(conversation.latest, sections)

    def _missing(
        self, conversation: Conversation, tools: Sequence[Tool], tool: Tool, filled: Filled, sections: Sequence[Section]
    ) -> Step:
        """Ask for the first missing value, look up what may help to tell it, or answer a question in between."""
        name = filled.missing[0]
        spec = tool["function"]["parameters"]["properties"][name]
        ask = _ask(tool, name)
        if name in filled.choices:
            named = " or ".join(str(value) for value in filled.choices[name])
            return Step(f"One at a time, please: {named}?")
        asked = asked_for(conversation, spec)
        contract = self.contracts.get(name_of(tool))
        reads = contract is not None and contract.effect == "read"
        if is_unknown(conversation.latest) or (reads and not asked and not is_about(conversation.latest)):
            helper = finder(conversation, tools, name, self.contracts)
            if helper is not None:
                return Step(tool=name_of(helper), arguments={})
        if is_about(conversation.latest):
            if is_general(conversation.latest) and not reads and not asks(conversation.question):
                return Step(self._page(conversation, sections) or ask)
            return Step(self._with_page(conversation, sections, ask))
        if asked:
            return Step(f"{_unreadable(spec)} {ask}")
        return Step(ask)

    def _page(self, conversation: Conversation, sections: Sequence[Section]) -> str:
        question = conversation.latest
        if len(question.split()) <= SHORT and len(conversation.customer) > 1:
            question = f"{question} {conversation.customer[1]}"
        return extract(question, sections, hint=conversation.title)

    def _with_page(self, conversation: Conversation, sections: Sequence[Section], ask: str) -> str:
        page = self._page(conversation, sections)
        return f"{page}\n\n{ask}" if page else ask

    def _from_pages(self, conversation: Conversation, sections: Sequence[Section]) -> str:
        page = self._page(conversation, sections)
        can = conversation.title or "do that"
        if "sign_in" in conversation.unavailable.values():
            sign_in = f"To {can}, please sign in first: then I can do it here for you."
            return f"{page}\n\n{sign_in}" if page and is_about(conversation.latest) else sign_in
        if conversation.unavailable and not page:
            return f"I'm not able to {can} in this conversation. You can ask for a person at any time."
        return page or opening(sections) or smalltalk.stuck(self.topics)


def _ask(tool: Tool, name: str) -> str:
    spec = tool["function"]["parameters"]["properties"][name]
    return str(spec.get("x-ask") or f"What is the {name.replace('_', ' ')}?").strip()


def _unreadable(spec: Mapping[str, Any]) -> str:
    """Say that the answer was not understood, and what would be."""
    if spec.get("enum"):
        listed = ", ".join(str(value).replace("_", " ") for value in spec["enum"])
        return f"I did not quite get that; it can be one of these: {listed}."
    if spec.get("examples"):
        return f"I could not find that in your message; it looks like {spec['examples'][0]}."
    return "I could not find that in your message."
