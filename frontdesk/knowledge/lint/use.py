"""What the counters say: pages that never serve, and questions that no page covers."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.desk.pages import in_force
from frontdesk.knowledge.counts import Use
from frontdesk.knowledge.lint.findings import Desk, Finding, at_page

ENOUGH = 100
"""Replies from which a page that served in none of them is called unused."""
SEVERAL = 3
"""Questions of one intent that no page covered from which they are reported."""


def used(desk: Desk, use: Use) -> Iterator[Finding]:
    """Yield pages that were never drawn on, and intents whose questions no page covered."""
    if use.replies >= ENOUGH:
        for entry in desk.pages:
            if in_force(entry.record, desk.today) and entry.record.id not in use.pages:
                problem = f"no reply of {use.replies} in {use.days} days drew on the page"
                yield at_page(entry, "warning", "unused", problem, "keep it only if somebody will ask for it", "id")
    lines = {entry.record.name: entry for entry in desk.intents}
    for intent, count in sorted(use.uncovered.items(), key=lambda item: (-item[1], item[0])):
        if count < SEVERAL:
            continue
        asked = lines.get(intent)
        line = asked.document.line(*asked.place) if asked else 1
        of = f"the intent `{intent}`" if intent else "no intent in particular"
        problem = f"{count} questions of {of} were covered by no page in {use.days} days"
        yield Finding("intents.yaml", line, "warning", "uncovered", problem, "write the page that answers them")


__all__ = ["used"]
