"""Erasure and legal holds, as the doors ask for them."""

from __future__ import annotations

import asyncio
from typing import Any

from frontdesk.errors import PersonError
from frontdesk.graph.identity import ANONYMOUS, Principal
from frontdesk.graph.persistence.erasure.holds import Hold
from frontdesk.graph.persistence.erasure.receipt import Receipt
from frontdesk.graph.persistence.threads import server_made
from frontdesk.stores import Stores


class Erasing:
    """The part of :class:`frontdesk.FrontDesk` that forgets, and that must not."""

    stores: Stores
    _tasks: set[asyncio.Task[Any]]

    @property
    def tenant(self) -> str:
        """The business, where a call names none."""
        raise NotImplementedError

    async def erase(
        self,
        subject: str | Principal | None = None,
        *,
        tenant: str | None = None,
        thread_id: str | None = None,
        deep: bool = False,
    ) -> Receipt:
        """Remove everything held on a person, or one conversation, and walk over the whole keyspace to prove it.

        It may be called while the person chats: a running turn is waited for, and one that comes later starts on a
        fresh conversation. Never call it from within a turn, which would wait for itself: that is what
        ``Stores.request_erasure`` is for.

        Args:
            subject: The customer's id, or the principal as a door established it.
            tenant: The business; by default this desk's, or the principal's.
            thread_id: Only this conversation, by any id that the customer knows it by. Callers who have not signed in
                share one subject, so of them it is needed. Without a subject: the id as it is stored (Studio's, too).
            deep: Read the contents of every key afterwards, instead of those of shared keys; the names are always
                compared.

        Returns:
            The signed receipt. ``outcome`` is ``held`` where a legal hold forbids it; the request is then kept, and
            carried out when the hold is lifted.

        Raises:
            PersonError: Nobody is named, or everybody who has not signed in.
            ThreadError: The person has no such conversation.
            ThreadBusyError: Another erasure of the person did not end in time; this request is kept.
        """
        who = self._who(subject, tenant)
        if thread_id is None:
            return await self.stores.erasure.erase(who, deep=deep)
        if subject is None:
            named = dict.fromkeys(filter(None, (thread_id, server_made(thread_id))))
            return await self.stores.erasure.erase(who, list(named), anywhere=True, deep=deep)
        thread = await self.stores.threads.resolve(who, thread_id, must_exist=True)
        return await self.stores.erasure.erase(who, [thread], deep=deep)

    async def hold(self, subject: str, reason: str, *, tenant: str | None = None) -> Hold:
        """Set a legal hold: nothing of the person is erased, and nothing runs out of time, until it is lifted.

        Args:
            subject: The customer's id.
            reason: ``CODE:CASE``, see ``graph/persistence/erasure/holds.py``.
            tenant: The business; by default this desk's.

        Raises:
            PersonError: A malformed reason, or nobody in particular.
            ConfigurationError: The memory mode, which holds nothing.
        """
        return await self.stores.erasure.holds.put(self._who(subject, tenant), reason)

    async def lift_hold(self, subject: str, case: str, *, tenant: str | None = None) -> list[Receipt]:
        """Lift a hold, and carry out what was asked for meanwhile.

        Args:
            subject: The customer's id.
            case: The reference that the hold was set with.
            tenant: The business; by default this desk's.

        Returns:
            The receipts of requests for erasure that had waited.

        Raises:
            PersonError: There is no such hold.
        """
        if not await self.stores.erasure.holds.lift(self._who(subject, tenant), case):
            raise PersonError("there is no such hold; `frontdesk hold list` shows all")
        return await self.stores.erasure.run_waiting()

    async def holds(self) -> list[Hold]:
        """Return every hold of this desk's Redis, the oldest first."""
        return await self.stores.erasure.holds.every()

    def _carry_out_requests(self) -> None:
        """Start to carry out what turns that are over have asked for."""
        if self.stores.erasure.fresh:
            task = asyncio.create_task(self.stores.erasure.run_waiting())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _who(self, subject: str | Principal | None, tenant: str | None) -> Principal:
        if isinstance(subject, Principal):
            return Principal(subject.subject, tenant or subject.tenant)
        if subject is not None and not subject.strip():
            raise PersonError("the subject is empty; name the customer's id")
        return Principal(subject or ANONYMOUS, tenant or self.tenant)


class StoresWork(Erasing):
    """Erasure and holds without a whole desk: the stores are enough."""

    def __init__(self, stores: Stores, tenant: str) -> None:
        """Take the stores, and the business that is meant where a call names none."""
        self.stores, self._tenant = stores, tenant

    @property
    def tenant(self) -> str:
        """The desk's tenant."""
        return self._tenant
