"""Names, towns and companies for generated sentences, from the word lists of ``faker`` (MIT), with a part held back.

A word is held back by its own digest, so a name that validates is in no training sentence, whatever the seed.
"""

from __future__ import annotations

import hashlib
import importlib
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from frontdesk.errors import ConfigurationError

Part = Literal["train", "validation"]
"""Which part of the words sentences are made of."""

LOCALES = {
    "en": "en_US en_US en_US en en_GB en_IE en_NZ en_IN en_PK en_KE en_NG ga_IE en_TH",
    "de": "de_DE de_AT de_CH",
    "fr": "fr_FR fr_CA fr_CH fr_BE",
    "es": "es_ES es_MX es_AR es_CL es_CO",
    "it": "it_IT",
    "nl": "nl_NL nl_BE",
    "pt": "pt_PT pt_BR",
    "other": "cs_CZ da_DK et_EE fi_FI hr_HR hu_HU id_ID is_IS lt_LT lv_LV no_NO pl_PL ro_RO sk_SK sl_SI sv_SE tr_TR"
    " uz_UZ vi_VN yo_NG ig_NG ha_NG tw_GH zu_ZA sw ja_JP zh_CN",
}
"""Language of a template to the locales its names come from; a locale named twice weighs twice."""

_HELD_BACK = 6
"""One word in so many is for validation."""
_LONGEST = 14
_TOWNS = ("cities", "real_city_names")
_ORDINARY = ("de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL")
_STREETS = ("streets", "street_names", "frequent_street_names")


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of one part."""

    first: dict[str, list[Sequence[str]]]
    last: dict[str, list[Sequence[str]]]
    """Language to lists of names, one list per locale."""
    towns: dict[str, Sequence[str]]
    streets: Sequence[str]
    countries: Sequence[str]
    jobs: Sequence[str]


def held_back(word: str) -> bool:
    """Whether a word belongs to the validation part."""
    return hashlib.sha256(f"frontdesk:{word.casefold()}".encode()).digest()[0] % _HELD_BACK == 0


@lru_cache(maxsize=2)
def load_words(part: Part) -> Words:
    """Read the lists.

    Raises:
        ConfigurationError: ``faker`` is not installed.
    """
    first: dict[str, list[Sequence[str]]] = defaultdict(list)
    last: dict[str, list[Sequence[str]]] = defaultdict(list)
    for language, locales in LOCALES.items():
        for locale in locales.split():
            provider = _provider("person", locale)
            for lists, wanted in ((first, False), (last, True)):
                names = _kept(_listed(provider, "name", last=wanted), part)
                if len(names) > 5:
                    lists[language].append(names)
    towns = {language: _places(locales.split(), _TOWNS, part) for language, locales in LOCALES.items()}
    streets = _places(" ".join(LOCALES.values()).split(), _STREETS, part)
    countries = _kept(_attribute(_provider("address", "en_US"), "countries"), part)
    jobs = sorted(_attribute(_provider("job", "en_US"), "jobs"))
    return Words(dict(first), dict(last), towns, streets, countries, jobs)


def _provider(kind: str, locale: str) -> object:
    try:
        return importlib.import_module(f"faker.providers.{kind}.{locale}").Provider
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] == "faker" and error.name != "faker":
            return object()
        raise ConfigurationError("training needs the package faker: pip install 'frontdesk[train]'") from error


def _attribute(provider: object, name: str) -> list[str]:
    value = getattr(provider, name, ())
    return [item for item in value if isinstance(item, str)] if isinstance(value, (tuple, list, dict, set)) else []


def _listed(provider: object, kind: str, *, last: bool) -> set[str]:
    roman = any("romanized" in name for name in dir(provider))
    names = {
        word
        for name in dir(provider)
        if kind in name
        and not {"format", "formats", "language"} & set(name.split("_"))
        and ("last" in name) == last
        and ("romanized" in name or not roman)
        for word in _attribute(provider, name)
    }
    return {
        name for name in names if 1 < len(name) <= _LONGEST and name[0].isupper() and not any(map(str.isdigit, name))
    }


def _places(locales: Sequence[str], lists: Sequence[str], part: Part) -> Sequence[str]:
    found: set[str] = set()
    for locale in locales:
        provider = _provider("address", locale)
        for name in lists:
            found.update(_attribute(provider, name))
    return _kept((place for place in found if place[:1].isalpha()), part)


def _kept(words: Iterable[str], part: Part) -> Sequence[str]:
    return sorted(word for word in words if held_back(word) == (part == "validation"))


def lorem() -> set[str]:
    """Return ordinary words of German, French, Spanish, Italian and Dutch; German nouns have their capital.

    Raises:
        ConfigurationError: ``faker`` is not installed.
    """
    words: set[str] = set()
    for locale in _ORDINARY:
        capitals = locale == "de_DE"
        listed = _attribute(_provider("lorem", locale), "word_list")
        words.update(word for word in listed if len(word) > 1 and (capitals or word.islower()))
    return words


def invented(source: random.Random, names: Sequence[str]) -> str:
    """Return a word that no list has, made of the beginnings and ends of listed ones: "Lupacchino" from none."""
    left, right = source.choice(names), source.choice(names)
    cut = max(1, min(len(left) - 1, source.randint(2, 5)))
    rest = right[max(1, len(right) - source.randint(3, 6)) :]
    return (left[:cut] + rest.lower())[:_LONGEST]
