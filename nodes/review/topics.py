"""Pre-approved wording: to a risky topic the desk's own words are said, whatever a model wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from frontdesk.desk.phrases import folded, phrases
from frontdesk.desk.reviewing import Topic
from frontdesk.nodes.review.draft import Draft, Facts, Step
from frontdesk.nodes.review.step import Material, Options, known_options

HANDOFF = "handoff"
"""The stage whose notice of a ticket stands after the wording instead of giving way to it."""


@dataclass(frozen=True)
class _Topic:
    name: str
    topic: Topic
    triggers: re.Pattern[str]
    unless: re.Pattern[str]

    def applies(self, text: str) -> bool:
        """Whether a trigger stands in the folded text that nothing harmless overlaps."""
        harmless = [found.span() for found in self.unless.finditer(text)]
        return any(
            not any(start < found.end() and found.start() < end for start, end in harmless)
            for found in self.triggers.finditer(text)
        )


def build(material: Material, options: Options) -> Step:
    """Return the step over the desk's ``review.topics``, in the desk's order."""
    known_options(options)
    topics = [
        _Topic(name, topic, phrases(topic.triggers), phrases(topic.unless)) for name, topic in material.topics.items()
    ]

    def step(draft: Draft, facts: Facts) -> Draft:
        """Replace the reply when a topic applies; the notice of a ticket follows the wording."""
        searched = {"message": facts.turn.asked, "reply": draft.text, "both": f"{facts.turn.asked}\n{draft.text}"}
        read = {where: folded(text) for where, text in searched.items()} if topics else {}
        for each in topics:
            if each.applies(read[each.topic.where]):
                said = each.topic.say.replace("{business}", material.business)
                after = f"\n\n{draft.text}" if facts.turn.stage == HANDOFF else ""
                settled = draft.with_text(said + after, f"topic:{each.name}")
                return replace(settled, settled=True, handoff=each.topic.handoff)
        return draft

    return step


__all__ = ["HANDOFF", "build"]
