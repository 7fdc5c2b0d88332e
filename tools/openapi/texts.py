"""Names and texts of somebody else's document, made fit for a contract. Pure."""

from __future__ import annotations

import re
import unicodedata

_TAG = re.compile(r"<[^<>]{0,300}>")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}[^()]{0,200}\)")
_URL = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://\S+", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def sentence(text: object, limit: int) -> str:
    """Return a description as one line of visible text, without markup, addresses and braces.

    Args:
        text: What the document says; anything but a text is nothing.
        limit: Characters at most; a longer one is cut at a word.
    """
    if not isinstance(text, str):
        return ""
    plain = _URL.sub("", _LINK.sub(r"\1", _TAG.sub(" ", text[: limit * 20])))
    shown = "".join(" " if sign.isspace() else sign for sign in plain if sign.isspace() or _visible(sign))
    words = " ".join(re.sub(r"[{}`*#|]", "", shown).split())
    return words if len(words) <= limit else words[:limit].rpartition(" ")[0].rstrip(",;:") + " …"


def snake(text: str) -> str:
    """Return a text as a name in small letters: ``getOrderByID`` becomes ``get_order_by_id``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    parts = re.split(r"[^A-Za-z0-9]+", _HUMP.sub("_", plain))
    return "_".join(part.lower() for part in parts if part)


def tool_name(text: str, taken: set[str]) -> str:
    """Return a tool's name that no other has, and note it in ``taken``."""
    base = snake(text)[:56].strip("_")
    base = base if base[:1].isalpha() and len(base) > 1 else f"call_{base}".rstrip("_")
    name, number = base, 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    taken.add(name)
    return name


def argument_name(text: str, taken: set[str]) -> str:
    """Return an argument's name: the document's own where it can stand in a template, else a small-letter form."""
    base = text if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,60}", text) else snake(text)[:56]
    base = base if base and not base[0].isdigit() else f"value_{base}".rstrip("_")
    name, number = base, 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    taken.add(name)
    return name


def _visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in {"C"} and not "\U000e0000" <= sign <= "\U000e0fff"
