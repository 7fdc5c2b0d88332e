"""Classifiers of this machine, with tiny models made here: each reads a word as an attack, and nothing is fetched."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from frontdesk.desk.tiers import LocalTier
from frontdesk.errors import ConfigurationError, ModelError
from frontdesk.graph.state import Outcome
from frontdesk.nodes.guard.tiers import classifiers
from frontdesk.nodes.guard.tiers.local import LocalJudge, scaled

pytestmark = pytest.mark.filterwarnings("default")  # of the libraries, which are not ours to mend
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "attack", "odd", "broken", "the", "order", "."]
LOGITS = {"attack": 6.0, "odd": 1.2, "broken": float("inf")}
"""What a word gives for the class INJECTION; the class SAFE has 2 and any other word -2."""
FAR = "the order . " * 100
"""More than the tiny models read at once."""
Make = Callable[[Path], Path]


def tokenizer(folder: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers", reason="the extra promptguard is not installed")
    numbers = {word: number for number, word in enumerate(WORDS)}
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel(numbers, unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.Lowercase()
    made.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    made.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    made.save(str(folder / "tokenizer.json"))


def config(folder: Path, **more: Any) -> None:
    names = {"0": "SAFE", "1": "INJECTION"}
    (folder / "config.json").write_text(json.dumps({"id2label": names, "max_position_embeddings": 32, **more}))


def onnx_model(folder: Path) -> Path:
    """Logits are the highest of the words': gather, then the maximum."""
    pytest.importorskip("onnxruntime", reason="the extra promptguard is not installed")
    onnx = pytest.importorskip("onnx", reason="onnx is needed to make the model of the test")
    folder.mkdir(exist_ok=True)
    tokenizer(folder)
    config(folder)
    rows = [value for word in WORDS for value in (2.0, LOGITS.get(word, -2.0))]
    table = onnx.helper.make_tensor("table", onnx.TensorProto.FLOAT, [len(WORDS), 2], rows)
    axes = onnx.helper.make_tensor("axes", onnx.TensorProto.INT64, [1], [1])
    nodes = [
        onnx.helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        onnx.helper.make_node("ReduceMax", ["rows", "axes"], ["logits"], keepdims=0),
        onnx.helper.make_node("Identity", ["attention_mask"], ["unused"]),
    ]
    shape = ["batch", "tokens"]
    ids = [
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask")
    ]
    out = onnx.helper.make_tensor_value_info("logits", onnx.TensorProto.FLOAT, ["batch", 2])
    graph = onnx.helper.make_graph(nodes, "tiny", ids, [out], [table, axes])
    made = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 18)], ir_version=9)
    onnx.save(made, folder / "model.onnx")
    return folder


def torch_model(folder: Path) -> Path:
    """A BERT without layers, its weights random: what it says is not the point, that it reads everything is."""
    torch = pytest.importorskip("torch", reason="the extra transformers is not installed")
    transformers = pytest.importorskip("transformers", reason="the extra transformers is not installed")
    folder.mkdir(exist_ok=True)
    torch.manual_seed(7)
    shape = transformers.BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=32, id2label={0: "SAFE", 1: "INJECTION"}, label2id={"SAFE": 0, "INJECTION": 1},
    )  # fmt: skip
    transformers.BertForSequenceClassification(shape).save_pretrained(folder)
    tokenizer(folder)
    return folder


def options(folder: Path, **more: Any) -> LocalTier:
    return LocalTier(kind="local", model=str(folder), **more)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return onnx_model(tmp_path_factory.mktemp("guard") / "model")


def judge(folder: Path, **more: Any) -> LocalJudge:
    chosen = options(folder, **more)
    return LocalJudge(classifiers.build(chosen, Path("/")), chosen)


@pytest.mark.parametrize(
    ("word", "text", "outcome", "rule"),
    [
        ("ordinary", "the order", "allow", "tier2:local:none"),
        ("an attack", "the attack", "refuse", "tier2:local:attack"),
        ("doubtful", "the odd order", "raise", "tier2:local:doubtful"),
        ("far behind what it reads at once", f"{FAR}attack {FAR}", "refuse", "tier2:local:attack"),
        ("at the end", f"{FAR}attack", "refuse", "tier2:local:attack"),
        ("unknown words only", "zzz yyy", "allow", "tier2:local:none"),
    ],
)
async def test_a_classifier_without_torch(word: str, text: str, outcome: Outcome, rule: str, folder: Path) -> None:
    found = await judge(folder, max_windows=100).opinion(text, "user")
    assert (found.outcome, found.rules, found.reason) == (outcome, (rule,), "classifier"), word


@pytest.mark.parametrize(
    ("label", "threshold", "outcome"),
    [(1, 0.5, "refuse"), ("injection", 0.5, "refuse"), (["SAFE", 1], 0.5, "refuse"), ("SAFE", 0.5, "allow"), (1, 0.99, "raise")],
)  # fmt: skip
async def test_the_class_and_the_threshold_are_the_desks(
    label: Any, threshold: float, outcome: Outcome, folder: Path
) -> None:
    found = await judge(folder, label=label, threshold=threshold).opinion("the attack", "user")
    assert found.outcome == outcome


@pytest.mark.parametrize(
    ("probability", "threshold", "score"),
    [(0.0, 0.5, 0.0), (0.25, 0.5, 0.25), (0.5, 0.5, 0.5), (1.0, 0.5, 1.0), (0.45, 0.9, 0.25), (0.9, 0.9, 0.5)],
)
def test_a_probability_on_the_common_scale(probability: float, threshold: float, score: float) -> None:
    assert scaled(probability, threshold) == pytest.approx(score)


@pytest.mark.parametrize(
    ("word", "text", "more"), [("too many windows", FAR, {"max_windows": 2}), ("no numbers", "the broken order", {})]
)
async def test_what_it_cannot_judge_it_does_not_judge(word: str, text: str, more: dict[str, Any], folder: Path) -> None:
    with pytest.raises(ModelError):
        await judge(folder, **more).opinion(text, "user")


def test_windows_overlap_and_cover_the_text(folder: Path) -> None:
    made = classifiers.build(options(folder), Path("/"))
    text = " ".join(["the", "order", ".", "odd"] * 50)
    whole = made.tokenizer.encode(text)
    windows = [whole, *whole.overflowing]
    assert {len(window.ids) for window in windows[:-1]} == {32}
    reads = [places(window) for window in windows]
    assert set().union(*reads) == {(found.start(), found.end()) for found in re.finditer(r"\S+", text)}
    assert all(len(first & second) == 8 for first, second in itertools.pairwise(reads))


def places(window: Any) -> set[tuple[int, int]]:
    marks = zip(window.offsets, window.special_tokens_mask, strict=True)
    return {offset for offset, special in marks if not special}


async def test_who_ran_out_of_time_leaves_the_thread_to_the_next(folder: Path) -> None:
    began, go_on = threading.Event(), threading.Event()
    chosen = options(folder)
    real = classifiers.build(chosen, Path("/"))
    runs: list[int] = []

    def logits(window: Any) -> Any:
        runs.append(len(window.ids))
        began.set()
        go_on.wait(10)
        return real.logits(window)

    made = classifiers.Classifier(real.tokenizer, logits, real.classes, 1000)
    slow = LocalJudge(made, chosen)
    task = asyncio.create_task(slow.opinion(FAR, "user"))
    assert await asyncio.to_thread(began.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    found = await slow.opinion("the attack", "user")
    assert found.outcome == "refuse"
    assert len(runs) == 2, "the text that was given up stopped at its next window"
    slow.close()


def without(name: str) -> Make:
    def damage(folder: Path) -> Path:
        (folder / name).unlink()
        return folder

    return damage


def overwritten(name: str, text: str) -> Make:
    def damage(folder: Path) -> Path:
        (folder / name).write_text(text)
        return folder

    return damage


FAULTS: list[tuple[str, Make, dict[str, Any], str]] = [
    ("no folder", lambda folder: folder / "nowhere", {}, "must name a folder"),
    ("a name of a hub", lambda _: Path("protectai/deberta-v3-base-prompt-injection-v2"), {}, "nothing is downloaded"),
    ("no config", without("config.json"), {}, "must name a folder"),
    ("a config that is none", overwritten("config.json", "[]"), {}, "must name a folder"),
    ("no tokenizer", without("tokenizer.json"), {}, "tokenizer.json"),
    ("a broken tokenizer", overwritten("tokenizer.json", "{}"), {}, "tokenizer.json cannot be read"),
    ("no weights", without("model.onnx"), {}, "no model.onnx"),
    ("broken weights", overwritten("model.onnx", "pickle"), {}, "model.onnx cannot be read"),
    ("another label", lambda folder: folder, {"label": "JAILBREAK"}, r"0 to 1 \(injection, safe\)"),
    ("a number that is no class", lambda folder: folder, {"label": 7}, "no such `label`"),
    ("no label at all", lambda folder: folder, {"label": []}, "no such `label`"),
]


@pytest.mark.parametrize(("word", "damage", "more", "said"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_folder_that_holds_no_classifier(
    word: str, damage: Make, more: dict[str, Any], said: str, tmp_path: Path
) -> None:
    folder = damage(onnx_model(tmp_path / "model"))
    with pytest.raises(ConfigurationError, match=said):
        classifiers.build(options(folder, **more), tmp_path)


def test_a_library_that_is_missing_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"pip install 'frontdesk\[promptguard\]'"):
        classifiers.library("no_such_runtime")


def test_a_model_in_the_folder_onnx(tmp_path: Path) -> None:
    folder = onnx_model(tmp_path / "model")
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    made = classifiers.build(LocalTier(kind="local", model="model"), tmp_path)
    assert made.probability("the attack") > 0.9


@pytest.mark.parametrize("text", ["the order", FAR, "attack " * 200])
def test_transformers_reads_what_onnx_would(text: str, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="the extra transformers is not installed")
    transformers = pytest.importorskip("transformers", reason="the extra transformers is not installed")
    folder = torch_model(tmp_path / "model")
    made = classifiers.build(options(folder, runtime="transformers", max_windows=100), tmp_path)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(folder, local_files_only=True).eval()
    whole = made.tokenizer.encode(text)
    with torch.no_grad():
        rows = [model(torch.tensor([window.ids])).logits[0] for window in (whole, *whole.overflowing)]
    assert made.probability(text) == pytest.approx(max(float(row.softmax(-1)[1]) for row in rows), abs=1e-5)


def test_transformers_reads_no_pickles(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="the extra transformers is not installed")
    pytest.importorskip("transformers", reason="the extra transformers is not installed")
    folder = torch_model(tmp_path / "model")
    (folder / "model.safetensors").unlink()
    torch.save({}, folder / "pytorch_model.bin")
    with pytest.raises(ConfigurationError, match="safetensors"):
        classifiers.build(options(folder, runtime="transformers"), tmp_path)
