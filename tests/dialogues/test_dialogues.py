"""Conversations of our own over the whole stack, keyless: what is understood, asked, proposed, done and cited.

Each file has a fresh shop; its conversations run in order, each in a thread of its own. Keys of a turn: ``say``;
``status`` (answered when left out), ``intent`` (a list where either of two says the same), ``has``, ``hasnt``, ``cites`` (the first citation) and ``proposes``; and
of what is understood ``slots`` (of the task in hand: those named must be as given), ``language`` and ``waiting`` (intents
of the requests that wait, the next first). In a file ``understand_*`` or ``cold_*`` every turn has an intent, and what
is left out is no slot, English, and nothing that waits. ``xfail`` names why a turn is not understood yet: then it must
fail, so that who mends it takes the mark away. ``cold_*`` were written from the contracts alone, before their writer read
the code that understands them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from frontdesk import Desk, Principal, Reply, Settings, open_desk
from frontdesk.errors import ThreadError

HERE = Path(__file__).parent
FILES = sorted(path.stem for path in HERE.glob("*.yaml"))
KEYS = {"say", "status", "intent", "has", "hasnt", "cites", "proposes", "slots", "language", "waiting", "xfail"}
STRICT = ("understand_", "cold_")
LEFT_OUT: dict[str, Any] = {"slots": {}, "language": "en", "waiting": []}


def conversations(file: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = YAML(typ="safe").load((HERE / f"{file}.yaml").read_text(encoding="utf-8"))
    return found


def faults(turn: Mapping[str, Any], reply: Reply) -> Iterator[str]:
    """Yield what the reply lacks or has too much."""
    if reply.status != turn.get("status", "answered"):
        yield f"status {reply.status}"
    either = turn.get("intent", reply.intent)
    if reply.intent not in (either if isinstance(either, list) else [either]):
        yield f"intent {reply.intent}"
    text = reply.text.casefold()
    yield from (f"lacks {part!r}" for part in turn.get("has", ()) if str(part).casefold() not in text)
    yield from (f"says {part!r}" for part in turn.get("hasnt", ()) if str(part).casefold() in text)
    cited = [page["id"] for page in reply.citations]
    if "cites" in turn and cited[:1] != [turn["cites"]]:
        yield f"cites {cited}"
    wanted, made = turn.get("proposes"), reply.proposal
    if (wanted is None) != (made is None):
        yield f"proposes {made and made['tool']}"
    elif (
        wanted
        and made
        and (made["tool"] != wanted["tool"] or not made["arguments"].items() >= wanted["arguments"].items())
    ):
        yield f"proposes {made['tool']} with {made['arguments']}"


def misunderstood(turn: Mapping[str, Any], state: Mapping[str, Any], values: Mapping[str, str]) -> Iterator[str]:
    """Yield where slots (with ``values`` back in their places), language or queue are not what they should be."""
    slots = {name: put_back(value, values) for name, value in ((state.get("task") or {}).get("slots") or {}).items()}
    wanted = turn.get("slots")
    if wanted is not None and (not slots.items() >= wanted.items() or bool(wanted) != bool(slots)):
        yield f"slots {slots}"
    language = (state.get("route") or {}).get("language", "")
    if turn.get("language", language) != language:
        yield f"language {language!r}"
    waiting = [task["intent"] for task in state.get("waiting") or ()]
    if turn.get("waiting", waiting) != waiting:
        yield f"waiting {waiting}"


def put_back(value: Any, values: Mapping[str, str]) -> Any:
    for placeholder, original in values.items():
        value = value.replace(placeholder, original) if isinstance(value, str) else value
    return value


async def understood(opened: Any, thread: str) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """Return the thread's state, and its placeholders with their values."""
    try:
        caller = await opened._owned(thread, None)
    except ThreadError:
        return {}, {}  # the customer had it erased
    snapshot = await opened.runner.stateful.aget_state(opened._config(caller))
    return snapshot.values, await opened.deps.vault.load(caller)


def test_there_are_enough_and_every_key_is_known() -> None:
    all_of_them = [conversation for file in FILES for conversation in conversations(file)]
    assert len(all_of_them) >= 40
    assert len({conversation["name"] for conversation in all_of_them}) == len(all_of_them)
    assert {key for conversation in all_of_them for turn in conversation["turns"] for key in turn} <= KEYS


def test_every_tool_and_many_pages_are_used() -> None:
    turns = [turn for file in FILES for conversation in conversations(file) for turn in conversation["turns"]]
    assert len({turn["cites"] for turn in turns if "cites" in turn}) >= 15
    desk = Desk.load("retail")
    confirmed = {name for name, tool in desk.tools.items() if tool.confirm != "never"}
    assert {turn["proposes"]["tool"] for turn in turns if "proposes" in turn} == confirmed


def test_what_is_understood_is_stated_at_every_turn() -> None:
    strict = [each for file in FILES if file.startswith(STRICT) for each in conversations(file)]
    assert len(strict) >= 30
    assert not [turn["say"] for each in strict for turn in each["turns"] if "intent" not in turn]


@pytest.mark.parametrize("file", FILES)
async def test_dialogues(file: str, tmp_path: Path) -> None:
    desk = Desk.load("retail")
    assert desk.config.demo is not None
    customer = Principal(desk.config.demo.subject, desk.config.name, frozenset(desk.config.demo.scopes))
    wrong: list[str] = []
    async with open_desk(desk, Settings(home=tmp_path, redis="memory"), principal=customer) as opened:
        for number, conversation in enumerate(conversations(file)):
            for turn in conversation["turns"]:
                reply = await opened.chat(str(turn["say"]), thread_id=f"{file}-{number}")
                wanted = {**LEFT_OUT, **turn} if file.startswith(STRICT) else turn
                state = await understood(opened, f"{file}-{number}")
                found = [*faults(wanted, reply), *misunderstood(wanted, *state)]
                if "xfail" in turn:
                    found = [] if found else [f"is understood, so take away: {turn['xfail']}"]
                if found:
                    wrong.append(f"{conversation['name']}: {turn['say']!r}: {', '.join(found)}\n    {reply.text}")
    assert not wrong, "\n".join(["", *wrong])
