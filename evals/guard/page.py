"""The tables of docs/guardrails.md, each between its two marks: the figures, the checks and the output steps.

python -m frontdesk.evals.guard.page    from the root of a checkout: write the checks and the steps again
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from frontdesk.errors import DataError
from frontdesk.evals.guard.sets import POOLED, TITLES
from frontdesk.nodes.guard.registry import known_checks
from frontdesk.nodes.review.registry import known_steps
from frontdesk.nodes.review.steps import __name__ as _STEPS

PAGE = Path("docs/guardrails.md")
FIGURES, CHECKS, OUT = "guard figures", "guard checks", "review steps"
"""Names of the marks: ``<!-- name -->`` before a table and ``<!-- /name -->`` after it."""
_NO_OPTIONS = "-"
_HEAD = ("set", "attacks", "benign", "recall at 0.1 %", "refused", "refused or raised", "over-blocked", "bothered")
_COLUMNS = ("attacks", "benign", "recall", "refused", "caught", "over_block", "bothered")


def table(sets: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of the table; a figure that nothing can be said about is a blank cell."""
    yield f"| {' | '.join(_HEAD)} |"
    yield "|---" * len(_HEAD) + "|"
    for name, figures in sets.items():
        cells = [_cell(figures.get(column)) for column in _COLUMNS]
        yield f"| {TITLES[name]} | {' | '.join(cells)} |"
    if sets.get(POOLED, {}).get("only_size"):
        yield ""
        yield f"{sets[POOLED]['only_size']} of the pooled attacks were refused for their length alone."


def _cell(value: float | int | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.4f}".rstrip("0").rstrip(".")


def checks() -> Iterator[str]:
    """Yield the table of the input checks."""
    yield "| check | what it fails on | looks at | when it fires | on | options |"
    yield "|---|---|---|---|---|---|"
    for name, check in known_checks().items():
        takes = inspect.signature(check.__init__).parameters.values()
        options = [f"`{one.name}`" for one in takes if one.kind is one.KEYWORD_ONLY]
        told = _first(inspect.getdoc(check)).removeprefix("Fails on ").rstrip(".")
        cells = (f"`{name}`", told, ", ".join(sorted(check.channels)), check.action, _yes(check.enabled))
        yield f"| {' | '.join(cells)} | {', '.join(options) or _NO_OPTIONS} |"


def steps() -> Iterator[str]:
    """Yield the table of the output steps, in their order."""
    yield "| step | what it does | on a violation | then | while streaming |"
    yield "|---|---|---|---|---|"
    for name, spec in known_steps().items():
        told = _first(inspect.getdoc(importlib.import_module(f"{_STEPS}.{name}"))).rstrip(".")
        cells = (f"`{name}`", told, spec.action, spec.otherwise, _yes(spec.streams))
        yield f"| {' | '.join(cells)} |"


def _first(documentation: str | None) -> str:
    return (documentation or "").partition("\n\n")[0].replace("\n", " ").replace("|", "\\|").replace("``", "`")


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def put(page: Path, name: str, lines: Iterable[str]) -> None:
    """Write lines between the marks of a page.

    Args:
        page: The page.
        name: Of the marks, such as :data:`FIGURES`.
        lines: What stands between them from now on.

    Raises:
        DataError: The page is not there, or does not have both marks in order.
    """
    begins, ends = f"<!-- {name} -->", f"<!-- /{name} -->"
    try:
        text = page.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{page}: cannot be read ({type(error).__name__}); run from the root of a checkout") from None
    before, begin, rest = text.partition(begins)
    _, end, after = rest.partition(ends)
    if not begin or not end:
        raise DataError(f"{page}: expected the marks {begins} and {ends} around a table")
    between = "\n".join(lines)
    page.write_text(f"{before}{begins}\n{between}\n{ends}{after}", encoding="utf-8")


def main() -> None:
    """Write the tables that need no measuring."""
    put(PAGE, CHECKS, checks())
    put(PAGE, OUT, steps())


if __name__ == "__main__":
    main()
