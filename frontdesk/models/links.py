"""The links of a chain: which hosted models are asked, in which order, and how the time is shared among them."""

from __future__ import annotations

from collections.abc import Mapping

from frontdesk.desk.modelling import Chain, Link
from frontdesk.graph.deps import Role

KEYLESS = "keyless"
"""Name of the model that ends every chain; as a name in a chain it means nothing more."""
SHARE = 0.6
"""Part of the remaining time that a link may take where another one follows it; of two that follow, the square, so that
every link gets about as much."""
FAIR = (1.0, 0.25)
"""Seconds, and part of a link's own time: what ran out of less than both was given too little to be blamed."""
BEHIND: Mapping[Role, tuple[Role, ...]] = {"fast": ("reasoning",), "reasoning": ("fast",)}
"""Roles whose models stand in for another's, behind its own."""

Identity = tuple[str, str | None, str | None]
"""Model, endpoint, name of the key's variable: what makes two links the same one."""


def as_link(link: Link | str) -> Link:
    """Return a link, also of a name alone."""
    return Link(model=link) if isinstance(link, str) else link


def links_of(chain: Chain) -> tuple[Link, ...]:
    """Return the hosted models of a role, first one first; an empty name and `keyless` are none."""
    listed = chain if isinstance(chain, list) else [chain]
    links = [as_link(link) for link in listed if link]
    return tuple(link for link in links if link.model != KEYLESS)


def identity(link: Link) -> Identity:
    """Return what tells a link from others: equal ones share a model, a breaker and a place in a chain."""
    return link.model, link.base_url, link.key


def chain_of(specs: Mapping[str, Chain], role: Role) -> tuple[tuple[Role, Link], ...]:
    """Return the role's links and those of the roles behind it, each with the role that names it; equal ones once."""
    found: dict[Identity, tuple[Role, Link]] = {}
    for name in (role, *BEHIND.get(role, ())):
        for link in links_of(specs.get(name)):
            found.setdefault(identity(link), (name, link))
    return tuple(found.values())


def share(seconds: float, followers: int) -> float:
    """Return the seconds of a link that ``followers`` others may follow."""
    return seconds * float(SHARE**followers)


def fair(seconds: float, timeout: float) -> bool:
    """Whether a link that had ``seconds`` of its ``timeout`` could have answered."""
    return seconds >= min(FAIR[0], FAIR[1] * timeout)


__all__ = ["BEHIND", "FAIR", "KEYLESS", "SHARE", "as_link", "chain_of", "fair", "identity", "links_of", "share"]
