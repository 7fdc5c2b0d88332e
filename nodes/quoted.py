"""What of a customer's message is their own, and what they quote of others."""

from __future__ import annotations

import re

_FENCE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)", re.S)
_QUOTED_LINE = re.compile(r"(?m)^[ \t]*(?:>|\|).*$")
_BEGIN = (
    r"begin(?:ning of)? forwarded message|(?:anfang der )?weitergeleitete[n]? (?:nachricht|e-?mail)"
    r"|début du message (?:transféré|réexpédié)|inicio del mensaje reenviado|inizio (?:del )?messaggio inoltrato"
    r"|início da mensagem (?:encaminhada|reencaminhada)|begin doorgestuurd bericht"
)
_DASHED = (
    r"original|forwarded|ursprüngliche|weitergeleitete|message (?:d['’]origine|transféré)"
    r"|mensaje (?:original|reenviado)|messaggio (?:originale|inoltrato)|mensagem (?:original|encaminhada)"
    r"|oorspronkelijk|doorgestuurd"
)
_LINE = r"\b[^\n]{1,200}?"
_WROTE = (
    rf"on{_LINE}(?:\n[^\n]{{0,120}}?)?(?<!\bi )\bwrote:|am{_LINE}\bschrieb\b[^\n]{{0,80}}?:|le{_LINE}\ba écrit ?:"
    rf"|el{_LINE}\bescribió:|il{_LINE}\bha scritto:|em{_LINE}\bescreveu:|op{_LINE}\bschreef\b[^\n]{{0,80}}?:"
)
_FROM = r"[ \t]*\*?(?:from|von|de|da|van)\*?[ \t]?:"
_TO = r"[ \t]*\*?(?:to|cc|an|à|para|a|aan)\*?[ \t]?:[^\n]*\n+"
_HEAD = (
    r"[ \t]*\*?(?:sent|date|subject|gesendet|datum|betreff|envoyé|objet|enviado|fecha|asunto|inviato|data|oggetto"
    r"|assunto|verzonden|onderwerp)\*?[ \t]?:"
)
_FORWARDED = re.compile(
    rf"(?im)^(?:[ \t]*[-_*>=]{{2,}}[ \t]*(?:{_DASHED})\b|[ \t]*(?:[-_*>=]+[ \t]*)?(?:{_BEGIN})\b|[ \t]*(?:{_WROTE})"
    rf"|{_FROM}[^\n]*\n+(?:{_TO}){{0,3}}{_HEAD}|{_HEAD}[^\n]*\n+(?:{_TO}){{0,3}}{_FROM}).*\Z",
    re.S,
)
"""The header of a message that somebody else wrote, to the end of the text: what stands below it is never an order."""


def own_words(text: str) -> str:
    """Return a message without what it quotes: quoted lines, fenced blocks, a forwarded message behind its header."""
    even = text.replace("\r\n", "\n").replace("\r", "\n")
    return _QUOTED_LINE.sub(" ", _FORWARDED.sub(" ", _FENCE.sub(" ", even)))


__all__ = ["own_words"]
