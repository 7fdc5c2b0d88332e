"""Characters as a detector should see them: invisible ones out, look-alikes folded, case and spacing even.

For detection only. Never before a host name is checked: folding turns a forged host into the real one.
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Characters that a reader does not see: zero-width, direction marks, fillers, variation selectors, tags."""

# a mark after a Cyrillic letter is part of the letter (й, ё); everywhere else it only disturbs the matching
_MARKS = re.compile("(?<![\u0400-\u04ff])[\u0300-\u036f\u0489\u20d0-\u20ff]+")
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n\s*")

_PAIRS = (
    ("АВЕЅІЈКМНОРСТУХҮԌԚԜѴ", "ABESIJKMHOPCTYXYGQWV"),
    ("авеѕіјкмнорстухүԍԛԝѵһԁґгпиӏ", "abesijkmhopctyxygqwvhdrrnul"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC"),
    ("αβγεικνορτυχωηϲϳσ", "abyeikvoptuxwncjo"),
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢǫ", "ABCDEFGHIJKLMNOPQRSTUVWYZQ"),
    ("ɑɡıɩℓⅼօսոտցհɾʋ", "agiillounsghrv"),
)


def _look_alikes() -> dict[int, str]:
    table = {ord(odd): plain for odds, plains in _PAIRS for odd, plain in zip(odds, plains, strict=True)}
    # white-on-black circles and squares and flag letters, which NFKC leaves alone
    for first in (0x1F150, 0x1F170, 0x1F1E6):
        table.update({first + index: chr(ord("A") + index) for index in range(26)})
    return table


_LOOK_ALIKES = _look_alikes()


def visible(text: str) -> str:
    """Return ``text`` in compatibility form (NFKC), without invisible characters and stacked marks."""
    if text.isascii():
        return text
    seen = INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", seen)))


def fold(text: str) -> str:
    """Return ``text`` with letters of other alphabets that look like Latin ones replaced by those."""
    return text if text.isascii() else text.translate(_LOOK_ALIKES)


def even(text: str) -> str:
    """Return ``text`` casefolded, with single blanks and single line breaks."""
    return _BREAKS.sub("\n", _BLANKS.sub(" ", text.casefold())).strip()


__all__ = ["INVISIBLE", "even", "fold", "visible"]
