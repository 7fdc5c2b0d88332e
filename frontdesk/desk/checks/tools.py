"""Tool contracts: names, schemas, owner rules, templates and connectors that fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, meta

from frontdesk.desk.checks.asks import ask_faults
from frontdesk.desk.checks.strategies import connector_kinds
from frontdesk.desk.checks.templates import placeholders, text_fault
from frontdesk.desk.checks.toolpaths import properties, unknown_step
from frontdesk.desk.checks.toolrules import rule_faults
from frontdesk.desk.checks.toolschemas import schema_faults
from frontdesk.desk.checks.toolundoing import undoing_faults
from frontdesk.desk.config import SCOPE, ToolContract
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.names import choose, shown
from frontdesk.errors import Fault
from frontdesk.prompts.template import environment


def tool_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with each contract, and tools whose name another file has too."""
    files: dict[str, str] = {}
    turn = draft.config.record.budgets.turn_seconds if draft.config else None
    for entry in draft.tools:
        tool, file = entry.record, entry.document.file
        other = files.setdefault(tool.name, file)
        if other != file:
            yield entry.fault(("name",), f"the tool `{tool.name}` is also defined in {other}", "rename one of the two")
        yield from schema_faults(entry, "input")
        yield from schema_faults(entry, "output")
        yield from _owner(entry)
        yield from _confirmation(entry)
        yield from rule_faults(entry)
        yield from ask_faults(entry)
        yield from _texts(entry)
        yield from _reply(entry)
        yield from _backend(entry)
        if turn is not None and tool.timeout > turn:
            problem = f"`timeout` is longer than a whole turn may take (`budgets.turn_seconds`: {turn:g})"
            yield entry.fault(("timeout",), problem, f"it should be at most {turn:g}")
    yield from undoing_faults(draft)


def _owner(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    if tool.owner is None:
        if tool.effect == "write":
            remedy = "add `owner:` with `argument` or `result`, so that nobody changes another customer's record"
            yield entry.fault(("effect",), "a write has no owner rule", remedy)
        return
    argument, result = tool.owner.argument, tool.owner.result
    if argument is None and result is None:
        yield entry.fault(("owner",), "the owner rule names nothing", "name an `argument` or a field of the `result`")
    if tool.effect == "write" and result is not None and argument is None and tool.precheck is None:
        remedy = "add `owner.argument`, or a `precheck` whose record has the owner's field"
        problem = "whose record it is shows in the result of the write only, which is too late"
        yield entry.fault(("owner", "result"), problem, remedy)
    if argument is not None and argument not in properties(tool.input):
        problem = f"`owner.argument` names `{argument}`, which is no property of `input`"
        yield entry.fault(("owner", "argument"), problem, choose(argument, properties(tool.input)))
    if result is not None and (unknown := unknown_step(tool.output, result.split("."))) is not None:
        step, allowed = unknown
        problem = f"`owner.result` names `{step}`, which is no field of `output`"
        yield entry.fault(("owner", "result"), problem, choose(step, allowed))


def _confirmation(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    if tool.effect == "write" and "confirm" not in tool.model_fields_set:
        remedy = "write `confirm: always`; `confirm: never` only where no customer needs to be asked"
        yield entry.fault(("effect",), "a write does not say whether the customer is asked first", remedy)
    if tool.confirm != "never" and not tool.question.strip():
        remedy = "add `question:`, such as `Shall I cancel order {order_id}?`"
        yield entry.fault(("confirm",), "the call needs a yes, but there is no question", remedy)
    if tool.confirm != "never" and tool.effect == "read":
        yield entry.fault(("confirm",), "a read is confirmed", "reads change nothing: use `confirm: never`")
    if tool.confirm == "several" and tool.precheck is None:
        remedy = "add a `precheck` whose record has a `count`, or write `confirm: always`"
        yield entry.fault(("confirm",), "nothing tells whether several are meant", remedy)


def _texts(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    texts: list[tuple[tuple[str | int, ...], str]] = [(("question",), tool.question), (("missing",), tool.missing)]
    rules = tool.precheck.rules if tool.precheck else []
    texts += [(("precheck", "rules", index, "message"), rule.message) for index, rule in enumerate(rules)]
    allowed = set(properties(tool.input))
    for place, text in texts:
        # what the looked-up record holds is known to the backend alone
        names = allowed | (placeholders(text) or set()) if tool.precheck else allowed
        fault = text_fault(text, names)
        if fault:
            yield entry.fault(place, f"`{place[-1]}`: {fault[0]}", fault[1])


def _reply(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    made = environment()
    try:
        made.from_string(tool.reply)
        names = meta.find_undeclared_variables(made.parse(tool.reply))
    except TemplateSyntaxError as error:
        # a folded text has lost its lines, so the key is the nearest place that is certain
        yield entry.fault(("reply",), f"`reply`: template syntax: {error.message}", "check braces, tags and filters")
        return
    fields = properties(tool.output)
    for name in sorted(names - set(fields) - {"result"}):
        yield entry.fault(("reply",), f"`reply` uses `{name}`, which is no field of `output`", choose(name, fields))


def _backend(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    kinds = connector_kinds()
    if tool.connector.kind not in kinds:
        problem = f"unknown connector `{shown(tool.connector.kind)}`"
        yield entry.fault(("connector", "kind"), problem, choose(tool.connector.kind, kinds))
    for index, scope in enumerate(tool.scopes):
        if not re.fullmatch(SCOPE, scope):
            remedy = "write `thing:verb` in small letters, such as `orders:read`"
            yield entry.fault(("scopes", index), f"`{shown(scope)}` is no scope", remedy)
