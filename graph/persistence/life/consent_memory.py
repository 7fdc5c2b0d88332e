"""Consent without Redis: for a try-out and for tests; gone when the process ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping

from frontdesk.desk.config import Purpose
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.life.consent import new_word
from frontdesk.graph.persistence.life.purposes import NO, Basis, Consent, basis_of


class MemoryConsents:
    """Implements :class:`Consents` in this process."""

    def __init__(self, purposes: Mapping[str, Purpose], clock: Callable[[], float] = time.time) -> None:
        """Start with nobody's word."""
        self._purposes = purposes
        self._clock = clock
        self._words: dict[tuple[str, str], dict[str, Consent]] = {}
        self.withdrawn: list[Callable[[Principal, str], int]] = []
        """Called with person and purpose when the purpose is taken away; each says how many items it dropped."""

    async def basis(self, principal: Principal, purpose: str) -> Basis:
        """See :class:`Consents`."""
        return self.judged(principal, purpose)

    def judged(self, principal: Principal, purpose: str) -> Basis:
        """Return the basis at once."""
        word = self._of(principal).get(purpose)
        return basis_of(self._purposes, purpose, word) if principal.signed_in else NO

    async def record(self, principal: Principal, purpose: str, *, granted: bool, how: str) -> tuple[Consent, int]:
        """See :class:`Consents`."""
        word = new_word(self._purposes, principal, purpose, granted, self._clock(), how)
        self._words.setdefault((principal.tenant, principal.subject), {})[purpose] = word
        keep = basis_of(self._purposes, purpose, word).allowed
        return word, 0 if keep else sum(drop(principal, purpose) for drop in self.withdrawn)

    async def words(self, principal: Principal) -> list[Consent]:
        """See :class:`Consents`."""
        return [word for _, word in sorted(self._of(principal).items())]

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """See ``Forgetful``."""
        return len(self._words.pop((principal.tenant, principal.subject), {})) if principal else 0

    def _of(self, principal: Principal) -> Mapping[str, Consent]:
        return self._words.get((principal.tenant, principal.subject), {})
