"""The state of a conversation: every field, what it means, and who writes it.

Plain dicts, lists, strings and numbers (and LangChain messages) only: a checkpoint must open under
``LANGGRAPH_STRICT_MSGPACK``, in another version, without our classes.
"""

from __future__ import annotations

from typing import Annotated, TypedDict

from langchain_core.messages import AnyMessage
from langgraph.channels import UntrackedValue
from langgraph.graph.message import add_messages

from frontdesk.graph.approved import ApprovalNews, StepUp
from frontdesk.graph.memories import ContextReport
from frontdesk.graph.records import (
    Channel,
    CheckResult,
    Command,
    Counted,
    Decision,
    Found,
    Outcome,
    Part,
    Passage,
    PlannedCall,
    Proposal,
    Recall,
    RecordState,
    ReplyRecord,
    Route,
    Segment,
    Serving,
    Session,
    Status,
    Step,
    Task,
    Ticket,
    Tier,
    Turn,
    Upset,
    Usage,
    Verdict,
    Withheld,
)

__all__ = [
    "Channel",
    "CheckResult",
    "Command",
    "Counted",
    "Decision",
    "DeskInput",
    "DeskOutput",
    "DeskState",
    "Found",
    "Outcome",
    "Part",
    "Passage",
    "PlannedCall",
    "Proposal",
    "Recall",
    "RecordState",
    "ReplyRecord",
    "Route",
    "Segment",
    "Serving",
    "Session",
    "Status",
    "Step",
    "Task",
    "Ticket",
    "Tier",
    "Turn",
    "Upset",
    "Usage",
    "Verdict",
    "Withheld",
    "extend_path",
]


def extend_path(old: list[Step] | None, new: list[Step] | None) -> list[Step]:
    """Append steps; a ``scrub`` step opens a new turn and drops the turn before."""
    if new and new[0]["stage"] == "scrub":
        return list(new)
    return [*(old or []), *(new or [])]


class DeskState(TypedDict, total=False):
    """The whole state. Fields without a note on lifetime live as long as the thread."""

    messages: Annotated[list[AnyMessage], add_messages]
    """The window of recent messages, masked from the scrub stage on. Trimmed by remember."""
    masked: dict[str, str]
    """Message id to digest of every message known to be masked: what is not in it, a caller brought. Written by scrub
    when a turn opens and by remember when it ends (``frontdesk.nodes.scrub.masked``)."""
    summary: str
    """Rolling summary of what left the window, masked. Written by remember."""
    details: list[str]
    """Key details kept verbatim (masked): ids, decisions, what was done. Newest last; written by remember."""
    turn: Turn
    """This turn. Written by scrub; act marks the customer's record stale after a write."""
    verdict: Verdict
    """This turn. Written by guard."""
    withheld: Withheld
    """This turn's, where its ``turn`` is this turn: then no write runs that asks nobody. Written by recall and act."""
    session: Session
    """What attacks that are spread over turns add up to. Written by guard; absent in the stateless mode."""
    route: Route
    """This turn. Written by route."""
    recall: Annotated[Recall, UntrackedValue]
    """This turn, never checkpointed: pages and episodes are looked up anew each turn. Written by recall."""
    found: list[Found]
    """This turn: the pages that it could draw on. Written by remember, for ``/why``."""
    decision: Decision
    """This turn. Written by decide; respond adds the reason ``budget:…`` where one is used up."""
    task: Task | None
    """Written by decide, cleared by act when the task is done."""
    waiting: list[Task]
    """Requests that wait for their turn: the rest of a message that made several, and what a digression interrupted.
    The next one first. Written by decide."""
    commands: list[Command]
    """What the message of this turn did to the conversation. Written by decide."""
    parts: list[Part]
    """This turn: the requests that were served before the one in hand. Reset by scrub, written by decide."""
    proposal: Proposal | None
    """Written by act, cleared by confirm, decide or expiry."""
    approved: str
    """Id of the proposal that the customer approved, for act; empty otherwise. Written by confirm."""
    step_up: StepUp | None
    """Set while the customer has been asked to verify who they are, and has not gone on to something else. Written by
    act and decide."""
    news: list[ApprovalNews]
    """This turn: what became of calls that waited for a second person. Written by scrub, said by reply."""
    ticket: Ticket | None
    """Set while a person owns the thread. Written by handoff, cleared by hand-back."""
    status: Status
    """This turn. Written by the stage that served it."""
    usage: Usage
    """This turn. Reset by scrub, written by respond and remember."""
    attempts: int
    """Model calls made by respond in this turn; bounds the respond/act loop. Reset by scrub."""
    repair: list[str]
    """Findings for which a draft of this turn was sent back to respond, once per turn. Reset by scrub, written by
    review."""
    misses: int
    """Turns in a row that found no accepted intent. Written by decide."""
    upset: Upset | None
    """Written by decide, cleared by handoff."""
    counted: Counted
    """Written by remember: a request that a person takes over after all must not count as settled."""
    path: Annotated[list[Step], extend_path]
    """The stages of this turn in order. Written by every stage."""
    context: ContextReport
    """What the last model call was shown, in figures; of an earlier turn where this one asked no model. Written by
    respond."""
    reply: Annotated[ReplyRecord, UntrackedValue]
    """This turn, never checkpointed. Written by reply."""


class DeskInput(TypedDict):
    """What a caller may send: messages, of which the last must be the customer's."""

    messages: Annotated[list[AnyMessage], add_messages]


class DeskOutput(TypedDict, total=False):
    """What a caller gets back: an allow-list, so a new state field never leaks."""

    messages: Annotated[list[AnyMessage], add_messages]
    """Masked: what models and stores saw."""
    reply: Annotated[ReplyRecord, UntrackedValue]
    """For the customer: values restored."""
