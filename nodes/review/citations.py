"""Citations: each ``[page-id]`` names a page that was retrieved in this turn; others are taken out."""

from __future__ import annotations

import re
from dataclasses import replace

from frontdesk.nodes.review.draft import Draft, Facts

_BRACKETS = re.compile(r"(?<![!\]])\[([^\[\]\n]{2,200})\](?![(\[:])")
_ID = re.compile(r"[a-z][a-z0-9-]{1,63}")
_GAP = re.compile(r"(?<=\S)[ \t]+(?=[.,;:!?](?:\s|$))")
_DOUBLE = re.compile(r"(?<=\S)[ \t]{2,}")


def citations(draft: Draft, facts: Facts) -> Draft:
    """Keep citations of retrieved pages, in order, each once in ``citations``; remove the others from the text."""
    retrieved = {passage["page"] for passage in facts.passages if passage["page"]}
    cited: list[str] = []
    unknown = False

    def checked(match: re.Match[str]) -> str:
        nonlocal unknown
        ids = [part.strip().casefold() for part in re.split(r"[,;]", match.group(1))]
        if not all(_ID.fullmatch(page) for page in ids):
            return match.group()
        good = [page for page in ids if page in retrieved]
        unknown = unknown or len(good) < len(ids)
        cited.extend(good)
        return "".join(f"[{page}]" for page in good)

    text = _BRACKETS.sub(checked, draft.text)
    if unknown:
        text = _DOUBLE.sub(" ", _GAP.sub("", text)).strip()
    found = ("citation:unknown",) if unknown else ()
    return replace(draft.with_text(text, *found), citations=tuple(dict.fromkeys(cited)))


__all__ = ["citations"]
