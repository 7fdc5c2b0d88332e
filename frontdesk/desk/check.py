"""Check a desk folder: every fault of every file, with nothing built, imported or contacted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from frontdesk.desk.checks.connections import connection_faults
from frontdesk.desk.checks.embeddings import embeddings_faults
from frontdesk.desk.checks.guards import guard_faults
from frontdesk.desk.checks.intents import intent_faults
from frontdesk.desk.checks.keeping import keeping_faults
from frontdesk.desk.checks.links import link_faults
from frontdesk.desk.checks.models import model_faults
from frontdesk.desk.checks.pages import page_faults
from frontdesk.desk.checks.policy import policy_faults
from frontdesk.desk.checks.prompts import prompt_faults
from frontdesk.desk.checks.record import record_faults
from frontdesk.desk.checks.review import review_faults
from frontdesk.desk.checks.tier2 import tier2_faults
from frontdesk.desk.checks.tools import tool_faults
from frontdesk.desk.draft import Draft, read_draft
from frontdesk.desk.locate import locate
from frontdesk.errors import Fault

CHECKS: tuple[Callable[[Draft], Iterator[Fault]], ...] = (
    policy_faults,
    model_faults,
    guard_faults,
    tier2_faults,
    embeddings_faults,
    intent_faults,
    page_faults,
    link_faults,
    tool_faults,
    connection_faults,
    keeping_faults,
    record_faults,
    prompt_faults,
    review_faults,
)


def examine(root: Path) -> Draft:
    """Read a desk folder and run every check; the draft's ``faults`` are complete, in file and line order."""
    draft = read_draft(root)
    for check in CHECKS:
        draft.faults.extend(check(draft))
    draft.faults = sorted(dict.fromkeys(draft.faults), key=lambda fault: (fault.file, fault.line, fault.problem))
    return draft


def report(path: str | Path | None) -> list[Fault]:
    """Return all faults of a desk; an empty list means that it can be opened.

    Args:
        path: As for :meth:`frontdesk.desk.load.Desk.load`.

    Raises:
        DeskError: There is no such folder.
    """
    return examine(locate(path)).faults
