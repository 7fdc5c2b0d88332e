"""What ``frontdesk knowledge`` does, and how it looks on a terminal."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontdesk.cli.text import safe
from frontdesk.errors import ConfigurationError

if TYPE_CHECKING:
    from frontdesk.knowledge.counts import Use
    from frontdesk.knowledge.importing import Done, Rules
    from frontdesk.knowledge.lint.findings import Finding

EXTRA = "frontdesk knowledge import needs the extra `import`: pip install 'frontdesk[import]'"
EXCERPT = 160


def imported(sources: Sequence[Path], to: Path, rules: Rules) -> tuple[list[Done], list[str]]:
    """Import, and return what became of each document, and the faults that the desk has now.

    Raises:
        ConfigurationError: The extra is missing, ``to`` is no desk's, or a source does not exist.
    """
    from frontdesk.desk.check import report
    from frontdesk.desk.draft import read_draft
    from frontdesk.knowledge.importing import import_all
    from frontdesk.knowledge.sources import read_all
    from frontdesk.nodes.scrub.build import build_scrubber

    to = to.resolve()
    config = read_draft(to.parent).config
    scrubber = build_scrubber(config.record.scrub if config else None)

    def count(text: str) -> Mapping[str, int]:
        return Counter(finding.label for finding in scrubber.scrub(text, {}).findings)

    try:
        done = import_all(read_all(sources), to, rules, count)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in {"bs4", "lxml", "markdownify", "pypdf", "defusedxml", "soupsieve"}:
            raise ConfigurationError(EXTRA) from None
        raise
    return done, [str(fault) for fault in report(to.parent)]


def imported_lines(done: Sequence[Done], faults: Sequence[str], *, dry_run: bool) -> Iterator[str]:
    """Yield the lines for a terminal."""
    for one in done:
        notes = [f"left out: {name} {count}" for name, count in one.left_out.items()]
        notes += [f"personal data: {name} {count}" for name, count in one.personal.items()]
        notes += [one.why] if one.why else []
        page = f" [{one.page}]" if one.page else ""
        yield safe(f"{one.outcome:<10}{one.source}{page}{'  (' + '; '.join(notes) + ')' if notes else ''}")
    counts = Counter(one.outcome for one in done)
    told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "no documents"
    yield f"{told}{' (dry run: nothing was written)' if dry_run else ''}"
    if faults:
        yield f"the desk has faults now, and cannot be opened until they are mended ({len(faults)}):"
        yield from (f"  {fault}" for fault in faults)


def linted(desk_name: str | None, days: int) -> list[Finding]:
    """Return what the lint finds; with ``days`` the counters are read, too."""
    from frontdesk.desk.locate import locate
    from frontdesk.knowledge.lint.run import lint
    from frontdesk.settings import load_settings

    root = locate(desk_name or load_settings().desk)
    use = asyncio.run(_use(desk_name, days))[1] if days else None
    return lint(root, datetime.now(UTC).date(), use)


def linted_lines(found: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines for a terminal, and the sum."""
    yield from (safe(str(finding)) for finding in found)
    errors = sum(finding.level == "error" for finding in found)
    warnings = len(found) - errors
    yield f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}"


async def _use(desk_name: str | None, days: int) -> tuple[Any, Use]:
    from frontdesk.cli.opening import load
    from frontdesk.graph.persistence.outcomes import days_until
    from frontdesk.knowledge.counts import summed
    from frontdesk.stores import connect_stores

    desk, settings = load(desk_name)
    async with connect_stores(desk, settings) as stores:
        found = await stores.page_use.counts(desk.config.name, days_until(datetime.now(UTC).timestamp(), days))
    return desk, summed(found, days)


async def counted(desk_name: str | None, days: int) -> dict[str, Any]:
    """Return ``days``, ``replies``, ``pages`` (rows) and ``uncovered`` (by day and intent)."""
    from frontdesk.knowledge.asking import opened_pages
    from frontdesk.knowledge.counts import rows

    desk, use = await _use(desk_name, days)
    pages = (await opened_pages(desk)).pages.values()
    return {"days": days, "replies": use.replies, "pages": rows(use, pages), "uncovered": use.uncovered_days}


def stats_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines for a terminal."""
    yield f"{told['replies']} replies in {told['days']} days"
    width = max([4, *(len(row["page"]) for row in told["pages"])])
    yield f"{'page':<{width}}  {'version':<12}  {'recalled':>8}  {'cited':>6}  {'share':>6}  last"
    for row in told["pages"]:
        counts = f"{row['recalled']:>8}  {row['cited']:>6}  {row['share']:>6.1%}"
        yield f"{row['page']:<{width}}  {row['version'] or '(gone)':<12}  {counts}  {row['last'] or '-'}"
    for day, counts in sorted(told["uncovered"].items()):
        several = ", ".join(f"{intent or '(no intent)'} {count}" for intent, count in sorted(counts.items()))
        yield f"uncovered {day}: {several}"


def search_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines for a terminal."""
    best = max((passage["certainty"] for passage in told["passages"]), default=0.0)
    yield f"{'covered' if told['covered'] else 'not covered'}: best certainty {best:.2f}, needed {told['needed']:.2f}"
    pages = ", ".join(told["preferred"]) or "none"
    yield f"intent {told['intent'] or '(none)'} ({told['confidence']:.2f}); pages it prefers: {pages}"
    for passage in told["passages"]:
        mark = "given" if passage["given"] else "  -  "
        heading = f" · {passage['heading']}" if passage["heading"] else ""
        link = f"  {passage['url']}" if passage["url"] else ""
        yield safe(f"{mark}  {passage['certainty']:.2f}  [{passage['page']}] {passage['title']}{heading}{link}")
        text = " ".join(passage["text"].split())
        yield safe(f"             {text[:EXCERPT]}{'…' if len(text) > EXCERPT else ''}")


__all__ = [
    "counted",
    "imported",
    "imported_lines",
    "linted",
    "linted_lines",
    "search_lines",
    "stats_lines",
]
