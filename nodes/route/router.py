"""The desk's router: from intents.yaml to a function of the message."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from frontdesk.desk.config import Intent, Routing
from frontdesk.errors import ConfigurationError, ModelError
from frontdesk.graph.deps import Embedder
from frontdesk.graph.state import Route
from frontdesk.nodes.route.classifier import Classifier, fit_classifier

_log = logging.getLogger(__name__)

_ALTERNATIVES = 3


@dataclass(frozen=True)
class Examples:
    """What a router is fitted on."""

    texts: tuple[str, ...]
    labels: tuple[int, ...]
    """Position of the intent of each text."""
    names: tuple[str, ...]
    """Those of ``texts`` that name an intent instead of quoting a customer."""

    @classmethod
    def of(cls, intents: Mapping[str, Intent]) -> Examples:
        """Take the utterances, and name and title as two more: worth 1 to 4 points of accuracy at 5 to 10 examples.

        Raises:
            ConfigurationError: There is no intent.
        """
        if not intents:
            raise ConfigurationError("the desk has no intents: intents.yaml must name at least one")
        texts: list[str] = []
        labels: list[int] = []
        names: list[str] = []
        for label, intent in enumerate(intents.values()):
            called = [intent.name.replace("_", " "), intent.title]
            texts += [*intent.utterances, *called]
            labels += [label] * (len(intent.utterances) + len(called))
            names += called
        return cls(tuple(texts), tuple(labels), tuple(names))


@dataclass(frozen=True)
class Fit:
    """What fitting gives and a file keeps."""

    intents: tuple[str, ...]
    """In the order of the classifier's classes."""
    classifier: Classifier
    width: int = 0
    """Columns of the embeddings that it was fitted with; 0: words alone."""


def fit_examples(intents: tuple[str, ...], examples: Examples, vectors: NDArray[np.float32] | None = None) -> Fit:
    """Fit; about a second for 30 intents of 10 utterances.

    Args:
        intents: Their names, in the order of the labels.
        examples: From :meth:`Examples.of`.
        vectors: (texts, d): embeddings of the examples, of length 1; None: words alone.
    """
    classifier = fit_classifier(examples.texts, examples.labels, len(intents), names=examples.names, vectors=vectors)
    return Fit(intents, classifier, 0 if vectors is None else vectors.shape[1])


@dataclass(frozen=True)
class IntentRouter:
    """Implements :class:`frontdesk.graph.deps.Router`."""

    fitted: Fit
    accept: float
    """Confidence from which an intent is accepted."""
    embedder: Embedder | None = field(default=None, compare=False)
    """None: words alone."""

    @classmethod
    def fit(cls, intents: Mapping[str, Intent], routing: Routing) -> IntentRouter:
        """Fit by words alone; with embeddings and a file: ``frontdesk.nodes.route.fitting``.

        Raises:
            ConfigurationError: There is no intent.
        """
        return cls(fit_examples(tuple(intents), Examples.of(intents)), routing.accept)

    async def route(self, text: str) -> Route:
        """Classify one masked message; by its words alone where its embedding could not be had in time."""
        return (await self.route_many([text]))[0]

    async def route_many(self, texts: Sequence[str]) -> list[Route]:
        """Classify several masked texts, with one call of the embedder.

        Returns:
            A route each, as :meth:`score` makes it; ``lexical`` is set where an embedding was wanted and not had.
        """
        vectors = await self._vectors(texts)
        if vectors is None:
            routes = [self.score(text) for text in texts]
            return [Route(**route, lexical=True) for route in routes] if self.fitted.width else routes
        return [self.score(text, vector) for text, vector in zip(texts, vectors, strict=True)]

    def score(self, text: str, vector: NDArray[np.float32] | None = None) -> Route:
        """Classify one masked message, a fraction of a millisecond.

        Args:
            text: The message.
            vector: Its embedding, for a router that was fitted with embeddings.

        Returns:
            The best intent. Its ``confidence`` is P(in scope) * P(intent | in scope), so that one threshold serves
            both questions, and so are the alternatives' probabilities.
        """
        scores = self.fitted.classifier.scores(text, vector)
        order = (-scores.chances).argsort(kind="stable")
        ranked = [(self.fitted.intents[at], round(float(scores.chances[at]) * scores.scope, 4)) for at in order]
        intent, confidence = ranked[0]
        return Route(
            intent=intent,
            confidence=confidence,
            accepted=confidence > 0 and confidence >= self.accept,
            alternatives=ranked[1 : 1 + _ALTERNATIVES],
            oos=round(1 - scores.scope, 4),
        )

    async def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """Return the embeddings, (texts, width), or None where they cannot be had or are not wanted."""
        if self.embedder is None or not self.fitted.width or not all(text.strip() for text in texts):
            return None
        try:
            if len(texts) == 1:
                vectors = (await self.embedder.embed(texts[0]))[None, :]
            else:
                vectors = await self.embedder.embed_many(texts)
        except ModelError as error:
            _log.warning("routed by words alone: cause=%s", error)
            return None
        if vectors.shape != (len(texts), self.fitted.width):
            _log.error("routed by words alone: cause=width columns=%d", vectors.shape[-1])
            return None
        return vectors
