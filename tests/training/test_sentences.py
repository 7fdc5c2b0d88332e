"""The generator: what it writes is labelled right, comes again with the seed, and keeps names back."""

from __future__ import annotations

import itertools
import random

import pytest

from frontdesk.training.corpus import join, labelled
from frontdesk.training.sentences import Sentence, generate, recased
from frontdesk.training.slots import LANGUAGES
from frontdesk.training.wordlists import lists, templates
from frontdesk.training.words import Part, held_back, load_words

pytest.importorskip("faker", reason="needs the extra train: pip install 'frontdesk[train]'")

FILES = ("names_en", "names_de", "names_fr", "names_es", "names_it", "names_nl", "names_pt", "composed")
SPOKEN = tuple(f"plain_{language}" for language in LANGUAGES[1:])
PLAIN = ("ordinary", "composed_plain", "products", *SPOKEN)


@pytest.mark.parametrize("part", ["train", "validation"])
def test_spans_hold_what_they_say(part: Part) -> None:
    labels = set()
    for sentence in generate(5, 3000, part):
        last = 0
        for start, end, label in sentence.spans:
            assert last <= start < end <= len(sentence.text)
            assert sentence.text[start:end].strip() == sentence.text[start:end]
            assert "{" not in sentence.text[start:end]
            labels.add(label)
            last = end
    assert labels == {"NAME", "ADDRESS"}


def test_the_seed_decides() -> None:
    one, same, other = (list(generate(seed, 200)) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_names_of_the_validation_are_in_no_training_list() -> None:
    train, validation = load_words("train"), load_words("validation")
    for kind in ("first", "last"):
        seen = {name.casefold() for groups in getattr(train, kind).values() for group in groups for name in group}
        unseen = {
            name.casefold() for groups in getattr(validation, kind).values() for group in groups for name in group
        }
        assert len(unseen) > 500
        assert not seen & unseen
        assert all(map(held_back, unseen))


def test_there_are_hundreds_of_templates() -> None:
    assert sum(len(templates(name)) for name in FILES) > 600
    assert sum(len(templates(name)) for name in PLAIN) > 500


@pytest.mark.parametrize("name", SPOKEN)
def test_each_language_has_sentences_without_names(name: str) -> None:
    assert len(set(templates(name))) >= 60


@pytest.mark.parametrize("name", PLAIN)
def test_templates_without_personal_data_have_no_slot_for_it(name: str) -> None:
    personal = ("{n}", "{f}", "{l}", "{fl}", "{lu}", "{a}", "{st}", "{stn}")
    assert not [line for line in templates(name) if any(slot in line for slot in personal)]


@pytest.mark.parametrize("name", sorted(lists()))
def test_word_lists_have_words(name: str) -> None:
    assert len(lists()[name]) >= 3
    assert all(lists()[name])


def test_another_case_keeps_the_spans() -> None:
    source = random.Random(3)
    sentence = Sentence("Ich heiße İpek Groß.", ((10, 19, "NAME"),))
    for found in (recased(sentence, source) for _ in range(200)):
        start, end, _ = found.spans[0]
        assert found.text[start + 1 : end].casefold().startswith("pek gro")


def test_words_get_labels() -> None:
    found = labelled(Sentence("Hi Anna Lee, 5 Main St", ((3, 11, "NAME"), (13, 22, "ADDRESS"))))
    assert list(zip(found.words, found.labels, strict=True)) == [
        ("Hi", "O"), ("Anna", "B-NAME"), ("Lee", "I-NAME"), (",", "O"),
        ("5", "B-ADDRESS"), ("Main", "I-ADDRESS"), ("St", "I-ADDRESS"),
    ]  # fmt: skip


def test_two_names_side_by_side_begin_twice() -> None:
    found = labelled(Sentence("Anna Tom", ((0, 4, "NAME"), (5, 8, "NAME"))))
    assert found.labels == ("B-NAME", "B-NAME")


@pytest.mark.parametrize("separator", [" ", "\n", ". "])
def test_joined_sentences_keep_their_spans(separator: str) -> None:
    parts = list(itertools.islice(generate(9, 50), 50))
    joined = join(parts, separator)
    values = [part.text[start:end] for part in parts for start, end, _ in part.spans]
    assert [joined.text[start:end] for start, end, _ in joined.spans] == values
