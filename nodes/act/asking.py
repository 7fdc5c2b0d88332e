"""The question of a proposal, masked: two values that stand side by side in it are no telephone number.

"Shall I stop standing order 7001 (450.0 EUR)?" would lose both numbers otherwise, and the customer would say yes to
what they cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

APART = " ; "
"""Set around each value while a question is searched; no detector reads across it."""
_FIELD = re.compile(r"\{[a-zA-Z_][a-zA-Z0-9_]*\}")


def masked_question(whole: str, asked: Sequence[tuple[str, str]], mask: Callable[[str], str]) -> str:
    """Mask a question, each of its values for itself.

    Args:
        whole: What the customer is asked: one question, or the words around those of several steps.
        asked: For each question in it the contract's, with ``{name}`` for each value, and the same with its values.
        mask: Takes personal data out of a text.

    Returns:
        The masked text. What is not as its template says is masked as any text.
    """
    spaced = whole
    for template, question in asked:
        spaced = spaced.replace(question, _spaced(template, question), 1)
    if APART in whole or spaced == whole:
        return mask(whole)
    masked = mask(spaced)
    return masked.replace(APART, "") if masked.count(APART) == spaced.count(APART) else mask(whole)


def _spaced(template: str, question: str) -> str:
    """Return a question with :data:`APART` around each of its values; as it is where it is not the template's."""
    words = _FIELD.split(template)
    # looked at first: what cannot fit would be tried in every way
    if not (question.startswith(words[0]) and question.endswith(words[-1])):
        return question
    found = re.fullmatch("(.*?)".join(map(re.escape, words)), question, re.DOTALL)
    if found is None:
        return question
    pieces, last = [], 0
    for number in range(1, found.re.groups + 1):
        pieces += [question[last : found.start(number)], found[number]]
        last = found.end(number)
    return APART.join([*pieces, question[last:]])


__all__ = ["APART", "masked_question"]
