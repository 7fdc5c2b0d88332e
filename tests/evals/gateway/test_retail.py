"""The retail back office: a sample of its tasks comes out equal; all 114 are a command."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from frontdesk.evals.gateway.run import Options, evaluate

DATA = Path(os.environ.get("FRONTDESK_DATA", "../shared/data")) / "tau_retail"


@pytest.mark.parametrize("redis", [False, True])
async def test_a_sample_of_the_tasks(tmp_path: Path, redis: bool) -> None:
    if not DATA.is_dir():
        pytest.skip(f"no {DATA}: set FRONTDESK_DATA")
    tasks = tmp_path / "tasks.jsonl"
    tasks.write_text("".join((DATA / "tasks.jsonl").read_text("utf-8").splitlines(keepends=True)[::20]), "utf-8")
    options = Options(DATA / "tool_schemas.jsonl", tasks, DATA, tmp_path / "out.jsonl", redis=redis)
    figures = await evaluate(options, lambda line: None)
    assert (figures["tasks"], figures["equal"], figures["tools"]) == (6, 6, "builtin")
    assert figures["executed_writes"] == figures["repeated"] > 0
    assert (figures["ran_unasked"], figures["ran_twice"], figures["altered"], figures["unknown_tools"]) == (0, 0, 0, 0)
