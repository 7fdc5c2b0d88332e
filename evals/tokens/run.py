"""Compares estimates with the tokenizers whose tables are on this machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from langchain_core.messages import HumanMessage
from langchain_core.messages.utils import count_tokens_approximately

from frontdesk.nodes.remember.tables import TABLES, load_table
from frontdesk.nodes.remember.tokens import count_text


def approximately(text: str) -> int:
    """Return what langchain's counter says of a text, without the frame of a message."""
    return int(count_tokens_approximately([HumanMessage(text)], extra_tokens_per_message=0, count_name=False))


ESTIMATES: Mapping[str, Callable[[str], int]] = {"frontdesk": count_text, "langchain": approximately}


def compare(texts: Mapping[str, str]) -> dict[str, Any]:
    """Return, per tokenizer and kind of text, the real count and by how much each estimate is off.

    Args:
        texts: Kind to text.

    Returns:
        Per encoding, per kind: ``tokens``, and per estimate the percentage above (or, negative, below) that; and the
        lowest of these over all kinds. An encoding whose table is not here is named in ``not_here``.
    """
    found: dict[str, Any] = {}
    for encoding in TABLES:
        count = load_table(encoding)
        if count is None:
            continue
        kinds = {kind: {"tokens": count(text), **_off(text, count(text))} for kind, text in texts.items()}
        found[encoding] = {"lowest": {name: min(row[name] for row in kinds.values()) for name in ESTIMATES}, **kinds}
    return {"encodings": found, "not_here": [name for name in TABLES if name not in found]}


def _off(text: str, real: int) -> dict[str, float]:
    return {name: round(100 * (estimate(text) / max(real, 1) - 1), 1) for name, estimate in ESTIMATES.items()}


__all__ = ["approximately", "compare"]
