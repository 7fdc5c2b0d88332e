"""Pages and questions from dstc9_faq, and what the search is worth on entities that nothing was fitted on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.knowledge.dstc9 import converted, entities, entity_of, read_faq
from frontdesk.evals.knowledge.run import Options, evaluate
from frontdesk.evals.lines import write_records

DATA = Path(os.environ.get("FRONTDESK_DATA", "../shared/data"))


def made_up(folder: Path, docs: list[dict[str, Any]] | None = None) -> Path:
    """Write a data set of four entities with ten pages each."""
    (folder / "dstc9_faq").mkdir()
    names = ("inn|1", "inn|2", "bar|1", "bar|2")
    own = [
        {"id": f"{name}|{number}", "title": f"Question {number} of {name}?", "body": f"Answer {number}."}
        for name in names
        for number in range(10)
    ]
    said = [{"id": f"r{n}", "snippet_id": page["id"], "response": "An answer."} for n, page in enumerate(own)]
    said.append({"id": "lost", "snippet_id": "inn|9|9", "response": "Of no page."})
    for name, records in (("faq_train_val", docs or own), ("grounded_responses_val", said)):
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (folder / "dstc9_faq" / f"{name}.jsonl").write_text(lines, "utf-8")
    return folder


def test_what_is_withheld_is_asked_and_not_there(tmp_path: Path) -> None:
    faq = read_faq(made_up(tmp_path))
    docs, queries = converted(faq, sorted(faq.docs), seed=3)
    there = {doc["id"] for doc in docs}
    assert len(there) == len(docs) == 32
    for query in queries:
        kind, _, rest = query["id"].partition(":")
        covered = kind in ("response", "title")
        assert (query["doc_id"] in there) if covered else query["doc_id"] is None, query
        if covered:
            assert entity_of(query["doc_id"]) == query["domain"]
        if kind == "strange":
            assert rest.partition("|")[0] == query["domain"].partition("|")[0]
            assert query["query"].split(" of ")[1].partition("|")[0] != query["domain"].partition("|")[0]
        if kind == "withheld-title":
            assert rest not in there
    assert {query["id"].partition(":")[0] for query in queries} == {
        "response", "title", "withheld-response", "withheld-title", "strange"
    }  # fmt: skip
    assert converted(faq, sorted(faq.docs), seed=3) == (docs, queries)


def test_parts_share_no_entity(tmp_path: Path) -> None:
    faq = read_faq(made_up(tmp_path))
    fit, held = entities(faq, "fit", 3), entities(faq, "validation", 3)
    assert fit and held and not set(fit) & set(held)
    assert sorted([*fit, *held]) == entities(faq, "all", 3) == sorted(faq.docs)


def test_other_files(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_faq(tmp_path)
    with pytest.raises(DataError, match="a record without 'id'"):
        read_faq(made_up(tmp_path, [{"title": "x"}]))


def test_on_entities_that_nothing_was_fitted_on(tmp_path: Path) -> None:
    if not (DATA / "dstc9_faq").is_dir():
        pytest.skip(f"no {DATA / 'dstc9_faq'}: set FRONTDESK_DATA to the folder with dstc9_faq")
    faq = read_faq(DATA)
    files = [tmp_path / "docs.jsonl", tmp_path / "queries.jsonl", tmp_path / "preds.jsonl"]
    for file, records in zip(files, converted(faq, entities(faq, "validation", 9), 9), strict=False):
        write_records(file, records)
    told = evaluate(Options(*files), None, lambda line: None)
    # measured: .99, .92, precision .72, recall .84, citation precision .87
    assert told["recall@5"] >= 0.97 and told["recall@1"] >= 0.9
    assert told["no_answer"]["precision"] >= 0.68 and told["no_answer"]["recall"] >= 0.8
    assert told["citation_precision"] >= 0.84
