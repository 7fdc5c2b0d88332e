"""How well several requests in one message are told apart: ``python -m frontdesk.evals.route.splitting``.

From a set of single requests: half of each intent's examples fit the router, a quarter is what the weights of a cut are
learnt from (``frontdesk.evals.route.cuts``), and the last quarter is what is measured on, as it is (whatever is cut
there is a false split) and joined in pairs of different intents (exact: cut into just the two).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from frontdesk.desk.config import Intent, Routing
from frontdesk.graph.state import Segment
from frontdesk.nodes.route.router import IntentRouter
from frontdesk.nodes.route.split import pieces_of, segments_of, spans_of

JOINTS = (". ", " and ", ", and ", " and also ", "; ", " oh and ", " plus ", ". Also, ", ". By the way, ", " btw ")
"""What stands between the two requests of a pair."""
_MARKS = " .?!,;"


def read(path: Path, label: str = "intent") -> dict[str, list[str]]:
    """Return the texts of a JSON-lines file by intent, each once."""
    found: dict[str, dict[str, None]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row[label], {})[row["text"]] = None
    return {name: list(texts) for name, texts in sorted(found.items())}


@dataclass(frozen=True, slots=True)
class Parts:
    """A set of single requests, in three parts of which none has an example of another."""

    intents: dict[str, Intent]
    """With the examples that fit the router."""
    learnt: list[tuple[str, str]]
    """(text, intent)."""
    measured: list[tuple[str, str]]


def parts_of(texts: dict[str, list[str]], shots: int, seed: int) -> Parts:
    """Return a set in its parts, with up to ``shots`` examples of an intent to fit the router on."""
    dice = random.Random(seed)  # noqa: S311 - a fixed sample
    parts = Parts({}, [], [])
    for number, (title, own) in enumerate(texts.items()):
        mixed = dice.sample(own, len(own))
        name = f"i{number}"
        fitted = mixed[: len(mixed) // 2][:shots]
        about = f"requests of the kind {title}"
        parts.intents[name] = Intent(name=name, title=title.replace("_", " "), description=about, utterances=fitted)
        held = [(text, name) for text in mixed[len(mixed) // 2 :]]
        parts.learnt.extend(held[: len(held) // 2])
        parts.measured.extend(held[len(held) // 2 :])
    return parts


async def requests_in(router: IntentRouter, text: str) -> list[Segment]:
    """Return the requests of a message; none where it makes one."""
    pieces = pieces_of(text)
    if not pieces:
        return []
    routes = await router.route_many(spans_of(text, pieces))
    return segments_of(text, pieces, routes, router.accept)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two requests of different intents in one message."""

    requests: tuple[str, str]
    intents: tuple[str, str]
    joined: str


def pairs_of(held: Sequence[tuple[str, str]], count: int, seed: int) -> list[Pair]:
    """Return pairs of different intents."""
    dice = random.Random(seed)  # noqa: S311 - a fixed sample
    found: list[Pair] = []
    while len(found) < count:
        (first, one), (second, other) = dice.sample(held, 2)
        if one != other:
            joint = dice.choice(JOINTS)
            asked = first.rstrip().endswith("?") and joint.startswith(".")
            head, between = (first.rstrip(), joint[1:]) if asked else (first.rstrip(_MARKS), joint)
            found.append(Pair((first, second), (one, other), f"{head}{between}{second}"))
    return found


async def measured(path: Path, shots: int, seed: int, sample: int, pairs: int) -> dict[str, float | int | str]:
    """Fit and measure on one set."""
    parts = parts_of(read(path), shots, seed)
    router = IntentRouter.fit(parts.intents, Routing())
    held = parts.measured
    single = random.Random(seed).sample(held, min(sample, len(held)))  # noqa: S311 - a fixed sample
    false = [text for text, _ in single if await requests_in(router, text)]
    made = pairs_of(held, pairs, seed)
    found = [await requests_in(router, pair.joined) for pair in made]
    exact = [
        (cut, pair)
        for cut, pair in zip(found, made, strict=True)
        if is_same((segment["text"] for segment in cut), pair.requests)
    ]
    right = sum(
        segment["intent"] == intent for cut, pair in exact for segment, intent in zip(cut, pair.intents, strict=True)
    )
    accepted = sum(segment["accepted"] for cut, _ in exact for segment in cut)
    return {
        "set": path.parent.name,
        "shots": shots,
        "messages": len(single),
        "false_splits": round(len(false) / len(single), 4),
        "pairs": len(made),
        "exact": round(len(exact) / len(made), 4),
        "unsplit": round(sum(not cut for cut in found) / len(made), 4),
        "intents_right": round(right / max(1, 2 * len(exact)), 4),
        "accepted": round(accepted / max(1, 2 * len(exact)), 4),
        **await _times(router, [text for text, _ in single], [pair.joined for pair in made]),
    }


async def _times(router: IntentRouter, single: Sequence[str], joined: Sequence[str]) -> dict[str, float]:
    """Return the median milliseconds of routing a message, the attempt to split it included."""
    found: dict[str, float] = {}
    for name, texts in (("ms_p50", single), ("ms_p50_pairs", joined)):
        taken: list[float] = []
        for text in texts:
            began = time.perf_counter()
            await router.route(text)
            await requests_in(router, text)
            taken.append((time.perf_counter() - began) * 1000)
        found[name] = round(statistics.median(taken), 3)
    return found


def is_same(cut: Iterable[str], wanted: Iterable[str]) -> bool:
    """Tell whether a message was cut into just these requests, whatever their last mark."""
    return [text.strip(_MARKS).casefold() for text in cut] == [text.strip(_MARKS).casefold() for text in wanted]


def main() -> None:
    """Print one JSON object per set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", nargs="+", type=Path, help="JSON lines with text and intent")
    parser.add_argument("--shots", type=int, default=50, help="examples per intent that fit the router")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--sample", type=int, default=3000, help="single messages that are measured on")
    parser.add_argument("--pairs", type=int, default=1000)
    given = parser.parse_args()
    for path in given.train:
        found = asyncio.run(measured(path, given.shots, given.seed, given.sample, given.pairs))
        print(json.dumps(found))  # noqa: T201 - the figures go to standard output


if __name__ == "__main__":
    main()
