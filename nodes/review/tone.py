"""Tone: how customers are not talked to, what is said instead of what, and how long a reply may be."""

from __future__ import annotations

import re
from collections.abc import Mapping

from frontdesk.desk.phrases import folded, phrases
from frontdesk.desk.reviewing import MOST_CHARACTERS
from frontdesk.errors import ConfigurationError
from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.nodes.review.draft import Draft, Facts, Step
from frontdesk.nodes.review.sentences import Span, sentences, without
from frontdesk.nodes.review.step import Material, Options, known_options, phrases_option
from frontdesk.nodes.review.tone_words import PATTERNS

LONGEST = 4000
"""Characters of a reply, unless the desk says otherwise: about what a person reads in three minutes."""
_CAPITALS = re.compile(r"(?:\b[^\W\d_]{2,}\b[ ,!'-]+){2,}\b[^\W\d_]{2,}\b")
_SHOUTED = 12
"""Letters in capitals in a row, over three words or more: "IKEA UK Ltd" and "EUR, GBP or USD" stay under it."""
_LETTER = re.compile(r"[^\W\d_]")
_MARKS = re.compile(r"!{3,}|(?:[!?]{2}){2,}")


def build_tone(material: Material, options: Options) -> Step:
    """Return the step; option ``never_say`` lists phrases that no reply of the desk contains."""
    known_options(options, "never_say")
    never = phrases(phrases_option(options, "never_say"))

    def tone(draft: Draft, facts: Facts) -> Draft:
        """Find a tone that is not the desk's; masked, its sentences are gone."""
        found: dict[str, list[Span]] = {}
        for start, end in sentences(draft.text):
            for code in _codes(draft.text[start:end], never):
                found.setdefault(f"tone:{code}", []).append((start, end))
        return draft.with_text(without(draft.text, [span for spans in found.values() for span in spans]), *found)

    return tone


def _codes(sentence: str, never: re.Pattern[str]) -> list[str]:
    if not _LETTER.search(sentence):
        return ["shouting"] if _MARKS.search(sentence) else []
    read = folded(sentence)
    codes = [code for code, pattern in PATTERNS.items() if pattern.search(read)]
    if _shouts(sentence):
        codes.append("shouting")
    return [*codes, "never_say"] if never.search(read) else codes


def _shouts(sentence: str) -> bool:
    words = PLACEHOLDER.sub(" ", sentence)
    runs = (found.group() for found in _CAPITALS.finditer(words) if found.group().isupper())
    return bool(_MARKS.search(words)) or any(sum(map(str.isalpha, run)) >= _SHOUTED for run in runs)


def build_instead(material: Material, options: Options) -> Step:
    """Return the step; option ``words`` maps phrases to what is said instead of them."""
    known_options(options, "words")
    words = options.get("words", {})
    if not isinstance(words, Mapping) or not all(isinstance(part, str) for pair in words.items() for part in pair):
        raise ConfigurationError("`words` must map phrases to texts")
    phrases_option({"words": list(words)}, "words")
    table = [(re.compile(phrases([phrase]).pattern, re.IGNORECASE), said) for phrase, said in words.items()]

    def instead(draft: Draft, facts: Facts) -> Draft:
        """Replace the desk's phrases, one after the other."""
        text = draft.text
        for pattern, said in table:
            text = pattern.sub(lambda match, said=said: _as_begun(match.group(), said), text)  # type: ignore[misc]
        return draft.with_text(text, "tone:replaced") if text != draft.text else draft

    return instead


def _as_begun(before: str, said: str) -> str:
    """Begin with a capital where the replaced words did."""
    return said[:1].upper() + said[1:] if before[:1].isupper() else said


def build_length(material: Material, options: Options) -> Step:
    """Return the step; option ``characters`` is the most that a reply may have."""
    known_options(options, "characters")
    most = options.get("characters", LONGEST)
    if not isinstance(most, int) or isinstance(most, bool) or not 1 <= most <= MOST_CHARACTERS:
        raise ConfigurationError(f"`characters` must be a whole number from 1 to {MOST_CHARACTERS}")

    def length(draft: Draft, facts: Facts) -> Draft:
        """Find a reply that is too long; masked, it ends with the last sentence that fits."""
        if len(draft.text) <= most:
            return draft
        fitting = [end for _, end in sentences(draft.text) if end <= most]
        return draft.with_text(draft.text[: fitting[-1]].rstrip() if fitting else "", "tone:length")

    return length


__all__ = ["LONGEST", "build_instead", "build_length", "build_tone"]
