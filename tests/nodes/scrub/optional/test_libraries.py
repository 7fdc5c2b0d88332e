"""The adapters with the real libraries, where they are installed: Presidio's patterns, tiny models made here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from frontdesk.desk.scrubbing import Scrub
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub.build import build_scrubber
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

pytestmark = pytest.mark.filterwarnings("default")  # of the libraries, which are not ours to mend
FAR = "call me . " * 300
"""More than the tiny models read at once."""


def scrubber(name: str, **options: Any) -> PersonalDataScrubber:
    """The library alone."""
    return build_scrubber(Scrub.model_validate({"head": "off", "detectors": {name: options}}), only=(name,))


def found(scrub: PersonalDataScrubber, text: str, detector: str) -> list[tuple[str, str]]:
    return [(f.label, text[f.start : f.end]) for f in scrub.scrub(text, {}).findings if f.detector == detector]


@pytest.fixture(scope="module")
def spacy_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spacy = pytest.importorskip("spacy", reason="the extra presidio is not installed")
    folder = tmp_path_factory.mktemp("spacy") / "model"
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Quentin Zweig"}])
    nlp.to_disk(folder)
    return folder


def test_presidios_patterns_add_to_the_core() -> None:
    pytest.importorskip("presidio_analyzer", reason="the extra presidio is not installed")
    text = "My wallet is 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa and my card 4111 1111 1111 1111"
    both = build_scrubber(Scrub.model_validate({"head": "off", "detectors": {"presidio": {}}}))
    assert found(both, text, "presidio") == [("SECRET", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")]
    assert both.scrub(text, {}).text == "My wallet is <SECRET_1> and my card <CARD_1>"


def test_presidio_finds_names_with_a_model(spacy_model: Path) -> None:
    pytest.importorskip("presidio_analyzer", reason="the extra presidio is not installed")
    text = "quotes of Quentin Zweig about London"
    assert found(scrubber("presidio", model=str(spacy_model)), text, "presidio") == [("NAME", "Quentin Zweig")]


@pytest.mark.parametrize("model", ["en_core_web_huge", "../nowhere", "https://models.example/x"])
def test_presidio_downloads_nothing(model: str) -> None:
    pytest.importorskip("presidio_analyzer", reason="the extra presidio is not installed")
    with pytest.raises(ConfigurationError, match=r"scrub\.detectors\.presidio\.model"):
        scrubber("presidio", model=model)


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_bert(tmp_path_factory.mktemp("classifier"), reads=64)


def tiny_bert(folder: Path, reads: int) -> Path:
    """A BERT of one layer, its weights set by hand: "anna" begins a person and "schmidt" goes on with one."""
    torch = pytest.importorskip("torch", reason="the extra transformers is not installed")
    transformers = pytest.importorskip("transformers", reason="the extra transformers is not installed")
    tokenizers = pytest.importorskip("tokenizers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "anna", "schmidt", "call", "me", "."]
    vocabulary = {word: number for number, word in enumerate(words)}
    core = tokenizers.Tokenizer(tokenizers.models.WordPiece(vocabulary, unk_token="[UNK]"))
    core.normalizer = tokenizers.normalizers.Lowercase()
    core.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    core.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    special = {f"{name}_token": f"[{name.upper()}]" for name in ("unk", "pad", "cls", "sep", "mask")}
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=core, **special)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=reads, id2label={0: "O", 1: "B-PER", 2: "I-PER"}, label2id={"O": 0, "B-PER": 1, "I-PER": 2},
    )  # fmt: skip
    model = transformers.BertForTokenClassification(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
        embeddings, layer = model.bert.embeddings, model.bert.encoder.layer[0]
        embeddings.word_embeddings.weight[:, 0], embeddings.word_embeddings.weight[:, 1] = 1.0, -1.0
        for place, word in enumerate(("anna", "schmidt"), 2):
            embeddings.word_embeddings.weight[vocabulary[word]] = torch.eye(16)[place] * 4
        for norm in (embeddings.LayerNorm, layer.attention.output.LayerNorm, layer.output.LayerNorm):
            norm.weight.fill_(1.0)
        for label, place in enumerate((0, 2, 3)):
            model.classifier.weight[label, place] = 3.0
    tokenizer.save_pretrained(folder)
    model.save_pretrained(folder)
    return folder


@pytest.mark.parametrize(
    ("word", "text", "names"),
    [
        ("short", "call anna schmidt", ["anna schmidt"]),
        ("far behind what it reads at once", f"{FAR}Anna Schmidt {FAR}", ["Anna Schmidt"]),
        ("nothing", "call me", []),
        ("empty", " ", []),
    ],
)
def test_a_token_classifier(word: str, text: str, names: list[str], classifier: Path) -> None:
    scrub = scrubber("transformers", model=str(classifier))
    assert found(scrub, text, "transformers") == [("NAME", name) for name in names], word


@pytest.mark.filterwarnings("error:Sentence of length")
def test_gliner(tmp_path: Path) -> None:
    gliner = pytest.importorskip("gliner", reason="the extra gliner is not installed")
    config = gliner.GLiNERConfig(
        model_name=str(tiny_bert(tmp_path / "bert", reads=1024)),
        max_width=4,
        hidden_size=16,
        max_len=384,
        span_mode="markerV0",
        num_rnn_layers=0,
    )
    gliner.GLiNER.from_config(config).save_pretrained(tmp_path / "gliner")
    labels = {"person": "NAME", **dict.fromkeys(OTHERS, "off")}
    # its weights are random: whatever it finds at threshold 0 lies on words, over the whole of a long text
    scrub = scrubber("gliner", model=str(tmp_path / "gliner"), threshold=0.0, labels=labels)
    text = "call me anna " * 40
    names = found(scrub, text, "gliner")
    assert {label for label, _ in names} == {"NAME"}
    assert {word for _, name in names for word in name.split()} <= {"call", "me", "anna"}
    assert scrub.scrub(text, {}).findings[-1].end > len(text) - 10


OTHERS = (
    "street address", "phone number", "email", "passport number", "driver's license number", "date of birth",
    "social security number", "password",
)  # fmt: skip


@pytest.mark.parametrize("name", ["transformers", "gliner"])
@pytest.mark.parametrize("model", ["", "somebody/some-model"])
def test_models_are_folders(name: str, model: str) -> None:
    pytest.importorskip(name, reason=f"the extra {name} is not installed")
    with pytest.raises(ConfigurationError, match="name a folder that holds a model; nothing is downloaded"):
        scrubber(name, model=model)


@pytest.mark.parametrize("name", ["transformers", "gliner"])
def test_a_folder_without_a_model(name: str, tmp_path: Path) -> None:
    pytest.importorskip(name, reason=f"the extra {name} is not installed")
    with pytest.raises(ConfigurationError, match="that can be read"):
        scrubber(name, model=str(tmp_path))
