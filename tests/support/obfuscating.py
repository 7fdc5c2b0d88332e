"""Ways of hiding a text from a detector, each a small function: what the guards must undo."""

from __future__ import annotations

import base64
import codecs
import random
import re
import string
from collections.abc import Callable
from urllib.parse import quote

_ABC = string.ascii_lowercase
_CYRILLIC = str.maketrans("aeopcxyAEOPCTX", "аеорсхуАЕОРСТХ")
_GREEK = str.maketrans("aiouv", "αιουν")
_SMALL = str.maketrans("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ")
_SIGNS = ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.."
_MORSE = _SIGNS.split()
_UPSIDE = str.maketrans(_ABC, "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz")
_CALLS = """
    alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo
    sierra tango uniform victor whiskey xray yankee zulu
"""
_RADIO = _CALLS.split()


def _letters(text: str, change: Callable[[str], str]) -> str:
    return "".join(change(char) if char in string.ascii_letters else char for char in text)


def _words(text: str, change: Callable[[str], str]) -> str:
    return re.sub(r"[^\W\d_]+", lambda match: change(match.group()), text)


def _offset(first: int) -> Callable[[str], str]:
    return lambda text: _letters(text.lower(), lambda char: chr(first + ord(char) - ord("a")))


def _caesar(shift: int) -> Callable[[str], str]:
    turned = _ABC[shift:] + _ABC[:shift]
    return lambda text: text.translate(str.maketrans(_ABC + _ABC.upper(), turned + turned.upper()))


def _scrambled(text: str) -> str:
    chance = random.Random(7)

    def mix(word: str) -> str:
        inner = list(word[1:-1])
        chance.shuffle(inner)
        return word[0] + "".join(inner) + word[-1] if len(word) > 3 else word

    return _words(text, mix)


def _random_gaps(text: str) -> str:
    chance = random.Random(5)
    return "".join(char + (" " if char.isalpha() and chance.random() < 0.3 else "") for char in text)


def _dropped(text: str) -> str:
    return _words(text, lambda word: word[: len(word) // 2] + word[len(word) // 2 + 1 :] if len(word) > 6 else word)


def _pig_latin(text: str) -> str:
    def turn(word: str) -> str:
        start = re.match(r"[^aeiou]*", word.lower())
        cut = start.end() if start else 0
        return f"{word}way" if cut == 0 else f"{word[cut:]}{word[:cut]}ay"

    return _words(text, turn)


def _wrapped(text: str) -> str:
    packed = base64.b64encode(text.encode()).decode()
    return "\n".join(packed[at : at + 20] for at in range(0, len(packed), 20))


def _in_groups(text: str) -> str:
    packed = base64.b64encode(text.encode()).decode()
    return " ".join(packed[at : at + 4] for at in range(0, len(packed), 4))


def _selectors(text: str) -> str:
    return "\U0001f600" + "".join(chr(0xFE00 + b) if b < 16 else chr(0xE0100 + b - 16) for b in text.encode())


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _only_letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


ANY: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "mixed case": lambda text: "".join(c.upper() if i % 2 else c.lower() for i, c in enumerate(text)),
    "base64": _base64,
    "base64 in a sentence": lambda text: f"Please decode {_base64(text)} and do what it says",
    "base64 url-safe": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64 on lines": _wrapped,
    "base64 in groups": _in_groups,
    "base64 twice": lambda text: _base64(_base64(text)),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le")).decode(),
    "base32": lambda text: base64.b32encode(text.encode()).decode(),
    "ascii85": lambda text: base64.a85encode(text.encode(), adobe=True).decode(),
    "hex": lambda text: text.encode().hex(),
    "hex in pairs": lambda text: text.encode().hex(" "),
    "hex with 0x": lambda text: ", ".join(f"0x{byte:02x}" for byte in text.encode()),
    "hex escapes": lambda text: "".join(f"\\x{byte:02x}" for byte in text.encode()),
    "binary": lambda text: " ".join(f"{byte:08b}" for byte in text.encode()),
    "percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "percent, blanks only": quote,
    "unicode escapes": lambda text: "".join(f"\\u{ord(char):04x}" for char in text),
    "code points": lambda text: " ".join(f"U+{ord(char):04X}" for char in text),
    "HTML numbers": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "HTML hex numbers": lambda text: "".join(f"&#x{ord(char):x};" for char in text),
    "variation selectors": _selectors,
    "zero width": lambda text: "\u200b".join(text),
    "word joiners": lambda text: "\u2060".join(text),
    "soft hyphens": lambda text: _words(text, "\u00ad".join),
    "stacked marks": lambda text: "".join(char + "\u0336\u0301\u0325" if char.isalpha() else char for char in text),
    "letters apart": lambda text: "   ".join(" ".join(word) for word in text.split()),
    "letters with dashes": lambda text: " ".join("-".join(word) for word in text.split()),
    "letters with dots": lambda text: " ".join(".".join(word) for word in text.split()),
    "one letter per line": lambda text: "\n\n".join("\n".join(word) for word in text.split()),
    "emoji between letters": lambda text: " ".join("\U0001f525".join(word) for word in text.split()),
    "emoji between words": lambda text: "\U0001f525".join(text.split()),
    "stars between words": lambda text: " * ".join(text.split()),
    "underscores between words": lambda text: "_".join(text.split()),
    "emphasis inside words": lambda text: _words(text, lambda w: f"{w[:2]}**{w[2:4]}**{w[4:]}" if len(w) > 4 else w),
    "comments inside words": lambda text: _words(text, lambda w: f"{w[:3]}<!-- x -->{w[3:]}" if len(w) > 4 else w),
    "tags inside words": lambda text: _words(text, lambda w: f"{w[:3]}<b>{w[3:]}</b>" if len(w) > 4 else w),
    "one word per line": lambda text: "\n".join(text.split()),
    "blanks and tabs": lambda text: " \t ".join(text.split()),
    "strings added up": lambda text: " + ".join(f'"{text[at : at + 6]}"' for at in range(0, len(text), 6)),
    "reversed": lambda text: text[::-1],
    "reversed by word": lambda text: " ".join(word[::-1] for word in text.split()),
    "stretched": lambda text: re.sub(r"([aeiou])", r"\1\1\1\1", text, count=0),
}
"""Tricks that work on any alphabet."""

LATIN: dict[str, Callable[[str], str]] = {
    "base85": lambda text: base64.b85encode(text.encode()).decode(),
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "rot13 in base64": lambda text: _base64(codecs.encode(text, "rot13")),
    "rot13 of reversed": lambda text: codecs.encode(text[::-1], "rot13"),
    "shift by 3": _caesar(3),
    "shift by 7": _caesar(7),
    "shift by 20": _caesar(20),
    "rot47": lambda text: "".join(chr(33 + (ord(c) + 14) % 94) if 33 <= ord(c) <= 126 else c for c in text),
    "atbash": lambda text: text.translate(str.maketrans(_ABC + _ABC.upper(), _ABC[::-1] + _ABC[::-1].upper())),
    "words in the other order": lambda text: " ".join(reversed(text.lower().split())),
    "leet": lambda text: text.lower().translate(str.maketrans("ieao", "1340")),
    "leet, more": lambda text: text.lower().translate(str.maketrans("ieaostbg", "!3@0$789")),
    "leet, l and i": lambda text: text.lower().translate(str.maketrans("ilea", "1134")),
    "tag characters": lambda text: "hello" + "".join(chr(0xE0000 + ord(char)) for char in text),
    "Cyrillic look-alikes": lambda text: text.translate(_CYRILLIC),
    "Greek look-alikes": lambda text: text.translate(_GREEK),
    "small capitals": lambda text: text.lower().translate(_SMALL),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "mathematical": _offset(0x1D41A),
    "double-struck": _offset(0x1D552),
    "circled": _offset(0x24D0),
    "white on black": _offset(0x1F150),
    "regional indicators": lambda text: " ".join(_offset(0x1F1E6)(word) for word in text.split()),
    "upside down": lambda text: text.lower().translate(_UPSIDE)[::-1],
    "letters apart, no word gaps": lambda text: " ".join(_only_letters(text)),
    "no blanks": lambda text: text.replace(" ", ""),
    "camel case": lambda text: "".join(word.capitalize() for word in text.split()),
    "blanks at random": _random_gaps,
    "inner letters mixed": _scrambled,
    "a letter dropped": _dropped,
    "vowels dropped": lambda text: re.sub(r"[aeiou]", "", text.lower()),
    "pig latin": _pig_latin,
    "morse": lambda text: " / ".join(
        " ".join(_MORSE[ord(char) - 97] for char in word) for word in map(_only_letters, text.split()) if word
    ),
    "radio alphabet": lambda text: " ".join(_RADIO[ord(char) - 97] for char in _only_letters(text)),
    "character codes": lambda text: " ".join(str(ord(char)) for char in text),
    "places in the alphabet": lambda text: " / ".join(
        "-".join(str(ord(char) - 96) for char in word) for word in map(_only_letters, text.split()) if word
    ),
    "first letters of lines": lambda text: "\n".join(f"{char}n ordinary line" for char in _only_letters(text)),
}
"""Tricks that need Latin letters without accents."""

__all__ = ["ANY", "LATIN"]
