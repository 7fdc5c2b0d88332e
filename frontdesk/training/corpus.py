"""What the sequence model is trained on: generated sentences, ordinary real ones, and labels per token."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub.sequence.tokens import tokens
from frontdesk.training.sentences import Sentence, fill, generate, recased
from frontdesk.training.words import Part, load_words

ORDINARY = (("banking77", "train.jsonl"), ("clinc150", "train.jsonl"), ("dstc9_faq", "faq_train_val.jsonl"))
"""Real messages used as sentences without names; a fifth of each is kept back (``kept_back``)."""
_INTENTS = """
change_user_name user_name change_ai_name text make_call calendar calendar_update reminder reminder_update
schedule_meeting meeting_schedule restaurant_reservation confirm_reservation cancel_reservation accept_reservations
share_location who_made_you
"""
_NAMING = frozenset(_INTENTS.split())
"""Intents of clinc150 whose messages do hold names."""
_JOINED, _ADDRESSED = 0.22, 0.2
"""Shares of generated sentences that stand among others, and that are added: real messages to or from somebody."""
_LETTERS = (
    "{f}, {m}",
    "{m} {f}",
    "{m}, {f}",
    "{f} {m}",
    "Hi {f}, {m}",
    "Hello {f}! {m}",
    "{m}\n{fl}",
    "{m}\nThanks, {f}",
    "{m} My name is {n}.",
    "{n} here. {m}",
    "I am {fl}, {m}",
    "{f}: {m}",
    "{n} asked: {m}",
    "{m} said {n}",
    "{m} ({fl})",
    "{m} {n} {m}",
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The words of a text and the label of each: ``O``, or ``B-`` or ``I-`` with NAME or ADDRESS."""

    words: tuple[str, ...]
    labels: tuple[str, ...]


def labelled(sentence: Sentence) -> Labelled:
    """Cut a sentence into words with labels; a token belongs to a span that holds its first character."""
    words, labels = [], []
    spans = iter(sentence.spans)
    span = next(spans, None)
    begun = False
    for token in tokens(sentence.text):
        while span is not None and token.start >= span[1]:
            span, begun = next(spans, None), False
        inside = span is not None and span[0] <= token.start
        words.append(token.text)
        labels.append(f"{'I' if begun else 'B'}-{span[2]}" if span is not None and inside else "O")
        begun = inside
    return Labelled(tuple(words), tuple(labels))


def kept_back(text: str) -> bool:
    """Whether a real message is for validation."""
    return zlib.crc32(text.encode()) % 5 == 0


def ordinary(data: Path, part: Part, sets: Sequence[tuple[str, str]] = ORDINARY) -> Iterator[Sentence]:
    """Yield real messages without names.

    Args:
        data: Folder of the measuring data.
        part: Which part of them.
        sets: Folders and files.

    Raises:
        ConfigurationError: A file is missing.
    """
    for folder, name in sets:
        path = data / folder / name
        if not path.is_file():
            raise ConfigurationError(f"no file {path}: set FRONTDESK_DATA or --data to the folder with the data sets")
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for text in (record.get(field, "") for field in ("text", "title", "body")):
                if text and record.get("intent") not in _NAMING and kept_back(text) == (part == "validation"):
                    yield Sentence(text)


def training_sentences(seed: int, count: int, data: Path) -> Iterator[Sentence]:
    """Yield the training set: generated sentences, some joined to longer texts, and the ordinary messages."""
    source = random.Random(f"join:{seed}")  # noqa: S311 - sentences, not secrets
    real = list(ordinary(data, "train"))
    yield from _joined(generate(seed, count), real, source)
    yield from addressed(real, source, int(count * _ADDRESSED))
    for sentence in real:
        yield recased(sentence, source)


def addressed(real: Sequence[Sentence], source: random.Random, count: int) -> Iterator[Sentence]:
    """Yield real messages with the name of whom they are to, from, or about."""
    words = load_words("train")
    for _ in range(count):
        form = source.choice(_LETTERS)
        for _ in range(form.count("{m}")):
            # A message with a brace in it would be read as a slot.
            message = source.choice(real).text.replace("{", "(").replace("}", ")")
            form = form.replace("{m}", message, 1)
        yield recased(fill(form, source, words, "en"), source)


def _joined(sentences: Iterable[Sentence], real: Sequence[Sentence], source: random.Random) -> Iterator[Sentence]:
    stream = iter(sentences)
    for sentence in stream:
        if source.random() >= _JOINED:
            yield sentence
            continue
        group = [sentence, *islice(stream, source.randint(0, 2)), source.choice(real)]
        source.shuffle(group)
        yield join(group, source.choice((" ", " ", "\n", "\n\n", ". ")))


def join(sentences: Sequence[Sentence], separator: str) -> Sentence:
    """Return one text of several."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    for sentence in sentences:
        text += separator if text else ""
        spans += [(start + len(text), end + len(text), label) for start, end, label in sentence.spans]
        text += sentence.text
    return Sentence(text, tuple(spans))
