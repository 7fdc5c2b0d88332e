"""Runs a desk's input guard over messages: one record per message, and the figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from frontdesk.errors import DataError
from frontdesk.evals.guard.data import Fields, Message, Part, of_part, read_messages, read_ordinary
from frontdesk.evals.guard.metrics import Judged, measure
from frontdesk.evals.lines import check_target, write_records
from frontdesk.graph.deps import InputGuard
from frontdesk.graph.state import Channel, Verdict

_EVERY = 1000
WARM_UP = "Where is my order?"


@dataclass(frozen=True)
class Options:
    """What is measured."""

    data: Path
    out: Path
    channel: Channel = "user"
    fields: Fields = field(default_factory=Fields)
    part: Part = "all"
    negatives: tuple[Path, ...] = ()
    """Files of ordinary messages that are judged along with the data."""


async def evaluate(options: Options, guard: InputGuard, progress: Callable[[str], None]) -> dict[str, Any]:
    """Judge every message, write one record per message, and return the figures.

    Args:
        options: What is measured; ``out`` gets ``id, score, verdict, rules[], ms``, on channels where sentences are
            taken out also ``masked`` (characters), and for messages of ``negatives`` the name of their ``file``.
        guard: The guard, with its desk's policy.
        progress: Takes a line for people now and then.

    Raises:
        DataError: A line of the data is wrong, the part has no record, or ``out`` cannot be written; nothing was
            judged.
    """
    check_target(options.out)
    messages = _chosen(options)
    progress(f"{len(messages)} messages, channel {options.channel}")
    judged = await judge(guard, messages, options.channel, progress)
    write_records(options.out, (_record(*pair) for pair in zip(messages, judged, strict=True)))
    return {
        "capability": "guard",
        "data": options.data.name,
        "channel": options.channel,
        "part": options.part,
        **({"negatives": [path.name for path in options.negatives]} if options.negatives else {}),
        **measure(messages, judged),
    }


def _chosen(options: Options) -> list[Message]:
    found = read_messages(options.data, options.fields)
    if options.negatives and found[0].attack is None:
        raise DataError(f"{options.data}: --negatives needs labels in the data; give every record a label of 1")
    messages = of_part(found, options.part)
    for path in options.negatives:
        messages += of_part(read_ordinary(path, options.fields), options.part)
    if not messages:
        raise DataError(f"{options.data}: no record belongs to the part {options.part}; use --part all")
    return messages


async def judge(
    guard: InputGuard, messages: Sequence[Message], channel: Channel, progress: Callable[[str], None]
) -> list[Judged]:
    """Judge messages one after the other, so that the time of each is its own."""
    await guard.check(WARM_UP, channel)
    found: list[Judged] = []
    for number, message in enumerate(messages, 1):
        began = time.perf_counter()
        verdict = await guard.check(message.text, channel)
        ms = (time.perf_counter() - began) * 1000
        masked = _masked(message.text, verdict)
        found.append(Judged(verdict["score"], verdict["outcome"], tuple(verdict["rules"]), ms, masked))
        if number % _EVERY == 0:
            progress(f"{number} done")
    lost = sorted({rule for one in found for rule in one.rules if rule.startswith("unavailable:")})
    if lost:
        progress(f"a check could not run for some of them: {', '.join(lost)}")
    return found


def _masked(text: str, verdict: Verdict) -> int:
    """Count the characters that are taken out: all of them where a check fired without saying where."""
    spans = verdict.get("spans")
    if spans:
        return sum(end - start for start, end in spans)
    fired = (check for check in verdict.get("checks", ()) if check["fired"] and not check["shadow"])
    return len(text) if any(check["action"] == "mask" for check in fired) else 0


def _record(message: Message, judged: Judged) -> dict[str, Any]:
    return {
        "id": message.id,
        "score": judged.score,
        "verdict": judged.outcome,
        "rules": list(judged.rules),
        "ms": round(judged.ms, 3),
        **({"masked": judged.masked} if judged.masked else {}),
        **({"file": message.file} if message.file else {}),
    }
