"""The text of a message's content, whatever shape the caller gave it."""

from __future__ import annotations

from typing import Any, NamedTuple


class Text(NamedTuple):
    """What a message says."""

    text: str
    dropped: bool
    """Whether there were parts that are not text (images, files), which the desk cannot read."""
    cut: bool
    """Whether the text was longer than allowed."""


def text_of(content: Any, limit: int) -> Text:
    """Return the text of a message's content.

    Args:
        content: A string, or a list of strings and content blocks (dicts with ``type``); anything else is not text.
        limit: Characters kept. A cut falls between words, so that no half of a number escapes detection.
    """
    blocks = content if isinstance(content, list) else [content]
    texts = [text for text in map(_block_text, blocks) if text is not None]
    joined = "\n".join(texts)
    return Text(_cut(joined, limit), len(texts) < len(blocks), len(joined) > limit)


def _block_text(block: Any) -> str | None:
    if isinstance(block, str):
        return block
    if isinstance(block, dict) and block.get("type") in ("text", "input_text") and isinstance(block.get("text"), str):
        return str(block["text"])
    return None


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit or text[limit - 1].isspace() or text[limit].isspace():
        return text[:limit]
    whole = text[:limit].rsplit(maxsplit=1)
    # One endless word has no place to cut; detectors see the half of it that is kept.
    return whole[0] if len(whole) == 2 else text[:limit]
