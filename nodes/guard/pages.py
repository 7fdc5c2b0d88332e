"""A desk's pages without what looks like an instruction in them: judged once, when the desk opens."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from frontdesk.desk.config import DeskConfig, Page
from frontdesk.graph.protocols import InputGuard
from frontdesk.nodes.guard.quarantine import Sifted, merged, sift

_log = logging.getLogger(__name__)

MOST: Final = 4096
"""Findings that a process keeps: a desk that is opened again (tests, a second worker) waits once."""
_found: dict[str, Sifted] = {}


@dataclass(frozen=True, slots=True)
class SiftedPage:
    """A page's two texts after quarantine."""

    title: Sifted
    body: Sifted

    @property
    def withheld(self) -> int:
        """Pieces that were taken out."""
        return self.title.withheld + self.body.withheld

    @property
    def rules(self) -> list[str]:
        """What was found, by rule, each once."""
        return merged((self.title.verdict, self.body.verdict))["rules"]


async def sift_pages(guard: InputGuard, pages: Mapping[str, Page], config: DeskConfig) -> dict[str, SiftedPage]:
    """Judge pages; each text once per process, kind of guard and desk policy.

    Args:
        guard: The desk's.
        pages: By id.
        config: Its policy is a part of what a finding is kept under.

    Returns:
        By id, in the order of ``pages``, those in which something was found.
    """
    policy = "|".join(f"{name}={rule.model_dump_json()}" for name, rule in sorted(config.guards.items()))
    kept_under = f"{type(guard).__module__}.{type(guard).__qualname__}|{policy}"
    found: dict[str, SiftedPage] = {}
    for name, page in pages.items():
        title, body = [await _sifted(guard, text, kept_under) for text in (page.title, page.body)]
        if title.hit or body.hit:
            found[name] = SiftedPage(title, body)
    return found


async def clean_pages(guard: InputGuard, pages: Mapping[str, Page], config: DeskConfig) -> dict[str, Page]:
    """Return the pages that models may be shown; what was taken out is logged by page id and rule, without the text."""
    found = await sift_pages(guard, pages, config)
    clean = dict(pages)
    for name, sifted in found.items():
        if sifted.withheld:
            _log.warning("page %s: %d withheld: %s", name, sifted.withheld, ", ".join(sifted.rules))
            clean[name] = pages[name].model_copy(update={"title": sifted.title.text, "body": sifted.body.text})
    return clean


async def _sifted(guard: InputGuard, text: str, kept_under: str) -> Sifted:
    key = hashlib.sha256(f"{kept_under}\n{text}".encode()).hexdigest()
    if key not in _found:
        sifted = await sift(guard, text, "document")
        if any(rule.startswith("unavailable:") for rule in sifted.verdict["rules"]):
            return sifted  # the next opening may find the check at work
        if len(_found) >= MOST:
            _found.clear()
        _found[key] = sifted
    return _found[key]


__all__ = ["SiftedPage", "clean_pages", "sift_pages"]
