"""What a contract says of yes, second yes, repetition, undoing, caching and hidden fields: does it fit together."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from frontdesk.desk.checks.toolpaths import properties, unknown_step
from frontdesk.desk.config import ToolContract
from frontdesk.desk.draft import Entry
from frontdesk.desk.names import choose, shown
from frontdesk.errors import Fault
from frontdesk.tools.conditions import names

FIXED = {"confirm": ("always", "never", "several"), "approval": ("always",)}
"""What may stand instead of an expression."""
_WORD = re.compile(r"[A-Za-z_]+")


def rule_faults(entry: Entry[ToolContract]) -> Iterator[Fault]:
    """Yield what is wrong with one contract's rules, each at its line."""
    yield from _roles(entry)
    for key in FIXED:
        yield from _condition(entry, key)
    yield from _repeating(entry)
    yield from _reading(entry)
    yield from _hidden(entry)


def _roles(entry: Entry[ToolContract]) -> Iterator[Fault]:
    for index, role in enumerate(entry.record.roles):
        if not role.strip() or role != role.strip():
            remedy = "write a role as the token of the sign-in has it, such as `supervisor`"
            yield entry.fault(("roles", index), f"`{shown(role)}` is no role", remedy)
    if entry.record.verified != "none" and entry.record.owner is None and not entry.record.scopes:
        remedy = "add `scopes` or `owner`, or write `verified: none`"
        yield entry.fault(("verified",), "identity is asked for, and anybody may call the tool", remedy)


def _condition(entry: Entry[ToolContract], key: str) -> Iterator[Fault]:
    tool, text = entry.record, str(getattr(entry.record, key)).strip()
    if key == "approval" and text not in {"", "never"} and tool.effect == "read":
        yield entry.fault((key,), "a read waits for a second person", "reads change nothing: remove `approval`")
    if key == "approval" and text == "several":
        remedy = "write `always`, or an expression such as `count != 1`"
        yield entry.fault((key,), "`approval` is `several`, which is a word for `confirm`", remedy)
    near = difflib.get_close_matches(text.lower(), FIXED[key], n=1, cutoff=0.7)
    if near and text not in FIXED[key] and _WORD.fullmatch(text) and text not in properties(tool.input):
        yield entry.fault((key,), f"`{key}` is `{shown(text)}`", f"did you mean `{near[0]}`?")
        return
    try:
        wanted = names(text)
    except ValueError:
        remedy = f"write an expression such as `amount > 50`, or one of: {', '.join(FIXED[key])}"
        yield entry.fault((key,), f"`{key}` is `{shown(text)}`, which is not an expression", remedy)
        return
    if tool.precheck is not None or text == "several":
        return  # what the looked-up record holds is known to the backend alone
    fields = properties(tool.input)
    for name in sorted(wanted - set(fields)):
        problem = f"`{key}` uses `{shown(name)}`, which is no argument, and no `precheck` looks a record up"
        yield entry.fault((key,), problem, choose(name, fields))


def _repeating(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    if tool.effect == "read":
        if "idempotency" in tool.model_fields_set:
            remedy = "remove it: a read can be repeated as it is"
            yield entry.fault(("idempotency",), "a read says what happens when it is repeated", remedy)
        return
    if tool.retry.attempts > 1 and not tool.idempotency.remote:
        remedy = "write `attempts: 1`, or `idempotency: {remote: true}` where the other side recognises a repeated key"
        yield entry.fault(("retry", "attempts"), "a write is tried again, and might happen twice", remedy)
    lookup = tool.idempotency.lookup
    for field, values in lookup.happened.items() if lookup else ():
        if not values:
            place = ("idempotency", "lookup", "happened", field)
            yield entry.fault(place, f"`{shown(field)}` has no values that say that it happened", "list at least one")


def _reading(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    if tool.effect == "write" and tool.cache is not None:
        yield entry.fault(
            ("cache",), "the result of a write is kept for other calls", "remove it: `cache` is for reads"
        )
    if tool.effect == "read" and tool.compensation is not None:
        yield entry.fault(("compensation",), "a read is undone", "remove it: a read changes nothing")
    if tool.precheck is not None:
        for index, rule in enumerate(tool.precheck.rules):
            for field, values in rule.when.items():
                if not values:
                    place = ("precheck", "rules", index, "when", field)
                    yield entry.fault(place, f"`{shown(field)}` has no values, so the rule never holds", "list some")


def _hidden(entry: Entry[ToolContract]) -> Iterator[Fault]:
    tool = entry.record
    for index, path in enumerate(tool.sensitive):
        place = ("sensitive", index)
        unknown = unknown_step(tool.output, path.split("."))
        # fields of the record that a precheck looks up are hidden too, and that record has no schema
        if unknown is not None and tool.precheck is None:
            step, allowed = unknown
            problem = f"`sensitive` names `{shown(step)}`, which is no field of `output`"
            yield entry.fault(place, problem, choose(step, allowed))
            continue
        name = path.split(".")[-1]
        for key in ("reply", "question"):
            if _tells(getattr(tool, key), path, key):
                problem = f"`{key}` tells `{shown(name)}`, which `sensitive` takes out before"
                yield entry.fault((key,), problem, f"remove it from `{key}`, or from `sensitive`")


def _tells(text: str, path: str, key: str) -> bool:
    """Whether a text shows a hidden field: in a question by its placeholder, in a reply by its name in an expression.

    A nested one is looked for by its last step behind a dot, which is how a template reaches it.
    """
    head, _, rest = path.rpartition(".")
    if key == "question":
        return not head and f"{{{rest}}}" in text
    within = " ".join(re.findall(r"\{[{%].*?[}%]\}", text, flags=re.DOTALL))
    return re.search(rf"{'[.]' if head else '(?<![.a-zA-Z0-9_])'}{re.escape(rest)}\b", within) is not None


__all__ = ["FIXED", "rule_faults"]
