"""Messages that do nothing but tell something of their writer: they want a word of thanks, and nothing served. Pure."""

from __future__ import annotations

import re
from typing import Final

from frontdesk.desk.remembering import Memory as Rules
from frontdesk.graph.memories import Note
from frontdesk.nodes.remember.learning.clauses import LONGEST, parts, statements, withheld_by_wish
from frontdesk.nodes.remember.learning.notes import notes_of
from frontdesk.nodes.remember.learning.shape import rules

LEFT_OVER: Final = 3
"""Words of a statement that no rule reads ("last week", "these days"); with more, something else may be wanted too."""
_EVERYTHING: Final = Rules(special=True, confidence=0.62)
"""What can be thanked for. Less certain is "my cat hates it", which is rather a reason for something else."""
_COURTESY_WORDS = (
    "hi hello hey dear good morning afternoon evening thanks thank you many please kindly ok okay well so and but also "
    "oh just fyi btw by the way for your info information know to let note remember record that in future from now on "
    "onwards always again actually by am i would like us me it is this cheers regards there team all both really very "
    "much hallo danke bitte guten tag übrigens bonjour merci hola gracias ciao grazie hoi bedankt olá obrigado obrigada"
)
_COURTESY: Final = frozenset(_COURTESY_WORDS.split())
_WANTS = re.compile(
    r"[?\d<]|\b(?:where|how|when|what|which|why|who|can|could|would|will|cancel\w*|order\w*|refund\w*|return\w*|track\w*"
    r"|help|need|look\w*|find|buy|exchange\w*|replace\w*|send|ship\w*|broken|damaged|missing|wrong|late|complain\w*"
    r"|wo|wie|wann|was|kann|können|stornier\w*|bestell\w*|où|comment|quand|annul\w*|commande\w*|dónde|cómo|cuándo"
    r"|pedido\w*|dove|ordine|waar|hoe|bestelling\w*|onde|encomenda\w*)\b",
    re.I,
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def states_only(text: str) -> list[Note]:
    """Return what a message tells of its writer, where it does nothing else.

    Args:
        text: The customer's masked message.

    Returns:
        The notes, those that a desk may not keep included; empty where the message asks, supposes, quotes or wants
        anything beside, or asks that something be forgotten.
    """
    if "?" in text or len(text) > LONGEST or withheld_by_wish(text):
        return []
    told = [clause.text for clause in statements(text)]
    for part in parts(text):
        if part not in told:
            return []
        if not _courteous(part) and not _read(part):
            return []
    return notes_of(text, _EVERYTHING)


def _read(part: str) -> bool:
    """Whether rules read a statement as a whole, but for a few words that want nothing."""
    if not notes_of(part, _EVERYTHING):
        return False
    left = part
    for rule in rules():
        left = rule.pattern.sub(lambda found: " " * len(found[0]), left) if rule.pattern.search(part) else left
    return not _WANTS.search(left) and len(_plain(left)) <= LEFT_OVER


def _courteous(part: str) -> bool:
    return not _plain(part)


def _plain(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _COURTESY]


__all__ = ["states_only"]
