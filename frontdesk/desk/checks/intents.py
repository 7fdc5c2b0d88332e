"""Intents: unique, telling apart, and naming only what exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from frontdesk.desk.config import Intent
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.names import choose, shown
from frontdesk.errors import Fault
from frontdesk.prompts.book import shipped_prompts


def intent_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong between the intents, and between them and tools, pages and prompts."""
    yield from _repeats(draft.intents)
    prompts = draft.names["prompt"] | shipped_prompts().keys()
    for entry in draft.intents:
        intent = entry.record
        yield from _unknown(entry, "tools", intent.tools, draft.names["tool"])
        yield from _unknown(entry, "pages", intent.pages, draft.names["page"])
        yield from _cacheable(entry)
        if intent.prompt is not None and intent.prompt not in prompts:
            yield entry.fault(("prompt",), f"unknown prompt `{intent.prompt}`", choose(intent.prompt, sorted(prompts)))


def _cacheable(entry: Entry[Intent]) -> Iterator[Fault]:
    """Yield why answers to an intent must not be given again although it says so."""
    intent = entry.record
    if intent.cacheable and intent.tools:
        remedy = "remove `cacheable`, or the tools: what a tool says is one customer's own"
        yield entry.fault(("cacheable",), "answers are given again although the intent has tools", remedy)
    if intent.cacheable and intent.handoff:
        remedy = "remove one of the two"
        yield entry.fault(("cacheable",), "answers are given again although a person answers", remedy)
    if intent.cacheable and not (intent.tools or intent.handoff or intent.pages):
        remedy = "name the pages that answer it: only what cites a page is kept"
        yield entry.fault(("cacheable",), "answers are given again although no page is named", remedy)


def _unknown(entry: Entry[Intent], key: str, given: list[str], known: set[str]) -> Iterator[Fault]:
    kind = key.removesuffix("s")
    for index, name in enumerate(given):
        if name not in known:
            yield entry.fault((key, index), f"unknown {kind} `{name}`", choose(name, sorted(known)))
        elif name in given[:index]:
            yield entry.fault((key, index), f"the {kind} `{name}` stands twice", "keep one of the two")


def _repeats(entries: Iterable[Entry[Intent]]) -> Iterator[Fault]:
    names: dict[str, int] = {}
    titles: dict[str, Entry[Intent]] = {}
    utterances: dict[str, str] = {}
    for entry in entries:
        intent = entry.record
        if intent.name in names:
            problem = f"the intent `{intent.name}` is defined twice (first in line {names[intent.name]})"
            yield entry.fault(("name",), problem, "give one of them another name, or merge the two")
        names.setdefault(intent.name, entry.document.line(*entry.place, "name"))
        other = titles.setdefault(_plain(intent.title), entry)
        if other is not entry:
            problem = f"the title is also that of `{other.record.name}`"
            yield entry.fault(("title",), problem, "a clarifying question must be able to tell them apart: reword one")
        yield from _utterances(entry, utterances)


def _utterances(entry: Entry[Intent], seen: dict[str, str]) -> Iterator[Fault]:
    for index, utterance in enumerate(entry.record.utterances):
        plain = _plain(utterance)
        place = ("utterances", index)
        if not plain:
            yield entry.fault(place, "the utterance has no words", "write what a customer would say, or remove it")
        elif plain in seen:
            problem = f"the utterance `{shown(utterance)}` also stands under `{seen[plain]}`"
            yield entry.fault(place, problem, "each utterance belongs to one intent, once: remove or reword it")
        else:
            seen[plain] = entry.record.name


def _plain(text: str) -> str:
    """Fold case, spaces and punctuation: what the router could not tell apart."""
    return " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())
