"""Values cut over several messages, and what stands in the conversation in the end."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence

from langchain_core.messages import AnyMessage, HumanMessage

from frontdesk.graph.protocols import Scrubber
from frontdesk.nodes.scrub.placeholders import escape_placeholders
from frontdesk.nodes.scrub.rewriting import continued

CUT = {
    "card": ("4111 1111 1111 1111", "4929 3813 3266 4295", "3782 822463 10005", "5105 1051 0510 5100"),
    "iban": ("DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32", "NL91 ABNA 0417 1643 00"),
    "phone": ("0171 2345678", "020 7946 0958", "+33 6 12 34 56 78", "07700 900123"),
    "national id": ("36 574 261 809", "460-89-9847", "943 476 5919"),
    "long number": ("884219 0733", "902 117 4435"),
}
LEADS = ("", "then ", "and then ", "the rest is ", "next: ", "... ", "und dann ", "et puis ", "- ")
WRITTEN = [
    ("card", ("my card is ⟦411⟧", "then ⟦111⟧", "⟦111⟧", "⟦1111 111⟧")),
    ("card", ("it starts with ⟦4111⟧", "⟦1111⟧", "⟦1111⟧", "⟦1111⟧")),
    ("card", ("⟦4111 1⟧", "⟦111 1111⟧", "⟦1111 1111⟧")),
    ("card", ("⟦4929⟧", "⟦3813⟧", "⟦3266⟧", "⟦4295⟧")),
    ("card", ("⟦four nine two nine⟧", "⟦three eight one three⟧", "⟦three two six six⟧", "⟦four two nine five⟧")),
    ("card", ("⟦quatre neuf deux neuf⟧", "⟦trois huit un trois⟧", "⟦trois deux six six⟧", "⟦quatre deux neuf cinq⟧")),
    ("card", ("my card number is ⟦4929 3813⟧", "and then ⟦3266⟧", "and ⟦4295⟧")),
    ("card", ("first part is ⟦4929 3⟧", "the rest is ⟦813 3266 4295⟧")),
    ("card", ("⟦4929 3813⟧ is the first half", "second half ⟦3266 4295⟧")),
    ("card", ("⟦4929 3813 3⟧ and then", "⟦266 4295⟧")),
    ("card", ("⟦4929 381⟧", "sorry, wait", "⟦3 3266 4295⟧")),
    ("card", ("⟦٤٩٢٩ ٣٨⟧", "⟦١٣ ٣٢٦٦⟧", "⟦٤٢٩٥⟧")),
    ("card", ("⟦4929-3813-⟧", "⟦3266-4295⟧")),
    ("iban", ("my iban is ⟦DE89 37⟧", "then ⟦04 0044 0532 0130 00⟧")),
    ("iban", ("⟦DE89 3704⟧", "⟦0044 0532⟧", "⟦0130 00⟧")),
    ("phone", ("my phone is ⟦0171⟧", "⟦234⟧", "⟦5678⟧")),
    ("phone", ("call me on ⟦01⟧", "⟦71 23⟧", "⟦45 678⟧")),
    ("phone", ("my number is ⟦020⟧", "⟦7946⟧", "⟦0958⟧")),
    ("long number", ("my customer number is ⟦411⟧", "⟦111⟧", "⟦111⟧")),
    ("email", ("⟦anna.berg⟧", "⟦@mail.com⟧")),
    ("email", ("my mail is ⟦anna.berg@⟧", "⟦mail.com⟧")),
    ("email", ("⟦anna.berg@mail⟧", "⟦.com⟧")),
    ("email", ("⟦anna⟧", "⟦at mail dot com⟧")),
    ("email", ("⟦anna⟧", "⟦@⟧", "⟦mail.com⟧")),
    ("email", ("⟦anna.berg⟧ at", "⟦mail dot com⟧")),
    ("email", ("my mail is ⟦anna dot berg⟧", "at ⟦mail⟧", "⟦dot com⟧")),
    ("email", ("meine Mail: ⟦anna.berg⟧", "⟦ät gmx punkt de⟧")),
    ("email", ("mi correo es ⟦anna.berg⟧", "⟦arroba correo punto es⟧")),
    ("national id", ("my ssn is ⟦460⟧", "⟦89⟧", "⟦9847⟧")),
    ("national id", ("⟦46O-89-⟧", "⟦9847⟧")),
    ("national id", ("⟦460-89⟧", "⟦-9847⟧")),
    ("secret", ("cvv", "⟦737⟧")),
    ("secret", ("my pin is", "⟦4821⟧")),
    ("secret", ("my password is", "⟦Tr0ub4dor&3⟧")),
    ("birth", ("date of birth", "⟦3 May 1984⟧")),
    ("passport", ("my passport number is", "⟦C01X00T47⟧")),
    ("ip", ("⟦203.0.⟧", "⟦113.217⟧")),
]  # fmt: skip
_MARKED = re.compile("⟦([^⟧]*)⟧")


def cases() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield kind and messages, the value's parts marked; the same ones at each call."""
    order = random.Random(21)
    for kind, values in CUT.items():
        for value in values:
            for count in (2, 3, 4):
                lead = order.choice(LEADS)
                parts = _cut(value, count, order)
                yield kind, tuple(f"{lead if index else ''}⟦{part}⟧" for index, part in enumerate(parts))
    yield from WRITTEN


def _cut(value: str, count: int, order: random.Random) -> list[str]:
    """Cut a value where people do: at a gap where there are enough, else inside, with three signs to each part."""
    count = min(count, sum(map(str.isalnum, value)) // 3)
    gaps = [index for index, char in enumerate(value) if char == " " and 3 <= index <= len(value) - 4]
    if len(gaps) >= count - 1:
        at = sorted(order.sample(gaps, count - 1))
    else:
        at = [round(len(value) * index / count) for index in range(1, count)]
    ends = [0, *at, len(value)]
    return [value[start:end].strip() for start, end in itertools.pairwise(ends)]


def said(messages: Sequence[str], scrubber: Scrubber) -> list[str]:
    """Return the masked messages as they stand after the last one."""
    known: dict[str, str] = {}
    window: list[AnyMessage] = []
    for index, text in enumerate(messages):
        found = continued(escape_placeholders(_MARKED.sub(r"\1", text)), window, known, scrubber)
        changed = {message.id: message for message in found.messages}
        known |= found.values
        scrubbed = scrubber.scrub(found.text, known)
        known |= scrubbed.values
        window = [changed.get(message.id, message) for message in window]
        window.append(HumanMessage(scrubbed.text, id=f"m{index}"))
    return [str(message.content) for message in window]


def left(messages: Sequence[str], masked: Sequence[str]) -> float:
    """Return the share of the value's letters and digits that still stand there."""
    size = bare = 0
    for text, shown in zip(messages, masked, strict=True):
        for part in _MARKED.findall(text):
            count = sum(map(str.isalnum, part))
            size += count
            bare += _longest(part, re.sub(r"<[A-Z_]+_\d+>", "\n", shown))
    return bare / max(size, 1)


def _longest(part: str, shown: str) -> int:
    """Return the letters and digits of the longest stretch of ``part`` that is in ``shown``."""
    for size in range(len(part), 1, -1):
        for start in range(len(part) - size + 1):
            if part[start : start + size] in shown:
                return sum(map(str.isalnum, part[start : start + size]))
    return 0
