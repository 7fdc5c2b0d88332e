"""Tables of real tokenizers, where a file of theirs is on this machine already. Nothing is ever downloaded.

tiktoken, which langchain-openai brings, fetches a table at first use unless its cache folder has it
(``TIKTOKEN_CACHE_DIR``, ``DATA_GYM_CACHE_DIR``, else ``data-gym-cache`` among the temporary files); litellm ships two.
Both name a file by a digest. A file is used only if its content has the digest that tiktoken itself expects, and is
read here, for tiktoken would delete one that has not, and fetch it anew.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Table:
    """One encoding."""

    file: str
    """Name of its file: the SHA-1 of the address that tiktoken knows it by."""
    digest: str
    """SHA-256 of its content."""
    pattern: str
    """How a text is cut before it is encoded. All from tiktoken 0.14, ``tiktoken_ext/openai_public.py``."""


_CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
TABLES: Final = {
    "cl100k_base": Table(
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]"
        r"|\s+(?!\S)|\s",
    ),
    "o200k_base": Table(
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
        + _CONTRACTIONS
        + r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
        + _CONTRACTIONS
        + r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ),
}
_LOADED: dict[str, Callable[[str], int]] = {}
"""By encoding; a table is read once per process."""


def folders() -> Iterator[Path]:
    """Yield where files may be."""
    for name in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        if os.environ.get(name):
            yield Path(os.environ[name])
    yield Path(tempfile.gettempdir()) / "data-gym-cache"
    spec = find_spec("litellm")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "litellm_core_utils" / "tokenizers"


def load_table(encoding: str) -> Callable[[str], int] | None:
    """Return what counts a text's tokens in an encoding; None where its file, or tiktoken, is not here.

    Takes half a second and some 40 MB the first time: call it in a thread, before a desk serves.
    """
    table = TABLES.get(encoding)
    if table is None or encoding in _LOADED:
        return _LOADED.get(encoding)
    content = find(table)
    if content is None or find_spec("tiktoken") is None:
        return None
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in content.splitlines())}
    core: Any = importlib.import_module("tiktoken")
    made = core.Encoding(encoding, pat_str=table.pattern, mergeable_ranks=ranks, special_tokens={})
    _LOADED[encoding] = lambda text: len(made.encode(text, disallowed_special=()))
    return _LOADED[encoding]


def load_tables(*models: str) -> None:
    """Load what there is for these models, each ``provider:name``."""
    for encoding in {encoding_of(model) for model in models}:
        if encoding:
            load_table(encoding)


def table_of(model: str) -> Callable[[str], int] | None:
    """Return what counts a text's tokens for a model, where its table was loaded; never reads a file."""
    return _LOADED.get(encoding_of(model)) if _LOADED else None


@lru_cache(maxsize=256)
def encoding_of(model: str) -> str:
    """Return the encoding of one of OpenAI's models, as tiktoken names it; empty for another provider's or a new one.

    A server of one's own may serve anything under a name, so a name counts only where it is one of OpenAI's.
    """
    provider, _, name = model.partition(":")
    if provider != "openai" or find_spec("tiktoken") is None:
        return ""
    named: Any = importlib.import_module("tiktoken.model")
    try:
        return str(named.encoding_name_for_model(name))
    except KeyError:
        return ""


def find(table: Table) -> bytes | None:
    """Return the content of a table's file; None where there is none, or only another one."""
    for folder in folders():
        try:
            content = (folder / table.file).read_bytes()
        except OSError:
            continue
        if hashlib.sha256(content).hexdigest() == table.digest:
            return content
        _log.warning("a tokenizer's table is not the one that tiktoken expects, and not used: %s", table.file)
    return None


__all__ = ["TABLES", "encoding_of", "find", "folders", "load_table", "load_tables", "table_of"]
