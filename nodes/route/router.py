"""The desk's router: from intents.yaml to a function of the message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from frontdesk.desk.config import Intent, Routing
from frontdesk.errors import ConfigurationError
from frontdesk.graph.state import Route
from frontdesk.nodes.route.classifier import Classifier, fit_classifier

_ALTERNATIVES = 3


@dataclass(frozen=True)
class IntentRouter:
    """Implements :class:`frontdesk.graph.deps.Router`."""

    names: tuple[str, ...]
    """Intents in the order of the classifier's classes."""
    classifier: Classifier
    accept: float
    """Confidence from which an intent is accepted."""

    @classmethod
    def fit(cls, intents: Mapping[str, Intent], routing: Routing) -> IntentRouter:
        """Fit on the intents' utterances, names and titles; about a second for 30 intents of 10 utterances.

        Raises:
            ConfigurationError: There is no intent.
        """
        if not intents:
            raise ConfigurationError("the desk has no intents: intents.yaml must name at least one")
        examples = [(text, label) for label, intent in enumerate(intents.values()) for text in _examples(intent)]
        texts, labels = zip(*examples, strict=True)
        classifier = fit_classifier(texts, labels, len(intents))
        return cls(names=tuple(intents), classifier=classifier, accept=routing.accept)

    def route(self, text: str) -> Route:
        """Classify one masked message.

        Returns:
            The best intent. Its ``confidence`` is P(in scope) * P(intent | in scope), so that one threshold serves
            both questions, and so are the alternatives' probabilities.
        """
        scores = self.classifier.scores(text)
        order = (-scores.chances).argsort(kind="stable")
        ranked = [(self.names[at], round(float(scores.chances[at]) * scores.scope, 4)) for at in order]
        intent, confidence = ranked[0]
        alternatives = ranked[1 : 1 + _ALTERNATIVES]
        accepted = confidence > 0 and confidence >= self.accept
        return Route(intent=intent, confidence=confidence, accepted=accepted, alternatives=alternatives)


def _examples(intent: Intent) -> list[str]:
    """Return the utterances, and name and title as two more: worth 1 to 4 points of accuracy at 5 to 10 examples."""
    return [*intent.utterances, intent.name.replace("_", " "), intent.title]
