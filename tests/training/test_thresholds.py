"""The lowest threshold that is right often enough, and never one that alters ordinary messages."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.nodes.scrub.head.layout import TAGS
from frontdesk.nodes.scrub.head.tokens import Tokens
from frontdesk.training.sentences import Sentence
from frontdesk.training.thresholds import choose


class Scripted:
    """Gives each word the probability of a name that stands behind its ``=``: "Anna=0.7"."""

    def tokens(self, text: str) -> Tokens:
        starts = [0, *(index + 1 for index, char in enumerate(text) if char == " ")]
        spans = [(start, start + len(word)) for start, word in zip(starts, text.split(" "), strict=True)]
        scores = np.array([int(100 * float(word.split("=")[1])) for word in text.split(" ")], np.int64)
        return Tokens(scores, scores, list(range(len(spans))), spans)

    def probabilities(self, tokens: Tokens) -> np.ndarray:
        result = np.zeros((len(tokens.ids), len(TAGS)), np.float32)
        result[:, TAGS.index("B-NAME")] = tokens.ids / 100
        return result


def named(text: str, label: str = "NAME") -> Sentence:
    return Sentence(text, ((0, len(text), label),))


@pytest.mark.parametrize(
    ("annotated", "ordinary", "expected"),
    [
        ([named("Anna=0.32")], [], 0.2),  # all right: the lowest there is
        ([named("Anna=0.95"), Sentence("Visa=0.55")], [], 0.6),  # the wrong one must go
        ([named("Anna=0.95"), named("Visa=0.55", "ORGANIZATION")], [], 0.2),  # neither right nor wrong
        ([named("Anna=0.95"), named("Visa=0.55", "ADDRESS")], [], 0.6),  # an address is no name
        ([named("Anna=0.95")], [Sentence("Rose=0.82")], 0.85),  # an ordinary message stays as it is
        ([Sentence("Visa=0.99")] * 3 + [named("Anna=0.95")], [], 0.995),  # nothing helps: the strictest
    ],
)  # fmt: skip
def test_the_threshold_for_names(annotated: list[Sentence], ordinary: list[Sentence], expected: float) -> None:
    assert choose(Scripted(), [annotated * 60], ordinary).name == expected  # type: ignore[arg-type]


def test_lower_case_has_a_threshold_of_its_own() -> None:
    texts = [named("Anna=0.4"), named("anna=0.9"), Sentence("rose=0.72")]
    found = choose(Scripted(), [texts * 60], [])  # type: ignore[arg-type]
    assert (found.name, found.plain_name) == (0.2, 0.8)


def test_every_set_must_be_right_often_enough() -> None:
    good, bad = [named("Anna=0.9")] * 100, [named("Anna=0.9"), Sentence("Visa=0.6")] * 60
    assert choose(Scripted(), [good], []).name == 0.2  # type: ignore[arg-type]
    assert choose(Scripted(), [good, bad], []).name == 0.7  # type: ignore[arg-type]


def test_a_set_in_which_hardly_anything_is_found_says_nothing() -> None:
    few = [named("Anna=0.9"), Sentence("Visa=0.6")] * 20
    assert choose(Scripted(), [few], []).name == 0.2  # type: ignore[arg-type]
