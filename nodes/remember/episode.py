"""One line for the long-term archive: what a conversation was about, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from frontdesk.nodes.remember.details import Detail, parse

_PLACEHOLDER = re.compile(r"<([A-Z]+(?:_[A-Z]+)*)_\d+>")
_TOPICS = 3
_EFFECTS = 2


def episode_of(details: Sequence[str], status: str, now: float) -> str:
    """Word the episode of a thread.

    Args:
        details: The thread's ledger, masked.
        status: How the last turn ended.
        now: Unix time in seconds.

    Returns:
        ``2026-01-31: cancel an order; done: …``; empty when the thread was about nothing yet. A placeholder becomes its
        kind, ``(address)``: in another thread it would stand for another value.
    """
    known = [detail for entry in details if (detail := parse(entry))]
    topics = _last(known, "asked", _TOPICS)
    if not topics:
        return ""
    effects = [f"done: {text}" for text in _last(known, "done", _EFFECTS)]
    ended = ["passed to a colleague"] if status in ("handoff", "human") else []
    day = datetime.fromtimestamp(now, UTC).date().isoformat()
    line = f"{day}: {'; '.join([*topics, *effects, *ended])}"
    return _PLACEHOLDER.sub(lambda found: f"({found[1].replace('_', ' ').lower()})", line)


def _last(details: Sequence[Detail], kind: str, count: int) -> list[str]:
    return [detail.text for detail in details if detail.kind == kind][-count:]
