"""The statements of one contract, read and checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import TextClause, text

from frontdesk.tools.contract import NAME
from frontdesk.tools.sql import dates, statements
from frontdesk.tools.sql.mapping import Bound, Told

BUILT_IN = frozenset({"subject", "key", "reference", "today", "now"})
TABLE = r"^[A-Za-z_][A-Za-z0-9_]{0,62}$"
MAX_ROWS = 200
"""Of one ``many`` step unless it says otherwise: a result is read by a model."""
FORMS: tuple[statements.Form, ...] = ("one", "many", "write")


class Step(Told):
    """One statement."""

    one: str | None = None
    """A row, whose columns become fields of the result; no row: ``not_found``; two: refused."""
    many: str | None = None
    """Rows, which become a list under ``into``."""
    write: str | None = None
    """A change of ``rows`` rows. With RETURNING, the columns of a single row become fields of the result."""
    into: str = Field(default="", pattern=r"^([A-Za-z_]\w*)?$")
    """Name of the list that a ``many`` step fills."""
    rows: int | list[int] = 1
    """How many rows a ``write`` step must touch: a number, or ``[fewest, most]``."""
    limit: int = Field(default=MAX_ROWS, ge=1, le=5000)
    """Rows of a ``many`` step at most."""
    truncated: str = Field(default="", pattern=r"^([A-Za-z_]\w*)?$")
    """Field of the result that says whether there were more; without it, more rows are refused with ``too_many``."""
    otherwise: str = Field(default="not_possible", pattern=NAME)
    """Closed reason when a ``write`` touches another number or breaks a constraint, or a ``one`` finds two rows."""
    each: str = ""
    """One of several rows of a ``one`` step in words, ``{quantity} x {product}``: ``{each}`` in ``message``."""
    message: str = "That is not possible any more. Nothing was changed."
    """What the customer reads then; ``{argument}`` stands for an argument."""
    bind: dict[str, Bound] = Field(default_factory=dict)
    """Bound name to how its value is stored."""

    @property
    def form(self) -> statements.Form:
        """Which kind of step it is."""
        return "one" if self.one is not None else "many" if self.many is not None else "write"

    @property
    def statement(self) -> str:
        """Its text."""
        return self.one or self.many or self.write or ""

    def allows(self, touched: int) -> bool:
        """Whether a ``write`` may touch so many rows."""
        fewest, most = self.rows if isinstance(self.rows, list) else (self.rows, self.rows)
        return fewest <= touched <= most


class Options(BaseModel):
    """Options of a contract whose connector is ``sql``; of a precheck and a lookup too."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    steps: list[Step] = Field(min_length=1)
    """In order, in one transaction."""
    keys: str = Field(default="", pattern=rf"{TABLE}|^$")
    """Table of the calls that happened, for a write; empty: the connection's ``keys``."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One step, ready to run: the text is fixed here, before any value is known."""

    step: Step
    clause: TextClause
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """All steps of one set of options."""

    steps: tuple[Prepared, ...]
    keys: str
    writes: bool
    telling: int
    """Index of the first step after the last write: these tell what a repeated call came to."""


def program(options: Mapping[str, Any]) -> Program:
    """Prepare options that were checked. pydantic.ValidationError: they were not."""
    read = Options.model_validate(dict(options))
    made = []
    for step in read.steps:
        clause = text(step.statement)
        made.append(Prepared(step, clause, tuple(clause.compile().params)))
    last = max((index for index, item in enumerate(made) if item.step.form == "write"), default=-1)
    return Program(tuple(made), read.keys, last >= 0, last + 1)


def problems(options: Mapping[str, Any], arguments: set[str], *, writes: bool) -> list[str]:
    """Return what is wrong with options.

    Args:
        options: As the contract has them.
        arguments: Names of the tool's arguments.
        writes: Whether a ``write`` step may be among them.
    """
    if not set(options) <= {"steps", "keys"} or not isinstance(options.get("steps"), list) or not options["steps"]:
        return ["options must be {steps: [...]} with at least one step"]
    found = []
    allowed, hidden = arguments | BUILT_IN, arguments & BUILT_IN
    for number, raw in enumerate(options["steps"], start=1):
        try:
            step = Step.model_validate(raw)
        except ValidationError as error:
            fields = ", ".join(".".join(str(part) for part in item["loc"]) for item in error.errors())
            found.append(f"step {number}: wrong or unknown field: {fields}")
            continue
        found += [f"step {number}: {problem}" for problem in _of_step(step, allowed, hidden, writes=writes)]
    if found:
        return found
    try:
        Options.model_validate(dict(options))
    except ValidationError:
        return ["`keys` must be the name of a table: letters, digits and underscores"]
    return []


def _of_step(step: Step, allowed: set[str], hidden: set[str], *, writes: bool) -> list[str]:
    if sum(getattr(step, form) is not None for form in FORMS) != 1:
        return ["must have exactly one of one, many, write"]
    found = [f"the statement {problem}" for problem in statements.problems(step.statement, step.form)]
    if step.form == "many" and not step.into:
        found.append("many needs into")
    if step.form == "write" and not writes:
        found.append("a read may not write")
    if isinstance(step.rows, list) and not (len(step.rows) == 2 and 0 <= step.rows[0] <= step.rows[1]):
        found.append("rows must be a number or [fewest, most]")
    names = set(text(step.statement).compile().params)
    strange = sorted(names - allowed)
    if strange:
        found.append(f"binds {', '.join(strange)}; allowed: {', '.join(sorted(allowed))}")
    taken = sorted(names & hidden)
    found += [f"the argument {name} cannot be bound: :{name} is built in; rename the argument" for name in taken]
    found += [f"bind: {name} is not bound by the statement" for name in sorted(set(step.bind) - names)]
    return found + _of_mapping(step)


def _of_mapping(step: Step) -> list[str]:
    forms = {**{f"dates: {field}": form for field, form in step.dates.items()}}
    forms |= {f"bind: {name}: date": rule.date for name, rule in step.bind.items() if rule.date}
    found = [f"{where}: {told}" for where, form in forms.items() if (told := dates.problem(form))]
    for name, rule in step.bind.items():
        if (bool(rule.codes) + bool(rule.date) + (rule.scale is not None)) > 1:
            found.append(f"bind: {name}: only one of codes, date, scale")
    twice = sorted(
        set(step.codes) & set(step.dates) | set(step.codes) & set(step.scale) | set(step.dates) & set(step.scale)
    )
    if twice:
        found.append(f"{', '.join(twice)}: only one of codes, dates, scale for a field")
    doubled = sorted({field for field in step.map.values() if list(step.map.values()).count(field) > 1})
    if doubled:
        found.append(f"map: two columns become {', '.join(doubled)}")
    return found
