"""Which pages a turn's reply drew on, and whether its question was one that no page covers."""

from __future__ import annotations

from frontdesk.graph.deps import DeskView
from frontdesk.graph.pageuse import PageTurn
from frontdesk.graph.state import DeskState
from frontdesk.nodes.texts import final_answer

NONE = "uncovered"
"""Note of recall where the search found nothing."""


def pages_of(state: DeskState, desk: DeskView) -> PageTurn | None:
    """Return what a turn's reply drew on, in page ids and names of intents; None for a turn that nothing is counted of.

    Those are a person's, and what a guard stopped or raised: nobody is to write into the counts by attacks.
    """
    verdict, path = state.get("verdict"), state.get("path") or []
    notes = {step["stage"]: step["note"] for step in path}
    answer = final_answer(state["messages"])
    if not verdict or verdict["outcome"] != "allow" or "recall" not in notes or answer is None:
        return None
    if state.get("status") not in {"answered", "clarify", "confirm"}:
        return None
    shown = [passage["page"] for passage in (state.get("recall") or {"passages": []})["passages"]]
    shown += [page for part in state.get("parts") or () for page in part["pages"]]
    cited = [page for page in answer.additional_kwargs.get("citations", ()) if page in desk.pages]
    return PageTurn(
        recalled=tuple(dict.fromkeys(page for page in [*shown, *cited] if page in desk.pages)),
        cited=tuple(dict.fromkeys(cited)),
        uncovered=None if cited else _uncovered(state, desk, notes),
    )


def _uncovered(state: DeskState, desk: DeskView, notes: dict[str, str]) -> str | None:
    """Return the intent of a question that no page covered; what tools serve asks no page."""
    decision = state.get("decision")
    if not decision or notes["recall"] != NONE or "act" in notes:
        return None
    if decision["stage"] == "clarify":
        return ""
    intent = desk.intents.get(decision["intent"])
    if decision["stage"] != "respond" or (intent and (intent.tools or not intent.pages)):
        return None
    return intent.name if intent else ""


__all__ = ["pages_of"]
