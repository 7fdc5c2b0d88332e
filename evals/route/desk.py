"""A desk's own examples, as its router is fitted on them."""

from __future__ import annotations

import numpy as np

from frontdesk.desk.load import Desk
from frontdesk.evals.route.fitting import Material
from frontdesk.nodes.scrub.build import build_scrubber


def material_of_desk(desk: Desk) -> Material:
    """Return the masked utterances of a desk, and the intents' names and titles: what the product fits on.

    Raises:
        ConfigurationError: A detector that the desk asks for is missing.
    """
    scrubber = build_scrubber(desk.config.scrub).firm()
    texts: list[str] = []
    labels: list[int] = []
    for label, intent in enumerate(desk.intents.values()):
        texts += [scrubber.scrub(utterance, {}).text for utterance in intent.utterances]
        labels += [label] * len(intent.utterances)
    names = [name for intent in desk.intents.values() for name in (intent.name.replace("_", " "), intent.title)]
    labels += [label for label in range(len(desk.intents)) for _ in range(2)]
    return Material(tuple(desk.intents), (*texts, *names), np.array(labels, dtype=np.intp), tuple(names))


def masked(desk: Desk, texts: list[str]) -> list[str]:
    """Return texts as the router of a desk sees them."""
    scrubber = build_scrubber(desk.config.scrub)
    return [scrubber.scrub(text, {}).text for text in texts]
