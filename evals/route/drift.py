"""``frontdesk calibrate drift``: whether messages of late are still what the router was fitted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from frontdesk.desk.load import Desk
from frontdesk.errors import DataError
from frontdesk.evals.route.data import read_outside
from frontdesk.evals.route.desk import masked, material_of_desk
from frontdesk.evals.route.embedding import embedding, remembering
from frontdesk.evals.route.fitting import Embed, Material, Scored, Vectors, fit, score
from frontdesk.evals.route.shift import Watched, compare
from frontdesk.evals.route.unseen import inside
from frontdesk.nodes.route.classifier import Classifier
from frontdesk.nodes.route.features import words_of

FEWEST = 50
"""Messages below which nothing is said: shares of so few are chance."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """What is compared."""

    desk: str | None
    recent: Path
    reference: Path | None = None
    """Messages of before; None: the desk's own utterances, each scored by a router that had not seen it."""
    embeddings: str = ""
    seed: int = 0


def drifted(options: Options, progress: Progress) -> dict[str, Any]:
    """Compare.

    Args:
        options: Which messages and which desk. Texts are masked as the desk's customers' are before anything is done.
        progress: Takes a line for people now and then.

    Returns:
        ``level`` (stable, watch or act: the worst of all), and per figure what :func:`shift.compare` says.

    Raises:
        DataError: A file or a line is wrong, or there are fewer than :data:`FEWEST` messages.
        ConfigurationError: The desk is faulty, or its embedder cannot be had.
    """
    desk = Desk.load(options.desk)
    recent = _texts(options.recent, desk)
    before = _texts(options.reference, desk) if options.reference else None
    material = material_of_desk(desk)
    vocabulary = _vocabulary(material)
    with embedding(options.embeddings, desk.config.routing.embeddings) as embed:
        asked = remembering(embed) if embed else None
        vectors = asked(material.texts) if asked else None
        classifier = fit(material, vectors)
        accept = desk.config.routing.accept
        late = _watched(_scored(classifier, recent, asked, material), recent, vocabulary, (0, accept))
        if before is None:
            own = material.texts[: material.utterances]
            sample = inside(material, vectors, options.seed, progress)
            # an utterance's own words are in the vocabulary: known is what another one has, too
            past = _watched(sample.scored, own, vocabulary, (1, accept))
        else:
            past = _watched(_scored(classifier, before, asked, material), before, vocabulary, (0, accept))
    found = compare(past, late, material.intents, options.seed)
    return {
        "capability": "calibrate drift",
        "desk": desk.name,
        "reference": options.reference.name if options.reference else "the desk's utterances",
        "n_reference": len(past.joint),
        "n_recent": len(late.joint),
        **found,
    }


def _texts(path: Path, desk: Desk) -> list[str]:
    texts = [message.text for message in read_outside(path)]
    if len(texts) < FEWEST:
        raise DataError(f"{path}: {len(texts)} messages; at least {FEWEST} are needed to tell drift from chance")
    return masked(desk, texts)


def _vocabulary(material: Material) -> Counter[str]:
    return Counter(word for text in material.texts for word in set(words_of(text)))


def _scored(classifier: Classifier, texts: Sequence[str], embed: Embed | None, material: Material) -> Scored:
    vectors: Vectors | None = embed(texts) if embed else None
    return score(classifier, texts, vectors, len(material.intents))


def _watched(scored: Scored, texts: Sequence[str], vocabulary: Counter[str], how: tuple[int, float]) -> Watched:
    own, accept = how
    unknown = [_unknown(words_of(text), vocabulary, own) for text in texts]
    accepted = (scored.joint >= accept) & (scored.joint > 0)
    return Watched(scored.joint, accepted, scored.scope < 0.5, np.array(unknown), scored.best)


def _unknown(words: Sequence[str], vocabulary: Counter[str], own: int) -> float:
    return sum(vocabulary[word] <= own for word in words) / len(words) if words else 0.0
