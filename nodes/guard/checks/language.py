"""Language: a message that is clearly in none of the desk's languages, by its script or its function words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from frontdesk.desk.guarding import GuardChannel
from frontdesk.nodes.guard.check import Check, Evidence
from frontdesk.nodes.guard.quiet import register_validator
from frontdesk.nodes.guard.views import View
from frontdesk.nodes.scrub.sequence.language import FUNCTION_WORDS

_READ = 2_000
"""Characters that are read."""
_LETTERS = 8
"""Letters of another script from which a message counts as written in it."""
_WORDS = 3
"""Function words of another language from which a message counts as written in it."""
_SCRIPTS: dict[str, tuple[str, frozenset[str]]] = {
    "cyrillic": ("\u0400-\u052f", frozenset(["ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"])),
    "greek": ("\u0370-\u03ff\u1f00-\u1fff", frozenset({"el"})),
    "arabic": ("\u0600-\u06ff\u0750-\u077f", frozenset(["ar", "fa", "ur", "ps", "ku", "ug", "sd"])),
    "hebrew": ("\u0590-\u05ff", frozenset({"he", "yi"})),
    "devanagari": ("\u0900-\u097f", frozenset({"hi", "mr", "ne"})),
    "thai": ("\u0e00-\u0e7f", frozenset({"th"})),
    "hangul": ("\uac00-\ud7af\u1100-\u11ff", frozenset({"ko"})),
    "kana": ("\u3040-\u30ff", frozenset({"ja"})),
    "han": ("\u3400-\u4dbf\u4e00-\u9fff", frozenset({"zh", "ja", "yue"})),
}  # fmt: skip
_PATTERNS = {name: re.compile(f"[{ranges}]") for name, (ranges, _) in _SCRIPTS.items()}
_LATIN = re.compile("[a-z\u00e0-\u024f]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@register_validator("frontdesk/language", data_type="string")
class Language(Check):
    """Fails on a message in a language that is not among ``languages``; recorded only, unless a desk says otherwise.

    Told apart are the scripts, and en, de, fr, es, it, nl and pt by their function words; another language in Latin
    letters is never objected to, nor is a short or a mixed message.
    """

    channels = frozenset({"user"})
    action = "flag"
    enabled = False
    adds_up = False

    def __init__(self, threshold: float = 0.5, on_fail: object = None, *, languages: Sequence[str] = ("en",)) -> None:
        """Take language tags, by default those of the desk.

        Raises:
            ValueError: It is no list of tags.
        """
        super().__init__(threshold=threshold, on_fail=on_fail)
        if isinstance(languages, str) or not languages or not all(isinstance(tag, str) and tag for tag in languages):
            raise ValueError("`languages` is a list of tags such as `en`")
        self._declared = frozenset(tag.partition("-")[0].lower() for tag in languages)

    def inspect(self, text: str, seen: Sequence[View], *, channel: GuardChannel = "user") -> Evidence:
        """Return 0.6 and what it seems to be written in: ``language.cyrillic``, ``language.de`` …"""
        read = text[:_READ].casefold()
        other = self._script(read) or self._words(read)
        return Evidence(0.6, (f"language.{other}",)) if other else Evidence()

    def _script(self, read: str) -> str:
        latin = len(_LATIN.findall(read))
        for name, pattern in _PATTERNS.items():
            if read.isascii() or self._declared & _SCRIPTS[name][1]:
                continue
            count = len(pattern.findall(read))
            if count >= _LETTERS and count > latin:
                return name
        return ""

    def _words(self, read: str) -> str:
        votes: Counter[str] = Counter()
        for word in _WORD.findall(read.replace("’", "'")):
            if len(word) > 1:
                votes.update(FUNCTION_WORDS.get(word, ()))
        if not self._declared & set(votes.keys() | _TOLD_APART):
            return ""  # the desk's languages are none that these words can tell apart
        best = max(votes, key=lambda name: votes[name], default="")
        own = max((votes[name] for name in self._declared), default=0)
        return best if votes[best] >= _WORDS and votes[best] > 2 * own else ""


_TOLD_APART = frozenset(language for languages in FUNCTION_WORDS.values() for language in languages)

CHECK = Language
