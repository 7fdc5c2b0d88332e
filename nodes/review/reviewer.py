"""The output guards in their order. A step that fails blocks the reply: nothing unreviewed goes out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import partial

from frontdesk.graph.deps import Reviewed, Scrubber
from frontdesk.graph.state import Passage
from frontdesk.nodes.review.citations import citations
from frontdesk.nodes.review.controls import controls
from frontdesk.nodes.review.draft import Draft, Facts, Step
from frontdesk.nodes.review.grounding import grounding
from frontdesk.nodes.review.leak import LeakStep, Readings
from frontdesk.nodes.review.links import LinkStep
from frontdesk.nodes.review.rescrub import rescrub
from frontdesk.nodes.scrub.offload import unblocked

logger = logging.getLogger(__name__)


class OutputReviewer:
    """Implements ``Reviewer``."""

    def __init__(
        self,
        scrubber: Scrubber,
        readings: Readings,
        *,
        hosts: Sequence[str] = (),
        secrets: Sequence[str] = (),
        canary: str = "",
        steps: Mapping[str, Step] | None = None,
    ) -> None:
        """Take what the steps need.

        Args:
            scrubber: Finds personal data in the reply.
            readings: Every way a text may be read (``frontdesk.nodes.guard.views.readings``), for the leak check.
            hosts: Hosts that a reply may link to; compared exactly, without case.
            secrets: Texts that must not be repeated (the section of a prompt that is not public).
            canary: A random word of the prompt that stands nowhere else; empty for none.
            steps: Steps by name instead of the usual ones, in order (tests, desks with steps of their own).
        """
        self._scrubber = scrubber
        self._steps: Mapping[str, Step] = steps or {
            "controls": controls,
            "leak": LeakStep(readings, tuple(secrets), canary),
            "rescrub": rescrub,
            "citations": citations,
            "grounding": grounding,
            "links": LinkStep(frozenset(host.lower() for host in hosts)),
        }

    async def review(self, text: str, passages: Sequence[Passage], known: Mapping[str, str]) -> Reviewed:
        """Judge a masked reply.

        Args:
            text: The reply, with placeholders.
            passages: What it may rest on; a passage with an empty page id is evidence that cannot be cited.
            known: The vault of the session, placeholder to value.

        Returns:
            The reply as it may be sent. Blocked: the text is empty and the last finding says why; a step that raised
            gives ``unavailable:<step>``. Never raises.
        """
        facts = Facts(passages, known, self._scrubber)
        draft = Draft(text)
        for name, step in self._steps.items():
            try:
                draft = await unblocked(self._scrubber, partial(step, draft, facts))
            except Exception as fault:  # noqa: BLE001 - closed: whatever breaks in a step, the reply is not sent
                logger.warning("review step %s could not run: %s", name, type(fault).__name__)
                return Reviewed("", findings=(*draft.findings, f"unavailable:{name}"), blocked=True)
            if draft.blocked:
                return Reviewed("", findings=draft.findings, blocked=True)
        return Reviewed(draft.text, draft.citations, draft.findings)


__all__ = ["OutputReviewer"]
