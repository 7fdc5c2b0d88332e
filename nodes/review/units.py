"""Units that a number can have: what stands before or behind it, and what it amounts to."""

from __future__ import annotations

import re
from decimal import Decimal

_UNITS: dict[str, tuple[str, str, str]] = {
    # pattern name: (kind, factor, words)
    "percent": ("percent", "1", r"%|per ?cent|percent|prozent|pour ?cent|por ?ciento|por cien"),
    "eur": ("EUR", "1", r"€|eur|euros?"),
    "usd": ("USD", "1", r"\$|usd|dollars?|dólares|bucks"),
    "gbp": ("GBP", "1", r"£|gbp|pounds?(?! of)|quid"),
    "chf": ("CHF", "1", r"chf|francs?|franken|fr\."),
    "other": ("money", "1", r"¥|jpy|yen|cny|pln|sek|nok|dkk|inr|₹|czk|kr"),
    "cent": ("cent", "1", r"cents?|ct|pence|céntimos|centimes"),
    "minute": ("time", "1", r"min\.?|mins|minutes?|minuten?|minutos?"),
    "hour": ("time", "60", r"h|hrs?|hours?|stunden?|heures?|horas?"),
    "day": ("time", "1440", r"days?|tage?n?|werktage?n?|arbeitstage?n?|jours?|días?|dias?"),
    "week": ("time", "10080", r"weeks?|wochen?|semaines?|semanas?"),
    "fortnight": ("time", "20160", r"fortnights?"),
    "month": ("month", "1", r"months?|monate?n?|mois|meses|mes"),
    "year": ("month", "12", r"years?|yrs?|jahre?n?|ans?|années?|años?"),
    "kilogram": ("mass", "1000", r"kg|kgs|kilos?|kilograms?|kilogramm"),
    "gram": ("mass", "1", r"g|grams?|gramm"),
    "tonne": ("mass", "1000000", r"tonnes?|tons?"),
    "pound": ("pound", "1", r"lbs?|lb\."),
    "metre": ("length", "1000", r"m|metres?|meters?|metros?"),
    "centimetre": ("length", "10", r"cm|centimetres?|centimeters?|zentimeter"),
    "millimetre": ("length", "1", r"mm|millimetres?|millimeters?|millimeter"),
    "kilometre": ("length", "1000000", r"km|kilometres?|kilometers?|kilometer"),
    "mile": ("mile", "1", r"miles?|mi"),
    "foot": ("foot", "1", r"ft|feet|foot"),
    "inch": ("inch", "1", r"inch(?:es)?|zoll|″"),
    "litre": ("volume", "1000", r"l|litres?|liters?|litros?"),
    "millilitre": ("volume", "1", r"ml|millilit(?:re|er)s?"),
    "degree": ("degree", "1", r"°c?|degrees?|grad|degrés|grados"),
    "watt": ("watt", "1", r"w|watts?"),
    "volt": ("volt", "1", r"v|volts?"),
    "points": ("points", "1", r"points?|punkte?n?|puntos?"),
}
_BETWEEN = (
    r"(?:(?:working|business|more|full|calendar|further|additional|consecutive|extra|whole|straight|other|club|loyalty|"
    r"volle?n?|weitere?n?)[\s-]){0,2}"
)
AFTER = re.compile(
    r"[\s\u00a0\u202f-]{0,2}"
    + _BETWEEN
    + "(?:"
    + "|".join(f"(?P<{n}>{w})" for n, (_, _, w) in _UNITS.items())
    + r")(?!\w)",
    re.IGNORECASE,
)
"""A unit right behind a number, with the words that may stand between."""
BEFORE = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{n}>{_UNITS[n][2]})" for n in ("eur", "usd", "gbp", "chf")) + r")\s?$", re.IGNORECASE
)
"""A currency right before a number."""
MONEY = frozenset({"EUR", "USD", "GBP", "CHF", "money"})


def unit(match: re.Match[str]) -> tuple[str, Decimal]:
    """Return the kind of a unit that :data:`AFTER` or :data:`BEFORE` matched, and what one of it amounts to."""
    kind, factor, _ = _UNITS[str(match.lastgroup)]
    return kind, Decimal(factor)


__all__ = ["AFTER", "BEFORE", "MONEY", "unit"]
