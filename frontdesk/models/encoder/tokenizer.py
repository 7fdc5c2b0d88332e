"""The encoder's word pieces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from frontdesk.errors import ConfigurationError

START, END, HIDDEN = 101, 102, 103
"""Ids of the two tokens around every text ([CLS] and [SEP]), and of a piece that training hides ([MASK])."""


def open_tokenizer(path: Path) -> Any:
    """Read a ``tokenizer.json``; the result (``tokenizers.Tokenizer``) neither cuts texts short nor pads them.

    Raises:
        ConfigurationError: The file is not a tokenizer's.
    """
    from tokenizers import Tokenizer  # noqa: PLC0415 - comes with the extra

    try:
        library: Any = Tokenizer.from_file(str(path))
    except Exception as problem:  # the library raises Exception itself, nothing narrower
        raise ConfigurationError(f"{path} is not a tokenizer's file") from problem
    library.no_truncation()
    library.no_padding()
    return library


def encodable(text: str) -> str:
    """Return the text without lone surrogates, which cannot be handed to the library; positions stay."""
    return text if text.isascii() else "".join("?" if "\ud800" <= char <= "\udfff" else char for char in text)
