"""Asks every question of its scenario's talks, beside plain BM25, and of another's, which must find nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk.evals.figures import quantile, share
from frontdesk.evals.lines import check_target, write_records
from frontdesk.evals.memory.data import Question, read_questions, read_talks, sentences
from frontdesk.evals.memory.metrics import Outcome, by_scenario, figures, outcome
from frontdesk.evals.memory.talks import Embed, Talks, Vectors
from frontdesk.nodes.recall.ranking import LIKELY

SHOWN = 10
"""Turns per question in the records."""
_EVERY = 200


@dataclass(frozen=True)
class Options:
    """What is measured."""

    conversations: Path
    qa: Path
    out: Path
    sentences: bool = False
    """Every sentence is a turn of its own."""


@dataclass
class _Tally:
    ours: list[Outcome]
    plain: list[Outcome]
    ms: list[float]
    embed_ms: list[float]
    records: list[dict[str, Any]]
    kept: list[bool]
    """Per question: a turn with evidence is likely enough to have to do with it."""
    nothing: list[bool]
    """Per question: among another scenario's turns none is."""


def evaluate(options: Options, embed: Embed | None, progress: Callable[[str], None]) -> dict[str, Any]:
    """Measure, write the records, and return the figures.

    Args:
        options: Files.
        embed: Texts to vectors; None: by words alone.
        progress: Takes a line for people now and then.

    Raises:
        DataError: A file is wrong or cannot be written; the embedder fails.
    """
    check_target(options.out)
    turns = read_talks(options.conversations)
    questions = read_questions(options.qa, turns)
    if options.sentences:
        turns = sentences(turns)
    talks: dict[str, Talks] = {}
    for name in dict.fromkeys(question.scenario for question in questions):
        progress(f"indexing {len(turns[name])} turns")
        talks[name] = Talks(turns[name], embed)
    tally = _Tally([], [], [], [], [], [], [])
    for number, question in enumerate(questions, 1):
        _ask(question, talks, embed, tally)
        if number % _EVERY == 0:
            progress(f"{number} of {len(questions)} questions")
    write_records(options.out, tally.records)
    return _figures(talks, questions, tally)


def _ask(question: Question, talks: Mapping[str, Talks], embed: Embed | None, tally: _Tally) -> None:
    own = talks[question.scenario]
    begun = time.perf_counter()
    vector = embed([question.text])[0] if embed else None
    embedded = time.perf_counter()
    ranked = [place for _, place in own.ranker.search(question.text, vector, now=question.at, limit=len(own.turns))]
    done = time.perf_counter()
    tally.embed_ms.append((embedded - begun) * 1000)
    tally.ms.append((done - embedded) * 1000)
    evidence = own.located.evidence(question)
    for found, places in ((tally.ours, ranked), (tally.plain, own.plain.ranked(question.text))):
        answered = own.located.answers(question, places[:SHOWN]) if question.answers else None
        found.append(outcome(question.scenario, places, evidence, own.costs, answered))
    shown = [own.turns[place] for place in ranked[:SHOWN]]
    retrieved = [{"conversation": turn.conversation, "turn": turn.number, "text": turn.text} for turn in shown]
    tally.records.append({"id": question.id, "retrieved": retrieved})
    _judge(question, vector, evidence, talks, tally)


def _judge(
    question: Question,
    vector: Vectors | None,
    evidence: Sequence[set[int]],
    talks: Mapping[str, Talks],
    tally: _Tally,
) -> None:
    """Note what the floor keeps of the evidence, and whether it leaves out the next scenario's turns."""
    if evidence:
        chances = talks[question.scenario].ranker.certainty(question.text, vector)
        tally.kept.append(any(chances[place] >= LIKELY for places in evidence for place in places))
    names = sorted(talks)
    if len(names) > 1:
        other = talks[names[(names.index(question.scenario) + 1) % len(names)]]
        tally.nothing.append(float(other.ranker.certainty(question.text, vector).max()) < LIKELY)


def _figures(talks: Mapping[str, Talks], questions: Sequence[Question], tally: _Tally) -> dict[str, Any]:
    return {
        "capability": "memory",
        "questions": len(questions),
        "turns": sum(len(each.turns) for each in talks.values()),
        "evidence_not_found": sum(not one.ranks for one in tally.ours),
        **figures(tally.ours),
        "plain_bm25": figures(tally.plain),
        "scenarios": by_scenario(tally.ours),
        "plain_bm25_scenarios": by_scenario(tally.plain),
        "floor": LIKELY,
        "floor_keeps_evidence": share(sum(tally.kept), len(tally.kept)),
        "floor_finds_nothing_foreign": share(sum(tally.nothing), len(tally.nothing)),
        "ms_p50": quantile(tally.ms, 0.5),
        "ms_p99": quantile(tally.ms, 0.99),
        "embed_ms_p50": quantile(tally.embed_ms, 0.5),
        "build_ms_max": quantile([each.build_ms for each in talks.values()], 1.0),
    }
