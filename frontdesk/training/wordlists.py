"""The word lists and templates that are written by hand, read from the folder ``templates``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def lists() -> Mapping[str, Sequence[str]]:
    """Return the word lists of ``words.cfg`` by name."""
    lines = (line for line in _read("words.cfg") if not line.startswith("#"))
    pairs = (line.split(":", 1) for line in lines)
    return {name: tuple(word.strip() for word in words.split(" | ")) for name, words in pairs}


@lru_cache(maxsize=32)
def templates(name: str) -> Sequence[str]:
    r"""Return the templates of a file (``names_en``), a written ``\n`` turned into a line break."""
    return tuple(line.replace("\\n", "\n") for line in _read(f"{name}.txt"))


def _read(name: str) -> list[str]:
    text = (files("frontdesk.training.templates") / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]
