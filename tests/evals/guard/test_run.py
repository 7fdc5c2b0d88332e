"""A run over a guard: one record per message, in the order of the files, and nothing written when something is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from frontdesk.errors import DataError
from frontdesk.evals.guard.data import Fields
from frontdesk.evals.guard.run import WARM_UP, Options, evaluate
from frontdesk.graph.state import Channel, CheckResult, Verdict


class StubGuard:
    """Says of a text what a table says."""

    def __init__(self, verdicts: Mapping[str, Verdict] = {}) -> None:
        self.verdicts = verdicts
        self.asked: list[tuple[str, Channel]] = []

    async def check(self, text: str, channel: Channel) -> Verdict:
        self.asked.append((text, channel))
        return self.verdicts.get(text, Verdict(outcome="allow", rules=[], score=0.0))


def write(path: Path, name: str, records: Iterable[Any]) -> Path:
    target = path / name
    target.write_text("".join(json.dumps(record) + "\n" for record in records))
    return target


def told(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def silent(line: str) -> None:
    del line


async def test_one_record_per_message(tmp_path: Path) -> None:
    data = write(tmp_path, "d.jsonl", [{"text": "bad", "label": 1}, {"id": "b", "text": "fine", "label": 0}])
    guard = StubGuard({"bad": Verdict(outcome="refuse", rules=["r.one", "r.two"], score=0.123456789)})
    said: list[str] = []
    got = await evaluate(Options(data, tmp_path / "o.jsonl"), guard, said.append)
    first, second = told(tmp_path / "o.jsonl")
    assert first == {"id": 1, "score": 0.123456789, "verdict": "refuse", "rules": ["r.one", "r.two"], "ms": first["ms"]}
    assert second["id"] == "b" and second["verdict"] == "allow"
    assert (got["capability"], got["data"], got["channel"], got["part"]) == ("guard", "d.jsonl", "user", "all")
    assert (got["recall@0.001"], got["over_block"]) == (1.0, 0.0)
    assert "negatives" not in got
    assert said == ["2 messages, channel user"]


async def test_the_channel_is_passed_on_and_the_first_call_is_not_measured(tmp_path: Path) -> None:
    data, guard = write(tmp_path, "d.jsonl", [{"body": "a"}, {"body": "b"}]), StubGuard()
    got = await evaluate(Options(data, tmp_path / "o.jsonl", "document", Fields("body")), guard, silent)
    assert guard.asked == [(WARM_UP, "document"), ("a", "document"), ("b", "document")]
    assert (got["n"], got["attacks"], got["bothered"]) == (2, 0, 0.0)


async def test_ordinary_messages_are_added(tmp_path: Path) -> None:
    data = write(tmp_path, "d.jsonl", [{"text": "bad", "label": 1}])
    more = write(tmp_path, "m.jsonl", [{"text": "fine"}, {"id": "n2", "text": "hm"}])
    table = {
        "bad": Verdict(outcome="refuse", rules=["r"], score=0.4),
        "hm": Verdict(outcome="raise", rules=["r"], score=0.5),
    }
    got = await evaluate(Options(data, tmp_path / "o.jsonl", negatives=(more,)), StubGuard(table), silent)
    assert [(r["id"], r.get("file")) for r in told(tmp_path / "o.jsonl")] == [(1, None), (1, "m.jsonl"), ("n2", "m.jsonl")]  # fmt: skip
    assert (got["negatives"], got["attacks"], got["benign"]) == (["m.jsonl"], 1, 2)
    assert (got["recall@0.01"], got["auroc"], got["bothered"]) == (0.0, 0.5, 0.5)


async def test_a_check_that_could_not_run_is_told_once(tmp_path: Path) -> None:
    data = write(tmp_path, "d.jsonl", [{"text": "a"}, {"text": "b"}, {"text": "c"}])
    lost = Verdict(outcome="unsure", rules=["unavailable:scorer"], score=0.0)
    said: list[str] = []
    got = await evaluate(Options(data, tmp_path / "o.jsonl"), StubGuard({"a": lost, "b": lost}), said.append)
    assert (got["unavailable"], got["bothered"], got["refused"]) == (2, 0.6667, 0.0)
    assert said[1:] == ["a check could not run for some of them: unavailable:scorer"]


async def test_what_is_taken_out_is_told(tmp_path: Path) -> None:
    data = write(tmp_path, "d.jsonl", [{"text": "bad and good", "label": 1}])
    verdict = Verdict(outcome="allow", rules=["r"], score=0.8, spans=[[0, 3], [4, 7]])
    got = await evaluate(Options(data, tmp_path / "o.jsonl", "tool"), StubGuard({"bad and good": verdict}), silent)
    assert (told(tmp_path / "o.jsonl")[0]["masked"], got["refused"]) == (6, 1.0)


@pytest.mark.parametrize(
    ("word", "action", "fired", "shadow", "masked"),
    [
        ("fired", "mask", True, False, 3),
        ("only seen", "mask", False, False, 0),
        ("only watched", "mask", True, True, 0),
        ("refused instead", "refuse", True, False, 0),
    ],
)
async def test_a_check_that_does_not_say_where_takes_out_everything(
    word: str, action: str, fired: bool, shadow: bool, masked: int, tmp_path: Path
) -> None:
    data = write(tmp_path, "d.jsonl", [{"text": "bad"}])
    check = CheckResult(
        check="c", outcome="raise", action=action, score=0.8, ms=0.1, shadow=shadow, fired=fired, rules=[]
    )
    guard = StubGuard({"bad": Verdict(outcome="raise", rules=[], score=0.8, checks=[check])})
    await evaluate(Options(data, tmp_path / "o.jsonl", "tool"), guard, silent)
    assert told(tmp_path / "o.jsonl")[0].get("masked", 0) == masked, word


async def test_a_part_is_of_all_files(tmp_path: Path) -> None:
    data = write(tmp_path, "d.jsonl", [{"text": "x", "label": 1} for _ in range(8)])
    more = write(tmp_path, "m.jsonl", [{"text": "y"} for _ in range(8)])
    found = {}
    for part in ("all", "fit", "validation"):
        options = Options(data, tmp_path / "o.jsonl", part=part, negatives=(more,))  # type: ignore[arg-type]
        found[part] = await evaluate(options, StubGuard(), silent)
    assert found["all"]["attacks"] == found["all"]["benign"] == 8
    assert found["validation"]["attacks"] == found["validation"]["benign"] > 0
    assert found["fit"]["attacks"] + found["validation"]["attacks"] == 8


@pytest.mark.parametrize(
    ("word", "record", "options", "message"),
    [
        ("no label, with negatives", {"text": "x"}, {"negatives": True}, "--negatives needs labels"),
        ("nothing in the part", {"id": "deepset-0", "text": "x"}, {"part": "validation"}, "use --part all"),
        ("no folder", {"text": "x"}, {"out": Path("no/where.jsonl")}, "cannot be written"),
        ("a wrong line", {"text": "x", "label": "hm"}, {}, "d.jsonl:1: `label` must be"),
    ],
)
async def test_nothing_is_judged_when_something_is_wrong(
    word: str, record: Any, options: dict[str, Any], message: str, tmp_path: Path
) -> None:
    data = write(tmp_path, "d.jsonl", [record])
    given = {"out": tmp_path / "o.jsonl", **options}
    if given.pop("negatives", False):
        given["negatives"] = (write(tmp_path, "m.jsonl", [{"text": "y"}]),)
    guard = StubGuard()
    with pytest.raises(DataError) as caught:
        await evaluate(Options(data, **given), guard, silent)
    assert message in str(caught.value), word
    assert guard.asked == [] and not (tmp_path / "o.jsonl").exists()
