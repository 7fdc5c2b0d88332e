"""Re-scrub: personal data that a model wrote out is masked again before it leaves."""

from __future__ import annotations

import re
from functools import lru_cache

from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.nodes.review.draft import DESK, Draft, Facts
from frontdesk.nodes.review.sentences import Span, sentences
from frontdesk.nodes.scrub.origin import REMOVED, without_foreign

SHORTEST = 60
"""Characters from which a sentence of a page is not searched: the most of a reply that quotes."""
CUE = 48
"""Characters on each side of what is searched that detectors may need: "the name is", a street before its town."""
_CITED = re.compile(r"(?<!\s)\s*+\[[a-z][a-z0-9-]{1,63}\]")
_WRAPPED = "[]().,;:!? "


@lru_cache(maxsize=512)
def _line(text: str) -> str:
    """Return a page or a fixed wording as one line; both are published, so they may stay in memory."""
    return " ".join(text.split())


def _published(sentence: str, lines: list[str]) -> bool:
    """Whether a page says a long sentence in the same words; a page is not personal data."""
    if len(sentence) < SHORTEST or PLACEHOLDER.search(sentence):
        return False
    words = " ".join(_CITED.sub("", sentence).split()).strip(_WRAPPED)
    return len(words) >= SHORTEST and any(words in line for line in lines)


def _searched(text: str, facts: Facts) -> str:
    """Return ``text``, as long as before, without what pages say in the same words (but for its ends, as cues)."""
    lines = [_line(one["text"]) for one in facts.passages if one["page"] or one["url"] == DESK]
    quoted = [span for span in sentences(text) if _published(text[slice(*span)], lines)] if lines else []
    joined: list[Span] = []
    for start, end in quoted:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    for start, end in joined:
        text = _without(text, start, end)
    return text


def _without(text: str, start: int, end: int) -> str:
    """Blank a stretch but for its ends, at blanks: half a word or half a number would be something else."""
    first = 0 if not text[:start].strip() else text.find(" ", start + CUE, end)
    last = len(text) if not text[end:].strip() else text.rfind(" ", start, end - CUE)
    if first < 0 or last <= first:
        return text
    return text[:first] + "\n" * (min(last, len(text)) - first) + text[last:]


def _again(value: str, facts: Facts, evidence: str) -> tuple[str, str]:
    """Return what replaces a value, and the finding's code: a known value's placeholder, itself, or a removal."""
    masked = facts.scrubber.scrub(value, facts.known).text
    if masked in facts.known:
        return masked, "scrub:known"
    # the business's own telephone number or address is published; evidence is scrubbed, so nothing else stands there
    if value in evidence:
        return value, ""
    return REMOVED, "scrub:new"


def rescrub(draft: Draft, facts: Facts) -> Draft:
    """Mask values of the vault by their placeholders, and remove personal data that stands in no evidence.

    A placeholder of a value that others wrote is removed, too: the customer would read it as the desk's own word.
    """
    if (kept := without_foreign(draft.text, facts.known)) != draft.text:
        draft = draft.with_text(kept, "scrub:foreign")
    found = facts.scrubber.scrub(_searched(draft.text, facts), facts.known).findings
    if not found:
        return draft
    evidence = facts.evidence
    text, codes = draft.text, []
    placeholders = [match.span() for match in PLACEHOLDER.finditer(text)]
    replaced: dict[str, tuple[str, str]] = {}
    for finding in sorted(found, key=lambda finding: -finding.start):
        if any(start < finding.end and finding.start < end for start, end in placeholders):
            continue
        value = draft.text[finding.start : finding.end]
        if value not in replaced:
            replaced[value] = _again(value, facts, evidence)
        new, code = replaced[value]
        text = text[: finding.start] + new + text[finding.end :]
        if code:
            codes.append(code)
    return draft.with_text(text, *codes)


__all__ = ["CUE", "REMOVED", "SHORTEST", "rescrub"]
