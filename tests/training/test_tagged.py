"""Labelled sentences become tags per word piece; nothing is lost on the way."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from frontdesk.nodes.scrub.head.layout import TAGS
from frontdesk.nodes.scrub.head.tokens import Tokenizer
from frontdesk.training.sentences import Sentence
from frontdesk.training.tagged import NO_TAG, batches, example, hidden


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    library = pytest.importorskip("tokenizers", reason="the extra `embeddings` is not installed")
    made = library.Tokenizer(library.models.WordPiece({"[UNK]": 0, "an": 1, "##na": 2, "lives": 3}, unk_token="[UNK]"))
    made.normalizer = library.normalizers.BertNormalizer()
    made.pre_tokenizer = library.pre_tokenizers.BertPreTokenizer()
    path: Path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    made.save(str(path))
    return Tokenizer(path)


@pytest.mark.parametrize(
    ("text", "spans", "tags"),
    [
        ("lives", (), ["O"]),
        ("anna lives", ((0, 4, "NAME"),), ["B-NAME", "B-NAME", "O"]),  # two pieces, one word
        ("anna anna lives", ((0, 9, "NAME"),), ["B-NAME", "B-NAME", "I-NAME", "I-NAME", "O"]),
        ("anna, lives", ((0, 4, "NAME"), (6, 11, "ADDRESS")), ["B-NAME", "B-NAME", "O", "B-ADDRESS"]),
        ("lives lives", ((6, 11, "ADDRESS"),), ["O", "B-ADDRESS"]),
    ],
)
def test_every_piece_of_a_word_has_its_tag(
    tokenizer: Tokenizer, text: str, spans: tuple[tuple[int, int, str], ...], tags: list[str]
) -> None:
    made = example(Sentence(text, spans), tokenizer)
    assert [TAGS[tag] for tag in made.tags[1:-1]] == tags
    assert made.tags[0] == made.tags[-1] == NO_TAG
    assert len(made.ids) == len(made.kinds) == len(made.tags)


def test_what_lies_behind_the_first_window_is_left_out(tokenizer: Tokenizer) -> None:
    assert len(example(Sentence("lives " * 500), tokenizer).ids) == 128


def test_batches_are_full_and_say_where_there_is_a_token(tokenizer: Tokenizer) -> None:
    texts = [Sentence("lives " * (1 + number % 9)) for number in range(70)]
    made = list(batches((example(text, tokenizer) for text in texts), 8, random.Random(1)))
    assert len(made) == 70 // 8
    for batch in made:
        assert batch.ids.shape == batch.kinds.shape == batch.tags.shape == batch.present.shape
        assert batch.ids.shape[0] == 8
        assert ((batch.tags != NO_TAG).sum(axis=1) + 2 == batch.present.sum(axis=1)).all()
        assert (batch.ids[~batch.present] == 0).all()


def test_a_share_of_the_pieces_is_hidden_and_no_special_one(tokenizer: Tokenizer) -> None:
    (batch,) = batches([example(Sentence("lives " * 50), tokenizer)] * 20, 20, random.Random(1))
    changed = hidden(batch, 0.2, np.random.default_rng(1))
    share = (changed.ids == 103).sum() / (batch.tags != NO_TAG).sum()
    assert 0.15 < share < 0.25
    assert (changed.ids[:, [0, -1]] == batch.ids[:, [0, -1]]).all()
    assert (changed.tags == batch.tags).all()
    assert (hidden(batch, 0.0, np.random.default_rng(1)).ids == batch.ids).all()
