"""Reads ``phrases.yaml``: what the simulated customers of the report say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML


class Said(BaseModel):
    """One request."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weight: float = Field(gt=0)
    """In the mix."""
    says: tuple[str, ...] = Field(min_length=1)
    """Cores, which are put into frames."""
    tool: str = ""
    """That serves it."""
    arguments: tuple[Mapping[str, str], ...] = ()
    """Per core: what a competent model takes from it beside the number."""


class Phrases(BaseModel):
    """The whole file, by intent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pages: Mapping[str, Said]
    lookups: Mapping[str, Said]
    changes: Mapping[str, Said]
    asked: Mapping[str, Said]
    talk: Mapping[str, Said]
    others: Mapping[str, Said]
    """``person`` and ``strange``."""
    frames: tuple[str, ...]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """Return what the file holds."""
    text = files("frontdesk.evals.tiers").joinpath("phrases.yaml").read_text(encoding="utf-8")
    return Phrases.model_validate(YAML(typ="safe").load(text))


__all__ = ["Phrases", "Said", "phrases"]
