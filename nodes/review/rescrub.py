"""Re-scrub: personal data that a model wrote out is masked again before it leaves."""

from __future__ import annotations

from frontdesk.nodes.review.draft import PLACEHOLDER, Draft, Facts

REMOVED = "(removed)"
"""Stands for personal data that belongs to nobody in this session."""


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
    """Mask values of the vault by their placeholders, and remove personal data that stands in no evidence."""
    evidence = facts.evidence
    text, codes = draft.text, []
    placeholders = [match.span() for match in PLACEHOLDER.finditer(text)]
    for finding in sorted(facts.scrubber.scrub(text, facts.known).findings, key=lambda found: -found.start):
        if any(start < finding.end and finding.start < end for start, end in placeholders):
            continue
        new, code = _again(draft.text[finding.start : finding.end], facts, evidence)
        text = text[: finding.start] + new + text[finding.end :]
        if code:
            codes.append(code)
    return draft.with_text(text, *codes)


__all__ = ["REMOVED", "rescrub"]
