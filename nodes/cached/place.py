"""What an answer depends on besides the question: the partition that it is kept in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import cast

from pydantic import BaseModel

from frontdesk import __version__
from frontdesk.desk.config import Intent, Page
from frontdesk.desk.pages import superseded, version_of
from frontdesk.desk.pages import visible as is_visible
from frontdesk.graph.answers import Asked
from frontdesk.graph.deps import Deps, DeskView
from frontdesk.graph.identity import Principal
from frontdesk.graph.protocols import Role
from frontdesk.graph.state import DeskState
from frontdesk.nodes.cached.plain import normal
from frontdesk.nodes.respond.context import PROMPT
from frontdesk.nodes.texts import latest_human, text_of

_ENGLISH = re.compile(r"en\b", re.IGNORECASE)


def digest(value: object) -> str:
    """Return the SHA-256 of plain data, 64 hex digits."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class _Record:
    """A frozen record by its identity, which is what a cache of digests asks for; the cache keeps it alive."""

    record: BaseModel

    def __hash__(self) -> int:
        return id(self.record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Record) and other.record is self.record


@lru_cache(maxsize=4096)
def _digest_of(record: _Record) -> str:
    return digest(record.record.model_dump(mode="json"))


@lru_cache(maxsize=4096)
def _version_of(record: _Record) -> str:
    return version_of(cast("Page", record.record))


def visible(pages: Mapping[str, Page], *, signed_in: bool, today: date) -> dict[str, str]:
    """Return the versions of the pages that a customer may be shown, by id.

    Args:
        pages: The desk's.
        signed_in: Whether pages for customers are among them.
        today: A page that becomes valid later is not, nor one that expired or was replaced.
    """
    replaced = superseded(pages.values(), today)
    return {
        name: _version_of(_Record(page))
        for name, page in sorted(pages.items())
        if is_visible(page, signed_in=signed_in, today=today, replaced=replaced)
    }


def day_of(now: float) -> date:
    """Return the day (UTC) of a Unix time in seconds."""
    return datetime.fromtimestamp(now, tz=UTC).date()


def place_of(deps: Deps, principal: Principal, intent: Intent, role: Role, locale: str) -> tuple[str, dict[str, str]]:
    """Return the digest of all that an answer to an intent depends on, and the versions of the visible pages.

    That is: program, tenant, audience, language, the day (UTC; the prompt names it, and pages become valid on one),
    the pages, the prompt, the intent, desk.yaml and the model.
    """
    today = day_of(deps.clock())
    pages = visible(deps.desk.pages, signed_in=principal.signed_in, today=today)
    parts = {
        "program": __version__,
        "tenant": principal.tenant,
        "audience": "customer" if principal.signed_in else "public",
        "locale": locale,
        "day": today.isoformat(),
        "pages": pages,
        "prompt": deps.prompts.digest(intent.prompt or PROMPT),
        "intent": _digest_of(_Record(intent)),
        "desk": _digest_of(_Record(deps.desk.config)),
        "model": [role, deps.models.describe(role)],
    }
    return digest(parts), pages


def locale_of(state: DeskState, desk: DeskView) -> str:
    """Return the language of this turn: that of the message, or the desk's main one."""
    route = state.get("route")
    return (route.get("language") if route else None) or desk.config.languages[0]


def asked_of(deps: Deps, state: DeskState, principal: Principal) -> Asked:
    """Return this turn's question; the turn is one that may be served from the cache."""
    decision = state["decision"]
    role: Role = "reasoning" if decision["tier"] == "reasoning" else "fast"
    locale = locale_of(state, deps.desk)
    place, pages = place_of(deps, principal, deps.desk.intents[decision["intent"]], role, locale)
    text = normal(text_of(latest_human(state["messages"])))
    return Asked(place=place, text=text, english=bool(_ENGLISH.match(locale)), pages=pages)


__all__ = ["asked_of", "day_of", "digest", "locale_of", "place_of", "visible"]
