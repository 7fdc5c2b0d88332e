"""A classifier of this machine as a judge: ProtectAI's, PIGuard, Prompt Guard 2 or any other, out of a folder."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from frontdesk.desk.tiers import LocalTier
from frontdesk.graph.state import Channel, Outcome
from frontdesk.nodes.guard.second import Opinion, by_score
from frontdesk.nodes.guard.tiers.classifiers import Classifier
from frontdesk.nodes.guard.tiers.excerpt import excerpt, hidden

_RULES: dict[Outcome, str] = {
    "allow": "tier2:local:none",
    "raise": "tier2:local:doubtful",
    "refuse": "tier2:local:attack",
}


def _one_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="frontdesk-tier2")


@dataclass(frozen=True)
class LocalJudge:
    """Runs a classifier over the text and its hidden readings; the highest score counts. Implements ``Judge``."""

    classifier: Classifier
    options: LocalTier
    threads: ThreadPoolExecutor = field(default_factory=_one_thread)
    """One thread: texts that wait longer than their time are given up before they begin."""

    @property
    def kind(self) -> str:
        """``local``."""
        return self.options.kind

    @property
    def seconds(self) -> float:
        """What an opinion may take, the wait for the thread included."""
        return self.options.seconds

    async def opinion(self, text: str, channel: Channel, *, clearing: bool = False) -> Opinion:
        """Return what the classifier's probability stands for.

        Raises:
            ModelError: The text is too long for it, or it gave no numbers.
        """
        left = threading.Event()
        loop = asyncio.get_running_loop()
        try:
            probability = await loop.run_in_executor(self.threads, self._probability, text, left)
        finally:
            # out of time: the thread stops at its next window
            left.set()
        score = scaled(probability, self.options.threshold)
        outcome = by_score(score)
        category = "none" if outcome == "allow" else "attack"
        return Opinion(outcome, score, (_RULES[outcome],), category, "classifier")

    def _probability(self, text: str, left: threading.Event) -> float:
        texts = [excerpt(text, self.options.max_chars), *(plain for _, plain in hidden(text))]
        return max(self.classifier.probability(part, left.is_set) for part in texts)

    def close(self) -> None:
        """Let the thread go; what it is doing ends at the next window."""
        self.threads.shutdown(wait=False, cancel_futures=True)


def scaled(probability: float, threshold: float) -> float:
    """Return a probability on the common scale: ``threshold`` becomes 0.5, half of it 0.25, linear in between."""
    if probability < threshold:
        return 0.5 * probability / threshold
    return 0.5 + 0.5 * (probability - threshold) / (1 - threshold)


__all__ = ["LocalJudge", "scaled"]
