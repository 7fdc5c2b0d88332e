"""The language of a message: by its script, its function words, the words customers use, and its letters.

Function words are those by which personal data are found (``nodes.scrub.sequence.language``). A number, a name or a
word that several languages have says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from frontdesk.nodes.route.language_words import CUSTOMER_WORDS
from frontdesk.nodes.scrub.sequence.language import FUNCTION_WORDS

READ = 600
"""Characters that are read."""
_LEAST = 1.0
"""Evidence from which a message has a language at all."""
_LEAD = 1.35
"""Times the evidence of the second best language at least."""
_SWITCH = 2.0
"""Evidence from which a customer has gone over to another language than that of the messages before."""
_MARGIN = 0.5
_CERTAIN = 10.0
_MOST_HITS = 3
"""Times one pattern counts at most."""
_FUNCTION, _CUSTOMER, _LETTER, _ENDING = 1.0, 1.2, 0.6, 0.5
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 2),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]"), 2),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"), 2),
    ("uk", re.compile("[іїєґ]", re.I), 1),
    ("ru", re.compile("[\u0400-\u052f]"), 3),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), 3),
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f]"), 3),
    ("he", re.compile("[\u0590-\u05ff]"), 3),
    ("hi", re.compile("[\u0900-\u097f]"), 3),
    ("th", re.compile("[\u0e00-\u0e7f]"), 3),
)
"""Language, its characters, and how many of them it takes."""
_LATIN = re.compile("[a-z\u00e0-\u024f]")
_LETTERS = (
    ("de", re.compile("[ßäöü]")),
    ("es", re.compile("[ñ¿¡]|ción")),
    ("pt", re.compile("[ãõ]|ções|ção|lh|nh(?=[ao])")),
    ("fr", re.compile("[œçêèùû]|'(?=[aeéhiou])|\\bqu")),
    ("it", re.compile("[òì]|gli\\b|zione\\b|\\bch[ei]|sc[ei]|cc[hi]")),
    ("nl", re.compile("ij|[aeou]{2}[^aeou\\W]+en\\b|sch\\w|\\bge\\w+d\\b")),
    ("en", re.compile("th\\w|ing\\b|\\w'(?:s|t|ve|ll|d|m)\\b|wh\\w|\\w+ed\\b")),
)
_ENDINGS = (
    ("de", re.compile("(?:ung|keit|heit|lich|isch|gen|tten|cht)(?:en|e|er|es)?\\b")),
    ("es", re.compile("(?:ado|ada|dad|mente|arlo|ir|ar)s?\\b")),
    ("pt", re.compile("(?:agem|ado|ada|dade|mente|ar|eu|ou)s?\\b")),
    ("fr", re.compile("(?:eau|eux|eur|ment|tion|ée|ais|ait|oir|ez)s?\\b")),
    ("it", re.compile("(?:are|ere|ire|ato|ata|mente|tto|lla|llo|ità)\\b")),
    ("nl", re.compile("(?:lijk|heid|tje|ing|aar|eel|oor|oek)(?:en|e)?\\b")),
    ("en", re.compile("(?:tion|ness|ment|ly|able|ful)s?\\b")),
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_MARKS = re.compile(r"<[A-Z_]+_\d+>|\S+@\S+|https?:\S+|#?\w*\d\w*")
_USED_BY_ALL = "ok okay email mail e-mail online chat service hotline account pdf app web link no a an"
_EVERYWHERE = frozenset(_USED_BY_ALL.split())
"""Words that customers of any language use."""


def evidence(text: str) -> dict[str, float]:
    """Return how much of a text speaks for each language, by tag."""
    read = _MARKS.sub(" ", text[:READ]).replace("’", "'").casefold()
    script = _script(read)
    if script:
        return {script: _CERTAIN}
    votes: dict[str, float] = {}
    for word in _WORD.findall(read):
        if word in _EVERYWHERE:
            continue
        for weight, table in ((_FUNCTION, FUNCTION_WORDS), (_CUSTOMER, CUSTOMER_WORDS)):
            having = table.get(word, ())
            for language in having:
                # a word that many languages have tells little; one of a single letter, next to nothing
                share = weight * (0.3 if len(word) == 1 else 1.0) / len(having)
                votes[language] = votes.get(language, 0.0) + share
    for weight, patterns in ((_LETTER, _LETTERS), (_ENDING, _ENDINGS)):
        for language, pattern in patterns:
            if hits := min(_MOST_HITS, len(pattern.findall(read))):
                votes[language] = votes.get(language, 0.0) + weight * hits
    return votes


def _script(read: str) -> str:
    latin = len(_LATIN.findall(read))
    for language, pattern, least in () if read.isascii() else _SCRIPTS:
        count = len(pattern.findall(read))
        if count >= least and count * 2 > latin:
            return language
    return ""


def detect(text: str) -> str:
    """Return the language of a text as a tag; an empty string where its words do not tell."""
    return _best(evidence(text))


def _best(votes: Mapping[str, float]) -> str:
    ranked = sorted(votes.items(), key=lambda item: -item[1])[:2]
    if not ranked or ranked[0][1] < _LEAST:
        return ""
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][0] if ranked[0][1] >= _LEAD * second else ""


def language_after(text: str, before: str) -> str:
    """Return the language of a conversation after one more message.

    Args:
        text: The message, masked.
        before: The language so far; empty where it is not known yet.

    Returns:
        That of the message where it is plain; a single word does not change the language of a conversation.
    """
    votes = evidence(text)
    now = _best(votes)
    if not now or not before or now == before:
        return now or before
    if len(_WORD.findall(_MARKS.sub(" ", text[:READ]))) < 2 and votes[now] < _CERTAIN:
        return before
    return now if votes[now] >= max(_SWITCH, _LEAD * votes.get(before, 0.0) + _MARGIN) else before
