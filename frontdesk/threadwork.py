"""What can be done with a thread besides talking: answer a proposal, hand back, read, explain."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.runnables import RunnableConfig
from langgraph.types import Command

from frontdesk.erasing import Erasing
from frontdesk.errors import ThreadError
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller, Principal
from frontdesk.messages import clean_message
from frontdesk.nodes.handoff.words import handed_back, masked_words
from frontdesk.nodes.scrub.masked import masked_index
from frontdesk.nodes.scrub.restore import restore_text
from frontdesk.reply import Reply
from frontdesk.stores import Stores
from frontdesk.turns import TurnRunner

EXPLAINED = (
    "turn", "verdict", "withheld", "route", "decision", "task", "proposal", "ticket", "status", "usage", "path",
    "summary", "waiting", "commands", "context",
)  # fmt: skip
"""State fields that :meth:`ThreadWork.explain` shows: an allow-list."""


@dataclass
class ThreadWork(Erasing):
    """The part of :class:`frontdesk.FrontDesk` that works on threads that exist."""

    deps: Deps
    stores: Stores
    runner: TurnRunner

    @property
    def tenant(self) -> str:
        """The desk's own tenant."""
        return self.deps.desk.config.name

    async def resume(
        self,
        thread_id: str,
        decision: Literal["approve", "reject"],
        *,
        proposal_id: str | None = None,
        principal: Principal | None = None,
    ) -> Reply:
        """Answer a pending proposal as an inbox does, without a message of the customer's.

        Args:
            thread_id: The thread.
            decision: The answer.
            proposal_id: ``Reply.proposal["id"]`` of what was shown; where it is given, no other proposal is answered.
            principal: Whose thread it is; by default the desk's own caller.

        Returns:
            The reply, as to a message.

        Raises:
            ThreadError: No such thread of this principal, or nothing (or something else) waits in it.
            ThreadBusyError: Another turn of the thread did not finish in time.
        """
        caller = await self._owned(thread_id, principal)
        async with self.stores.locks.hold(caller.thread_id):
            snapshot = await self.runner.stateful.aget_state(self._config(caller))
            waiting = snapshot.values.get("proposal") or {}
            if not snapshot.interrupts or (proposal_id is not None and waiting.get("id") != proposal_id):
                raise ThreadError("nothing waits for an answer in this thread")
            # a plan is answered as a whole: every call of it with the same word
            decisions = [{"type": decision} for _ in waiting.get("calls") or (waiting,)]
            command: Command[Any] = Command(resume={"decisions": decisions})
            reply = await self.runner.run(command, caller, lambda event: None)
        self._carry_out_requests()
        return reply

    async def resolve(self, thread_id: str, *, principal: Principal | None = None) -> Reply:
        """Hand a thread that a person owns back to the bot.

        Returns:
            What the customer reads then: the desk's ``returned`` wording.

        Raises:
            ThreadError: No such thread of this principal, or no person owns it.
            ThreadBusyError: A turn of the thread did not finish in time.
        """
        return await self._hand_back(await self._owned(thread_id, principal))

    async def _hand_back(self, caller: Caller, ticket_id: str | None = None, said: str = "") -> Reply:
        config = self._config(caller)
        async with self.stores.locks.hold(caller.thread_id):
            values = (await self.runner.stateful.aget_state(config)).values
            ticket = values.get("ticket")
            if not ticket or (ticket_id is not None and ticket["id"] != ticket_id):
                raise ThreadError("no person owns this thread" if ticket_id is None else "the ticket is closed")
            words = await masked_words(self.deps, caller, said) if said else ""
            await self.deps.handoff.close(caller, ticket["id"])
            texts, business = self.deps.desk.config.texts, self.deps.desk.config.business
            message = await handed_back(self.deps, caller, words, texts.returned.format(business=business))
            masked = masked_index([*values["messages"], message])
            update = {"messages": [message], "masked": masked, "ticket": None, "status": "answered"}
            await self.runner.stateful.aupdate_state(config, update, as_node="reply")
        return Reply(text=str(message.text), status="answered", thread_id=caller.thread_id, turn_id=caller.turn_id)

    async def ticket(self, ticket_id: str, *, principal: Principal) -> dict[str, Any]:
        """Return a ticket of the principal's tenant for the person who works on it.

        Returns:
            ``{"id", "status", "reason", "tenant", "thread", "opened_at", "packet", "messages"}``, masked; see
            ``RedisHandoffDesk.read`` and ``nodes/handoff/packet.py``.

        Raises:
            ThreadError: No such ticket in this tenant.
        """
        record = await self.stores.handoff.read(ticket_id)
        if record.get("tenant") != principal.tenant:
            raise ThreadError("there is no such ticket")
        return record

    async def resolve_ticket(self, ticket_id: str, *, principal: Principal, text: str = "") -> Reply:
        """Hand a ticket's conversation back to the bot, as the person who worked on it.

        Args:
            ticket_id: The ticket.
            principal: The person.
            text: What the customer is to read of them first. It is masked before anything keeps it; a placeholder of
                the ticket's (``<ADDRESS_1>``) stands for its value.

        Returns:
            What was said, masked: it is the person who reads it. The customer's own history shows the values.

        Raises:
            ThreadError: No such ticket in the principal's tenant, or it is closed.
            MessageError: The text is too long, or not valid text.
        """
        record = await self.ticket(ticket_id, principal=principal)
        said = clean_message(text, self.deps.desk.config.budgets.message_chars) if text.strip() else ""
        return await self._hand_back(Caller(principal, record["thread"], uuid.uuid4().hex), ticket_id, said)

    async def history(self, thread_id: str, *, principal: Principal | None = None) -> list[dict[str, str]]:
        """Return the thread's window, oldest first: ``{"role": "customer" | "bot", "text"}``, values restored.

        Raises:
            ThreadError: No such thread of this principal.
        """
        caller = await self._owned(thread_id, principal)
        values = (await self.runner.stateful.aget_state(self._config(caller))).values
        known = await self.deps.vault.load(caller)
        lines: list[dict[str, str]] = []
        for message in values.get("messages", []):
            if isinstance(message, HumanMessage | AIMessage) and message.text:
                role = "customer" if isinstance(message, HumanMessage) else "bot"
                lines.append({"role": role, "text": restore_text(str(message.text), known)})
        return lines

    async def explain(self, thread_id: str, *, principal: Principal | None = None) -> dict[str, Any]:
        """Return why the last turn went as it did: the state's fields named in :data:`EXPLAINED`, masked.

        A field that no turn has written yet is None. ``pages``: those that were found, each with its certainty.

        Raises:
            ThreadError: No such thread of this principal.
        """
        caller = await self._owned(thread_id, principal)
        values: Mapping[str, Any] = (await self.runner.stateful.aget_state(self._config(caller))).values
        return {**{name: values.get(name) for name in EXPLAINED}, "pages": values.get("found") or []}

    async def _on_thread(self, caller: Caller, thread_id: str | None) -> Caller:
        if thread_id is None:
            return caller
        return replace(caller, thread_id=await self.stores.threads.resolve(caller.principal, thread_id))

    async def _owned(self, thread_id: str, principal: Principal | None) -> Caller:
        who = principal or self.deps.principal
        thread = await self.stores.threads.resolve(who, thread_id, must_exist=True)
        return Caller(principal=who, thread_id=thread, turn_id=uuid.uuid4().hex)

    def _config(self, caller: Caller) -> RunnableConfig:
        return self.runner.config(caller)
