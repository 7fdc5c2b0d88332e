"""Authority: a write runs on the customer's own words and confirmations only, whatever was or was not detected.

Each argument of a write must stem from what the customer said, or from a structured field of the customer's own record
that they pointed at. Nothing that stands in a page, in a tool's free text, in a note, in a colleague's words or in a
model's imagination counts. The rule looks at where values come from and never at whether a text looks hostile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from langchain_core.messages import AnyMessage

from frontdesk.errors import ToolRefusedError
from frontdesk.graph.state import Proposal
from frontdesk.models.keyless.shapes import firm_pattern
from frontdesk.nodes.act.call import Call
from frontdesk.nodes.act.current import current, question_for
from frontdesk.nodes.act.reads import Read, meant, reads_of, rows_with
from frontdesk.nodes.act.said import Said
from frontdesk.nodes.act.shown import source_of
from frontdesk.tools.arguments import parse
from frontdesk.tools.contract import ToolContract

NOT_SAID = "{ask} Nothing was changed: this has to be said in the customer's own words."
NOT_ASKED = "Nothing was changed: this runs without asking, so the customer has to ask for it themselves. Ask them."


@dataclass(frozen=True)
class Authority:
    """What the customer's words of one thread authorise."""

    said: Said
    reads: tuple[Read, ...]
    """Reads whose own arguments are the customer's, oldest first."""
    messages: tuple[AnyMessage, ...] = ()
    """The window."""

    @classmethod
    def of(
        cls, messages: Sequence[AnyMessage], details: Sequence[str], tools: Mapping[str, ToolContract], today: date
    ) -> Authority:
        """Read a thread.

        Args:
            messages: The window, masked.
            details: The ledger of key details.
            tools: Contracts by name.
            today: The desk's day.
        """
        authority = cls(Said.of(messages, details, today), (), tuple(messages))
        for read in reads_of(messages):
            contract = tools.get(read.tool)
            # A record is the customer's own where the contract says whose it is; anything else is a document.
            if contract is None or contract.effect != "read" or contract.owner is None:
                continue
            if not authority.missing(contract, read.arguments):
                authority = replace(authority, reads=(*authority.reads, read))
        return authority

    def missing(self, contract: ToolContract, arguments: Mapping[str, Any]) -> list[str]:
        """Return the arguments that are not the customer's, by name, in order; empty: the call may go on.

        Args:
            contract: The tool's.
            arguments: Masked, as the model gave them.
        """
        call = self._call(contract, arguments)
        properties = contract.input.get("properties") or {}
        return [
            name
            for name, value in call.arguments.items()
            if not self._backed(value, name, properties.get(name) or {}, call.on(name))
        ]

    def asked(self, contract: ToolContract, arguments: Mapping[str, Any]) -> bool:
        """Whether something of the call is the customer's word, where nobody is asked before it runs.

        A write without arguments is nobody's in particular: it has to ask, or to name the wish (``x-words``).
        """
        if contract.effect == "read" or contract.confirm == "always":
            return True
        properties = contract.input.get("properties") or {}
        given = self._call(contract, arguments).arguments.items()
        return any(not _free(value, properties.get(name) or {}) for name, value in given)

    def _call(self, contract: ToolContract, arguments: Mapping[str, Any]) -> Call:
        hidden = contract.owner.argument if contract.owner else None
        own = {name: value for name, value in arguments.items() if name != hidden}
        if contract.effect == "read" or contract.confirm == "always":
            return Call(contract, own, self.said, self.said)
        said = current(self.messages, contract, self.said.today)
        return Call(contract, own, said, said.affirmed())

    def _backed(self, value: Any, name: str, spec: Mapping[str, Any], call: Call) -> bool:
        """Whether one value is the customer's."""
        if _free(value, spec):
            return True
        if isinstance(value, Mapping):
            fields = spec.get("properties") or {}
            return all(
                (key in fields or not call.said.foreign(str(key)))
                and self._backed(item, key, fields.get(key) or {}, call)
                for key, item in value.items()
            )
        if isinstance(value, list):
            return all(self._backed(item, name, spec.get("items") or {}, call) for item in value)
        if "enum" in spec or isinstance(value, bool):
            closed = "enum" not in spec or value in spec["enum"]
            chosen = call.reads or (call.shown and spec.get("x-source") != "customer")
            return closed and (chosen or call.wishes.means(value, name, spec))
        if isinstance(value, int | float):
            return call.reads or call.counts(value, name, spec) or self._recorded(str(value), name, spec, call)
        return self._text(str(value), name, spec, call)

    def _text(self, value: str, name: str, spec: Mapping[str, Any], call: Call) -> bool:
        if spec.get("x-whole") is True:
            # the tool reads the message itself, its "not" included
            return call.wishes.is_message(value)
        if value in call.said.placeholders:
            return True
        if spec.get("format") in {"date", "date-time"}:
            return call.said.has_date(value, firm=not (call.reads or call.shown)) or self._recorded(
                value, name, spec, call
            )
        if firm_pattern(spec) is not None:
            said = "<" not in value and call.said.has_value(value)
        else:
            said = not call.said.foreign(value) and (not call.silent or call.said.quotes(value))
        return said or self._recorded(value, name, spec, call)

    def _recorded(self, value: str, name: str, spec: Mapping[str, Any], call: Call) -> bool:
        """Whether a value stands in a structured field of the customer's record, in the row that they meant."""
        listed = spec.get("x-from")
        if source_of(spec) != "record" or not (call.reads or call.shown):
            # Words that also stand in a row's texts, such as a product's name, choose it: the customer has to see it.
            return False
        field = listed["field"] if listed else name
        for read in reversed(self.reads):
            if listed and (read.tool != listed["tool"] or not _agrees(read.arguments, call.arguments)):
                continue
            data = read.data.get(listed["list"]) if listed and isinstance(read.data, Mapping) else read.data
            rows = rows_with(data, field)
            if rows:
                return meant(value, field, rows, call.said, str(listed.get("code") or "") if listed else "")
        return False


def refusal(authority: Authority, contract: ToolContract, raw: Any, approved: Proposal | None) -> str:
    """Return why a write may not go on, for the model; empty when it may.

    Args:
        authority: Of the thread.
        contract: A write's.
        raw: Its arguments as the model gave them, masked; JSON text counts as what it says.
        approved: What the customer said yes to in this turn: it was authorised when it was proposed, and the call that
            was shown is the call that runs.
    """
    try:
        arguments, _ = parse(contract.name, raw, contract.effect)
    except ToolRefusedError:
        return ""  # the gateway refuses it too, and says what is wrong with it
    if approved is not None and approved["tool"] == contract.name and approved["arguments"] == arguments:
        return ""
    names = authority.missing(contract, arguments)
    if names:
        spec = (contract.input.get("properties") or {}).get(names[0]) or {}
        return NOT_SAID.format(ask=question_for(names[0], spec))
    return "" if authority.asked(contract, arguments) else NOT_ASKED


def _free(value: Any, spec: Mapping[str, Any]) -> bool:
    """Whether a value needs nobody's word: none, one that the contract gives, or one that may come from anywhere."""
    return value is None or spec.get("x-source") == "any" or _given(value, spec)


def _given(value: Any, spec: Mapping[str, Any]) -> bool:
    """Whether the contract itself gives the value."""
    return any(key in spec and type(spec[key]) is type(value) and spec[key] == value for key in ("const", "default"))


def _agrees(asked: Mapping[str, Any], arguments: Mapping[str, Any]) -> bool:
    """Whether a read was about the same thing as a call: equal where both name it."""
    return all(arguments[name] == value for name, value in asked.items() if name in arguments)


__all__ = ["NOT_ASKED", "NOT_SAID", "Authority", "refusal"]
