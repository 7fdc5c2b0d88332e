"""A back office that we have not seen before: every shape of functions, odd schemas, odd tasks; the data comes out equal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.gateway.run import Options, evaluate
from tests.evals.gateway.hotel import MODULES, written


async def played(root: Path, **more: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    out = root / "out.jsonl"
    options = Options(root / "schemas.jsonl", root / "tasks.json", root, out, **more)
    figures = await evaluate(options, lambda line: None)
    return figures, [json.loads(line) for line in out.read_text().splitlines()]


@pytest.mark.parametrize("shape", sorted(MODULES))
async def test_every_shape_of_functions(tmp_path: Path, shape: str) -> None:
    figures, records = await played(written(tmp_path), tools=str(tmp_path / f"hotel_{shape}.py"))
    assert (figures["tasks"], figures["equal"], figures["tools"], figures["missing"]) == (5, 5, "module", [])
    done = [call["gateway"] for record in records for call in record["calls"]]
    assert done == [
        "done", "done", "done",
        "refused:declined", "done", "refused:declined",
        "user", "refused:unknown_tool", "refused:not_valid",
    ]  # fmt: skip
    assert figures["executed_writes"] == figures["repeated"] == 3
    assert (figures["ran_unasked"], figures["ran_twice"], figures["altered"], figures["disagreed"]) == (0, 0, 0, 0)
    assert records[4]["errors"] == ["unreadable_action", "unreadable_action"]
    assert "secret words" not in json.dumps([figures, records])


async def test_without_functions_every_call_is_recorded(tmp_path: Path) -> None:
    figures, records = await played(written(tmp_path))
    assert figures["tools"] == "recorded" and figures["renamed"]["BookRoom"] == "book_room"
    assert figures["weakened"] == {"x": ["bad"]}
    # the contract refuses what the recorder would have taken: the one difference, and it is told
    assert [record["equal"] for record in records] == [True, True, False, True, True]
    assert records[2]["errors"][-1] == "2: plain done, gateway refused:not_valid"


@pytest.mark.parametrize("seed", range(3))
async def test_damaged_json_changes_no_data(tmp_path: Path, seed: int) -> None:
    figures, _ = await played(written(tmp_path), tools=str(tmp_path / "hotel_class.py"), mangle=seed)
    assert (figures["equal"], figures["altered"], figures["ran_twice"]) == (5, 0, 0)
    assert figures["asked_again"] + figures["repaired"] + figures["coerced"] > 0


async def test_functions_that_do_otherwise_are_found_out(tmp_path: Path) -> None:
    """The control: a back office that counts all calls of the process comes out different."""
    root = written(tmp_path)
    (root / "counting.py").write_text(
        "calls = []\ndef x(db, bad='none'):\n    calls.append(bad)\n    db['log']['x'] = len(calls)\n"
    )
    figures, _ = await played(root, tools=str(root / "counting.py"))
    assert figures["equal"] == 4 and figures["missing"] == ["BookRoom", "list-guests", "check_out", "fails_midway"]


@pytest.mark.parametrize(
    ("word", "more", "told"),
    [
        ("no such module", {"tools": "no_such_module_x"}, "cannot be imported"),
        ("nothing in it", {"tools": "json"}, "none of the tools"),
    ],
)
async def test_what_is_wrong_is_told(tmp_path: Path, word: str, more: dict[str, Any], told: str) -> None:
    with pytest.raises(DataError, match=told):
        await played(written(tmp_path), **more)
