"""Answers by extraction: the sentences of the shown pages that say most about the question, with their citation."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.models.keyless.words import meaning, query_stems, sentences, stems

COVERAGE = 0.5
"""Part of the question's weight that a section must cover. Below it the page is about something else."""
LENGTH = 330
"""Characters of an answer, the citation not counted; about three sentences."""

OF_INTENT = 1.2
"""Advantage of the recognised request's own page: about one matching word."""
LEAD = 0.4
"""Advantage of that page's opening, which answers its usual question; twice that for what is no question at all."""
OFF_TOPIC = 0.2
"""Cost of each word of a heading that the question does not have."""

_PAGE = re.compile(
    r'<page id="([^"]+)" title="([^"]*)"( match="intent")?(?: mark="\w+")?>\n?(.*?)</page(?: mark="\w+")?>', re.S
)
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\*\*|__|`")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_QUESTION = re.compile(
    r"\?|^\W*(?:how|what|when|where|which|who|why|can|could|do|does|is|are|may|will|am|until)\b", re.I
)
_ASKS_TIME = re.compile(r"\bhow (?:long|soon|fast)|\bwhen\b|\buntil\b|\bdeadline", re.I)
_ASKS_MONEY = re.compile(r"\bhow much|\bcosts?\b|\bfees?\b|\bfree\b|\bprice", re.I)
_NAMES_COST = re.compile(r"\bhow much|\bcosts?\b|\bfees?\b|\bprice", re.I)
_MEASURE = re.compile(r"\bhow (?:long|much|many|often|far|fast|soon)\b", re.I)
_TIME = re.compile(
    r"\b\d+\s*(?:to \d+ )?(?:working |business )?(?:day|week|hour|month|year|minute)s?\b|\btoday\b", re.I
)
_MONEY = re.compile(r"\d\s*(?:EUR|€)|€\s*\d|\bfree\b", re.I)
_COST = meaning("cost")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the sentences below it."""

    page: str
    title: str
    heading: str
    sentences: tuple[str, ...]
    of_intent: bool
    """Whether the page belongs to the recognised request."""
    rank: int
    """Position of the page in the prompt; 0 is the best."""


def parse_pages(prompt: str) -> list[Section]:
    """Read the ``<page>`` elements of a system prompt; Markdown becomes plain sentences."""
    found: list[Section] = []
    for rank, (page, title, intent, body) in enumerate(_PAGE.findall(prompt)):
        heading, lines = "", list[str]()
        for line in [*body.splitlines(), "#"]:
            if not line.startswith("#"):
                lines.append(_plain(line))
                continue
            text = tuple(sentence for part in _paragraphs(lines) for sentence in sentences(part))
            if text:
                found.append(Section(page, title, heading, text, bool(intent), rank))
            heading, lines = line.lstrip("# ").strip(), []
    return found


def extract(question: str, sections: Sequence[Section], *, hint: str = "") -> str:
    """Answer a question with one to three sentences of one page.

    Args:
        question: The customer's words.
        sections: What :func:`parse_pages` found.
        hint: What to go by when the question has no telling word, such as the title of the recognised request.

    Returns:
        The sentences and the citation, such as ``… within 30 days. [returns]``; empty when nothing fits.
    """
    words = query_stems(question)
    bare = set(words) <= {_COST}
    weights = _weights(words or query_stems(hint), sections)
    total = sum(weights.values())
    best: tuple[float, Section] | None = None
    for section in sections:
        terms = set(stems(" ".join([section.title, section.heading, *section.sentences])))
        covered = sum(weight for term, weight in weights.items() if term in terms)
        # a page of the recognised request needs one word in common: the router has said that it is about it
        measured = _same_measure(question, section) if bare and section.of_intent else 0.0
        if not (covered or measured) or (covered < COVERAGE * total and not section.of_intent):
            continue
        score = _score(question, section, weights) + measured
        if best is None or score > best[0]:
            best = (score, section)
    if best is None:
        return ""
    return f"{' '.join(_chosen(question, best[1], weights))} [{best[1].page}]"


def opening(sections: Sequence[Section]) -> str:
    """Return the first sentences of the recognised request's own page; empty when there is none."""
    first = next((section for section in sections if section.of_intent), None)
    return f"{' '.join(_fit(first.sentences[:2]))} [{first.page}]" if first else ""


def _weights(query: Sequence[str], sections: Sequence[Section]) -> dict[str, float]:
    """Weigh each term by its rarity among the sections (BM25's inverse frequency)."""
    seen = Counter(term for section in sections for term in set(stems(" ".join([section.heading, *section.sentences]))))
    count = len(sections)
    return {term: math.log(1 + (max(0, count - seen[term]) + 0.5) / (seen[term] + 0.5)) for term in query}


def _score(question: str, section: Section, weights: dict[str, float]) -> float:
    # the opening of a page stands under the page's title
    heading, title = set(stems(section.heading or section.title)), set(stems(section.title))
    best = max(_sentence_score(question, sentence, weights) for sentence in section.sentences)
    head = sum(weight for term, weight in weights.items() if term in heading)
    matched = sum(term in heading for term in weights)
    # a heading that matches whole says more than one that matches in passing and goes on about something else
    head *= 0.5 + 0.5 * matched / max(1, len(heading))
    other = OFF_TOPIC * min(3, len(heading) - matched)
    name = 0.4 * sum(weight for term, weight in weights.items() if term in title) if section.heading else 0.0
    lead = 0.0
    if section.of_intent:
        asks = bool(_QUESTION.search(question))
        lead = OF_INTENT + (0.0 if section.heading else LEAD if asks else 2 * LEAD)
    return best + head + name + lead - other - 0.15 * section.rank


def _same_measure(question: str, section: Section) -> float:
    """Return 3 for a heading that asks the same ("how long"), 1 for a text that holds times or prices as asked.

    For a question such as "and how long does it take?", which has no more to go by.
    """
    text = " ".join(section.sentences)
    asked = {found.lower() for found in _MEASURE.findall(question)}
    if asked & {found.lower() for found in _MEASURE.findall(section.heading)}:
        return 3.0
    if _ASKS_MONEY.search(question):
        return 3.0 if _NAMES_COST.search(section.heading) else float(bool(_MONEY.search(text)))
    return float(bool(_ASKS_TIME.search(question) and _TIME.search(text)))


def _sentence_score(question: str, sentence: str, weights: dict[str, float]) -> float:
    terms = set(stems(sentence))
    score = sum(weight for term, weight in weights.items() if term in terms)
    if _ASKS_TIME.search(question) and _TIME.search(sentence):
        score += 1.0
    if _ASKS_MONEY.search(question) and _MONEY.search(sentence):
        score += 1.0
    return score


def _chosen(question: str, section: Section, weights: dict[str, float]) -> list[str]:
    """Return the section from its best sentence on; from its start when the heading already asks the question."""
    scores = [_sentence_score(question, sentence, weights) for sentence in section.sentences]
    start = scores.index(max(scores))
    heading = set(stems(section.heading))
    if start <= 1 or sum(term in heading for term in weights) >= 2:
        start = 0 if start <= 2 else start
    return _fit(section.sentences[start : start + 3])


def _fit(chosen: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for sentence in chosen:
        if kept and sum(map(len, kept)) + len(sentence) > LENGTH:
            break
        kept.append(sentence)
    return kept


def _plain(line: str) -> str:
    return _LINK.sub(r"\1", _MARKS.sub("", _ITEM.sub("- ", line))).strip()


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Join lines to paragraphs; a list item is one of its own, and ends like a sentence."""
    parts: list[str] = [""]
    for line in lines:
        if not line:
            parts.append("")
        elif line.startswith("- "):
            item = line[2:]
            parts.extend((item if item[-1:] in ".!?" else f"{item}.", ""))
        else:
            parts[-1] = f"{parts[-1]} {line}".strip()
    return [part for part in parts if part]
