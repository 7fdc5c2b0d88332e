"""Off topic: questions that a desk does not want to answer, by explainable word patterns in seven languages."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.desk.guarding import GuardChannel
from frontdesk.nodes.guard.check import Check, Evidence
from frontdesk.nodes.guard.lexicon.lexicon import Topic, by_sentence, phrases
from frontdesk.nodes.guard.lexicon.topics import TOPICS
from frontdesk.nodes.guard.quiet import register_validator
from frontdesk.nodes.guard.views import LIMIT, View

OWN = "own"
"""Name of the topic that a desk's own phrases make."""


@register_validator("frontdesk/off_topic", data_type="string")
class OffTopic(Check):
    """Fails on requests about ``topics``, and on the desk's own ``phrases``. Off unless a desk switches it on."""

    channels = frozenset({"user"})
    enabled = False
    adds_up = False

    def __init__(
        self,
        threshold: float = 0.5,
        on_fail: object = None,
        *,
        topics: Sequence[str] = tuple(TOPICS),
        phrases: Sequence[str] = (),  # the option's name in desk.yaml
    ) -> None:
        """Take the topics to keep away from (all by default) and words or phrases of the desk's own.

        Raises:
            ValueError: There is no such topic, or a phrase is empty.
        """
        super().__init__(threshold=threshold, on_fail=on_fail)
        if isinstance(topics, str) or isinstance(phrases, str):
            raise ValueError("`topics` and `phrases` are lists")
        unknown = sorted({str(topic)[:40] for topic in topics} - set(TOPICS))
        if unknown:
            raise ValueError(f"there is no topic {', '.join(unknown)}; the topics are {', '.join(sorted(TOPICS))}")
        self._topics = [TOPICS[topic] for topic in topics]
        if phrases:
            self._topics.append(_own(phrases))

    def inspect(self, text: str, seen: Sequence[View], *, channel: GuardChannel = "user") -> Evidence:
        """Return 0.6 and the topics that were found, with the sentences in which they stand."""
        found = by_sentence(text[:LIMIT], self._topics)
        spans = [span for places in found.values() for span in places]
        return Evidence(0.6 if found else 0.0, tuple(f"off_topic.{name}" for name in found), tuple(spans))


def _own(given: Sequence[str]) -> Topic:
    return phrases(OWN, 0.6, given)


CHECK = OffTopic
