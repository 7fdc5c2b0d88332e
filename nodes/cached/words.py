"""English words by what they do to a question. Lists, not statistics: each entry is a promise that no answer changes.

A word that stands in none of them carries the subject, and has to be the same in both questions.
"""

from __future__ import annotations

import re
from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


POLITE: Final = re.compile(
    r"\b(?:(?:could|can|would|will) you (?:please )?(?:tell me|let me know|explain(?: to me)?)"
    r"|(?:please )?(?:tell me|let me know)"
    r"|i (?:would like|want|need|would love|wanted|am trying) to (?:know|find out|ask)"
    r"|i (?:was|am) (?:just )?wondering|i wonder|do you (?:happen to )?know|may i ask|can i ask|excuse me"
    r"|(?:just )?(?:a )?quick question|(?:i have )?a question|thanks(?: in advance)?|thank you"
    r"|good (?:morning|afternoon|evening|day)|hello(?: there)?|hi(?: there)?|hey(?: there)?|dear team|please|pls"
    r"|kindly)\b"
)
"""What surrounds a question."""
INDIRECT: Final = re.compile(r"^(?:if|whether)\b")
"""How a question goes on that was asked politely: it wants a yes or a no."""

DUTY: Final = re.compile(r"\b(?:have|has|need|needs|got) to\b")
"""Says "must"."""

COST: Final = re.compile(
    r"\bhow much (?:money )?(?:(?:do|does|would|will|is|are|for)\b)?|\bwhat (?:is|are) the (?:cost|price|fee)s?\b"
    r"|\b(?:costs?|prices?|fees?)\b"
)
DURATION: Final = re.compile(r"\bhow (?:long|fast|quickly|soon|many days)\b(?: (?:do|does|would|will|is|are)\b)?")
FAST: Final = re.compile(r"\bhow (?:fast|quickly|soon)\b")
"""Of these the words that ask how early."""
TAKES: Final = re.compile(r"\b(?:take|takes|taking)\b")

ASKS: Final = _set("what when where why who whom whose which how")
WHETHER: Final = _set("do does is are am can could may might will would should must have has shall did was were")
"""Beginnings of a question that wants a yes or a no."""
MODALS: Final = {
    "can": _set("can could may might able possible possibly allowed permitted"),
    "must": _set("must required obliged mandatory obligatory necessary compulsory"),
    "should": _set("should ought shall supposed"),
}
NEGATIONS: Final = _set("no not never none nothing nobody nowhere neither nor without except excluding unless hardly")
PEOPLE: Final = {
    "me": _set("i me my mine we us our ours myself ourselves"),
    "you": _set("you your yours yourself"),
    "them": _set("he she they him her them his hers their theirs someone somebody anyone anybody everyone"),
}
TIMES: Final = _set(
    "today tomorrow yesterday tonight now morning afternoon evening night noon midnight weekend weekends weekday "
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
    "saturdays weekdays sundays january february march april may june july august september october november "
    "december spring summer autumn winter christmas easter holiday holidays year years month months week weeks "
    "day days hour hours minute minutes before after during since until till by ago later earlier early late next "
    "last this already yet still always again"
)
_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
NUMBERS: Final = {word: str(value) for value, word in enumerate(_COUNTED.split())}
AMOUNTS: Final = _set(
    "half double twice triple dozen couple several few many all both every each only more less most least first second "
    "third once single another other max maximum min minimum hundred thousand thirty forty fifty sixty seventy eighty "
    "ninety percent % € £ $ euro euros pound pounds dollar dollars cent cents kg kilo kilos cm mm"
    " metre metres meter meters"
)
JOINTS: Final = _set(
    "to from into onto than instead rather or but and with if while because then only just off on in out up down over "
    "under between through at about against via per as plus + ,"
)
"""Words that say how the others belong together: they have to be the same, and where one stands, so does the order."""
SWAPS: Final = _set("exchange exchanging swap swapping trade trading replace replacing change changing switch convert")
"""Verbs that make "for" a direction."""
EMPTY: Final = _set(
    "a an the of for do does is are am be been being has have had will would there it that this these those any some "
    "so well also too ok okay um er basically maybe currently usually normally generally exactly actually really ever "
    "s thing things info information"
)
"""Words that may stand in one question and not in the other. ``for`` counts where a verb of :data:`SWAPS` stands."""
HAVING: Final = _set("offer offers offered provide provides have")
SAME: Final = {
    word: group.split()[0]
    for group in (
        "deliver delivery deliveries delivering ship shipping",
        "pay payment payments paying",
        "shop store",
        "shops stores",
        "sofa couch settee",
        "phone telephone",
        "warranty guarantee",
        "cupboard cabinet",
        "assemble assembly assembling",
        "cancel cancelling cancellation",
        "collect collecting",
        "purchase purchasing buy buying",
        "return returning",
        "begin start",
        "company business",
    )
    for word in group.split()
}
"""Words for the same thing, or forms of one word. Singular and plural are two: "a code", "codes"."""

__all__ = [
    "AMOUNTS",
    "ASKS",
    "COST",
    "DURATION",
    "DUTY",
    "EMPTY",
    "FAST",
    "HAVING",
    "INDIRECT",
    "JOINTS",
    "MODALS",
    "NEGATIONS",
    "NUMBERS",
    "PEOPLE",
    "POLITE",
    "SAME",
    "SWAPS",
    "TAKES",
    "TIMES",
    "WHETHER",
]
