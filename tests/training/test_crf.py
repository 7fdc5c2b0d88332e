"""Fitting: small runs that learn, come out the same twice, and end in a file the detector reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frontdesk.cli.app import app
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub.sequence.decode import decode
from frontdesk.nodes.scrub.sequence.model import SequenceModel
from frontdesk.nodes.scrub.sequence.weights import LABELS, Thresholds, read, write
from frontdesk.training.corpus import labelled, ordinary
from frontdesk.training.crf import Fit, fit, weights
from frontdesk.training.sentences import generate

pytest.importorskip("pycrfsuite", reason="needs the extra train: pip install 'frontdesk[train]'")

SMALL = Fit(rounds=25, rarest=1)
LIMITS = {"NAME": Thresholds(), "ADDRESS": Thresholds()}


def fitted(path: Path) -> Path:
    texts = [labelled(sentence) for sentence in generate(1, 400)]
    states, moves = fit(texts, lambda word: "", SMALL, lambda line: None)
    write(path, weights(states, moves, {}))
    return path


def test_a_small_run_learns_and_repeats(tmp_path: Path) -> None:
    one, two = fitted(tmp_path / "one.npz"), fitted(tmp_path / "two.npz")
    first, second = read(one), read(two)
    assert first.features == second.features
    assert (first.states == second.states).all()
    found = list(decode("my name is Anna Kowalska", SequenceModel(first), LIMITS))
    assert [(item.start, item.end, item.label) for item in found] == [(11, 24, "NAME")]


def test_an_inside_never_follows_the_other_kind(tmp_path: Path) -> None:
    moves = read(fitted(tmp_path / "one.npz")).transitions
    for before, after in (("O", "I-NAME"), ("B-ADDRESS", "I-NAME"), ("I-NAME", "I-ADDRESS")):
        assert moves[LABELS.index(before), LABELS.index(after)] <= -20


def data_of(tmp_path: Path) -> Path:
    """A data folder with invented messages."""
    texts = [f"where is parcel number {index}?" for index in range(40)]
    for folder, name in (("banking77", "train"), ("clinc150", "train"), ("dstc9_faq", "faq_train_val")):
        path = tmp_path / folder / f"{name}.jsonl"
        path.parent.mkdir(parents=True)
        lines = [json.dumps({"text": text, "intent": "parcel"}) for text in texts]
        path.write_text("\n".join([*lines, json.dumps({"text": "call anna", "intent": "make_call"})]), encoding="utf-8")
    path = tmp_path / "presidio_research" / "dev.jsonl"
    path.parent.mkdir()
    span = {"start": 11, "end": 15, "label": "PERSON"}
    records = [{"id": f"p{index}", "text": "My name is Anna", "spans": [span], "template": ""} for index in range(9)]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return tmp_path


def test_ordinary_messages_are_split_and_those_with_names_left_out(tmp_path: Path) -> None:
    data = data_of(tmp_path)
    parts = [{sentence.text for sentence in ordinary(data, part)} for part in ("train", "validation")]
    assert len(parts[0]) + len(parts[1]) == 40
    assert parts[1]
    assert not parts[0] & parts[1]


def test_data_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"banking77.*FRONTDESK_DATA or --data"):
        list(ordinary(tmp_path, "train"))


def test_the_command_writes_a_model_and_how_it_was_made(tmp_path: Path) -> None:
    out = tmp_path / "out" / "mine.npz"
    command = [
        "train",
        "names",
        "--data",
        str(data_of(tmp_path)),
        "--out",
        str(out),
        "--sentences",
        "300",
        "--seed",
        "7",
    ]
    app(command, standalone_mode=False)
    facts = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert facts["command"] == "frontdesk train names --seed 7 --sentences 300"
    assert facts["features"] == len(read(out).features)
    assert set(facts["thresholds"]) == {"NAME", "ADDRESS"}
