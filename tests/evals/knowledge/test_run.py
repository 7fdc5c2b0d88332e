"""``eval knowledge``: figures from a small base, records that give them again, and faults by file and line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.knowledge.data import Asked
from frontdesk.evals.knowledge.run import Answer, Options, evaluate, figures
from tests.evals.knowledge.base import DOCS, QUERIES, written


def options(folder: Path, docs: Iterable[Any] = DOCS, queries: Iterable[Any] = QUERIES) -> Options:
    return Options(written(folder / "d.jsonl", docs), written(folder / "q.jsonl", queries), folder / "p.jsonl")


def test_figures_and_records(tmp_path: Path) -> None:
    told = evaluate(options(tmp_path), None, lambda line: None)
    records = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text("utf-8").splitlines()]
    assert [record["id"] for record in records] == ["q1", "q2", "q3", "4", "q5", "q6"]
    assert [(record["retrieved"] or [{"doc_id": None}])[0]["doc_id"] for record in records[:4]] == [
        "b|1",
        "h|1",
        "b|3",
        "b|2",
    ]
    assert (told["n"], told["n_covered"], told["recall@1"], told["recall@5"], told["mrr@5"]) == (6, 4, 1.0, 1.0, 1.0)
    assert told["no_answer"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert [record["answerable"] for record in records] == [True] * 4 + [False] * 2
    assert set(told["domains"]) == {"(all pages)", "bar", "inn"}
    for record in records:
        scores = [one["score"] for one in record["retrieved"]]
        assert scores == sorted(scores, reverse=True) and all(0 <= score <= 1 for score in scores)


def test_a_domain_is_the_only_one_searched(tmp_path: Path) -> None:
    evaluate(options(tmp_path), None, lambda line: None)
    first = json.loads((tmp_path / "p.jsonl").read_text("utf-8").splitlines()[0])
    assert all(one["doc_id"].startswith("b|") for one in first["retrieved"])


def test_long_pages_of_many_sections_do_not_hide_the_others(tmp_path: Path) -> None:
    long = {"id": "long", "title": "Parking", "body": "\n\n".join(f"## Parking {n}\n\nParking {n}." for n in range(30))}
    short = [{"id": f"s{n}", "title": f"Parking of kind {n}", "body": "Parking."} for n in range(6)]
    told = evaluate(
        options(tmp_path, [long, *short], [{"id": "q", "query": "parking", "doc_id": "s3"}]), None, lambda line: None
    )
    record = json.loads((tmp_path / "p.jsonl").read_text("utf-8"))
    assert len(record["retrieved"]) == 7 and told["n"] == 1


@pytest.mark.parametrize(
    ("word", "docs", "queries", "said"),
    [
        ("no page", [], QUERIES, "d.jsonl: no page"),
        ("no question", DOCS, [], "q.jsonl: no question"),
        ("an id twice", [DOCS[0], DOCS[0]], QUERIES, "d.jsonl:2: the id stands twice"),
        ("no words", [{"id": "x", "title": " "}], QUERIES, "d.jsonl:1: neither"),
        ("no id", [{"title": "A title"}], QUERIES, "d.jsonl:1: `id`"),
        ("a title that is a number", [{"id": "x", "title": 3}], QUERIES, "d.jsonl:1: `title` must be a text"),
        ("no query", DOCS, [{"id": "q", "doc_id": None}], "q.jsonl:1: `query` must be a text"),
        ("no doc_id", DOCS, [{"id": "q", "query": "x"}], "q.jsonl:1: `doc_id` is missing"),
        ("a page that is not there", DOCS, [{"id": "q", "query": "x", "doc_id": "z"}], "names no page"),
        ("a list of pages", DOCS, [{"id": "q", "query": "x", "doc_id": ["h|1"]}], "names no page"),
        (
            "no such domain",
            DOCS,
            [{"id": "q", "query": "x", "doc_id": None, "domain": "zoo"}],
            "`domain` is that of no",
        ),
        ("of another domain", DOCS, [{"id": "q", "query": "x", "doc_id": "h|1", "domain": "bar"}], "another domain"),
        ("no object", [3], QUERIES, "d.jsonl:1: a JSON int"),
    ],
)
def test_faults(word: str, docs: list[Any], queries: list[Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        evaluate(options(tmp_path, docs, queries), None, lambda line: None)
    assert said in str(raised.value), word
    assert not (tmp_path / "p.jsonl").exists()


def answer(doc: str | None, pages: list[str], answerable: bool) -> Answer:
    scores = [0.9 if answerable else 0.1] * len(pages)
    return Answer(Asked("q", "words", doc, None), pages, scores, 1.0, answerable)


def test_figures_by_hand() -> None:
    told = figures(
        [
            answer("a", ["a", "b"], answerable=True),
            answer("a", ["b", "a"], answerable=True),
            answer("a", ["b", "c", "d", "e", "f", "a"], answerable=False),
            answer("a", [], answerable=False),
            answer(None, ["a"], answerable=True),
            answer(None, ["a"], answerable=False),
        ]
    )
    assert (told["recall@1"], told["recall@5"], told["mrr@5"]) == (0.25, 0.5, 0.375)
    assert told["no_answer"] == {"precision": 0.3333, "recall": 0.5, "f1": 0.4}
    assert (told["citation_precision"], told["answered"]) == (0.3333, 0.25)
