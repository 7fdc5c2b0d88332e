"""How the customer likes to be answered, as far as a model without a gift for words can heed it."""

from __future__ import annotations

import re

_MEMORIES = re.compile(r'<memories mark="(\w+)">\n(.*?)\n</memories mark="\1">', re.S)
_BRIEF = re.compile(r"(?m)^- preference, as the customer said on [^:\n]+: likes short answers$")
_SENTENCE = re.compile(r"\A.+?[.!?](?=\s|\Z)", re.S)
_CITED = re.compile(r"(?:\s*\[[\w-]+\])+\s*\Z")


def in_manner(text: str, system: str) -> str:
    """Return an answer from the pages as the customer likes it: its first sentence, where they like short answers.

    Args:
        text: One to three sentences and the citation.
        system: What the desk says in this call; a wish counts where it stands among the memories and nowhere else.
    """
    memories = _MEMORIES.search(system)
    if not memories or not _BRIEF.search(memories[2]):
        return text
    cited = _CITED.search(text)
    first = _SENTENCE.match(text[: cited.start()] if cited else text)
    return f"{first[0]}{cited[0] if cited else ''}" if first else text


__all__ = ["in_manner"]
