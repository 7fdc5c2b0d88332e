"""The desk's fixed wordings in the customer's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.texts import TextName, Texts

TRANSLATED = ("de", "es", "fr", "it", "nl", "pt")
"""Languages whose wordings come with frontdesk, beside English."""
ENGLISH = "en"
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
"""Language, script and region of RFC 5646; more is not told apart."""
_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch",
    "pt": "Portuguese",
    "ru": "Russian", "el": "Greek", "ar": "Arabic", "he": "Hebrew", "hi": "Hindi", "th": "Thai", "ko": "Korean",
    "ja": "Japanese", "zh": "Chinese", "uk": "Ukrainian", "pl": "Polish", "tr": "Turkish", "sv": "Swedish",
}  # fmt: skip


def base(tag: str) -> str:
    """Return the language of a tag: ``en`` of ``en-GB``."""
    return tag.partition("-")[0].lower()


def main_language(config: DeskConfig) -> str:
    """Return the desk's main language."""
    return base(config.languages[0]) if config.languages else ENGLISH


def is_listed(config: DeskConfig, language: str) -> bool:
    """Tell whether a desk answers in a language; one that is not known counts as listed."""
    return not language or language in {base(tag) for tag in config.languages} or language == main_language(config)


def texts_in(config: DeskConfig, language: str) -> Texts:
    """Return the desk's wordings in a language.

    Args:
        config: The desk's.
        language: Such as ``de``; empty for the desk's main one.

    Returns:
        For each wording the desk's own translation; else the one that comes with frontdesk, where the desk keeps the
        default; else the desk's wording in its main language. All of them in the main language where the desk does
        not list the language.
    """
    main = main_language(config)
    language = language if language and is_listed(config, language) else main
    default = Texts()
    own: Mapping[TextName, str] = next((said for tag, said in config.translations.items() if base(tag) == language), {})
    kept = {name for name in type(default).model_fields if getattr(config.texts, name) == getattr(default, name)}
    ours = {name: text for name, text in _translation(language).items() if name in kept}
    changed: dict[str, str] = {**ours, **{str(name): text for name, text in own.items()}}
    return config.texts.model_copy(update=changed) if changed else config.texts


def name_of(language: str, inside: str = ENGLISH) -> str:
    """Return a language's name in another one: ``Deutsch``; in English where it is not known there, else the tag."""
    return str(_file(inside).get("names", {}).get(language) or _NAMES.get(language, language))


def language_named(text: str) -> str:
    """Return the tag of the language whose English name stands in a text; an empty string for none."""
    words = text.casefold().split()
    return next((tag for tag, name in _NAMES.items() if name.casefold() in words), "")


def only_in(config: DeskConfig, language: str) -> str:
    """Return the sentence that answers are in the main language only: in the customer's language, and in that one."""
    main = main_language(config)
    theirs = Texts().language if language == ENGLISH else _translation(language).get("language", "")
    ours = texts_in(config, main).language
    said = [theirs.format(language=name_of(main, language))] if theirs else []
    return " ".join([*said, ours.format(language=name_of(main, main))])


def read_translations() -> None:
    """Read the translations that ship, so that no turn waits for a file."""
    for language in TRANSLATED:
        _file(language)


def _translation(language: str) -> Mapping[str, str]:
    if language == ENGLISH:
        return {}
    return _file(language).get("texts", {}) if language in TRANSLATED else {}


@cache
def _file(language: str) -> Mapping[str, Any]:
    if language not in TRANSLATED:
        return {}
    text = files("frontdesk.desk").joinpath("translations", f"{language}.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found
