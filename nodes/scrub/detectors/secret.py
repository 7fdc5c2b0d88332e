"""Secrets: keys and tokens by their makers' prefixes, private keys, passwords and codes by cue, random strings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.view import View, seen

_PREFIXED = re.compile(
    r"(?<![\w-])(?:"
    r"(?:sk|pk|rk|whsec)[-_](?:live|test|proj|ant|or|svcacct|admin"
    r"|lf)?[-_]?[A-Za-z0-9_-]{16,}"  # OpenAI, Anthropic, Stripe …
    r"|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|gl(?:pat|dt|rt|cbt|ptt|soat|agent)-[\w-]{16,}|ATBB\w{20,}"
    r"|xox[abceoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{20,}|(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[0-9A-Z]{12,}"
    r"|AIza[\w-]{30,}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,}|1//0[\w-]{30,}"
    r"|npm_[A-Za-z0-9]{20,}|pypi-[\w-]{20,}|rubygems_[a-f0-9]{20,}|dckr_pat_[\w-]{20,}|hf_[A-Za-z0-9]{20,}|r8_\w{30,}"
    r"|gsk_\w{20,}|xai-\w{20,}|pplx-\w{20,}|nvapi-[\w-]{20,}|lsv2_\w{2}_\w{20,}|tvly-[\w-]{20,}|fw_\w{20,}|jina_\w{20,}"
    r"|SG\.[\w-]{16,}\.[\w-]{16,}|key-[a-f0-9]{32}|[a-f0-9]{32}-us\d{1,2}|SK[a-f0-9]{32}|AC[a-f0-9]{32}|re_\w{16,}"
    r"|do[opr]_v1_[a-f0-9]{20,}|shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{20,}|sq0(?:atp|csp|idp)-[\w-]{20,}|EAA[A-Za-z]\w{20,}"
    r"|hvs\.[\w-]{20,}|vault:v\d:[\w+/=]{20,}|dp\.(?:pt|st|ct|scim|audit)\.\w{20,}|dapi[a-f0-9]{32}|glsa_\w{20,}"
    r"|eyJrIjoi\w{20,}"
    r"|NRAK-\w{20,}|phc_\w{20,}|sntrys_[\w+/=]{20,}|lin_api_\w{20,}|secret_\w{30,}|ntn_\w{30,}|figd_[\w-]{20,}"
    r"|PMAK-[\w-]{20,}"
    r"|pat[A-Za-z0-9]{14}\.[a-f0-9]{64}|sbp_[a-f0-9]{40}|sb_(?:secret|publishable)_\w{20,}|rnd_\w{20,}"
    r"|AGE-SECRET-KEY-1\w{40,}"
    r"|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?|\d{8,10}:AA[\w-]{32,}|v1\.0-[a-f0-9]{20,}-[a-f0-9]{80,}"
    r")"
)
"""Makers' prefixes as their documentation and public secret scanners' rules give them."""
_LONG = re.compile(r"[A-Za-z0-9_.+/:=-]{16}")
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s:,.-]{0,8000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|\Z)"
)
_BEARER = re.compile(r"\b(?:bearer|basic)\s+([A-Za-z0-9._~+/-]{16,}=*)", re.IGNORECASE)
_IN_URL = re.compile(r"://([^\s/:@]{1,64}:[^\s/@]{1,128})@")
_WORDS = (
    r"(?:pass ?(?:word|wort|phrase|code)|passwd|pwd|kennwort|mot de passe|contrase[ñn]a|wachtwoord|palavra[- ]passe"
    r"|senha|parola d'ordine)"
)
_KEYS = (
    r"(?:api[ _-]?key|access[ _-]?key|client[ _-]?secret|secret(?:[ _-]key)?|(?:auth|access|api|refresh)[ _-]?token)"
)
_ASSIGNED = re.compile(rf"\b(?:{_WORDS}|{_KEYS})\s?[\"']?\s?(?::|=|:=)\s?[\"']?([^\s\"'<>]{{3,128}})", re.IGNORECASE)
_SAID = re.compile(
    rf"\b(?:{_WORDS}|{_KEYS})(?: (?:i use|used|for \w+))? (?:is|was|ist|lautet|est|es|è|é|era|to)"
    r"\s+[\"'“]?([^\s\"'”<>]{4,128})",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:pin|cvv2?|cvc2?|cid|csc|otp|tan|puk|kartenprüfnummer|bestätigungscode|code (?:de sécurité|secret|pin)"
    r"|(?:security|verification|one[- ]?time|sms|prüf|sicherheits)[ -]?(?:code|number|ziffer|nummer|password|passcode)"
    r"|c[oó]di(?:ce|go) (?:de )?(?:sicurezza|seguridad|segurança|pin))"
    r"(?: (?:code|number|is|was|ist|lautet|est|es|of|it's|on|the|my|back|front|card|i|got|received|have|you|sent|me"
    r"|for|a|now|still|e|è|é|mia|sia))*[\"']?\s?[:=#]?\s?[\"']?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d{3,8}|\d(?:[ .-]\d){2,7})(?![\w%€$£]|[.,]\d| ?(?:x|cm|mm|m|kg|g|eur|euros?|days?)\b)", re.I)
_WORD_LIST = """
pass password passwort passphrase passcode passwd pwd kennwort mot contraseña contrasena wachtwoord palavra
senha parola api access client secret auth refresh apikey accesskey clientsecret secretkey authtoken accesstoken
"""
_WORD_CUES = frozenset(_WORD_LIST.split())
_CODE_LIST = """
pin cvv cvv2 cvc cvc2 cid csc otp tan puk security verification one sms prüf sicherheits sicherheitscode
prüfziffer prüfnummer bestätigungscode code codice código onetime kartenprüfnummer
"""
_CODE_CUES = frozenset(_CODE_LIST.split())
_RANDOM = re.compile(r"(?<![\w/.@-])(?:[A-Fa-f0-9]{32,}|[A-Za-z0-9_+/-]{24,}={0,2})(?![\w/@])")
_SYMBOL = re.compile(r"\d|[!@#$%^&*_+=~?]|[a-z][A-Z]")


def find(text: str) -> Iterator[Match]:
    """Yield secrets; of a cue and its value, only the value."""
    view = seen(text)
    yield from _tokens(text)
    if "://" in text:
        yield from _values(_IN_URL, text, 0.98, "password in a link")
    if view.has(_WORD_CUES):
        yield from _values(_ASSIGNED, text, 0.9, "after a word for password or key")
        for found in _SAID.finditer(text):
            # "my password is wrong": an ordinary word is not a password.
            if _SYMBOL.search(found.group(1).rstrip(".,!?")):
                yield Match(*found.span(1), "SECRET", 0.85, "after a word for password or key")
    if view.has(_CODE_CUES):
        yield from _codes(view)


def _codes(view: View) -> Iterator[Match]:
    spoken = {run.tokens[0].start: run for run in view.runs if run.disguised}
    for cue in _CODE.finditer(view):
        found = _DIGITS.match(view, cue.end())
        said = spoken.get(cue.end())
        if found:
            yield Match(*found.span(1), "SECRET", 0.9, "after a word for a code")
        elif said and 3 <= len(said.digits) <= 8:
            yield Match(said.tokens[0].start, said.tokens[-1].end, "SECRET", 0.9, "after a word for a code, in words")


def _tokens(text: str) -> Iterator[Match]:
    if "-----BEGIN" in text:
        for found in _PRIVATE_KEY.finditer(text):
            yield Match(found.start(), found.end(), "SECRET", 0.99, "private key block")
    if not _LONG.search(text):
        return
    for found in _PREFIXED.finditer(text):
        yield Match(found.start(), found.end(), "SECRET", 0.97, "a maker's key prefix")
    yield from _values(_BEARER, text, 0.93, "after an authorisation word")
    for found in _RANDOM.finditer(text):
        if _looks_random(found.group()):
            yield Match(found.start(), found.end(), "SECRET", 0.8, "random string")


def _values(pattern: re.Pattern[str], text: str, score: float, reason: str) -> Iterator[Match]:
    for found in pattern.finditer(text):
        yield Match(*found.span(1), "SECRET", score, reason)


def _looks_random(token: str) -> bool:
    numbers = sum(char.isdigit() for char in token)
    letters = sum(char.isalpha() for char in token)
    if numbers < 4 or letters < 4:
        return False
    mixed = any(char.islower() for char in token) and any(char.isupper() for char in token)
    return mixed or all(char in "0123456789abcdefABCDEF" for char in token)


DETECTOR = Detector(labels=("SECRET",), find=find, canonical=str.strip)
