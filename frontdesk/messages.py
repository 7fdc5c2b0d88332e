"""Checks on what a caller sends, before anything is stored or run."""

from __future__ import annotations

import re
import unicodedata

from frontdesk.errors import MessageError

TURN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KEPT = {"\n", "\t"}


def clean_message(text: object, limit: int) -> str:
    """Return the message, fit to be stored and shown.

    Args:
        text: What the caller sent.
        limit: The desk's ``budgets.message_chars``.

    Returns:
        The text without control characters (tabs and line ends stay) and without outer white space.

    Raises:
        MessageError: Not a string, empty, over the limit, or with half a surrogate pair in it. The message names the
            fault and never repeats the text.
    """
    if not isinstance(text, str):
        raise MessageError(f"the message must be a string, not {type(text).__name__}")
    if len(text) > limit:
        raise MessageError(f"the message has {len(text)} characters; at most {limit} are allowed")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise MessageError("the message is not valid Unicode: it contains a lone surrogate")
    kept = (char for char in text.replace("\r\n", "\n") if char in _KEPT or unicodedata.category(char) != "Cc")
    cleaned = "".join(kept).strip()
    if not cleaned:
        raise MessageError("the message is empty; send some text")
    return cleaned


def check_turn_id(turn_id: object) -> str:
    """Return the turn id, or raise MessageError unless it is 1 to 64 letters, digits, ``-`` or ``_``."""
    if not isinstance(turn_id, str) or not TURN_ID.fullmatch(turn_id):
        raise MessageError("turn_id must be 1 to 64 letters, digits, '-' or '_'")
    return turn_id
