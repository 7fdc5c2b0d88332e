"""One step under its policy: what its findings do to the reply."""

from __future__ import annotations

from dataclasses import dataclass, replace

from frontdesk.desk.reviewing import ReviewPolicy
from frontdesk.graph.deps import Reviewed
from frontdesk.graph.journal import SHADOW
from frontdesk.nodes.review.draft import Draft


@dataclass(frozen=True, slots=True)
class Progress:
    """A reply between two steps."""

    draft: Draft
    repair: tuple[str, ...] = ()
    """Codes of what a model must not write again."""
    handoff: bool = False
    over: bool = False
    """No further step is asked."""

    def joined(self, again: Progress) -> Progress:
        """Return the progress of a reply that was gone through once more: what came of that, with both findings."""
        findings = tuple(dict.fromkeys((*self.draft.findings, *again.draft.findings)))
        repair = tuple(dict.fromkeys((*self.repair, *again.repair)))
        return Progress(
            replace(again.draft, findings=findings), repair, handoff=self.handoff or again.handoff, over=again.over
        )

    def reviewed(self) -> Reviewed:
        """Return what came of the review. A text that must not be sent is not in it."""
        blocked = self.draft.blocked or bool(self.repair)
        return Reviewed(
            "" if blocked else self.draft.text,
            () if blocked else self.draft.citations,
            self.draft.findings,
            blocked=blocked,
            # what another step blocked is not asked for again: the reason itself may be the secret
            repair=() if self.draft.blocked else self.repair,
            handoff=self.handoff or self.draft.handoff,
            settled=self.draft.settled and not blocked,
        )


def judged(before: Progress, after: Draft, policy: ReviewPolicy, *, written: bool) -> Progress:
    """Return the progress after a step.

    Args:
        before: Before the step.
        after: What the step made of the draft.
        policy: The desk's.
        written: Whether a model wrote the reply. The desk's own wordings (a gateway's question, the notice of a ticket)
            cannot be written again, so what would be repaired in them is recorded only.
    """
    new = tuple(code for code in after.findings if code not in before.draft.findings)
    if not new and not after.blocked:
        return replace(before, draft=after)
    if policy.shadow:
        return _recorded(before, tuple(SHADOW + code for code in new))
    action = "flag" if policy.action == "repair" and not written else policy.action
    if action == "flag":
        return _recorded(before, new, citations=after.citations)
    if after.settled:
        return replace(before, draft=after, over=True)
    if action == "repair" and not after.blocked:
        kept = _recorded(before, new, citations=after.citations)
        return replace(kept, repair=(*before.repair, *new), handoff=before.handoff or policy.otherwise == "handoff")
    if action == "mask" and not after.blocked and after.text != before.draft.text:
        return replace(before, draft=after)
    # asked to block, or what was found cannot be taken out
    handoff = policy.otherwise == "handoff"
    return Progress(replace(after, blocked=True), handoff=handoff, over=True)


def failed(before: Progress, name: str, policy: ReviewPolicy) -> Progress:
    """Return the progress after a step that could not run."""
    code = f"unavailable:{name}"
    if policy.on_unavailable == "open" or policy.shadow:
        return _recorded(before, (code,))
    draft = replace(before.draft, findings=(*before.draft.findings, code), blocked=True)
    return Progress(draft, handoff=policy.otherwise == "handoff", over=True)


def _recorded(before: Progress, codes: tuple[str, ...], citations: tuple[str, ...] | None = None) -> Progress:
    draft = before.draft.with_text(before.draft.text, *codes)
    return replace(before, draft=replace(draft, citations=draft.citations if citations is None else citations))


__all__ = ["Progress", "failed", "judged"]
