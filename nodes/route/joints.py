"""Where the requests of a message meet, and how one begins; pure patterns for ``frontdesk.nodes.route.split``."""

from __future__ import annotations

import re

_AND = (
    r"(?:oh\s+)?and\s+(?:also|then|another thing|one more thing)|(?:oh\s+)?and|also|plus|oh|btw|by the way"
    r"|on another note|one more thing|another thing|in addition|additionally|besides|as well as|after that|then"
    r"|und\s+(?:außerdem|dann)|und|außerdem|übrigens|et\s+aussi|et|aussi|y\s+(?:también|además)|y|además|también"
    r"|e\s+(?:anche|também|poi)|e|inoltre|en\s+ook|en|verder|além disso"
)
_ENDS = r"[.!?]+[\"'”’)]*\s+|\s*\n+\s*|\s*;\s*"
_LISTED = (
    r"#?\d[\d-]{2,}\b|(?:can|could|will|would|may|do|does|did|when|where|how|what|which|is|are|please)"
    r"\s+(?!not\b)\w+\s+\w"
)
"""What begins the next request of a list without any joining word: "… 10482, 10915", "…, can you"."""
BOUNDARY = re.compile(
    rf"(?P<firm>{_ENDS})(?:(?:{_AND})\b[\s,:]+)?|(?P<loose>\s*,?\s+)(?:{_AND})\b[\s,:]+|\s*,\s*(?={_LISTED})", re.I
)
_HELLO = (
    r"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|bonjour|hola|ciao"
    r"|olá)"
)
BEGIN = re.compile(
    rf"^\W*(?:{_HELLO}(?: there| all| team| everyone)?[\s,.!;:–-]+(?:(?:{_AND})\b[\s,:]+)?|(?:{_AND})\b[\s,:]+)(?=\S)",
    re.I,
)
"""A greeting or a joining word before the first request."""
NEGATION = re.compile(
    r"\b(?:do not|don'?t|dont|not to|never|no need|without|nicht|kein\w*|nie|ne|pas|jamais|nunca|niet|geen|non|não"
    r"|no)\b",
    re.I,
)
"""Of a wish that something be left alone: it may reach to the end of its sentence."""
_OPENERS = (
    "what how when where who why which whats wheres whens hows whos do does did is are am was were can could will "
    "would may should shall must have has tell show give find get cancel return change check track send make set put "
    "add remove delete update "
    "order book help list refund exchange open close turn play call text read remind schedule convert translate "
    "transfer pay report freeze block activate start stop wo wie wann was wer warum kann können ich bitte où "
    "quand comment combien je dónde cuándo cómo quiero dove quando come voglio vorrei waar wanneer hoe ik onde "
    "como quero zeige zeigen stornieren storniere"
)
_WISHES = r"i(?:'d| would| will|'ll)? (?:want|need|like|have to|wish)|i'd like|let me|let's"
_WISHES += r"|i(?:'m| am) (?:looking|trying|wondering|calling|writing|going)"
_ASKS = re.compile(
    r"^\W*(?:please\W+|hey\W+|hi\W+|ok(?:ay)?\W+|so\W+|now\W+|first\W+|hello\W+"
    r"|(?:two|three|a few) (?:things|questions)\W+)*"
    rf"(?:{_WISHES}|{'|'.join(_OPENERS.split())})\b",
    re.I,
)
"""How a request begins."""
LEANS = re.compile(r"\b(?:it|its|that|this|them|they|these|those|one|ones)\b", re.I)
ORDERS = re.compile(
    r"^\W*(?:please\W+)?(?:(?:can|could|would|will) you\b|please\b|i(?:'d| would)? (?:want|like|need)\b|let me\b"
    r"|(?:cancel|return|change|exchange|refund|send|update|track|swap|stop|delete|reorder|replace)\b)",
    re.I,
)
"""How words begin that want something done: "cancel it" is a request, "does it cover scratches" a question on."""
MARKED = re.compile(
    r"[;\n]|\b(?:also|plus|btw|by the way|oh|on another note|another thing|one more thing|in addition|additionally"
    r"|besides|außerdem|übrigens|aussi|también|además|anche|inoltre|ook|verder|além disso)\b",
    re.I,
)
"""Between two sentences or words: that something else follows."""
VALUE = re.compile(r"#?\d[\d-]{2,}|<[A-Z_]+_\d+>")

TELLS = re.compile(
    rf"(?:\b(?:is|am|are|number|ist|bin|lautet|est|suis|es|soy|è|sono|ben|é|sou)\b|'s\b|'m\b|:)\W*(?:{VALUE.pattern})\W*\Z",
    re.I,
)
"""How words end that give a value and no more: "my address is <ADDRESS_1>"."""


def asks(words: str) -> bool:
    """Tell whether words ask or want something."""
    return "?" in words or bool(_ASKS.match(words))


__all__ = ["BEGIN", "BOUNDARY", "LEANS", "MARKED", "NEGATION", "ORDERS", "TELLS", "VALUE", "asks"]
