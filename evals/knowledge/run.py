"""Asks the product's search every question of a file: one record per question, and the figures."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from frontdesk.desk.config import Search
from frontdesk.evals.figures import f_beta, quantile, share
from frontdesk.evals.knowledge.corpus import Corpus
from frontdesk.evals.knowledge.data import Asked, read_asked, read_docs
from frontdesk.evals.lines import check_target, write_records
from frontdesk.evals.route.embedding import remembering
from frontdesk.evals.route.fitting import Embed
from frontdesk.evals.route.metrics import auroc, calibration_error

SHOWN = 10
"""Pages of a record of ``out``."""
_FEW = 5
_EVERY = 1000
_GROUPS = 40
"""Domains that are told one by one at most."""


@dataclass(frozen=True)
class Options:
    """What is measured."""

    docs: Path
    queries: Path
    out: Path
    covered: float = Search().covered
    """Certainty from which a page is said to cover a question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one question."""

    asked: Asked
    pages: list[str]
    """Best first."""
    scores: list[float]
    ms: float
    answerable: bool

    @property
    def place(self) -> int:
        """Place of the right page from 0; -1 where it was not found."""
        return self.pages.index(self.asked.doc) if self.asked.doc in self.pages else -1


def evaluate(options: Options, embed: Embed | None, progress: Callable[[str], None]) -> dict[str, Any]:
    """Search for every question by itself, write one record per question, and return the figures.

    Args:
        options: What is measured; ``out`` gets ``id, retrieved[{doc_id, score}], answerable, ms``.
        embed: Texts to vectors; None: words alone.
        progress: Takes a line for people now and then.

    Raises:
        DataError: A file or a line is wrong, or ``out`` cannot be written; nothing was measured.
    """
    check_target(options.out)
    docs = read_docs(options.docs)
    asked = read_asked(options.queries, docs)
    progress(f"{len(docs)} pages, {len(asked)} questions")
    whole = any(one.domain is None for one in asked)
    corpus = Corpus(docs, remembering(embed) if embed else None, whole=whole)
    answers: list[Answer] = []
    for number, one in enumerate(asked, 1):
        answers.append(_answer(corpus, one, options.covered))
        if number % _EVERY == 0:
            progress(f"{number} searched")
    write_records(options.out, (_record(answer) for answer in answers))
    return {
        "capability": "knowledge",
        "docs": len(docs),
        "covered": options.covered,
        "embedded": embed is not None,
        **figures(answers),
        "ms_p50": quantile((answer.ms for answer in answers), 0.5),
        "ms_p99": quantile((answer.ms for answer in answers), 0.99),
        "domains": _domains(answers),
    }


def figures(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return recall of the right page, and how well it is known that none covers a question.

    ``citation_precision``: of the questions that were said to be covered the share whose first page is the right one.
    ``auroc`` and ``ece``: of the certainty that the first page is the right one.
    """
    covered = [answer for answer in answers if answer.asked.doc is not None]
    places = [answer.place for answer in covered]
    silent = [answer for answer in answers if not answer.answerable]
    strange = [answer for answer in answers if answer.asked.doc is None]
    rightly = sum(answer.asked.doc is None for answer in silent)
    precision, recall = share(rightly, len(silent)), share(rightly, len(strange))
    spoken = [answer for answer in answers if answer.answerable]
    return {
        "n": len(answers),
        "n_covered": len(covered),
        "recall@1": share(sum(place == 0 for place in places), len(places)),
        "recall@5": share(sum(0 <= place < _FEW for place in places), len(places)),
        "mrr@5": share(sum(1 / (place + 1) for place in places if 0 <= place < _FEW), len(places)),
        "no_answer": {"precision": precision, "recall": recall, "f1": f_beta(precision, recall, 1)},
        "citation_precision": share(sum(answer.place == 0 for answer in spoken), len(spoken)),
        "answered": share(sum(answer.answerable and answer.place == 0 for answer in covered), len(covered)),
        **_certainty(answers),
    }


def _certainty(answers: Sequence[Answer]) -> dict[str, Any]:
    sure = np.array([answer.scores[0] if answer.scores else 0.0 for answer in answers])
    right = np.array([answer.place == 0 for answer in answers], bool)
    area = auroc(sure[right], sure[~right]) if right.any() and not right.all() else None
    return {"auroc": area, "ece": calibration_error(sure, right)}


def _domains(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return the figures per domain; of many, per what stands before the first ``|`` of their names."""
    groups: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[answer.asked.domain or ""].append(answer)
    if len(groups) > _GROUPS:
        groups = defaultdict(list)
        for answer in answers:
            groups[(answer.asked.domain or "").partition("|")[0]].append(answer)
    if len(groups) > _GROUPS or len(groups) == 1:
        return {}
    return {name or "(all pages)": figures(part) for name, part in sorted(groups.items())}


def _answer(corpus: Corpus, asked: Asked, covered: float) -> Answer:
    began = time.perf_counter()
    found = corpus.find(asked.text, asked.domain)
    ms = (time.perf_counter() - began) * 1000
    scores = [hit.certainty for _, hit in found]
    return Answer(asked, [page for page, _ in found], scores, ms, bool(scores) and scores[0] >= covered)


def _record(answer: Answer) -> dict[str, Any]:
    pairs = zip(answer.pages[:SHOWN], answer.scores, strict=False)
    return {
        "id": answer.asked.id,
        "retrieved": [{"doc_id": page, "score": round(score, 6)} for page, score in pairs],
        "answerable": answer.answerable,
        "ms": round(answer.ms, 3),
    }
