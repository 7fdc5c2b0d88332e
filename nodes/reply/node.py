"""Reply: placeholders become values again, for this customer only, outside every checkpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.desk.pages import version_of
from frontdesk.graph.deps import Deps, DeskView
from frontdesk.graph.identity import Caller, caller_of
from frontdesk.graph.state import DeskState, PlannedCall, Proposal, ReplyRecord, Step
from frontdesk.nodes.scrub.masked import masked_index
from frontdesk.nodes.scrub.restore import restore_text, restore_value
from frontdesk.nodes.texts import final_answer, text_of
from frontdesk.nodes.usage import no_usage
from frontdesk.nodes.wording import texts_for


def cited(answer: AIMessage | None, desk: DeskView) -> list[dict[str, str]]:
    """Return the cited pages as ``{"id", "title", "url", "version"}``, in order of citation."""
    ids = answer.additional_kwargs.get("citations", []) if answer else []
    pages = [desk.pages[page] for page in ids if page in desk.pages]
    return [{"id": page.id, "title": page.title, "url": page.url, "version": version_of(page)} for page in pages]


def shown(proposal: Proposal | None, values: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the pending proposal as the customer sees it, with ``calls`` where it has several, or None."""
    if proposal is None:
        return None
    whole = _restored(
        PlannedCall(tool=proposal["tool"], arguments=proposal["arguments"], question=proposal["question"]), values
    )
    calls = [_restored(call, values) for call in proposal.get("calls") or ()]
    return {"id": proposal["id"], **whole, **({"calls": calls} if calls else {})}


def _restored(call: PlannedCall, values: Mapping[str, str]) -> dict[str, Any]:
    return {
        "tool": call["tool"],
        "arguments": restore_value(call["arguments"], values),
        "question": restore_text(call["question"], values),
    }


def _with_notice(answer: AIMessage | None, state: DeskState, desk: DeskView) -> AIMessage | None:
    """Say that a proposal was withdrawn, where the customer went on to something else without a yes or a no."""
    if state["status"] == "human" or answer is None:
        return None
    withdrawn = "proposal:withdrawn" in state["decision"]["reasons"] and not state.get("proposal")
    if not withdrawn or state["status"] == "handoff":
        return answer
    notice = texts_for(desk.config, state).withdrawn.format(business=desk.config.business)
    if answer.text.endswith(notice):
        return answer
    return answer.model_copy(update={"content": f"{answer.text}\n\n{notice}"})


def _with_news(answer: AIMessage | None, state: DeskState, desk: DeskView) -> AIMessage | None:
    """Say first what became of calls that waited for a second person. What was asked then, the output guards passed."""
    news = state.get("news")
    if not news or answer is None or state["status"] == "human":
        return answer
    texts = texts_for(desk.config, state)
    became = {
        "done": texts.approval_done,
        "refused": texts.approval_refused,
        "unknown": texts.approval_unknown,
        "denied": texts.approval_denied,
        "expired": texts.approval_expired,
    }
    told = [became[each["became"]].replace("{question}", each["question"]) for each in news]
    return answer.model_copy(update={"content": "\n\n".join([*told, str(answer.text)])})


@dataclass(frozen=True)
class ReplyNode:
    """Builds the record that leaves the graph."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write ``reply``, and when a proposal was shown. A person's turn has an empty text: the bot is mute."""
        caller = caller_of(config, self.deps.principal)
        answer = _with_notice(final_answer(state["messages"]), state, self.deps.desk)
        answer = _with_news(answer, state, self.deps.desk)
        values = await self.deps.vault.load(caller)
        decision, ticket = state.get("decision"), state.get("ticket")
        relayed = state["status"] == "human"
        proposal = self._shown_first(state, caller)
        record = ReplyRecord(
            text=restore_text(text_of(answer), values),
            status=state["status"],
            turn_id=state["turn"]["id"],
            intent="" if relayed or not decision else decision["intent"],
            confidence=0.0 if relayed else float((state.get("route") or {"confidence": 0.0})["confidence"]),
            tier="" if relayed or not decision else decision["tier"],
            citations=cited(answer, self.deps.desk),
            proposal=shown(proposal, values),
            ticket=ticket["id"] if ticket else None,
            usage=state.get("usage") or no_usage(),
            path=list(state.get("path") or list[Step]()),
        )
        step = state.get("step_up")
        if step and step["turn"] == state["turn"]["id"]:
            record["verify"] = step["level"]
        if answer and (news := state.get("news")):
            await self.deps.approved.told([each["id"] for each in news])
        update: dict[str, Any] = {"reply": record, "note": state["status"]}
        if answer:
            # The notice came after remember: without its digest the next turn would take the answer for a forgery.
            update |= {"messages": [answer], "masked": {**(state.get("masked") or {}), **masked_index([answer])}}
        if proposal and proposal != state.get("proposal"):
            update["proposal"] = proposal
        return update

    def _shown_first(self, state: DeskState, caller: Caller) -> Proposal | None:
        """Return the pending proposal; one of this turn with its question as it was sent, and when.

        The question that act wrote has not passed the output guards; the turn's answer is what came of it there.
        """
        proposal = state.get("proposal")
        if proposal is None or "shown_at" in proposal:
            return proposal
        sent = text_of(final_answer(state["messages"]))
        asked = Proposal(**{**proposal, "question": sent or proposal["question"], "shown_at": self.deps.clock()})
        # one of an earlier turn that was never shown is not what this turn's answer asks
        return self.deps.gateway.worded(asked, caller) if asked["turn_id"] == state["turn"]["id"] else asked
