"""`scrub.record` of desk.yaml: a read that needs nothing but who asks, and whose fields say what they hold."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.desk.draft import Draft
from frontdesk.desk.names import choose
from frontdesk.errors import Fault
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.personal import labels_in


def record_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what keeps the named tool from telling the customer's own record."""
    config = draft.config
    rule = config.record.scrub.record if config else None
    if config is None or rule is None:
        return
    place = ("scrub", "record", "tool")
    tools = {entry.record.name: entry.record for entry in draft.tools}
    tool = tools.get(rule.tool)
    if tool is None:
        yield config.fault(place, f"there is no tool `{rule.tool}`", choose(rule.tool, sorted(tools)))
        return
    for problem, remedy in _problems(tool):
        yield config.fault(place, f"the tool `{tool.name}` {problem}", remedy)


def _problems(tool: ToolContract) -> Iterator[tuple[str, str]]:
    if tool.effect != "read":
        yield "is a write", "name a tool with `effect: read`"
        return
    owner = tool.owner.argument if tool.owner else None
    if owner is None:
        yield (
            "has no owner argument",
            "add `owner: {argument: customer_id, …}`: it must tell the caller's own",
        )
    others = [name for name in tool.input.get("required", ()) if name != owner]
    if others:
        yield f"needs the argument `{others[0]}`", "name a tool that needs nothing but the owner's argument"
    if not labels_in(tool.output):
        yield (
            "does not say what is personal",
            "add `x-personal: NAME` (EMAIL, PHONE …) to fields of `output`",
        )
