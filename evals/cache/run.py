"""Asks the answer cache what it should and should not answer, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from frontdesk.desk.load import Desk
from frontdesk.desk.routing import Cache
from frontdesk.evals.cache.pairs import Pair, adversarial
from frontdesk.evals.cache.paraphrases import Paraphrase, paraphrases
from frontdesk.evals.cache.world import NOON, World
from frontdesk.graph.answers import Embeds
from frontdesk.nodes.cached.cache import DeskAnswers
from frontdesk.nodes.cached.memory import MemoryAnswers
from frontdesk.nodes.cached.plain import normal

PAGE = "warranty"
"""The page that every answer here cites."""


class Blind:
    """An embedder for which all texts are the same: what is not given then, only the comparison of words held back."""

    async def embed(self, text: str) -> Any:
        """Return the same vector for every text."""
        return np.ones(4, dtype=np.float32) / 2


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return all words of some texts: as the desk's own, so that no pair is told apart by a word that is unknown."""
    return frozenset(word for text in texts for word in normal(text).split())


def opened(known: frozenset[str], embedder: Embeds | None, rules: Cache | None = None) -> DeskAnswers:
    """Return an empty cache in this process."""
    rules = rules or Cache()
    return DeskAnswers(MemoryAnswers(rules.ttl, 1_000_000, lambda: NOON), rules, known, embedder, lambda: NOON)


async def wrong_answers(pairs: Sequence[Pair], world: World, embedder: Embeds | None) -> list[Pair]:
    """Return the pairs of which the second question got the answer to the first; each pair has a cache of its own."""
    known = words_of(text for pair in pairs for text in (pair.kept, pair.asked))
    wrong = []
    for pair in pairs:
        cache = opened(known, embedder)
        kept = await cache.keep(world.changed(*pair.kept_at).asked(pair.kept), "An answer.", [PAGE])
        assert kept == "kept"
        if (await cache.look(world.changed(*pair.asked_at).asked(pair.asked))).kept:
            wrong.append(pair)
    return wrong


async def paraphrased(pairs: Sequence[Paraphrase], world: World, embedder: Embeds | None) -> dict[str, Any]:
    """Keep one wording of each question, ask another one, and count hits, and hits with the right answer.

    This is done in turns, so that each wording is once the kept one; all questions lie in the same cache.
    """
    known = words_of(one.text for pair in pairs for one in (pair.kept, pair.asked))
    hits: Counter[str] = Counter()
    why: Counter[str] = Counter()
    for turn in sorted({pair.turn for pair in pairs}):
        cache = opened(known, embedder)
        asked = [pair for pair in pairs if pair.turn == turn]
        for meaning, text in {pair.kept.meaning: pair.kept.text for pair in asked}.items():
            await cache.keep(world.asked(text), meaning, [PAGE])
        for pair in asked:
            found = await cache.look(world.asked(pair.asked.text))
            why[found.code if found.kept is None else f"hit:{found.match}"] += 1
            if found.kept:
                hits["right" if found.kept.text == pair.asked.meaning else "wrong"] += 1
    answered = sum(hits.values())
    return {
        "paraphrases": len(pairs),
        "hit_rate": round(answered / len(pairs), 4),
        "validity": round(hits["right"] / answered, 4) if answered else None,
        "wrong_paraphrases": hits["wrong"],
        "looks": dict(sorted(why.items())),
    }


async def recorded(labelled: Sequence[tuple[str, str]], world: World, embedder: Embeds | None) -> dict[str, Any]:
    """Keep half of some real questions, ask the other half, and count hits within an intent and across intents.

    Args:
        labelled: Text and intent.
        world: The desk.
        embedder: Makes the vectors.
    """
    cache = opened(words_of(text for text, _ in labelled), embedder)
    half = len(labelled) // 2
    for text, intent in labelled[:half]:
        await cache.keep(world.asked(text), intent, [PAGE])
    same = other = 0
    for text, intent in labelled[half:]:
        found = await cache.look(world.asked(text))
        if found.kept:
            same, other = same + (found.kept.text == intent), other + (found.kept.text != intent)
    return {"kept": half, "asked": len(labelled) - half, "hits_same_intent": same, "hits_other_intent": other}


async def evaluate(
    desk: Desk, embedders: Mapping[str, Embeds | None], labelled: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Return all figures, per embedder (None: the same words only).

    Args:
        desk: Whose partition is used.
        embedders: By the name that the figures have.
        labelled: Real questions with their intents, if there are any.
    """
    world, pairs, others = World(desk), adversarial(), paraphrases()
    figures: dict[str, Any] = {"capability": "cache", "adversarial_pairs": len(pairs)}
    for name, embedder in embedders.items():
        wrong = await wrong_answers(pairs, world, embedder)
        figures[name] = {
            "wrong": len(wrong),
            "wrong_by_kind": dict(Counter(pair.kind for pair in wrong)),
            **({} if isinstance(embedder, Blind) else await paraphrased(others, world, embedder)),
        }
        if labelled and not isinstance(embedder, Blind):
            figures[name]["recorded"] = await recorded(labelled, world, embedder)
    return figures


__all__ = ["Blind", "evaluate", "paraphrased", "recorded", "words_of", "wrong_answers"]
