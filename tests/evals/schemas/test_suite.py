"""The official suite through a contract's loader and validator, and malformed JSON through the reading of arguments."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from frontdesk.evals.repairs.__main__ import measured
from frontdesk.evals.schemas.__main__ import cause
from frontdesk.evals.schemas.suite import figures, judged

DATA = Path(os.environ.get("FRONTDESK_DATA", "../shared/data"))


@pytest.mark.skipif(
    not (DATA / "json_schema_suite").is_dir(), reason=f"no json_schema_suite in {DATA}: set FRONTDESK_DATA"
)
def test_every_case_that_jsonschema_passes_but_for_the_causes_named() -> None:
    found = figures(list(judged(DATA / "json_schema_suite")))
    assert found["jsonschema_agrees"] > 2000 and found["agree"] > found["jsonschema_agrees"]
    assert (found["errors"], found["refused"]) == (0, 0)
    assert [case for case in found["differences"] if not cause(case)] == []


@pytest.mark.skipif(
    not (DATA / "json_repair_vectors").is_dir(), reason=f"no json_repair_vectors in {DATA}: set FRONTDESK_DATA"
)
def test_malformed_json_is_repaired_for_reads_or_refused_and_never_guessed_for_writes() -> None:
    found = measured(DATA / "json_repair_vectors" / "cases.jsonl")
    assert (found["exceptions"], found["guessed_write"]) == (0, 0)
    assert found["share_of_objects"] >= 0.8 and found["differ"] <= 5
