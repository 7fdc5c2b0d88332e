"""Corrections: "no, 10483", "I meant the 5th, not the 4th", "actually make it 250" put a value in another's place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.nodes.remember.amending import Loose, amended, loose
from frontdesk.nodes.remember.cues import CUE, JOINS, LIMIT, RECENT, reach, replaces
from frontdesk.nodes.remember.current import Change, current
from frontdesk.nodes.remember.details import Detail
from frontdesk.nodes.remember.labels import LOOSE, head
from frontdesk.nodes.remember.mentions import labels
from frontdesk.nodes.remember.values import Span, values_in

_BUDGETS = frozenset({"budget", "limit", "maximum", "max"})


@dataclass(frozen=True, slots=True)
class Swap:
    """A value of the ledger and what takes its place."""

    old: Detail
    new: Detail


def swaps(text: str, ledger: Sequence[Detail], turn: int, *, names: bool = True) -> list[Swap]:
    """Return what a message corrects.

    Args:
        text: The customer's own words, masked.
        ledger: What is kept so far, newest last; values have their ``value``.
        turn: The message's, from 1.
        names: As :func:`values_in`.

    Returns:
        Each old value with the new one, which has its label and remembers it. No old value twice, and none that is
        merely joined by another.
    """
    spans = values_in(text, names=names, known=names_in(ledger))
    found = list(_day_or_figure(text, spans, ledger, turn))
    for kind in dict.fromkeys(span.kind for span in spans):
        same = [detail for detail in ledger if detail.kind == kind]
        found.extend(_of_kind(text, [span for span in spans if span.kind == kind], same, turn))
    taken: set[str] = set()
    unique = []
    for swap in found:
        if str(swap.old) not in taken and swap.old.value.casefold() != swap.new.value.casefold():
            taken.add(str(swap.old))
            unique.append(swap)
    return unique


def names_in(ledger: Sequence[Detail]) -> frozenset[str]:
    """Return the names that a ledger has."""
    return frozenset(each.value for each in ledger if each.kind == "named")


def by_slot(slots: Mapping[str, str], old: Mapping[str, str], ledger: Sequence[Detail], turn: int) -> list[Swap]:
    """Return the swaps that the form machinery understood.

    Args:
        slots: New value by property.
        old: The value that the ledger's unfinished requests had, by property.
        ledger: As for :func:`swaps`.
        turn: From 1.
    """
    found = []
    for name, value in slots.items():
        before = old.get(name, "")
        known = next((each for each in reversed(ledger) if before and _same(each.value, before)), None)
        if known is not None and not _same(known.value, value):
            found.append(Swap(known, _instead(known, value, turn)))
    return found


def reworded(changes: Sequence[Swap], ledger: Sequence[Detail]) -> list[Swap]:
    """Return the decisions in which a corrected value stands, with the new one: "any day after the 7th of May"."""
    found: list[Swap] = []
    for entry in (each for each in ledger if each.kind in {"chosen", "declined"}):
        pairs = [Change(each.old.value, each.new.value) for each in changes if each.old.value]
        text = current(entry.text, pairs)
        if text != entry.text:
            found.append(Swap(entry, replace(entry, text=text, about="")))
    return found


def _of_kind(text: str, spans: Sequence[Span], ledger: Sequence[Detail], turn: int) -> Iterator[Swap]:
    known = {span: entry for span in spans if (entry := _kept(span.text, ledger))}
    new = [span for span in spans if span not in known]
    if new and new[0].kind == "given":
        ledger = [each for each in ledger if _label_in(each.value) in {_label_in(span.text) for span in new}]
    if not new or not ledger:
        return
    given = dict(zip(spans, labels(text, spans), strict=True))
    if len(known) == len(new) == 1 and replaces(text, *known, *new):
        (old,) = known.values()
        yield Swap(old, _instead(old, new[0].text, turn))
        return
    target = new[-1] if len(new) == 1 else _unnegated(text, new)
    if target is None:
        return
    label = given[target]
    if (limit := _limit(text, target, ledger)) is not None:
        yield Swap(limit, _instead(limit, target.text, turn))
    elif label.single and (same := _labelled(label.head, ledger)):
        yield Swap(same, _instead(same, target.text, turn))
    elif not known and not JOINS.search(text) and (within := reach(text, target)):
        recent = [each for each in ledger if turn - each.turn <= within]
        about = _labelled(label.head, recent) if label.words else None
        about = about or _spoken_of(text, ledger)
        bare = not label.words or label.head in LOOSE
        fits = about or (recent[-1] if recent and (bare or not recent[-1].label) else None)
        if fits is not None:
            yield Swap(fits, _instead(fits, target.text, turn))


def _unnegated(text: str, spans: Sequence[Span]) -> Span | None:
    """Return the one of two new values that is not said to be wrong: both are new where the first one was not kept."""
    kept = [span for span in spans if not re.search(r"\b(?:not|of|than)\s+(?:the\s+)?\Z", text[: span.start], re.I)]
    return kept[0] if len(kept) == 1 and len(spans) > 1 else None


def _spoken_of(text: str, ledger: Sequence[Detail]) -> Detail | None:
    """Return the entry whose label a message has somewhere: "about the budget: let's say 400"."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
    named = (each for each in reversed(ledger) if each.label and head(each.label) not in LOOSE)
    return next((each for each in named if head(each.label) in words), None)


def _limit(text: str, span: Span, ledger: Sequence[Detail]) -> Detail | None:
    """Return the budget that "the most we'd pay is 400" says anew."""
    if span.kind != "amount" or not LIMIT.search(text):
        return None
    return next((each for each in reversed(ledger) if each.label and head(each.label) in _BUDGETS), None)


def _day_or_figure(text: str, spans: Sequence[Span], ledger: Sequence[Detail], turn: int) -> Iterator[Swap]:
    """Yield what "the 5th, not the 4th" and "make it 250" do to a date and to an amount."""
    parts = () if JOINS.search(text) else loose(text, spans)
    for part in parts:
        old = _with_part(text, part, ledger, turn)
        if old is not None and (value := amended(old, part)):
            yield Swap(old, _instead(old, value, turn))
            return


def _with_part(text: str, part: Loose, ledger: Sequence[Detail], turn: int) -> Detail | None:
    """Return the date or amount that a day or a figure changes."""
    kinds = {"date"} if part.ordinal else {"amount", "number"}
    fitting = [each for each in ledger if each.kind in kinds and part.fits(each.value)]
    if part.instead:
        return fitting[-1] if fitting and (part.surely or CUE.search(text)) else None
    # "the 7th" without a month goes back to a date that was just told, whatever the words around it
    within = reach(text, part.span) or (RECENT if part.ordinal and "?" not in text else 0)
    recent = [each for each in fitting if within and turn - each.turn <= within]
    return recent[-1] if recent else None


def _label_in(value: str) -> str:
    """Return what a placeholder stands for: a name takes no address's place."""
    found = PLACEHOLDER.fullmatch(value)
    return value.strip("<>").rsplit("_", 1)[0] if found else ""


def _kept(value: str, ledger: Sequence[Detail]) -> Detail | None:
    return next((each for each in reversed(ledger) if _same(each.value, value)), None)


def _labelled(wanted: str, ledger: Sequence[Detail]) -> Detail | None:
    return next((each for each in reversed(ledger) if each.label and head(each.label) == wanted), None)


def _instead(old: Detail, value: str, turn: int) -> Detail:
    return replace(old, text=f"{old.label} {value}".strip(), value=value, turn=turn, was=old.value, about="")


def _same(one: str, other: str) -> bool:
    return one.strip("#").casefold() == other.strip("#").casefold()


__all__ = ["RECENT", "Swap", "by_slot", "names_in", "reworded", "swaps"]
