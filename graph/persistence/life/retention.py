"""How long each kind of data lives in Redis. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.desk.config import Retention

DAY = 86_400
GRACE = 7 * DAY
"""Seconds that what is to be anonymised lives on in Redis for the sweep to come; what no sweep reached is deleted then.

So a sweep that never runs makes things go sooner and never lets them stay."""


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """Seconds to live per kind, as stores give them to their keys."""

    thread: int
    """Checkpoints and the vault: without its values a conversation's placeholders would be given to other values."""
    inbox: int
    episodes: int
    memories: int
    """Preferences and facts."""
    ledger: int
    tickets: int
    audit: int
    """Age of a stream's entries; they have no time to live of their own."""
    consents: int

    @property
    def register(self) -> int:
        """The register of threads must outlive everything that it leads to: erasure and export find things there.

        It counts from the customer's last turn; a person who answers the ticket later gives the thread its time anew.
        """
        return max(self.thread, self.inbox, self.ledger, self.tickets + self.thread)


def lifetimes(retention: Retention) -> Lifetimes:
    """Return what a desk's retention comes to; at least a second each."""

    def seconds(days: float, kind: str = "") -> int:
        return max(1, int(days * DAY)) + (GRACE if kind in retention.anonymise else 0)

    return Lifetimes(
        thread=seconds(retention.thread_days),
        inbox=seconds(retention.inbox_days),
        episodes=seconds(retention.episode_days),
        memories=seconds(retention.memory_days),
        ledger=seconds(retention.ledger_days, "ledger"),
        tickets=seconds(retention.ticket_days, "tickets"),
        audit=seconds(retention.audit_days),
        consents=seconds(retention.consent_days),
    )
