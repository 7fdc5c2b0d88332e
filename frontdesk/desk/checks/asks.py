"""What a write asks: a choice of the model's stands in the question, and a write that asks nobody was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from frontdesk.desk.config import ToolContract
from frontdesk.desk.draft import Entry
from frontdesk.errors import Fault
from frontdesk.nodes.act.shown import is_chosen, is_shown, shown_as


def ask_faults(entry: Entry[ToolContract]) -> Iterator[Fault]:
    """Yield what is wrong between a write's arguments and its question."""
    tool = entry.record
    given = tool.input.get("properties")
    properties = dict(given) if isinstance(given, Mapping) else {}
    if tool.owner is not None:
        properties.pop(tool.owner.argument or "", None)
    if tool.effect == "read":
        return
    if tool.confirm == "always":
        yield from _unseen(entry, properties)
    elif not properties:
        remedy = "write `confirm: always`, or add an `enum` argument whose `x-words` are the customer's wish"
        yield entry.fault(("confirm",), "the write asks nobody, and takes nothing from the customer's words", remedy)


def _unseen(entry: Entry[ToolContract], properties: Mapping[str, Any]) -> Iterator[Fault]:
    tool = entry.record
    for name, spec in properties.items():
        if not isinstance(spec, Mapping) or is_shown(tool, name):
            continue
        shown = shown_as(name, spec)
        if "x-shown" in spec:
            place = ("input", "properties", name, "x-shown")
            yield entry.fault(place, f"`{{{shown}}}` does not stand in `question`", f"add `{{{shown}}}` to `question`")
        elif is_chosen(spec):
            problem = f"`question` does not show `{name}`, which the model may choose"
            remedy = (
                f"add `{{{name}}}` to `question`, or name with `x-shown` what stands for it there; "
                "`x-source: customer` where only the customer's own words give it"
            )
            yield entry.fault(("input", "properties", name), problem, remedy)


__all__ = ["ask_faults"]
