"""`guards.tier2` of desk.yaml: who judges, with which keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.files import Place
from frontdesk.desk.names import choose, shown
from frontdesk.desk.tiers import LocalTier, ModelTier, ModerationTier, Tier2, spelt_out
from frontdesk.errors import Fault

NAME = "tier2"
"""Its policy in ``guards``."""
KINDS: Mapping[str, type[BaseModel]] = {"model": ModelTier, "local": LocalTier, "moderation": ModerationTier}
"""The kinds of judge."""


def tier2_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with the options of the second tier, each at its line."""
    entry = draft.config
    rule = entry.record.guards.get(NAME) if entry else None
    if entry is None or rule is None:
        return
    try:
        Tier2.model_validate(spelt_out(rule.options), strict=True)
    except ValidationError as error:
        short = "tiers" not in rule.options
        for detail in error.errors(include_url=False):
            yield _fault(entry, detail, rule.options, short=short)
        return
    if rule.validator:
        remedy = "a judge is named in `options`; `validator` is for checks of tier 1"
        yield entry.fault(("guards", NAME, "validator"), "`guards.tier2` takes no `validator`", remedy)


def _fault(entry: Entry[DeskConfig], detail: ErrorDetails, options: Mapping[str, Any], *, short: bool) -> Fault:
    loc = list(detail["loc"])
    judge: type[BaseModel] | None = None
    if loc[:1] == ["tiers"] and len(loc) > 2 and loc[2] in KINDS:
        # pydantic puts the kind into the place, which the file does not
        judge = KINDS[str(loc.pop(2))]
    if short and loc[:1] == ["tiers"]:
        # one judge whose keys stand beside `mode`
        loc = loc[2:]
    if detail["type"] == "union_tag_invalid":
        loc.append("kind")
    problem, remedy = _words(".".join(map(str, loc)), detail, judge)
    place: Place = ("guards", NAME, "options", *loc)
    return entry.fault(place if _there(options, loc) else place[:-1] if loc else place, problem, remedy)


def _there(options: Any, loc: list[int | str]) -> bool:
    try:
        for step in loc:
            options = options[step]
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _words(label: str, detail: ErrorDetails, judge: type[BaseModel] | None) -> tuple[str, str]:
    kind = detail["type"]
    where = f"`guards.tier2.options.{label}`" if label else "`guards.tier2.options`"
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        tag = shown(detail.get("ctx", {}).get("tag", ""))
        return f"{where}: there is no such kind of judge", choose(tag, KINDS)
    if kind == "extra_forbidden":
        fields = (judge or Tier2).model_fields
        return f"unknown key {where}", choose(label.rpartition(".")[2], fields)
    if kind == "missing":
        return f"the key {where} is missing", f"add `{label.rpartition('.')[2]}: …`"
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
        given = shown(detail["input"])
        return f"{where} is `{given}`", choose(given, allowed)
    return f"{where} has a value that is not allowed", detail["msg"].replace("Input should", "it should")


__all__ = ["KINDS", "tier2_faults"]
