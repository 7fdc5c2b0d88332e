"""What the nodes are bound to: the collaborators (``graph/protocols.py``), gathered in the frozen ``Deps``.

Nodes know these shapes only; ``frontdesk.assembly`` is the one place where concrete things meet.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from frontdesk.graph.answers import AnswerCache
from frontdesk.graph.approved import Approved, NoApproved
from frontdesk.graph.counting import Calibration
from frontdesk.graph.endings import NoOutcomes, Outcomes
from frontdesk.graph.identity import Principal
from frontdesk.graph.journal import LogJournal
from frontdesk.graph.later import Inline, Later
from frontdesk.graph.metering import Meter, NoMeter
from frontdesk.graph.pageuse import NoPageUse, PageUse
from frontdesk.graph.protocols import (
    Archive,
    DeskView,
    Embedder,
    Gateway,
    HandoffDesk,
    InputGuard,
    Journal,
    Knowledge,
    Models,
    OnText,
    Prompts,
    Restore,
    Restorer,
    Reviewer,
    Role,
    Router,
    Scrubber,
    Vault,
)
from frontdesk.graph.rolling import MemoryPrepared, PreparedSummaries
from frontdesk.graph.values import (
    AnswerForm,
    Completion,
    Examined,
    Finding,
    Past,
    Planned,
    Reviewed,
    Scrubbed,
    ToolResult,
)

__all__ = [
    "AnswerCache",
    "AnswerForm",
    "Archive",
    "Completion",
    "Deps",
    "DeskView",
    "Embedder",
    "Examined",
    "Finding",
    "Gateway",
    "HandoffDesk",
    "InputGuard",
    "Journal",
    "Knowledge",
    "Models",
    "OnText",
    "Outcomes",
    "Past",
    "Planned",
    "Prompts",
    "Restore",
    "Restorer",
    "Reviewed",
    "Reviewer",
    "Role",
    "Router",
    "Scrubbed",
    "Scrubber",
    "ToolResult",
    "Vault",
]


@dataclass(frozen=True)
class Deps:
    """Everything a node may use. Built by ``frontdesk.assembly``, or by a test with doubles."""

    desk: DeskView
    scrubber: Scrubber
    vault: Vault
    guard: InputGuard
    router: Router
    knowledge: Knowledge
    archive: Archive
    models: Models
    gateway: Gateway
    reviewer: Reviewer
    handoff: HandoffDesk
    prompts: Prompts
    principal: Principal = field(default_factory=Principal)
    """The caller when a run's configuration names none (Studio, tests)."""
    clock: Callable[[], float] = time.time
    """Unix time in seconds."""
    journal: Journal = field(default_factory=LogJournal)
    """Where verdicts of the guards are written down."""
    meter: Meter = field(default_factory=NoMeter)
    """Counts what hosted models take; the same that ``models`` asks."""
    embedder: Embedder | None = None
    """The same that the router asks; None where the desk names no embeddings."""
    cache: AnswerCache | None = None
    """Answers that may be given again; None where the desk keeps none."""
    later: Later = field(default_factory=Inline)
    """Does what a turn leaves behind."""
    prepared: PreparedSummaries = field(default_factory=MemoryPrepared)
    """Summaries that were rolled after a turn."""
    calibration: Calibration = field(default_factory=Calibration)
    """What providers reported of prompts; the same that ``models`` tells."""
    outcomes: Outcomes = field(default_factory=NoOutcomes)
    """How the requests of each intent ended."""
    approved: Approved = field(default_factory=NoApproved)
    """What became of calls that waited for a second person."""
    page_use: PageUse = field(default_factory=NoPageUse)
    """Which pages served, and which questions none covered."""
