"""What a person can ask of the desk about their own data, and what the desk does by itself when time is over."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

from redis.exceptions import RedisError

from frontdesk.desk.config import DeskConfig
from frontdesk.errors import ConfigurationError, FrontdeskError, PersonError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.eraser import Eraser
from frontdesk.graph.persistence.holdings import Person
from frontdesk.graph.persistence.life.due import Swept
from frontdesk.graph.persistence.life.export import export_of
from frontdesk.graph.persistence.life.held import HeldEntries
from frontdesk.graph.persistence.life.readers import moment
from frontdesk.graph.persistence.life.sweep import EVERY, LIMIT, Sweeper
from frontdesk.graph.persistence.threads import subject_mark
from frontdesk.stores import Stores
from frontdesk.tools.ledger import RedisLedger

_log = logging.getLogger(__name__)
_LOOKS = 6
"""Times per interval that a server looks whether a sweep is due: another one's may have died."""


class Rights:
    """The part of :class:`frontdesk.FrontDesk` that is about a person's data as a whole."""

    stores: Stores

    @property
    def rules(self) -> DeskConfig:
        """The desk's retention and purposes."""
        raise NotImplementedError

    async def consent(
        self, principal: Principal, purpose: str, granted: bool, *, how: str = "python"
    ) -> dict[str, Any]:
        """Keep a person's word on a purpose of the desk; a no deletes what was kept for it, at once.

        Args:
            principal: Who allows or refuses.
            purpose: A name under ``consent`` in desk.yaml, such as ``memory``.
            granted: Yes or no.
            how: The door it came through, for the record.

        Returns:
            ``{"purpose", "granted", "at", "how", "text", "id", "removed"}``: the record, and how many items went.

        Raises:
            ConsentError: The caller has not signed in, or the desk does not offer the purpose.
        """
        word, removed = await self.stores.consents.record(principal, purpose, granted=granted, how=how)
        return {**asdict(word), "at": moment(word.at), "removed": removed}

    async def consents(self, principal: Principal) -> list[dict[str, Any]]:
        """Return the desk's purposes: ``{"purpose", "allowed", "default", "text", "word"}``, ``word`` as last given.

        ``word`` is None where the person has said nothing; ``allowed`` is what counts.
        """
        words = {word.purpose: asdict(word) for word in await self.stores.consents.words(principal)}
        return [
            {
                "purpose": name,
                "allowed": (await self.stores.consents.basis(principal, name)).allowed,
                "default": purpose.default,
                "text": purpose.text,
                "word": words.get(name),
            }
            for name, purpose in self.rules.consent.items()
        ]

    async def export(self, principal: Principal) -> dict[str, Any]:
        """Return all that is held on a person, in clear; see :func:`~life.export.export_of` for its form.

        Raises:
            PersonError: A caller who has not signed in: they all share one subject.
            ConfigurationError: The memory mode.
            SealError: Something was sealed with a key that is not configured.
        """
        if not principal.signed_in:
            raise PersonError("callers who have not signed in share one subject: there is nobody to export")
        stores = self.stores
        if stores.client is None or not isinstance(stores.erasure, Eraser):
            raise ConfigurationError("FRONTDESK_REDIS=memory keeps nothing beyond this process; there is no export")
        threads = tuple(await stores.threads.threads_of(principal))
        person = Person(principal, threads, subject_mark(stores.sealer, principal))
        return await export_of(stores.client, stores.erasure.holdings, person, self.rules, stores.erasure.clock())

    async def sweep(self, *, limit: int = LIMIT) -> Swept:
        """Delete or anonymise what is over its time and does not go by itself; what a legal hold keeps, stays.

        Raises:
            ConfigurationError: The memory mode.
        """
        sweeper, eraser = self._sweeper()
        await eraser.holds.refresh()
        people = await eraser.holds.people()
        threads = [thread for person in people for thread in await self.stores.threads.threads_of(person)]
        held = HeldEntries(eraser.client, self.stores.sealer, people, threads)
        return await sweeper.sweep(limit=limit, spares=held.keeps)

    async def sweep_all(self) -> Swept:
        """Sweep until nothing is over its time, or another sweep is at it; see :meth:`sweep`."""
        done = await self.sweep()
        while not (done.complete or done.busy):
            done = done.then(await self.sweep())
        return done

    @contextlib.asynccontextmanager
    async def sweeping(self) -> AsyncIterator[None]:
        """Sweep beside the body's work, once an hour among all servers; nothing happens in the memory mode."""
        if self.stores.client is None:
            yield
            return
        task = asyncio.create_task(self._sweep_on())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _sweep_on(self) -> None:
        while True:
            try:
                if await self._sweeper()[0].due():
                    # what failed (a busy thread, Redis away) must not wait for the next start
                    await self.stores.erasure.run_waiting()
                    await self.sweep_all()
            except (RedisError, OSError, FrontdeskError) as error:
                _log.warning("sweep failed, it is tried again: error=%s", type(error).__name__)
            await asyncio.sleep(EVERY / _LOOKS)

    def _sweeper(self) -> tuple[Sweeper, Eraser]:
        stores = self.stores
        if (
            stores.client is None
            or not isinstance(stores.ledger, RedisLedger)
            or not isinstance(stores.erasure, Eraser)
        ):
            raise ConfigurationError("FRONTDESK_REDIS=memory keeps nothing beyond this process; there is no sweep")
        sweeper = Sweeper(stores.client, stores.sealer, stores.ledger, self.rules.retention, stores.erasure.clock)
        return sweeper, stores.erasure


class StoresRights(Rights):
    """The same without a whole desk: the stores are enough."""

    def __init__(self, stores: Stores, rules: DeskConfig) -> None:
        """Take the stores, and the desk's rules."""
        self.stores, self._rules = stores, rules

    @property
    def rules(self) -> DeskConfig:
        """See :class:`Rights`."""
        return self._rules
