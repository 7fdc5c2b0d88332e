"""The output guards in their order, each under the desk's policy. What cannot be reviewed is not sent."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from frontdesk.desk.reviewing import MOST_CHARACTERS, Review
from frontdesk.graph.deps import Reviewed, Scrubber
from frontdesk.graph.state import Passage
from frontdesk.nodes.review.draft import Draft, Facts, Step
from frontdesk.nodes.review.judging import Progress, failed, judged
from frontdesk.nodes.review.leak import Readings
from frontdesk.nodes.review.placing import PlacedStep, own_policy, placed_steps
from frontdesk.nodes.review.step import Material
from frontdesk.nodes.review.turn import TurnFacts

logger = logging.getLogger(__name__)

LONG = 2_000
"""Characters from which a draft is judged in a thread: below, that takes less time than the way there and back."""


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
        rules: Review | None = None,
        business: str = "",
    ) -> None:
        """Take what the steps need.

        Args:
            scrubber: Finds personal data in the reply.
            readings: Every way a text may be read (``frontdesk.nodes.guard.views.readings``), for the leak check.
            hosts: Hosts that a reply may link to; compared exactly, without case.
            secrets: Texts that must not be repeated (the section of a prompt that is not public).
            canary: A random word of the prompt that stands nowhere else; empty for none.
            steps: Steps by name instead of the usual ones, in order, under the policy of their names (tests).
            rules: The desk's policy per step and its topics; by default each step's own.
            business: The desk's business name, for the wordings of topics.

        Raises:
            ConfigurationError: ``rules`` name a step that does not exist, or give one faulty options.
        """
        rules = rules or Review()
        self._scrubber = scrubber
        topics = rules.topics
        material = Material(readings, frozenset(host.lower() for host in hosts), secrets, canary, topics, business)
        self._steps: Mapping[str, PlacedStep] = (
            placed_steps(rules, material)
            if steps is None
            else {name: PlacedStep(step, own_policy(rules, name)) for name, step in steps.items()}
        )

    async def review(
        self, text: str, passages: Sequence[Passage], known: Mapping[str, str], *, turn: TurnFacts | None = None
    ) -> Reviewed:
        """Judge a masked reply.

        Args:
            text: The reply, with placeholders.
            passages: What it may rest on; a passage with an empty page id is evidence that cannot be cited.
            known: The vault of the session, placeholder to value.
            turn: Who asked what and what was done (``turn_facts``); without it, a model's reply to nobody.

        Returns:
            The reply as it may be sent. Blocked: the text is empty and the findings say why; a step that could not run
            gives ``unavailable:<step>``. Never raises.
        """
        return await self._through(self._steps, text, Facts(passages, known, self._scrubber, turn or TurnFacts()))

    async def partial(
        self, text: str, passages: Sequence[Passage], known: Mapping[str, str], *, turn: TurnFacts | None = None
    ) -> Reviewed:
        """Judge the finished sentences of a reply that goes on, by the steps that can; arguments as for ``review``.

        Returns:
            As ``review``; where the desk's own wording will be said instead, blocked (and ``settled`` where the
            customer's message calls for it), and blocked where a step that decides can judge whole replies only.
            The whole reply is reviewed again in the end.
        """
        steps = {name: placed for name, placed in self._steps.items() if placed.streams}
        facts = Facts(passages, known, self._scrubber, turn or TurnFacts())
        found = await self._through(steps, text, facts)
        # something else than the model's words will be said, so nothing of them is shown meanwhile
        elsewhere = found.handoff or found.settled or any(placed.withholds for placed in self._steps.values())
        return replace(found, text="", citations=(), blocked=True) if elsewhere else found

    async def _through(self, steps: Mapping[str, PlacedStep], text: str, facts: Facts) -> Reviewed:
        own = {name: placed for name, placed in steps.items() if not placed.foreign}
        others = {name: placed for name, placed in steps.items() if placed.foreign}
        progress = await self._ours(own, text, facts)
        before = progress.draft.text
        progress = await self._passed(others, progress, facts)
        if not progress.over and progress.draft.text != before:
            # words that none of ours has seen
            progress = progress.joined(await self._ours(own, progress.draft.text, facts))
        return progress.reviewed()

    async def _ours(self, steps: Mapping[str, PlacedStep], text: str, facts: Facts) -> Progress:
        if len(text) <= MOST_CHARACTERS:
            return await self._passed(steps, Progress(Draft(text)), facts)
        # a secret in many words is still called one: what follows is a refusal, and no second draft
        leak = {name: placed for name, placed in steps.items() if name == "leak"}
        progress = await self._passed(leak, Progress(Draft(text)), facts)
        return progress if progress.over else _too_long(progress.draft, written=facts.turn.written)

    async def _passed(self, steps: Mapping[str, PlacedStep], progress: Progress, facts: Facts) -> Progress:
        for name, placed in steps.items():
            if progress.over:
                break
            progress = await self._after(name, placed, progress, facts)
        return progress

    async def _after(self, name: str, placed: PlacedStep, before: Progress, facts: Facts) -> Progress:
        try:
            after = await self._made(placed, before.draft, facts)
            if not isinstance(after, Draft):
                raise TypeError("a step gives a draft")
        except Exception as fault:  # noqa: BLE001 - whatever breaks in a step, its policy says what that means
            logger.warning("review step %s could not run: %s", name, type(fault).__name__)
            return failed(before, name, placed.policy)
        return judged(before, after, placed.policy, written=facts.turn.written)

    async def _made(self, placed: PlacedStep, draft: Draft, facts: Facts) -> object:
        if not self._scrubber.heavy and len(draft.text) <= LONG:
            made = placed.step(draft, facts)
            if isinstance(made, Draft) or not inspect.isawaitable(made):
                # it held the event loop, so nothing could have interrupted it: a timeout would only cost time
                return made
            async with asyncio.timeout(placed.policy.timeout):
                return await made
        async with asyncio.timeout(placed.policy.timeout):
            made = await asyncio.to_thread(placed.step, draft, facts)
            return await made if inspect.isawaitable(made) else made


def _too_long(before: Draft, *, written: bool) -> Progress:
    """Return the progress of what is too long to be searched, and so is not sent; a model may write once more."""
    codes = (*before.findings, "tone:length")
    if written:
        return Progress(Draft("", findings=codes), repair=("tone:length",), over=True)
    return Progress(Draft("", findings=codes, blocked=True), over=True)


__all__ = ["OutputReviewer"]
