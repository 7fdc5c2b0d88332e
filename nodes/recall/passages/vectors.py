"""Vectors of the sections: asked for once per text and embedder, and kept on this machine. Numbers only, no pickle."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from frontdesk.errors import ModelError
from frontdesk.graph.deps import Embedder
from frontdesk.graph.persistence.home import open_own
from frontdesk.nodes.recall.passages.vocabulary import Floats
from frontdesk.nodes.recall.sections import Section
from frontdesk.nodes.route.npz import read_arrays, write_arrays

_log = logging.getLogger(__name__)

FOLDER = "pages"
"""In the data folder; a file per embedder."""
KEPT = 40_000
"""Vectors of a file: those of the pages in use first, then older ones."""
_SECONDS = 60.0
"""For one call of the embedder with sections: nobody waits for an answer yet."""
_LENGTH = 1e-2
"""By how much a kept vector's length may differ from 1."""
STRANGERS = (
    "Is breakfast included in the price of the room?",
    "My laptop does not start since the last update.",
    "Parcels arrive within five working days.",
    "The exhibition is closed on public holidays.",
    "How do I reset the password of my account?",
    "Water the plant twice a week and keep it out of the sun.",
    "The train to the airport leaves every twenty minutes.",
    "Interest is paid at the end of each quarter.",
)
"""Texts of different subjects: how like each other an embedder finds them is where its scale begins."""


async def section_vectors(sections: Sequence[Section], embedder: Embedder | None, home: Path | None) -> Floats | None:
    """Return the vectors of the sections, of what :func:`section_texts` lists.

    Args:
        sections: In the order of the pages.
        embedder: What the desk names; None: words alone.
        home: Data folder of this machine; None keeps nothing on disk.

    Returns:
        None without an embedder, and where it failed: the pages are then searched by words until the next start.
    """
    if embedder is None or not sections:
        return None
    texts = section_texts(sections)
    path = home / FOLDER / f"{embedder.digest()[:32]}.npz" if home else None
    known = await asyncio.to_thread(_kept, path)
    keys = [_key(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    try:
        if missing:
            found = await embedder.embed_many(list(missing.values()), seconds=_SECONDS)
            if known and len(next(iter(known.values()))) != found.shape[1]:
                # the model changed under its name: what is kept is of the old one
                known, missing = {}, dict(zip(keys, texts, strict=True))
                found = await embedder.embed_many(list(missing.values()), seconds=_SECONDS)
            known = {**dict(zip(missing, found, strict=True)), **known}
        vectors = np.stack([known[key] for key in keys]).astype(np.float32)
    except (ModelError, ValueError) as error:
        cause = str(error) if isinstance(error, ModelError) else "malformed"
        _log.error("pages not embedded, they are searched by words: cause=%s", cause)
        return None
    if missing:
        used = dict.fromkeys(keys)
        await asyncio.to_thread(_keep, path, {key: known[key] for key in [*used, *(k for k in known if k not in used)]})
    return vectors


def section_texts(sections: Sequence[Section]) -> list[str]:
    """Return what is embedded: title and heading of each section, then each with its text, then the strangers."""
    heads = [": ".join(filter(None, (section.page.title, section.heading))) or "-" for section in sections]
    return [*heads, *(f"{head}\n{section.text}" for head, section in zip(heads, sections, strict=True)), *STRANGERS]


def _kept(path: Path | None) -> dict[bytes, Floats]:
    """Return what is kept, by the digest of the text; nothing where it cannot be trusted."""
    if path is None:
        return {}
    try:
        with open_own(path) as file:
            arrays = read_arrays(file)
        keys, vectors = arrays["keys"], arrays["vectors"]
        if keys.dtype != np.uint8 or keys.ndim != 2 or vectors.dtype != np.float32 or vectors.ndim != 2:
            raise ValueError("other arrays than were written")
        if not (np.abs(np.linalg.norm(vectors, axis=1) - 1) < _LENGTH).all():
            raise ValueError("not of length 1")
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, MemoryError) as error:
        _log.warning("kept page vectors not used, they are asked for again: error=%s", type(error).__name__)
        return {}


def _keep(path: Path | None, known: dict[bytes, Floats]) -> None:
    if path is None:
        return
    first = list(known.items())[:KEPT]
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys = np.frombuffer(b"".join(key for key, _ in first), np.uint8).reshape(len(first), -1)
        write_arrays(path, {"keys": keys, "vectors": np.stack([vector for _, vector in first])})
    except (OSError, ValueError) as error:
        _log.warning("page vectors not kept, the next start asks again: error=%s", type(error).__name__)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
