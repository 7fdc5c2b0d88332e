"""Promises: what a reply commits the business to, or says that it did, stands in a page or a tool's result.

The customer's own words support nothing: "you promised me half" is not a policy. A sentence is judged by itself. A
question, a negation and a condition of the customer's ("once you confirm, I cancel it") promise nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from frontdesk.desk.phrases import folded, phrases
from frontdesk.nodes.review.claim_words import CLAIM, DONE, FAMILIES, STEMS
from frontdesk.nodes.review.draft import Draft, Facts, Step
from frontdesk.nodes.review.grounding import numbers
from frontdesk.nodes.review.promise_forms import FORMS
from frontdesk.nodes.review.promise_subject import CITED, subject
from frontdesk.nodes.review.promise_words import EVIDENCE, PROMISES, STRONG
from frontdesk.nodes.review.sentences import Span, sentences, without
from frontdesk.nodes.review.step import Material, Options, known_options, phrases_option
from frontdesk.nodes.review.turn import TurnFacts

_NO = re.compile(
    r"\b(?:can't|cannot|can not|couldn't|unable|not able|won't|wouldn't|will not|don't|do not|doesn't"
    r"|does not|didn't|isn't|is not|aren't|not|never|no longer|nobody|nothing|none|no one|neither|nor"
    r"|without|before|instead of"
    r"|kann|k[öo]nnen|nichts?|nie(?:mals)?|kein\w*|ne|n'\w+|pas|rien|jamais|no|nada|nunca|non|niente|nulla|mai"
    r"|niets?|nooit|geen|n[ãa]o)\b[^.,;:!?\n]{0,60}$"
)
_IF = re.compile(
    r"\b(?:if|once|when|whenever|as soon as|as long as|after|until|unless|in case|whether|provided"
    r"|should you|wenn|sobald|falls|si|quand|d[èe]s que|cuando|se|quando|als|zodra)\b"
)
_OPEN = re.compile(r"\bwhether\b|\bob\b")
_TOLD = re.compile(
    r"\b(?:you|customer|he|she|they) (?:said|asked|wrote|mentioned|wanted?|told|say|asked for|were told)\b"
)
_TIMES = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|weekend|today|tonight|tomorrow"
    r"|noon|afternoon|evening|morning|next week)\b"
)
_SOON = frozenset({"today", "tonight", "tomorrow"})
_QUOTED = 15
"""Characters from which a sentence counts as a quotation."""
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@lru_cache(maxsize=512)
def _paragraphs(page: str) -> tuple[tuple[str, str], ...]:
    """Return a page's folded paragraphs, each also as one line. Pages are published: they may stay in memory."""
    parts = [folded(part) for part in re.split(r"\n\s*\n", page) if part.strip()]
    return tuple((part, " ".join(part.split())) for part in parts)


@dataclass(frozen=True)
class _Evidence:
    """What supports a promise: paragraphs of pages, results of tools."""

    pages: tuple[str, ...]
    lines: tuple[str, ...]
    """``pages``, each as one line."""
    told: tuple[str, ...]
    turn: TurnFacts

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All of it."""
        return (*self.pages, *self.told)

    @classmethod
    def of(cls, facts: Facts) -> _Evidence:
        pages = [_paragraphs(f"{one['title']}\n\n{one['text']}") for one in facts.passages if one["page"]]
        told = [*facts.turn.results, *(text for _, text in facts.turn.done)]
        parts = [part for page in pages for part in page]
        folded_told = tuple(map(folded, told))
        return cls(tuple(part for part, _ in parts), tuple(line for _, line in parts), folded_told, facts.turn)

    def quotes(self, sentence: str) -> bool:
        """Whether a page says the sentence in the same words; what follows in brackets is a citation."""
        words = " ".join(CITED.sub("", sentence).split())
        return len(words) >= _QUOTED and any(words in line for line in self.lines)

    def supports(self, kind: str, sentence: str) -> bool:
        """Whether a paragraph is of the promise's kind and as large as the promise in every respect."""
        if kind == "callback" and self.turn.ticket:
            return True
        named = numbers(_ORDER.sub(" ", sentence))
        strong = [pattern for name, pattern in STRONG.items() if pattern.search(sentence) and name not in _OTHER[kind]]
        times = set(_TIMES.findall(sentence)) if kind == "deadline" else set()
        said = subject(sentence)
        return any(
            EVIDENCE[kind].search(part)
            and named <= numbers(part)
            and all(pattern.search(part) for pattern in strong)
            and _dated(times, part, told=index >= len(self.pages))
            and sum(word in part for word in said) >= _SHARE * len(said)
            for index, part in enumerate(self.paragraphs)
        )

    def did(self, family: str, active: bool, sentence: str) -> bool:
        """Whether a tool did what the reply says was done: now, or earlier to the same thing."""
        words = re.compile(rf"\b(?:{FAMILIES[family]})")
        if any(_could(family, name) or words.search(folded(text)) for name, text in self.turn.done):
            return True
        if family == "tell" and self.turn.ticket:
            return True
        seen = [text for text in map(folded, () if active else self.turn.results) if words.search(text)]
        seen += [text for text in map(folded, self.turn.before) if _could(family, text.partition(" (")[0])]
        things = _ID.findall(sentence)
        return any(all(thing in text for thing in things) for text in seen)


_ACTIVE = frozenset({"active", "foreign", "past", "other"})
_ID = re.compile(r"\b[a-z]*-?\d{5,}\b")
_OTHER = {kind: frozenset({"at once"}) if kind == "deadline" else frozenset[str]() for kind in PROMISES}
"""What a kind's own test looks at."""
_SHARE = 0.7
"""Of a promise's words, how many its evidence must have: a refund of the taxi is not the refund of a return."""


def _dated(times: set[str], part: str, *, told: bool) -> bool:
    """Whether evidence gives the times: a page may say "tomorrow", but only a tool knows on which Friday."""
    return all((told and bool(_ISO.search(part))) or (time in part and (told or time in _SOON)) for time in times)


_ORDER = re.compile(r"(?:order|article|item|ticket|number|no\.?|#) ?#?[\w-]*\d[\w-]*|\b\d{5,}\b")


def _could(family: str, tool: str) -> bool:
    """Whether a writing tool's name speaks of the family; one whose name speaks of none could be anything."""
    name = tool.casefold()
    stems = STEMS[family]
    return (
        not stems or any(stem in name for stem in stems) or not any(s in name for all_ in STEMS.values() for s in all_)
    )


def build(material: Material, options: Options) -> Step:
    """Return the step.

    Options: ``allow``, phrases whose sentences are the desk's own business; ``deny``, phrases that are never said.
    """
    known_options(options, "allow", "deny")
    allowed, denied = (phrases(phrases_option(options, name)) for name in ("allow", "deny"))

    def promises(draft: Draft, facts: Facts) -> Draft:
        """Find promises and claims that nothing supports; masked, their sentences are gone."""
        evidence = _Evidence.of(facts)
        found: dict[str, list[Span]] = {}
        for start, end in sentences(draft.text):
            sentence = folded(draft.text[start:end]).strip()
            codes = ["denied"] if denied.search(sentence) else []
            if not (allowed.search(sentence) or evidence.quotes(sentence)):
                codes += _unsupported(sentence, evidence)
            for code in codes:
                found.setdefault(f"promise:{code}", []).append((start, end))
        return draft.with_text(without(draft.text, [span for spans in found.values() for span in spans]), *found)

    return promises


def _unsupported(sentence: str, evidence: _Evidence) -> Iterator[str]:
    if sentence.endswith("?"):
        return
    for kind, pattern in PROMISES.items():
        worded = (each.search(sentence) for each in (pattern, FORMS.get(kind, pattern)))
        if any(found and not _denied(sentence[: found.start() + 1]) for found in worded) and not evidence.supports(
            kind, sentence
        ):
            yield kind
    if DONE.search(sentence) and not evidence.turn.done:
        yield "claim"
    for claim in CLAIM.finditer(sentence):
        before = sentence[: claim.start(str(claim.lastgroup))]
        if _NO.search(before) or _IF.search(before) or _TOLD.search(before):
            continue
        group = str(claim.lastgroup)
        family = next((name for name, words in FAMILIES.items() if re.fullmatch(words, claim[group])), "issue")
        if not evidence.did(family, group in _ACTIVE and not claim[0].startswith("we"), sentence):
            yield "claim"


def _denied(before: str) -> bool:
    return bool(_NO.search(before) or _OPEN.search(before))


__all__ = ["build"]
