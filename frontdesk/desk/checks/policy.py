"""desk.yaml: thresholds, languages, database, demo and texts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from frontdesk.desk.checks.templates import placeholders, text_fault
from frontdesk.desk.config import SCOPE, DeskConfig, Texts
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.languages import TAG
from frontdesk.desk.names import choose, shown
from frontdesk.errors import Fault


def policy_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong between the values of desk.yaml, and between them and the rest of the desk."""
    entry = draft.config
    if entry is None:
        return
    yield from _thresholds(entry)
    yield from _languages(entry)
    yield from _database(draft, entry)
    yield from _reranker(draft, entry)
    yield from _demo(draft, entry)
    yield from _texts(entry)


def _thresholds(entry: Entry[DeskConfig]) -> Iterator[Fault]:
    config = entry.record
    if config.routing.clarify > config.routing.accept:
        problem = f"`routing.clarify` ({config.routing.clarify}) is above `routing.accept` ({config.routing.accept})"
        yield entry.fault(("routing", "clarify"), problem, "clarify is the lower threshold: lower it, or raise accept")
    if config.models.timeout > config.budgets.turn_seconds:
        problem = "`models.timeout` is longer than `budgets.turn_seconds`"
        yield entry.fault(("models", "timeout"), problem, f"it should be at most {config.budgets.turn_seconds:g}")
    if config.context.answer > config.context.tokens / 2:
        problem = f"`context.answer` leaves less than half of `context.tokens` ({config.context.tokens}) for the prompt"
        yield entry.fault(("context", "answer"), problem, f"it should be at most {config.context.tokens // 2}")


def _languages(entry: Entry[DeskConfig]) -> Iterator[Fault]:
    languages = entry.record.languages
    if not languages:
        yield entry.fault(("languages",), "no language is named", "name at least one, such as `en`")
    for index, language in enumerate(languages):
        if not TAG.fullmatch(language):
            remedy = "write a tag such as `en`, `en-GB` or `zh-Hant`"
            yield entry.fault(("languages", index), f"`{shown(language)}` is no language tag", remedy)
        elif language in languages[:index]:
            yield entry.fault(("languages", index), f"the language `{language}` stands twice", "keep one of the two")


def _database(draft: Draft, entry: Entry[DeskConfig]) -> Iterator[Fault]:
    config = entry.record
    if config.database:
        if "://" not in config.database:
            remedy = "write a SQLAlchemy URL such as `postgresql+asyncpg://host/name`"
            yield entry.fault(("database",), "`database` is no database URL", remedy)
        elif _has_password(config.database):
            yield entry.fault(("database",), "`database` holds a password", "set FRONTDESK_DATABASE_URL instead")
    if config.seed and (problem := _seed_problem(draft, config.seed)):
        remedy = "write `file.py:function` (a file of this folder) or `module:function`"
        yield entry.fault(("seed",), problem, remedy)


def _reranker(draft: Draft, entry: Entry[DeskConfig]) -> Iterator[Fault]:
    spec = entry.record.search.reranker
    if spec and (problem := _seed_problem(draft, spec)):
        remedy = "write `module:function` or `file.py:function` (a file of this folder), or leave it empty"
        yield entry.fault(("search", "reranker"), problem, remedy)


def _has_password(url: str) -> bool:
    try:
        return urlsplit(url).password is not None
    except ValueError:
        return True


def _seed_problem(draft: Draft, seed: str) -> str | None:
    """Look at the file without importing it; a module's name is checked for its form only."""
    where, _, function = seed.partition(":")
    if not function.isidentifier() or not where:
        return f"`{shown(seed)}` does not name a function"
    if not where.endswith(".py"):
        return None if all(part.isidentifier() for part in where.split(".")) else f"`{shown(where)}` is no module name"
    path = (draft.root / where).resolve()
    if not path.is_relative_to(draft.root.resolve()) or not path.is_file():
        return f"there is no file `{shown(where)}` in the desk's folder"
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return f"`{shown(where)}` is not valid Python"
    defined = {node.name for node in tree.body if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)}
    return None if function in defined else f"`{shown(where)}` defines no function `{function}`"


def _demo(draft: Draft, entry: Entry[DeskConfig]) -> Iterator[Fault]:
    demo = entry.record.demo
    if demo is None:
        return
    if not demo.subject.strip():
        yield entry.fault(("demo", "subject"), "`demo.subject` is empty", "name a customer id of the seeded database")
    used = sorted({scope for tool in draft.tools for scope in tool.record.scopes})
    for index, scope in enumerate(demo.scopes):
        if not re.fullmatch(SCOPE, scope):
            yield entry.fault(("demo", "scopes", index), f"`{shown(scope)}` is no scope", "write `thing:verb`")
        elif used and scope not in used:
            yield entry.fault(("demo", "scopes", index), f"no tool needs the scope `{scope}`", choose(scope, used))


def _texts(entry: Entry[DeskConfig]) -> Iterator[Fault]:
    defaults = Texts()
    for name in Texts.model_fields:
        allowed = (placeholders(getattr(defaults, name)) or set()) | {"business"}
        fault = text_fault(getattr(entry.record.texts, name), allowed)
        if fault:
            yield entry.fault(("texts", name), f"`texts.{name}`: {fault[0]}", fault[1])
