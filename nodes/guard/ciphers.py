"""Letters put in the place of letters: turned round, shifted, mirrored, spelt out, drawn.

Every function takes casefolded text. A reading is only given when it is legible, so an ordinary message has none.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from frontdesk.nodes.guard.vocabulary import CUES, WORDS, known, legible, segmented

_ABC = string.ascii_lowercase
_ATBASH = str.maketrans(_ABC, _ABC[::-1])
_ROT47 = str.maketrans({chr(code): chr(33 + (code - 33 + 47) % 94) for code in range(33, 127)})
_SHIFTS = [bytes.maketrans(_ABC.encode(), (_ABC[shift:] + _ABC[:shift]).encode()) for shift in range(26)]
# what shows a shifted text that stands inside an ordinary one: long enough never to appear by chance
_SIGNS = (b"ignor", b"instru", b"previous", b"system p", b"prompt", b"disregard", b"reveal", b"anweisung", b"password")
# share of each letter in English prose, in percent; near enough in the other languages of the rules
_SHARES = (8.2, 1.5, 2.8, 4.3, 12.7, 2.2, 2.0, 6.1, 7.0, 0.2, 0.8, 4.0, 2.4, 6.7, 7.5, 1.9, 0.1, 6.0, 6.3, 9.1, 2.8,
           1.0, 2.4, 0.2, 2.0, 0.1)  # fmt: skip
_UPSIDE = str.maketrans("ɐqɔpǝɟƃɓɥᴉıɾʞןʃɯuodbɹsʇnʌʍxʎz¡¿˙", "abcdefgghiijkllmnopqrstuvwxyz!?.")
_DRAWN = re.compile("[ɐɔǝɟƃɓɥᴉɾʞןʃɯɹʇʌʍʎ]")
_SIGNALS = """
    .- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..
    ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.
"""
_MORSE = dict(zip(_SIGNALS.split(), _ABC + string.digits, strict=True))
_MORSE_RUN = re.compile(r"(?:[.\-]{1,5}(?:[ \n]{1,7}|[ ]?[/|][ ]?)){7,}[.\-]{1,5}")
_MORSE_MARKS = str.maketrans("·•−–—_", "..----")
_CALLS = """
    alpha alfa bravo charlie delta echo foxtrot golf hotel india juliett juliet kilo lima mike november oscar papa
    quebec romeo sierra tango uniform victor whiskey whisky x-ray xray yankee zulu
"""
_NATO = {call: call[0] for call in _CALLS.split()}
_BRAILLE = {
    0x2800 + dots: letter
    for dots, letter in zip(
        (1, 3, 9, 25, 17, 11, 27, 19, 10, 26, 5, 7, 13, 29, 21, 15, 31, 23, 14, 30, 37, 39, 58, 45, 61, 53, 0),
        _ABC + " ",
        strict=True,
    )
}
_ACROSTIC = 200
_FEW = 14
_BRAILLE_RUN = re.compile("[\u2800-\u28ff]{6,}")


_USUAL = """
    all-the all-previous all-prior of-the in-the to-the on-the for-the and-the with-the is-the me-the me-your to-my
    to-this tell-me give-me show-me you-are what-were what-are want-you you-to to-act act-as as-an from-now now-on are-a
    who-never stay-in my-account send-the call-the forget-your ignore-your of-your and-give and-tell do-not not-follow
    your-rules system-prompt your-instructions and-reveal reveal-your this-account
"""
_PAIRS = tuple(pair.replace("-", " ") for pair in _USUAL.split())


def turned(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``text`` read backwards: by letter, letter by letter in each word, word by word."""
    yield "reversed", text[::-1]
    yield "reversed", " ".join(word[::-1] for word in text.split())
    yield "reordered", "\n".join(" ".join(reversed(line.split())) for line in text.split("\n"))


def rephrased(reading: str, text: str) -> bool:
    """Whether words in another order make more of the usual pairs than they do in ``text``."""
    before = sum(pair in text for pair in _PAIRS)
    after = sum(pair in reading for pair in _PAIRS)
    return after >= before + 2 or (after > before == 0 and text.count(" ") < _FEW)


def shifted(text: str) -> Iterator[str]:
    """Yield ``text`` moved along the alphabet: by what its letters suggest, and by every shift that shows a sign."""
    data = text.encode("ascii", "replace")
    counts = [data.count(letter) for letter in _ABC.encode()]
    if sum(counts) < 8:
        return
    fits = [
        sum(counts[(place - shift) % 26] * share for place, share in enumerate(_SHARES)) if shift else 0.0
        for shift in range(26)
    ]
    likely = {13, *sorted(range(26), key=fits.__getitem__)[-3:]}
    for shift in range(1, 26):
        moved = data.translate(_SHIFTS[shift])
        if any(sign in moved for sign in _SIGNS) or (shift in likely and known(moved.decode("ascii"))):
            yield moved.decode("ascii")


def mirrored(text: str) -> Iterator[str]:
    """Yield ``text`` with the alphabet mirrored (atbash), when that is legible."""
    mirror = text.translate(_ATBASH)
    if legible(mirror):
        yield mirror


def printed(text: str) -> Iterator[str]:
    """Yield ``text``, case kept, moved by 47 printable characters (rot47), when that is legible."""
    moved = text.translate(_ROT47).casefold()
    if legible(moved):
        yield moved


def _dots(match: re.Match[str]) -> str:
    words = re.split(r"\s?[/|]\s?|\s{2,}", match.group())
    spelt = ["".join(_MORSE.get(sign, "") for sign in word.split()) for word in words]
    return " ".join(spelt) if len(spelt) > 2 else " ".join(map(segmented, spelt))


def _called(text: str) -> str:
    letters: list[str] = []
    for token in text.split():
        if letter := _NATO.get(token.strip(".,;:!?")):
            letters.append(letter)
        elif letters and letters[-1] != " ":
            letters.append(" ")
    words = "".join(letters).split()
    return " ".join(segmented(word) if len(word) >= 12 else word for word in words)


def spelt_out(text: str) -> Iterator[tuple[str, str]]:
    """Yield readings of morse, of the radio alphabet, of braille and of letters that stand on their heads."""
    marks = text.translate(_MORSE_MARKS)
    if _MORSE_RUN.search(marks):
        yield "morse", _MORSE_RUN.sub(_dots, marks)
    if sum(name in text for name in _NATO) >= 5:
        yield "radio", _called(text)
    if text.isascii():
        return
    if _BRAILLE_RUN.search(text):
        yield "braille", text.translate(_BRAILLE)
    if len(_DRAWN.findall(text)) >= 3:
        yield "flipped", text.translate(_UPSIDE)[::-1]
        yield "flipped", text.translate(_UPSIDE)


def initials(text: str) -> Iterator[str]:
    """Yield what the first letters of the lines, or of all words, spell, when that is legible."""
    lines = [line.lstrip(" -*•0123456789.)") for line in text.split("\n")]
    down = "".join(line[0] for line in lines if line and line[0].isalpha())[:_ACROSTIC]
    if len(down) >= 10:
        spelt = segmented(down)
        if sum(len(word) for word in spelt.split() if len(word) >= 3 and word in WORDS) * 2 >= len(down):
            yield spelt
    letters = "".join(word[0] for word in text.split())
    if any(cue in letters for cue in CUES):
        yield segmented(letters)


__all__ = ["initials", "mirrored", "printed", "rephrased", "shifted", "spelt_out", "turned"]
