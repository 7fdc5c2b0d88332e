"""One verdict from the findings of all checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from frontdesk.graph.state import Outcome, Verdict
from frontdesk.nodes.guard.spans import joined
from frontdesk.nodes.guard.supervise import Finding, Supervised

SEVERITY: dict[Outcome, int] = {"allow": 0, "raise": 1, "unsure": 2, "refuse": 3}
"""Which outcome stands above which."""


def merge(findings: Mapping[str, Finding]) -> Verdict:
    """Return one verdict: the most severe outcome, the highest score, the rules most severe first.

    Args:
        findings: By check name. Those in shadow are told apart and change nothing.
    """
    counted = [finding for finding in findings.values() if not finding.shadow]
    ranked = sorted(counted, key=lambda finding: (-SEVERITY[finding.outcome], -finding.score))
    watched = [rule for finding in findings.values() if finding.shadow for rule in finding.rules]
    spans = joined(span for finding in counted for span in finding.spans)
    category = next((finding.category for finding in ranked if finding.category), "")
    verdict = Verdict(
        outcome=ranked[0].outcome if ranked else "allow",
        rules=list(dict.fromkeys(rule for finding in ranked for rule in finding.rules)),
        score=max((finding.score for finding in counted), default=0.0),
        checks=[finding.shown(name) for name, finding in findings.items()],
    )
    if watched:
        verdict["shadow"] = watched
    if spans:
        verdict["spans"] = spans
    if category:
        verdict["category"] = category
    return verdict


def attack_score(findings: Mapping[str, Finding], lane: Sequence[Supervised]) -> float:
    """Return the highest score of the checks whose evidence adds up over messages."""
    return max((findings[one.name].score for one in lane if one.adds_up and one.name in findings), default=0.0)


__all__ = ["SEVERITY", "attack_score", "merge"]
