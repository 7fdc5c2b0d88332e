"""Purposes and retention of desk.yaml, and the tools on what the desk itself holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.names import shown
from frontdesk.errors import Fault
from frontdesk.tools.contract import NAME
from frontdesk.tools.owndata import CONNECTOR, option_faults

SERVICE = "service"
"""The purpose that needs no declaration: what the request in hand needs."""


def keeping_faults(draft: Draft) -> Iterator[Fault]:
    """Yield wrong purposes and retention, and tools of the desk connector whose options do not fit the desk."""
    if draft.config is not None:
        yield from _purposes(draft.config)
        yield from _anonymised(draft.config)
        if any(entry.record.approval for entry in draft.tools):
            yield from _waiting(draft.config)
    purposes = draft.config.record.consent if draft.config else {}
    for entry in draft.tools:
        if entry.record.connector.kind == CONNECTOR:
            for problem, remedy in option_faults(entry.record, purposes):
                yield entry.fault(("connector", "options"), problem, remedy)


def _purposes(entry: Entry[DeskConfig]) -> Iterator[Fault]:
    for name in entry.record.consent:
        if name == SERVICE:
            remedy = "remove it: what the request in hand needs is kept without consent"
            yield entry.fault(("consent", name), f"the purpose `{SERVICE}` cannot be declared", remedy)
        elif not re.fullmatch(NAME, name):
            remedy = "use small letters, digits and underscores, such as `memory`"
            yield entry.fault(("consent", name), f"`{shown(name)}` is no name for a purpose", remedy)


def _anonymised(entry: Entry[DeskConfig]) -> Iterator[Fault]:
    kinds = entry.record.retention.anonymise
    for index, kind in enumerate(kinds):
        if kind in kinds[:index]:
            yield entry.fault(
                ("retention", "anonymise", index), f"the kind `{kind}` stands twice", "keep one of the two"
            )


def _waiting(entry: Entry[DeskConfig]) -> Iterator[Fault]:
    """A call must not be forgotten while it waits for its second person, nor what came of it."""
    days = entry.record.gateway.approval_minutes / (24 * 60)
    for key in ("thread_days", "ledger_days"):
        kept = getattr(entry.record.retention, key)
        if kept < days:
            problem = f"calls wait for a second person for longer than `{key}` keeps what they need"
            remedy = f"write at most {int(kept * 24 * 60)}, or a longer `retention.{key}`"
            yield entry.fault(("gateway", "approval_minutes"), problem, remedy)
