"""What the model sees of a word: its letters, its shape, what stands around it. The same in training and in use.

A feature is a short string. Those that depend on one word alone come from functions of one word, so that a caller can
keep what they lead to; ``joint`` gives those of several words at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from frontdesk.nodes.scrub.sequence.language import guess

Listed = Callable[[str], str]
"""Lower-case word to letters that say which lists have it: f (given names), l (surnames), c (common words)."""

_EDGE = ("<", "<", "<")
"""What stands before the first token and after the last."""


def shape(word: str) -> str:
    """Return the kind of a word: ``Xx`` Anna, ``X`` ANNA, ``x`` anna, ``i`` an initial, ``d3`` digits, or the mark."""
    if word.isdigit():
        return f"d{min(len(word), 6)}"
    if not word[0].isalpha():
        return word[:2]
    if len(word) == 1:
        return "i" if word.isupper() else "y"
    if word.islower():
        return "x"
    if word.isupper():
        return "X"
    plain = word.replace("-", "").replace("'", "").replace("’", "")
    return "Xx" if word[0].isupper() and plain[1:].islower() else "Xm" if word[0].isupper() else "xX"


def casing(words: Sequence[str]) -> str:
    """Return how a text is typed: ``l`` no capital at all, ``u`` no small letter, ``m`` as usual."""
    joined = "".join(words)
    if joined == joined.lower():
        return "l"
    return "u" if joined == joined.upper() else "m"


def own(word: str, case: str, lists: str) -> list[str]:
    """Return the features of a word itself.

    Args:
        word: As typed.
        case: Of the whole text, from ``casing``.
        lists: From ``Listed``.
    """
    low = word.lower()
    kind = shape(word)
    found = [f"w={low}", f"k={case}{kind}", f"g={lists}", f"gk={case}{kind}{lists}"]
    if word[0].isalpha():
        size = len(low)
        found += [f"p{n}={low[:n]}" for n in (1, 2, 3, 4) if size > n]
        found += [f"s{n}={low[-n:]}" for n in (1, 2, 3, 4) if size > n]
        found += [f"n={min(size, 10)}{case}", f"s3k={low[-3:]}{kind}{case}", f"s2g={low[-2:]}{lists}"]
    return found


def beside(word: str, case: str, lists: str, offset: int) -> list[str]:
    """Return the features that a word gives to its neighbour: the word, its shape and its lists."""
    low = word.lower()
    if abs(offset) == 3:
        return [f"{offset}w={low}"]
    return [f"{offset}w={low}", f"{offset}k={case}{shape(word)}{lists}", f"{offset}s={low[-3:]}"]


def joint(words: Sequence[str], kinds: Sequence[str], at: int, case: str, size: str, language: str) -> list[str]:
    """Return the features of several words at once.

    Args:
        words: Lower-case words, three edges before and after.
        kinds: Shape and lists of each.
        at: Place of the word among ``words``.
        case: Of the whole text.
        size: From ``size_of``.
        language: From ``guess``: a capital is no sign of a name in German.
    """
    before, after, kind = words[at - 1], words[at + 1], kinds[at]
    return [
        f"a={before}|{kind}",
        f"b={words[at - 2]}|{before}",
        f"c={before}|{words[at - 2]}|{kind}",
        f"d={after}|{words[at + 2]}",
        f"e={before}|{after}",
        f"f={after}|{kind}",
        f"h={kinds[at - 1]}|{kind}|{kinds[at + 1]}{case}",
        f"i={kinds[at - 2]}|{kinds[at - 1]}|{kind}",
        f"j={kind}|{kinds[at + 1]}|{kinds[at + 2]}",
        f"q={size}{kind}{case}",
        f"r={size}{words[at]}",
        f"t={before}|{after}|{kind}",
        f"u={language}{kind}{case}",
        f"v={language}{kinds[at - 1]}|{kind}",
    ]


def size_of(words: Sequence[str]) -> str:
    """Return how many words a text has, 5 for more: an answer such as "Anna Schmidt" stands alone."""
    return str(min(5, sum(word[0].isalpha() for word in words)))


def padded(words: Sequence[str]) -> list[str]:
    """Return the words with three edges before and after."""
    return [*_EDGE, *words, *_EDGE]


def described(words: Sequence[str], listed: Listed) -> list[list[str]]:
    """Return all features of each word of a text: what training uses, and what defines the model's input."""
    case, size = casing(words), size_of(words)
    around = padded(words)
    lists = [listed(word.lower()) for word in around]
    lowered = [word.lower() for word in around]
    language = guess(lowered)
    kinds = [shape(word) + lists_of for word, lists_of in zip(around, lists, strict=True)]
    rows = []
    for at in range(3, len(words) + 3):
        row = own(around[at], case, lists[at]) + joint(lowered, kinds, at, case, size, language)
        for offset in (-3, -2, -1, 1, 2, 3):
            row += beside(around[at + offset], case, lists[at + offset], offset)
        rows.append(row)
    return rows
