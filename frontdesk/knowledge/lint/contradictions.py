"""Sentences of different pages that are about the same and say something else."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from frontdesk.desk.config import Page
from frontdesk.desk.draft import Entry
from frontdesk.desk.languages import base
from frontdesk.desk.names import shown
from frontdesk.desk.pages import in_force, superseded
from frontdesk.knowledge.lint.findings import Desk, Finding, in_body
from frontdesk.knowledge.lint.sentences import Sentence, number, sentences_of
from frontdesk.nodes.recall.words import terms_of

ALIKE = 0.6
"""Cosine of the weighted terms of two sentences from which they are about the same."""
ALIKE_NEGATED = 0.8
"""The same where one of them says not: two conditions of one rule are alike, too."""
SAME = 0.98
"""From which two sentences are the same one."""
FEWEST = 3
"""Terms of a sentence below which it does not say what it is about."""
REPEATED = 0.6
"""Share of a page's sentences that stand in another one from which it is a copy."""
_COMMON = 0.2
"""Share of the sentences in which a term stands that tells nothing."""
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def contradictions(desk: Desk) -> Iterator[Finding]:
    """Yield pairs of sentences that differ in a quantity or a negation, copies, and translations with other numbers."""
    replaced = superseded((entry.record for entry in desk.pages), desk.today)
    current = [one for one in desk.pages if one.record.id not in replaced and in_force(one.record, desk.today)]
    sentences = [each for entry in current for each in sentences_of(entry) if len(each.terms) >= FEWEST]
    copies: Counter[tuple[str, str]] = Counter()
    for likeness, one, other in _pairs(sentences):
        if likeness >= SAME and one.quantities == other.quantities and one.negated == other.negated:
            copies[one.entry.record.id, other.entry.record.id] += 1
        elif why := _differ(other, one, likeness):
            yield _finding(one, other, why)
    yield from _copied(copies, sentences, current)
    yield from _translated(current)


def _pairs(sentences: Sequence[Sentence]) -> Iterator[tuple[float, Sentence, Sentence]]:
    """Yield the pairs of different pages that are about the same, with their cosine."""
    spread = Counter(term for sentence in sentences for term in sentence.terms)
    most = max(10.0, _COMMON * len(sentences))
    weight = {term: math.log(1 + len(sentences) / count) for term, count in spread.items() if count <= most}
    length = [math.sqrt(sum(weight.get(term, 0.0) ** 2 for term in each.terms)) or 1.0 for each in sentences]
    places: dict[str, list[int]] = defaultdict(list)
    for place, sentence in enumerate(sentences):
        shared: dict[int, float] = defaultdict(float)
        for term in sentence.terms & weight.keys():
            for other in places[term]:
                shared[other] += weight[term] ** 2
            places[term].append(place)
        for other, dot in shared.items():
            likeness = dot / (length[place] * length[other])
            if likeness >= ALIKE and sentences[other].entry.record.id != sentence.entry.record.id:
                yield likeness, sentences[other], sentence


def _differ(one: Sentence, other: Sentence, likeness: float) -> str:
    """Return in what two sentences differ; empty where they do not."""
    if _told_apart(one, other) or _told_apart(other, one):
        return ""
    for unit in sorted(one.quantities.keys() & other.quantities.keys()):
        if not one.quantities[unit] & other.quantities[unit]:
            return f"{_told(one.quantities[unit])} and {_told(other.quantities[unit])} {unit}"
    return "one says not" if likeness >= ALIKE_NEGATED and one.negated != other.negated else ""


def _told_apart(one: Sentence, other: Sentence) -> bool:
    """Whether a sentence names the subject of its page, of which the other one says nothing: a case of its own."""
    return bool(frozenset(terms_of(one.entry.record.title)) & one.terms - other.terms)


def _told(numbers: frozenset[str]) -> str:
    return "/".join(sorted(numbers))


def _finding(one: Sentence, other: Sentence, why: str) -> Finding:
    where = f"{one.entry.document.file}:{one.entry.document.body_line + one.offset}"
    problem = f"“{shown(other.text, 80)}” and {where} “{shown(one.text, 80)}” differ ({why})"
    remedy = "make them agree, or say what tells the two cases apart"
    return in_body(other.entry, other.offset, "warning", "contradiction", problem, remedy)


def _copied(
    copies: Mapping[tuple[str, str], int], sentences: Sequence[Sentence], entries: Sequence[Entry[Page]]
) -> Iterator[Finding]:
    own = Counter(sentence.entry.record.id for sentence in sentences)
    by_id = {entry.record.id: entry for entry in entries}
    for (one, other), count in sorted(copies.items()):
        share = count / min(own[one], own[other])
        if count > 1 and share >= REPEATED:
            problem = f"{count} of its sentences stand in {by_id[one].document.file} too"
            yield in_body(by_id[other], 0, "warning", "duplicate", problem, "keep one of the two, and link to it")


def _translated(entries: Sequence[Entry[Page]]) -> Iterator[Finding]:
    """Compare the numbers of a page with those of its translations (``returns-de`` is one of ``returns``)."""
    by_id = {entry.record.id: entry for entry in entries}
    for entry in entries:
        page = entry.record
        original = by_id.get(page.id.removesuffix(f"-{base(page.language)}")) if page.language else None
        if original is None or original is entry:
            continue
        theirs, ours = _numbers(original.record), _numbers(page)
        if theirs != ours:
            missing, more = ", ".join(sorted(theirs - ours)) or "none", ", ".join(sorted(ours - theirs)) or "none"
            problem = f"its numbers are not those of {original.document.file} (missing: {missing}; more: {more})"
            yield in_body(entry, 0, "warning", "translation", problem, "bring the two up to date")


def _numbers(page: Page) -> set[str]:
    return {number(match) for match in _DIGITS.findall(page.body)}


__all__ = ["contradictions"]
