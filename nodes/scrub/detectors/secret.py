"""Secrets: keys and tokens by their makers' prefixes, private keys, passwords and codes by cue, random strings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match

_PREFIXED = re.compile(
    r"(?<![\w-])(?:"
    r"(?:sk|pk|rk)[-_](?:live|test|proj|ant|or)?[-_]?[A-Za-z0-9_-]{16,}"
    r"|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}"
    r"|xox[abeoprs]-[A-Za-z0-9-]{10,}|(?:AKIA|ASIA|AROA)[0-9A-Z]{12,}|AIza[\w-]{30,}|ya29\.[\w-]{20,}"
    r"|npm_[A-Za-z0-9]{20,}|pypi-[\w-]{20,}|hf_[A-Za-z0-9]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|dop_v1_[a-f0-9]{20,}"
    r"|shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{20,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"
    r")"
)
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s:,.-]{0,8000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|\Z)"
)
_BEARER = re.compile(r"\b(?:bearer|basic)\s+([A-Za-z0-9._~+/-]{16,}=*)", re.IGNORECASE)
_IN_URL = re.compile(r"://([^\s/:@]{1,64}:[^\s/@]{1,128})@")
_WORDS = (
    r"(?:pass ?(?:word|wort|phrase|code)|passwd|pwd|kennwort|mot de passe|contrase[ñn]a|wachtwoord|palavra-passe|senha)"
)
_KEYS = (
    r"(?:api[ _-]?key|access[ _-]?key|client[ _-]?secret|secret(?:[ _-]key)?|(?:auth|access|api|refresh)[ _-]?token)"
)
_ASSIGNED = re.compile(rf"\b(?:{_WORDS}|{_KEYS})\s?[\"']?\s?(?::|=|:=)\s?[\"']?([^\s\"'<>]{{3,128}})", re.IGNORECASE)
_SAID = re.compile(
    rf"\b(?:{_WORDS}|{_KEYS})(?: (?:i use|used|for \w+))? (?:is|was|ist|lautet|est|es|è|to)"
    r"\s+[\"'“]?([^\s\"'”<>]{4,128})",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:pin|cvv2?|cvc2?|cid|otp|tan"
    r"|(?:security|verification|one[- ]time|sms|prüf|sicherheits)[ -]?(?:code|number|ziffer))"
    r"(?: (?:code|number|is|was|ist|est|es|of|it's))*\s?[:=#]?\s?(\d{3,8})\b",
    re.IGNORECASE,
)
_RANDOM = re.compile(r"(?<![\w/.@-])(?:[A-Fa-f0-9]{32,}|[A-Za-z0-9_+/-]{24,}={0,2})(?![\w/@])")
_SYMBOL = re.compile(r"\d|[!@#$%^&*_+=~?]|[a-z][A-Z]")


def find(text: str) -> Iterator[Match]:
    """Yield secrets; of a cue and its value, only the value."""
    for pattern, score in ((_PREFIXED, 0.97), (_PRIVATE_KEY, 0.99)):
        for found in pattern.finditer(text):
            yield Match(found.start(), found.end(), "SECRET", score)
    for pattern, score in ((_BEARER, 0.93), (_IN_URL, 0.98), (_ASSIGNED, 0.9), (_CODE, 0.9)):
        for found in pattern.finditer(text):
            yield Match(*found.span(1), "SECRET", score)
    for found in _SAID.finditer(text):
        # "my password is wrong": an ordinary word is not a password.
        start, end = found.span(1)
        if _SYMBOL.search(found.group(1).rstrip(".,!?")):
            yield Match(start, end, "SECRET", 0.85)
    for found in _RANDOM.finditer(text):
        if _looks_random(found.group()):
            yield Match(found.start(), found.end(), "SECRET", 0.8)


def _looks_random(token: str) -> bool:
    numbers = sum(char.isdigit() for char in token)
    letters = sum(char.isalpha() for char in token)
    if numbers < 4 or letters < 4:
        return False
    mixed = any(char.islower() for char in token) and any(char.isupper() for char in token)
    return mixed or all(char in "0123456789abcdefABCDEF" for char in token)


DETECTOR = Detector(labels=("SECRET",), find=find, canonical=str.strip)
