"""What the keyless model does with one call: words, a question, or a tool call."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontdesk.models.keyless import smalltalk
from frontdesk.models.keyless.asking import among, ask, asked_how, offer, one_of
from frontdesk.models.keyless.choice import (
    Tool,
    finder,
    is_about,
    is_looking,
    name_of,
    ranked,
    title_of,
    undecided,
)
from frontdesk.models.keyless.conversation import Conversation, asks
from frontdesk.models.keyless.lookup import choose, names_found, sources
from frontdesk.models.keyless.manner import in_manner
from frontdesk.models.keyless.pages import Section, extract, opening, parse_pages
from frontdesk.models.keyless.slots import Filled, asked_for, fill, is_unknown
from frontdesk.models.keyless.wording import word
from frontdesk.tools.contract import ToolContract

SHORT = 4
"""Words up to which a question borrows the one before it ("and for sofas?")."""
BORROWED = 4
"""Messages among which that one is looked for."""

_FOLLOWS = re.compile(r"^\W*(?:and|or|what about|how about)\b", re.I)
_HOW = re.compile(r"^\W*(?:how (?:do|does|can)|what (?:happens|is a|is the)|why|do |does )\b", re.I)
_CHANGES = re.compile(
    r"\b(?:change|update|edit|correct|delete|remove|close|wrong|spend|use|redeem|earn|collect|expire|stop|credited)\b",
    re.I,
)
_DROPPED = re.compile(
    r"^\W*(?:never ?mind|forget (?:it|about it)|leave it|no thanks?(?: you)?|stop|cancel that|no|nope|nah)\W*$", re.I
)
_WONDERS = re.compile(r"^\W*(?:(?:and|so|but) )?(?:does|is|how (?:do|does|can) (?:i|one|you))\b", re.I)
_BARE_NO = re.compile(r"^\W*(?:no|nope|nah)(?: thanks?)?(?: you)?\W*$", re.I)


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
        if conversation.results and not self._looked_up(conversation, tools):
            return Step(self._reported(conversation, tools))
        kind = smalltalk.smalltalk(conversation.latest)
        if kind and (kind == "help" or not tools or not asks(conversation.question)):
            return Step(smalltalk.reply(kind, self.business, self.topics))
        sections = parse_pages(conversation.system)
        if tools:
            step = self._with_tools(conversation, tools, sections)
            if step is not None:
                return step
        return Step(self._from_pages(conversation, sections))

    def _looked_up(self, conversation: Conversation, tools: Sequence[Tool]) -> bool:
        """Whether the results are there to choose a value from, on the way to another call."""
        if not tools or conversation.results[-1].data is None or undecided(conversation, tools, self.contracts):
            return False
        tool = ranked(conversation, tools, self.contracts)[0]
        return any(source.tool == conversation.results[-1].tool for source in sources(tool))

    def _reported(self, conversation: Conversation, tools: Sequence[Tool]) -> str:
        """Word the results; when they were looked up to find a missing value, ask for it."""
        text = word(conversation.results, self.contracts)
        done = {result.tool for result in conversation.results}
        order = ranked(conversation, tools, self.contracts)
        failed = all(result.data is None for result in conversation.results)
        if failed or not order or name_of(order[0]) in done or undecided(conversation, tools, self.contracts):
            return text
        filled = fill(conversation, order[0])
        offers = filled.missing and any(
            finder_of == filled.missing[0] for finder_of in names_found(conversation.results)
        )
        return f"{text}\n\n{ask(order[0], filled.missing[0])}" if offers else text

    def _with_tools(
        self, conversation: Conversation, tools: Sequence[Tool], sections: Sequence[Section]
    ) -> Step | None:
        answered = asks(conversation.question) or _BARE_NO.match(conversation.latest)
        if answered and _DROPPED.match(conversation.latest):
            return Step("All right, I have not changed anything.")
        open_choice = undecided(conversation, tools, self.contracts)
        if open_choice:
            question = f"Would you like to {' or to '.join(title_of(tool) for tool in open_choice)}?"
            asked = question in conversation.question and not is_about(conversation.latest)
            return Step(question if asked else self._with_page(conversation, sections, question))
        tool = ranked(conversation, tools, self.contracts)[0]
        filled = fill(conversation, tool)
        if not self._wants(conversation, tool, filled, sections):
            return None
        choice = choose(conversation, tool, tools, filled)
        if not (filled.missing and is_about(conversation.latest)):
            if choice.lookup:
                return Step(tool=choice.lookup, arguments=dict(choice.given or {}))
            if choice.options:
                return Step(among(tool, choice))
        if not filled.missing:
            # a question behind a proposal is answered; to repeat the proposal would be deaf. A read that
            # takes nothing of the customer's is the answer itself
            contract, taken = self.contracts.get(name_of(tool)), tool["function"].get("parameters") or {}
            answers = contract is not None and contract.effect == "read" and not taken.get("properties")
            open_ = asks(conversation.question) and not answers
            digression = open_ and is_about(conversation.latest) and not filled.heard
            page = self._page(conversation, sections) if digression else ""
            return Step(page) if page else Step(tool=name_of(tool), arguments=dict(choice.arguments))
        return self._missing(conversation, tools, tool, filled, sections)

    def _wants(self, conversation: Conversation, tool: Tool, filled: Filled, sections: Sequence[Section]) -> bool:
        """Whether the request is served by the tool, and not by a page about the matter."""
        contract = self.contracts.get(name_of(tool))
        if contract is None or contract.effect == "write":
            wonders = not (filled.arguments or filled.missing) and _WONDERS.match(conversation.latest)
            return not (wonders and extract(conversation.latest, sections))
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
        if name in filled.choices:
            return Step(one_of(filled.choices[name]))
        asked = asked_for(conversation, spec)
        reads = (contract := self.contracts.get(name_of(tool))) is not None and contract.effect == "read"
        if is_unknown(conversation.latest) or (reads and not asked and not is_about(conversation.latest)):
            helper = finder(conversation, tools, name, self.contracts)
            if helper is not None:
                return Step(tool=name_of(helper), arguments={})
        if is_about(conversation.latest):
            rule = not filled.heard and not asks(conversation.question)
            page = self._page(conversation, sections)
            last = offer(tool, name, conversation.title or title_of(tool)) if page and rule else ask(tool, name)
            return Step("\n\n".join(filter(None, (page, last))))
        return Step(asked_how(tool, name, conversation, asked=asked, heard=filled.heard))

    def _page(self, conversation: Conversation, sections: Sequence[Section]) -> str:
        question = conversation.latest
        if len(question.split()) <= SHORT:
            whole = (text for text in conversation.customer[1:BORROWED] if not _FOLLOWS.match(text))
            question = f"{question} {next(whole, '')}"
        return in_manner(extract(question, sections, hint=conversation.title), conversation.system)

    def _with_page(self, conversation: Conversation, sections: Sequence[Section], question: str) -> str:
        page = self._page(conversation, sections)
        return f"{page}\n\n{question}" if page else question

    def _from_pages(self, conversation: Conversation, sections: Sequence[Section]) -> str:
        page = self._page(conversation, sections)
        can = conversation.title or "do that"
        if "sign_in" in conversation.unavailable.values():
            sign_in = f"To {can}, please sign in first: then I can do it here for you."
            return f"{page}\n\n{sign_in}" if page and is_about(conversation.latest) else sign_in
        if conversation.unavailable and not page:
            return f"I'm not able to {can} in this conversation. You can ask for a person at any time."
        return page or opening(sections) or smalltalk.stuck(self.topics)
