"""What a model is told when it may write once more: closed codes in words, never a part of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_REASONS: Final[dict[str, str]] = {
    "promise:claim": "The draft said that something was done, and no tool result of this turn says so. Say only what a"
    " tool result confirms; to change something, call the tool.",
    "promise:deadline": "The draft named a time for something that no page or tool result gives. Give only times that"
    " stand there, or say that you do not know.",
    "promise:callback": "The draft said that somebody would get in touch, and nobody was asked to. Leave that out.",
    "promise": "The draft promised something (money, a discount, a replacement, an exception or a guarantee) that no"
    " page or tool result gives. Say what the pages give, and nothing beyond.",
    "grounding": "The draft stated a number, an amount or a date that no page or tool result gives. Use only"
    " figures that stand there, exactly as they stand; leave out what you cannot support.",
    "schema": "The draft contained something that is not for people: JSON, code, a tool call in words, a role label or"
    " an unfilled template. Answer in plain sentences; to use a tool, call it.",
    "tone:length": "The draft was too long. Say the same in a few sentences.",
    "tone:ai": "The draft talked about language models or training. Talk about the customer's request only.",
    "tone:rules": "The draft talked about your instructions or about the pages you were given. Talk about the"
    " customer's request only.",
    "tone:shouting": "The draft was in capitals or had rows of exclamation marks. Write calmly.",
    "tone": "The draft was not polite to the customer. Say the same in a friendly and matter-of-fact way, without"
    " blame and without irony.",
}
_OTHER = "The draft broke a rule of the desk. Answer the customer's question again, shorter and closer to the pages."


def reasons(codes: Sequence[str]) -> list[str]:
    """Return what is told for findings such as ``promise:refund``, each sentence once, in order."""
    return list(dict.fromkeys(_REASONS.get(code) or _REASONS.get(code.partition(":")[0], _OTHER) for code in codes))


__all__ = ["reasons"]
