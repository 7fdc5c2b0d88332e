"""Compensations: the tool that undoes exists, is a write, and gets arguments that there are."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.desk.checks.toolpaths import properties, unknown_step
from frontdesk.desk.config import ToolContract
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.names import choose, shown
from frontdesk.errors import Fault

SOURCES = ("arguments", "result", "record")


def undoing_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with each contract's ``compensation``, seen together with the tool that it names."""
    tools = {entry.record.name: entry for entry in draft.tools}
    writes = sorted(name for name, entry in tools.items() if entry.record.effect == "write")
    for entry in draft.tools:
        rule = entry.record.compensation
        if rule is None or entry.record.effect == "read":
            continue
        place = ("compensation", "tool")
        target = tools.get(rule.tool)
        if rule.tool not in draft.names["tool"]:
            yield entry.fault(place, f"there is no tool `{shown(rule.tool)}`", choose(rule.tool, writes))
        elif target is not None and target.record.effect == "read":
            remedy = f"name a write; {choose(rule.tool, writes)}"
            yield entry.fault(place, f"`{rule.tool}` is a read, which undoes nothing", remedy)
        elif target is not None:
            yield from _arguments(entry, target.record)


def _arguments(entry: Entry[ToolContract], target: ToolContract) -> Iterator[Fault]:
    rule = entry.record.compensation
    assert rule is not None
    taken = properties(target.input)
    hidden = target.owner.argument if target.owner else None
    for name, path in rule.arguments.items():
        place = ("compensation", "arguments", name)
        if name not in taken:
            yield entry.fault(place, f"`{target.name}` has no argument `{shown(name)}`", choose(name, taken))
        yield from _source(entry, place, path)
    needed = {name for name in target.input.get("required", []) if isinstance(name, str) and name != hidden}
    preset = {name for name, spec in taken.items() if isinstance(spec, dict) and "default" in spec}
    for name in sorted(needed - preset - set(rule.arguments)):
        problem = f"`{target.name}` needs `{name}`, which `compensation.arguments` does not give"
        yield entry.fault(("compensation", "arguments"), problem, f"add `{name}: arguments.…` or `{name}: result.…`")


def _source(entry: Entry[ToolContract], place: tuple[str, ...], path: str) -> Iterator[Fault]:
    tool = entry.record
    kind, _, rest = path.partition(".")
    if kind not in SOURCES or not rest:
        remedy = "write `arguments.order_id`, `result.reference` or `record.status`"
        yield entry.fault(place, f"`{shown(path)}` says not where the value comes from", remedy)
        return
    if kind == "record":
        if tool.precheck is None:
            remedy = "add a `precheck`, or take the value from `arguments` or `result`"
            yield entry.fault(place, f"`{shown(path)}`: no `precheck` looks a record up", remedy)
    else:
        schema = tool.input if kind == "arguments" else tool.output
        unknown = unknown_step(schema, rest.split("."))
        if unknown is not None:
            step, allowed = unknown
            part = "input" if kind == "arguments" else "output"
            problem = f"`{shown(path)}`: `{shown(step)}` is no field of `{part}`"
            yield entry.fault(place, problem, choose(step, allowed))
    if kind != "arguments" and any(rest == item or rest.startswith(f"{item}.") for item in tool.sensitive):
        remedy = "take it from elsewhere, or out of `sensitive`"
        yield entry.fault(place, f"`{shown(path)}` is taken out by `sensitive` before anything can be undone", remedy)


__all__ = ["undoing_faults"]
