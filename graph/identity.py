"""Who is asking, on which thread, in which turn: read from the run's configuration in one place."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.tools.contract import Verified

LEVELS: Mapping[str, int] = {"none": 0, "basic": 1, "strong": 2}
"""Levels of verification in order."""
ANONYMOUS = "anonymous"
"""Subject of a caller who has not signed in."""


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller, as the door established it; never as a client or a model claims it."""

    subject: str = ANONYMOUS
    """Customer id in the business's own system, or ``anonymous``. A pseudonym, never a name or an e-mail."""
    tenant: str = "default"
    """The business on whose behalf the desk answers."""
    scopes: frozenset[str] = field(default_factory=frozenset)
    """What the caller may do, such as ``orders:read``."""
    roles: frozenset[str] = field(default_factory=frozenset)
    """What the caller is to the business, such as ``customer`` or ``supervisor``."""
    verified: Verified = "basic"
    """How surely the door knows the caller; counts for nothing where nobody is signed in."""
    expires_at: float = 0.0
    """Unix time in seconds from which all this is no longer true, as the token says; 0: it does not expire."""

    def __post_init__(self) -> None:
        """Accept any iterable of scopes and roles."""
        object.__setattr__(self, "scopes", frozenset(self.scopes))
        object.__setattr__(self, "roles", frozenset(self.roles))

    def reaches(self, level: Verified) -> bool:
        """Whether the caller is known as surely as ``level`` asks."""
        return LEVELS[self.verified if self.signed_in else "none"] >= LEVELS[level]

    def expired(self, now: float) -> bool:
        """Whether the token that said all this has run out at ``now`` (Unix seconds)."""
        return 0 < self.expires_at <= now

    @property
    def signed_in(self) -> bool:
        """Whether the caller is a known customer; an empty subject, and ``anonymous`` however written, is nobody's."""
        return unicodedata.normalize("NFKC", self.subject).strip().casefold() not in {"", ANONYMOUS}

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON data, for a sealed record; :meth:`of` reads it back."""
        return {
            "subject": self.subject,
            "tenant": self.tenant,
            "scopes": sorted(self.scopes),
            "roles": sorted(self.roles),
            "verified": self.verified,
            "expires_at": self.expires_at,
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Principal:
        """Read what :meth:`as_dict` wrote. A record of an earlier version has no roles and no expiry, and is basic."""
        return cls(
            str(record["subject"]),
            str(record["tenant"]),
            frozenset(record["scopes"]),
            frozenset(record.get("roles", ())),
            record.get("verified", "basic"),
            float(record.get("expires_at", 0.0)),
        )


@dataclass(frozen=True, slots=True)
class Caller:
    """One turn's identity: principal, thread and turn."""

    principal: Principal
    thread_id: str
    """Empty in the stateless mode."""
    turn_id: str
    """The client's id of this message; the same id sent twice is the same turn."""
    sent_at: float = 0.0
    """Unix time in seconds when the door took the message; 0 where the door does not say."""

    @property
    def stateful(self) -> bool:
        """Whether anything may be read from or written to a store for this turn."""
        return bool(self.thread_id)


def caller_of(config: RunnableConfig, default: Principal | None = None) -> Caller:
    """Read the caller from ``config["configurable"]``.

    Args:
        config: The run's configuration. Keys used: ``principal`` (a :class:`Principal` object, which only code in
            this process can put there; a dict from a client is ignored on purpose), ``thread_id``, ``turn_id``,
            ``sent_at``.
        default: The principal when the configuration carries none.

    Returns:
        The caller. A missing turn id becomes a new one; a missing thread id means the stateless mode.
    """
    given = config.get("configurable") or {}
    principal = given.get("principal")
    if not isinstance(principal, Principal):
        principal = default or Principal()
    thread_id = str(given.get("thread_id") or "")
    turn_id = str(given.get("turn_id") or given.get("run_id") or uuid.uuid4().hex)
    sent_at = given.get("sent_at")
    when = float(sent_at) if isinstance(sent_at, int | float) else 0.0
    return Caller(principal=principal, thread_id=thread_id, turn_id=turn_id, sent_at=when)
