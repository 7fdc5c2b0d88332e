"""A desk's calibration from its folder to report and thresholds."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from frontdesk.desk.load import Desk
from frontdesk.errors import DataError
from frontdesk.evals.route.calibrate import Options, calibrate
from frontdesk.evals.route.desk import material_of_desk
from frontdesk.evals.route.drift import Options as DriftOptions
from frontdesk.evals.route.drift import drifted
from frontdesk.evals.route.fitting import material_of
from frontdesk.evals.route.page import page
from frontdesk.evals.route.unseen import unseen
from frontdesk.evals.route.writing import write_thresholds
from tests.evals.route.material import WORDS, tiny_desk, training, written


def quiet(line: str) -> None:
    """Take no notice."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that may be written to."""
    return tiny_desk(tmp_path_factory.mktemp("desk") / "tiny")


@pytest.fixture(scope="module")
def report(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    calibrate(Options(str(folder), None, 0.8, None, out), quiet)
    return out


class Strict(HTMLParser):
    """Notes what is opened and never closed, and what would be loaded."""

    VOID = frozenset({"meta", "line", "rect", "polyline"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [tag for name, _ in attrs if name in ("src", "href", "srcset")]
        self.loads += [tag for one in ("script", "link", "iframe", "object") if tag == one]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.VOID
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone_and_is_whole(report: Path) -> None:
    text = (report / "report.html").read_text("utf-8")
    parser = Strict()
    parser.feed(text)
    assert not parser.open and not parser.loads
    assert "url(" not in text and "@import" not in text and not re.search(r"\bon\w+=", text)
    assert text.count("<svg") >= 4 and "nan" not in text


def test_the_files_say_the_same(report: Path) -> None:
    facts = json.loads((report / "report.json").read_text("utf-8"))
    lines = (report / "desk.yaml").read_text("utf-8").splitlines()
    picked = {name: one["threshold"] for name, one in facts["thresholds"].items()}
    assert lines == ["routing:", *(f"  {name}: {value:g}" for name, value in picked.items())]
    assert sum(one[2] for one in facts["reliability"]) == pytest.approx(1, abs=1e-3)
    assert sum(map(sum, facts["histogram"].values())) == pytest.approx(1, abs=1e-3)
    acted, asked, rest = (facts["at_picked"][name] for name in ("acted", "asked", "turned_down"))
    assert acted + asked + rest == pytest.approx(1, abs=1e-3)


def test_what_an_utterance_says_cannot_break_the_page(report: Path) -> None:
    facts = json.loads((report / "report.json").read_text("utf-8"))
    hostile = "<script>alert(1)</script>"
    facts["texts"] = {"0": hostile}
    facts["suggestions"]["move"] = [{"row": 0, "intent": hostile, "likelier": "b", "confidence": 0.9}]
    assert hostile not in page(facts) and "&lt;script&gt;" in page(facts)


def data(path: Path, folder: Path, copies: int = 1) -> Path:
    intents = Desk.load(folder).intents.values()
    rows = [{"text": f"hello, {text}", "intent": one.name} for one in intents for text in one.utterances] * copies
    return written(path, rows)


def test_messages_of_customers_stay_out_of_the_report(folder: Path, tmp_path: Path) -> None:
    labelled = data(tmp_path / "d.jsonl", folder)
    calibrate(Options(str(folder), labelled, 0.8, None, tmp_path / "out"), quiet)
    for name in ("report.json", "report.html"):
        assert "hello, " not in (tmp_path / "out" / name).read_text("utf-8")
    facts = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert facts["source"] == "d.jsonl" and facts["n_oos"] in (0, facts["examples"])


def test_thresholds_are_written_and_comments_stay(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "desk"
    shutil.copytree(folder, target)
    path = target / "desk.yaml"
    path.write_text("# why\nmodels:\n  fast: null  # none\n" + path.read_text("utf-8"), "utf-8")
    before = path.read_text("utf-8").splitlines()
    write_thresholds(target, {"accept": 0.61, "clarify": 0.2, "pair": 0.77})
    routing = Desk.load(target).config.routing
    assert (routing.accept, routing.clarify, routing.pair) == (0.61, 0.2, 0.77)
    after = path.read_text("utf-8").splitlines()
    assert after == [*before[:-1], "  accept: 0.61", "  clarify: 0.2", "  pair: 0.77"]
    assert not list(target.glob(".desk.yaml.*"))


def test_thresholds_that_would_silence_a_desk_are_not_written(folder: Path, tmp_path: Path) -> None:
    before = (folder / "desk.yaml").read_text("utf-8")
    wrong = written(tmp_path / "d.jsonl", [{"text": text, "intent": name} for name, text in _crossed(folder)])
    with pytest.raises(DataError, match="left as it is"):
        calibrate(Options(str(folder), wrong, 0.95, None, tmp_path / "out", write=True), quiet)
    assert (folder / "desk.yaml").read_text("utf-8") == before


def _crossed(folder: Path) -> list[tuple[str, str]]:
    intents = list(Desk.load(folder).intents.values())
    others = [*intents[1:], intents[0]]
    return [(other.name, text) for one, other in zip(intents, others, strict=True) for text in one.utterances]


def test_a_faulty_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "desk.yaml").write_text("routing: [", "utf-8")
    with pytest.raises(DataError, match="run frontdesk check"):
        write_thresholds(tmp_path, {"accept": 0.5})
    with pytest.raises(DataError, match="cannot be read"):
        write_thresholds(tmp_path / "nowhere", {"accept": 0.5})


def test_a_desk_is_fitted_on_masked_utterances_and_names(folder: Path) -> None:
    desk = Desk.load(folder)
    found = material_of_desk(desk)
    assert found.utterances == sum(len(one.utterances) for one in desk.intents.values())
    assert len(found.names) == 2 * len(desk.intents) and found.texts[-1] == found.names[-1]


def test_held_back_means_unseen(tmp_path: Path) -> None:
    from frontdesk.evals.route.data import read_messages

    messages = read_messages(training(tmp_path / "t.jsonl"))
    material = material_of(messages, sorted(WORDS))
    found = unseen(material, None, 0, quiet)
    count = material.utterances
    assert found.truth[:count].tolist() == material.labels[:count].tolist() and (found.truth[count:] == -1).all()
    # as a stranger, nothing is said of the intent that was left out
    assert (found.scored.chances[np.arange(count, 2 * count), material.labels[:count]] == 0).all()
    assert np.allclose(found.scored.chances.sum(axis=1), 1)


def drift(folder: Path, recent: Path, **more: Any) -> dict[str, Any]:
    return drifted(DriftOptions(str(folder), recent, **more), quiet)


def test_the_same_messages_have_not_drifted(folder: Path, tmp_path: Path) -> None:
    path = data(tmp_path / "d.jsonl", folder, 4)
    found = drift(folder, path, reference=path)
    assert found["level"] == "stable" and found["figures"]["psi"]["value"] == 0


def test_another_subject_has(folder: Path, tmp_path: Path) -> None:
    before = data(tmp_path / "d.jsonl", folder, 4)
    odd = written(tmp_path / "o.jsonl", [{"text": f"zorb quux flim{number} wibble"} for number in range(80)])
    found = drift(folder, odd, reference=before)
    assert found["level"] == "act" and found["figures"]["unknown_words"]["level"] == "act"
    assert found["shares"]["unknown_words"][1] > 0.9
    assert drift(folder, odd)["reference"] == "the desk's utterances"


def test_too_few_messages(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="3 messages; at least 50"):
        drift(folder, written(tmp_path / "d.jsonl", [{"text": "a"}] * 3))
