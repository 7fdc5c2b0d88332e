"""Prompt injection, jailbreaks, prompt extraction and steering of tools, by named rules over every reading."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from frontdesk.desk.guarding import GuardChannel
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.guard.characters import even, fold, visible
from frontdesk.nodes.guard.check import Check, Evidence
from frontdesk.nodes.guard.mention import LONGEST, Mentions
from frontdesk.nodes.guard.quiet import register_validator
from frontdesk.nodes.guard.rules.catalogue import matches, weigh
from frontdesk.nodes.guard.rules.rule import HINT, Rule
from frontdesk.nodes.guard.scorer.judging import judged
from frontdesk.nodes.guard.scorer.model import shipped
from frontdesk.nodes.guard.scorer.scale import RAISE
from frontdesk.nodes.guard.sentences import sentences
from frontdesk.nodes.guard.views import LIMIT, View, views

_DISGUISED = 1_500
"""Characters of a text up to which a disguised sentence is looked for in it: bounds the work on a long text."""

_SURE = 0.02
"""Score of the classifier below which a short text in no disguise is honest whatever rule fires."""
_UNLEARNT = ("other.", "tools.")
"""Rules of languages and of deeds of which the scorer has learnt too little to contradict them."""
_UNHEARD = 0.2
"""What contradicted rules are worth: they stand in the trace and raise nothing."""
_CLAUSE = re.compile(r"[.!?;:,\n]+\s*|\s(?:and|but|or|then|also|und|oder|et|ou|y|o|e|en|of|i|lub)\s")
_PEOPLE: frozenset[GuardChannel] = frozenset({"user", "human"})
"""Channels on which somebody speaks, and may tell of an attack."""


def _fired(texts: Sequence[str], rules: Collection[Rule]) -> set[Rule]:
    return {rule for text in texts for rule in matches(text, rules)}


def located(text: str, rules: Collection[Rule]) -> tuple[tuple[int, int], ...]:
    """Return the sentences of ``text`` in which one of ``rules`` fires, as [start, end) in characters.

    Returns:
        Empty when some rule fires in no sentence of its own (it needs two of them, or the text was disguised as a
        whole): then nothing less than the whole text can be held responsible.
    """
    if len(text) > LIMIT:
        return ()
    places = sentences(text)
    fired: list[set[Rule]] = []
    for start, end in places:
        seen = visible(text[start:end])
        fired.append(_fired((even(seen), even(fold(seen))), rules))
    wanted = {rule for rule in rules if rule.weight >= HINT} or set(rules)
    if len(text) <= _DISGUISED and wanted.difference(*fired):
        # only now: reading every sentence in every way takes as long as everything else together
        for at, (start, end) in enumerate(places):
            fired[at] |= _fired([view.text for view in views(text[start:end])], rules)
    found = [place for place, here in zip(places, fired, strict=True) if here]
    return () if wanted.difference(*fired) else tuple(found)


@register_validator("frontdesk/injection", data_type="string")
class Injection(Check):
    """Fails on text that tries to instruct the assistant instead of asking it."""

    def inspect(self, text: str, seen: Sequence[View], *, channel: GuardChannel = "user") -> Evidence:
        """Return the weight of all distinct rules that fired in any reading, their ids, heaviest first, and where.

        What a person quotes, tells or asks about is left to the classifier, which knows the words around it.
        """
        fired: dict[str, Rule] = {}
        for view in seen:
            fired.update((rule.id, rule) for rule in matches(view.text))
        if channel in _PEOPLE and fired:
            for name in _mentioned(seen[0].text, fired.values()):
                del fired[name]
        ranked = sorted(fired.values(), key=lambda rule: -rule.weight)
        score = weigh(ranked)
        if channel in _PEOPLE and score > _UNHEARD and len(text) <= LONGEST and _contradicted(ranked, seen):
            score = _UNHEARD
        return Evidence(
            score=score,
            rules=tuple(rule.id for rule in ranked),
            spans=located(text, ranked) if score >= self.threshold else (),
        )


def _contradicted(fired: Collection[Rule], seen: Sequence[View]) -> bool:
    """Whether the scorer, which knows these rules and the words around them, is sure that nothing is meant by them.

    Without its weights nothing contradicts.
    """
    if any(rule.id.startswith(_UNLEARNT) and rule.weight > HINT for rule in fired):
        return False
    if len(matches(seen[0].text, fired)) < len(fired):
        return False  # what is in disguise is not honest
    # an attack that shares its sentence with an honest question is no less one: its clause is heard by itself, too
    clauses = [clause for clause in _CLAUSE.split(seen[0].text) if matches(clause, fired)]
    try:
        scorer = shipped("user")
        if max(found.score for found in judged(scorer, seen)) >= _SURE:
            return False
        return all(max(found.score for found in judged(scorer, views(clause))) < RAISE for clause in clauses)
    except ConfigurationError:
        return False


def _mentioned(text: str, fired: Iterable[Rule]) -> list[str]:
    """Return the ids of rules that fire in ``text``, each time on something that is only mentioned."""
    mentions = Mentions(text)
    found = [(rule.id, list(rule.pattern.finditer(text))) for rule in fired]
    by_id = {rule.id: rule for rule in fired}
    return [name for name, hits in found if hits and all(mentions.has(hit, by_id[name]) for hit in hits)]


CHECK = Injection
