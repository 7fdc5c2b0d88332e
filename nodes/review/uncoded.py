"""Texts hidden in codes that a reply can be written in: base64 to Ascii85, character codes, Morse, spelling alphabets.

For the leak check only: a decoder need not know whether what comes out is writing, because it is compared with a
known text. So wrongly aligned or noisy pieces are tried as well.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Callable, Iterator

from frontdesk.nodes.guard.characters import visible


def _words(text: str) -> list[str]:
    return text.split()


_PIECES = 40
"""Pieces per code that are tried: bounds the work on a hostile reply."""
_BLANKS = re.compile(r"[\s|\"'`,>*]+")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}")
_BASE32 = re.compile(r"[A-Z2-7]{24,}|[a-z2-7]{24,}")
_HEX = re.compile(r"(?:(?:0x|\\x|%|U\+00)?[0-9a-fA-F]{2}[\s,:;-]*){12,}")
_BINARY = re.compile(r"(?:[01]{7,8}[\s,;-]*){8,}")
_CODES = re.compile(r"(?:\\?\b\d{1,3}\b[\s,;.\-\]\[]*){12,}")
_ASCII85 = re.compile(r"[!-u]{40,}(?:\s+[!-u]{20,})*")
_RFC1924 = re.compile(r"[0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]{30,}")
_MORSE = re.compile(r"(?:[.\-·–−•]{1,5}[\s/|]+){12,}")
_SEPARATORS = re.compile(r"[\s,:;%-]|0x|\\x|U\+00", re.IGNORECASE)
_PHONETIC = re.compile(
    r"\b(?:alf|alph|brav|charl|delt|ech|foxt|gol|hote|ind|juli|kil|lim|mike|nov|osc|pap|queb|rom|sier|tang|unif|vict|"
    r"whis|x-?ray|yank|zul)[a-z]*\b",
    re.IGNORECASE,
)
_FLIPPED = str.maketrans("ɐqɔpǝɟƃᵷɓɥıᴉɾʞlʃɯuodbɹsʇnʌʍxʎz", "abcdefggghiijkllmnopqrstuvwxyz")
_BRAILLE = dict(
    zip(
        (
            0x2800 + dots
            for dots in (
                1,
                3,
                9,
                25,
                17,
                11,
                27,
                19,
                10,
                26,
                5,
                7,
                13,
                29,
                21,
                15,
                31,
                23,
                14,
                30,
                37,
                39,
                58,
                45,
                61,
                53,
            )
        ),
        "abcdefghijklmnopqrstuvwxyz",
        strict=True,
    )
)
_MORSE_SIGNS = dict(
    zip(
        _words(
            ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- "
            ".--. --.- .-. ... - ..- ...- .-- -..- -.-- --.."
        ),
        "abcdefghijklmnopqrstuvwxyz",
        strict=True,
    )
)


def _plain(data: bytes) -> Iterator[str]:
    if data[:2] == b"\x1f\x8b" or data[:1] == b"\x78":
        try:
            yield zlib.decompressobj(47).decompress(data, 20_000).decode("utf-8", "ignore")
        except zlib.error:
            return
    if data.count(0) > len(data) // 3:
        data = data.replace(b"\0", b"")
    yield data.decode("utf-8", "ignore")


def _base64(piece: str) -> Iterator[str]:
    body = piece.replace("-", "+").replace("_", "/")
    for offset in range(4):
        part = body[offset : offset + (len(body) - offset) // 4 * 4]
        yield from _plain(base64.b64decode(part))


def _base32(piece: str) -> Iterator[str]:
    body = piece.upper()
    for offset in range(8):
        part = body[offset : offset + (len(body) - offset) // 8 * 8]
        yield from _plain(base64.b32decode(part))


def _hex(piece: str) -> Iterator[str]:
    digits = _SEPARATORS.sub("", piece)
    for offset in range(2):
        part = digits[offset:]
        yield from _plain(bytes.fromhex(part[: len(part) // 2 * 2]))


def _binary(piece: str) -> Iterator[str]:
    bits = re.sub(r"[^01]", "", piece)
    for width in (8, 7):
        yield "".join(chr(int(bits[at : at + width], 2)) for at in range(0, len(bits) - width + 1, width))


def _codes(piece: str) -> Iterator[str]:
    found = re.findall(r"\d+", piece)
    yield "".join(chr(int(code)) for code in found if int(code) < 128)
    yield "".join(chr(int(code, 8)) for code in found if not set(code) & {"8", "9"} and int(code, 8) < 128)
    yield "".join(chr(int(code) + 96) for code in found if 0 < int(code) <= 26)


def _ascii85(piece: str) -> Iterator[str]:
    body = re.sub(r"\s|<~|~>", "", piece)
    for offset in range(5):
        part = body[offset : offset + (len(body) - offset) // 5 * 5]
        yield from _plain(base64.a85decode(part))


def _rfc1924(piece: str) -> Iterator[str]:
    for offset in range(5):
        part = piece[offset : offset + (len(piece) - offset) // 5 * 5]
        yield from _plain(base64.b85decode(part))


def _morse(piece: str) -> Iterator[str]:
    even = piece.replace("·", ".").replace("•", ".").replace("–", "-").replace("−", "-")
    yield "".join(_MORSE_SIGNS.get(sign, "") for sign in re.split(r"[\s/|]+", even))


_DECODERS: tuple[tuple[re.Pattern[str], Callable[[str], Iterator[str]], bool], ...] = (
    (_BASE64, _base64, True),
    (_BASE32, _base32, True),
    (_HEX, _hex, False),
    (_BINARY, _binary, False),
    (_CODES, _codes, False),
    (_ASCII85, _ascii85, False),
    (_RFC1924, _rfc1924, False),
    (_MORSE, _morse, False),
)


def _tried(decoder: Callable[[str], Iterator[str]], piece: str) -> Iterator[str]:
    try:
        yield from decoder(piece)
    except (binascii.Error, ValueError):
        return


def uncoded(text: str) -> Iterator[str]:
    """Yield what ``text`` may say in a code: mostly noise, and the hidden text where there is one.

    Codes broken over lines or put into cells are read across blanks, quotes and bars.
    """
    joined = _BLANKS.sub("", text)
    for pattern, decoder, across in _DECODERS:
        for count, found in enumerate(pattern.finditer(joined if across else text)):
            if count >= _PIECES:
                break
            yield from _tried(decoder, found.group())
    if len(_PHONETIC.findall(text)) >= 12:
        yield "".join(word[0] for word in _PHONETIC.findall(text))
    if not text.isascii():
        yield visible(text.translate(_FLIPPED)[::-1])
        if any("\u2800" <= char <= "\u28ff" for char in text):
            yield text.translate(_BRAILLE)


__all__ = ["uncoded"]
