"""Abuse: insults, slurs, threats, sexual harassment; and words of despair, which go to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from frontdesk.desk.guarding import GuardChannel
from frontdesk.nodes.guard.check import Check, Evidence
from frontdesk.nodes.guard.lexicon.abuse import CATEGORIES, REPORTED, SELF_HARM
from frontdesk.nodes.guard.lexicon.lexicon import Topic, plain
from frontdesk.nodes.guard.quiet import register_validator
from frontdesk.nodes.guard.sentences import sentences
from frontdesk.nodes.guard.views import LIMIT, View

_DISGUISED = frozenset({"folded", "spaced", "leet"})
"""Readings beside the plain one in which a word is looked for: those of a person who spells around a filter."""


@register_validator("frontdesk/abuse", data_type="string")
class Abuse(Check):
    """Fails on abuse of ``categories``, which raises by default. Off unless a desk switches it on."""

    channels = frozenset({"user"})
    action = "raise"
    enabled = False
    adds_up = False

    def __init__(
        self, threshold: float = 0.5, on_fail: object = None, *, categories: Sequence[str] = tuple(CATEGORIES)
    ) -> None:
        """Take the categories to look for, all by default.

        Raises:
            ValueError: There is no such category.
        """
        super().__init__(threshold=threshold, on_fail=on_fail)
        if isinstance(categories, str):
            raise ValueError("`categories` is a list")
        unknown = sorted({str(category)[:40] for category in categories} - set(CATEGORIES))
        if unknown:
            raise ValueError(f"there is no category {', '.join(unknown)}; there are {', '.join(sorted(CATEGORIES))}")
        self._categories = [topic for name, topic in CATEGORIES.items() if name in categories]

    def inspect(self, text: str, seen: Sequence[View], *, channel: GuardChannel = "user") -> Evidence:
        """Return the score of the worst category, all that were found, and the sentences in which they stand."""
        found: dict[str, Topic] = {}
        spans: list[tuple[int, int]] = []
        for start, end in sentences(text[:LIMIT]):
            here = list(self._in(plain(text[start:end])))
            found.update((topic.name, topic) for topic in here)
            spans += [(start, end)] if here else []
        for view in seen:
            if view.kind in _DISGUISED:
                found.update((topic.name, topic) for topic in self._in(view.text))
        ranked = sorted(found.values(), key=lambda topic: -topic.score)
        return Evidence(
            score=ranked[0].score if ranked else 0.0,
            rules=tuple(f"abuse.{topic.name}" for topic in ranked),
            spans=tuple(spans),
            category=SELF_HARM if SELF_HARM in found else ranked[0].name if ranked else "",
        )

    def _in(self, reading: str) -> Iterator[Topic]:
        for topic in self._categories:
            matches = (match for pattern in topic.patterns for match in pattern.finditer(reading))
            if any(topic.name == SELF_HARM or not REPORTED.search(reading[: match.start()]) for match in matches):
                yield topic


CHECK = Abuse
