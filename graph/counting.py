"""What providers reported beside what was estimated: how far the estimate of tokens may be scaled down, or must be up.

The estimate (``nodes/remember/tokens.py``) is made to overcount. Where a provider says what a prompt really took, the
ratio of the two tells by how much; it holds for the kind of text that this desk's prompts are made of.
"""

from __future__ import annotations

from collections import OrderedDict, deque

SAMPLES = 50
"""Last prompts per model that count. The highest of their ratios is used, so that no recent prompt was undercounted."""
ENOUGH = 5
"""Prompts before an estimate is scaled down; it is scaled up from the first."""
LEAST_TOKENS = 200
"""Estimated tokens below which a prompt is no sample: its frame, and not its text, would make the ratio."""
LOWEST = 0.85
"""Never scaled below this: English talk needs .66 to .79 of its estimate (``python -m frontdesk.evals.tokens``), so
what was learnt from prompts full of JSON, .6, cannot undercount a talk; Polish and base64 need .9: up to 6 % under."""
HIGHEST = 4.0
"""Never scaled above this: a provider that reports more counts something else than this prompt."""
MARGIN = 1.02
"""On top of the highest ratio seen: the next prompt may lie a little above it."""
MODELS = 64
"""Models that figures are kept of."""


class Calibration:
    """Ratios of reported to estimated prompt tokens, per model, in this process. Figures only."""

    def __init__(self) -> None:
        """Start without samples."""
        self._ratios: OrderedDict[str, deque[float]] = OrderedDict()

    def learn(self, model: str, estimated: int, reported: int) -> None:
        """Take the figures of one prompt.

        Args:
            model: As a chain names it, ``provider:name``.
            estimated: Tokens by the estimate, unscaled.
            reported: Tokens as the provider counted them; 0 or less where it said nothing.
        """
        if estimated < LEAST_TOKENS or reported <= 0:
            return
        ratios = self._ratios.setdefault(model, deque(maxlen=SAMPLES))
        ratios.append(reported / estimated)
        self._ratios.move_to_end(model)
        while len(self._ratios) > MODELS:
            self._ratios.popitem(last=False)

    def factor(self, *models: str) -> float:
        """Return what an estimate is multiplied with, the largest of these models'; 1 for a model without samples."""
        return max((self._of(model) for model in models), default=1.0)

    def _of(self, model: str) -> float:
        ratios = self._ratios.get(model)
        if not ratios:
            return 1.0
        highest = min(max(ratios) * MARGIN, HIGHEST)
        return max(highest, LOWEST) if len(ratios) >= ENOUGH else max(highest, 1.0)


__all__ = ["Calibration"]
