"""The desk's wordings in the customer's language."""

from __future__ import annotations

import string
from typing import get_args

import pytest

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.languages import ENGLISH, TRANSLATED, is_listed, name_of, only_in, texts_in
from frontdesk.desk.texts import TextName, Texts

BOTH = DeskConfig(name="shop", business="Shop", languages=["en-GB", *TRANSLATED])


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_names_of_the_wordings_are_those_of_the_fields() -> None:
    assert set(get_args(TextName)) == set(Texts.model_fields)


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", sorted(Texts.model_fields))
def test_every_wording_is_translated_with_the_same_placeholders(language: str, name: str) -> None:
    ours, theirs = getattr(Texts(), name), getattr(texts_in(BOTH, language), name)
    assert theirs != ours
    assert fields(theirs) == fields(ours)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_a_name_in_every_other(language: str) -> None:
    names = {name_of(other, language) for other in (*TRANSLATED, ENGLISH)}
    assert len(names) == len(TRANSLATED) + 1
    assert not names & {*TRANSLATED, ENGLISH}


def test_the_desks_own_words_come_first() -> None:
    own = DeskConfig(
        name="shop",
        business="Shop",
        languages=["en", "de", "fr"],
        texts=Texts(refuse="Ours alone."),
        translations={"de": {"rejected": "Bleibt so."}},
    )
    german, french = texts_in(own, "de"), texts_in(own, "fr")
    assert german.rejected == "Bleibt so."
    assert german.refuse == "Ours alone."  # what the desk says on purpose is not replaced by what says less
    assert french.rejected.startswith("D'accord")


@pytest.mark.parametrize(("language", "listed"), [("en", True), ("de", True), ("", True), ("ru", False)])
def test_which_languages_a_desk_answers_in(language: str, listed: bool) -> None:
    assert is_listed(BOTH, language) is listed


def test_a_language_that_is_not_listed_is_answered_in_the_main_one() -> None:
    english = DeskConfig(name="shop", business="Shop")
    assert texts_in(english, "de") == english.texts
    assert only_in(english, "de") == "Ich kann hier nur auf Englisch antworten. I can only answer in English here."
    assert only_in(english, "ru") == "I can only answer in English here."
    german = DeskConfig(name="laden", business="Laden", languages=["de"])
    assert only_in(german, "en") == "I can only answer in German here. Ich kann hier nur auf Deutsch antworten."
