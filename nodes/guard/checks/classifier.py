"""Attacks by how they are worded: a linear scorer over hashed n-grams of sentences.

Trained by ``frontdesk train guard``. It finds rewordings that no rule names, and cannot say more about one than that it
looks like an attack; the rules of ``injection`` explain themselves. The desk acts on the higher of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frontdesk.desk.guarding import GuardChannel
from frontdesk.nodes.guard.characters import even, visible
from frontdesk.nodes.guard.check import Check, Evidence
from frontdesk.nodes.guard.quiet import register_validator
from frontdesk.nodes.guard.scorer.judging import judged
from frontdesk.nodes.guard.scorer.model import Kind, Scorer, shipped
from frontdesk.nodes.guard.scorer.pieces import joint
from frontdesk.nodes.guard.scorer.scale import RAISE
from frontdesk.nodes.guard.sentences import sentences
from frontdesk.nodes.guard.spans import joined
from frontdesk.nodes.guard.views import LIMIT, View, views

_DISGUISED = 4_000
"""Characters of a text up to which a disguised sentence is looked for in it: bounds the work on a long text."""
_RAISED = 0.98
"""Of the threshold: what a text scores of which no sentence can be named."""
_KINDS: dict[GuardChannel, Kind] = {"user": "user", "human": "user", "document": "document", "tool": "document"}


def located(text: str, scorer: Scorer, threshold: float) -> tuple[tuple[int, int], ...]:
    """Return the sentences of ``text``, as it was given, that reach ``threshold`` alone or with the next ones.

    Returns:
        [start, end) in characters, joined where they touch. Empty when only the whole text or a reading of it does:
        then nothing less than the whole text can be held responsible.
    """
    if len(text) > LIMIT:
        return ()
    places = sentences(text)
    if not places:
        return ()
    (found,) = scorer.score([joint([even(visible(text[start:end])) for start, end in places])])
    spans = [
        (places[at][0], places[at + int(width) - 1][1])
        for at, (score, width) in enumerate(zip(found.sentences, found.widths, strict=True))
        if score >= threshold
    ]
    return tuple((start, end) for start, end in joined(spans))


def disguised(text: str, scorer: Scorer, threshold: float) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a text of at most :data:`_DISGUISED` characters of which some reading reaches it."""
    if len(text) > _DISGUISED:
        return ()
    places = sentences(text)
    scores = [max(found.score for found in judged(scorer, views(text[start:end]))) for start, end in places]
    return tuple(place for place, score in zip(places, scores, strict=True) if score >= threshold)


@register_validator("frontdesk/classifier", data_type="string")
class Classifier(Check):
    """Fails on text that is worded like an attack: on ``user`` like an injection, elsewhere like a planted order."""

    def __init__(self, threshold: float = 0.5, on_fail: Any = None, *, folder: str = "", **options: Any) -> None:
        """Read both scorers, so that a desk with damaged weights does not open instead of failing on every text.

        Args:
            threshold: Score from which it fails.
            on_fail: guardrails-ai's action.
            folder: Where weights lie that somebody trained; empty: those of the package.
            options: Of the validator.

        Raises:
            ConfigurationError: A file of weights is missing or damaged.
        """
        super().__init__(threshold, on_fail, **options)
        self._scorers = {kind: shipped(kind, folder) for kind in sorted(set(_KINDS.values()))}

    def inspect(self, text: str, seen: Sequence[View], *, channel: GuardChannel = "user") -> Evidence:
        """Return the highest score of any sentence, run of sentences or (of what a person writes) whole, and where."""
        kind = _KINDS[channel]
        scorer = self._scorers[kind]
        if kind == "document":
            return self._of_sentences(text, seen, scorer)
        score = max(found.score for found in judged(scorer, seen))
        fired = score >= self.threshold
        return Evidence(
            score=score,
            rules=(f"classifier.{kind}",) if score >= RAISE or fired else (),
            spans=located(text, scorer, self.threshold) if fired else (),
        )

    def _of_sentences(self, text: str, seen: Sequence[View], scorer: Scorer) -> Evidence:
        """Return the highest score of a sentence or run of sentences: what others wrote is never refused as a whole.

        What only a reading of the whole text shows (a sentence that is not where it seems to be) raises.
        """
        score = max(float(found.sentences.max(initial=0.0)) for found in judged(scorer, seen, apart=True))
        spans: tuple[tuple[int, int], ...] = ()
        if score >= self.threshold:
            spans = located(text, scorer, self.threshold) or disguised(text, scorer, self.threshold)
            if not spans and len(sentences(text)) > 1:
                score = min(score, self.threshold * _RAISED)
        return Evidence(score=score, rules=("classifier.document",) if score >= RAISE or spans else (), spans=spans)


CHECK = Classifier
