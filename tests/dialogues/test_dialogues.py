"""Conversations of our own over the whole stack, keyless: what is understood, asked, proposed, done and cited.

Each file has a fresh shop; its conversations run in order, each in a thread of its own. Keys of a turn: ``say``;
``status`` (answered when left out), ``intent``, ``has``, ``hasnt``, ``cites`` (the first citation) and ``proposes``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from frontdesk import Desk, Principal, Reply, Settings, open_desk

HERE = Path(__file__).parent
FILES = sorted(path.stem for path in HERE.glob("*.yaml"))
KEYS = {"say", "status", "intent", "has", "hasnt", "cites", "proposes"}


def conversations(file: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = YAML(typ="safe").load((HERE / f"{file}.yaml").read_text(encoding="utf-8"))
    return found


def faults(turn: Mapping[str, Any], reply: Reply) -> Iterator[str]:
    """Yield what the reply lacks or has too much."""
    if reply.status != turn.get("status", "answered"):
        yield f"status {reply.status}"
    if reply.intent != turn.get("intent", reply.intent):
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


def test_there_are_enough_and_every_key_is_known() -> None:
    all_of_them = [conversation for file in FILES for conversation in conversations(file)]
    assert len(all_of_them) >= 40
    assert len({conversation["name"] for conversation in all_of_them}) == len(all_of_them)
    assert {key for conversation in all_of_them for turn in conversation["turns"] for key in turn} <= KEYS


def test_every_tool_and_many_pages_are_used() -> None:
    turns = [turn for file in FILES for conversation in conversations(file) for turn in conversation["turns"]]
    assert len({turn["cites"] for turn in turns if "cites" in turn}) >= 15
    desk = Desk.load("retail")
    confirmed = {name for name, tool in desk.tools.items() if tool.confirm == "always"}
    assert {turn["proposes"]["tool"] for turn in turns if "proposes" in turn} == confirmed


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
                found = list(faults(turn, reply))
                if found:
                    wrong.append(f"{conversation['name']}: {turn['say']!r}: {', '.join(found)}\n    {reply.text}")
    assert not wrong, "\n".join(["", *wrong])
