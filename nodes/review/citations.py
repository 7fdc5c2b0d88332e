"""Citations: each ``[page-id]`` names a page that was retrieved in this turn; others are taken out.

A sentence that shares no content word and no number with any page that it cites is flagged. That is a cheap sign, not
a proof of support: grounding judges the numbers, and a reply in another language than the page is left alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.support import content

_BRACKETS = re.compile(r"(?<![!\]])\[([^\[\]\n]{2,200})\](?![(\[:])")
_ID = re.compile(r"[a-z][a-z0-9-]{1,63}")
_GAP = re.compile(r"(?<=\S)[ \t]+(?=[.,;:!?](?:\s|$))")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?(?:\s*\[[a-z0-9-]+\]\.?)*")
_CITED = re.compile(r"\[([a-z][a-z0-9-]{1,63})\]")
_DIGITS = re.compile(r"\d+")
_ENGLISH = re.compile(r"\b(?:the|is|are|and|of|to|you|your|for|with)\b", re.IGNORECASE)
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
    found = ["citation:unknown"] if unknown else []
    if cited and _unsupported(text, facts):
        found.append("citation:unsupported")
    return replace(draft.with_text(text, *found), citations=tuple(dict.fromkeys(cited)))


def _unsupported(text: str, facts: Facts) -> bool:
    """Whether a sentence has nothing in common with the pages that it cites."""
    pages: dict[str, str] = {}
    for one in facts.passages:
        if one["page"]:
            pages[one["page"]] = f"{pages.get(one['page'], '')}\n{one['title']}\n{one['text']}"
    for match in _SENTENCE.finditer(text):
        shown = [pages[name] for name in _CITED.findall(match.group()) if name in pages]
        said = content(_CITED.sub(" ", match.group()))
        # a fragment says too little, and words of another language are not the page's
        if not shown or len(said) < 4 or not all(_ENGLISH.search(part) for part in (match.group(), *shown)):
            continue
        digits = set(_DIGITS.findall(_CITED.sub(" ", match.group())))
        if not any(said & content(page) or digits & set(_DIGITS.findall(page)) for page in shown):
            return True
    return False


__all__ = ["citations"]
