"""Customers who come back: conversations of several visits over the whole stack, keyless, with a real Redis.

Each conversation of ``visits/*.yaml`` has a shop and a store of its own; each visit is a thread of its own, of the demo
customer unless ``who`` says ``other`` or ``anonymous``. What is learnt after a turn is learnt before the next: people
type slower. ``expired`` names pages whose time is over. Keys of a turn:

``say``; ``status`` (left out: answered, or a question back), ``not_status``; ``has`` (all of), ``any`` (one of), ``hasnt``;
``cites``, ``title``, ``link`` (of the first citation), ``uncites`` (a page), ``uncited`` (no page at all); ``proposes``;
``words`` (at most), ``lines`` (so many numbered entries). ``xfail`` says why a turn is not right yet: then it must fail,
so that who mends it takes the mark away. Words and expectations were written from the contracts alone, before their
writer read the code; four expectations were put right afterwards where they mistook a contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from ruamel.yaml import YAML

from frontdesk import Desk, FrontDesk, Principal, Reply, open_desk
from frontdesk.graph.later import Background
from tests.support.small import settings_for

HERE = Path(__file__).parent / "visits"
KEYS = {
    "say",
    "status",
    "not_status",
    "has",
    "any",
    "hasnt",
    "cites",
    "title",
    "link",
    "uncites",
    "uncited",
    "proposes",
}
KEYS |= {"words", "lines", "xfail"}
UNSTATED = ("answered", "clarify")
NUMBERED = re.compile(r"(?:^|\s)\d{1,2}[.)] (?=\D)")
OTHER = "C-1043"


def conversations() -> list[dict[str, Any]]:
    yaml = YAML(typ="safe")
    return [each for path in sorted(HERE.glob("*.yaml")) for each in yaml.load(path.read_text(encoding="utf-8"))]


def turns(conversation: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for visit in conversation["visits"]:
        yield from visit["turns"]


def faults(turn: Mapping[str, Any], reply: Reply) -> Iterator[str]:
    """Yield what is wrong with a reply."""
    allowed = (turn["status"],) if "status" in turn else UNSTATED
    if ("not_status" not in turn and reply.status not in allowed) or reply.status == turn.get("not_status"):
        yield f"status {reply.status}"
    text = reply.text.casefold()
    yield from (f"lacks {part!r}" for part in turn.get("has", ()) if part.casefold() not in text)
    yield from (f"says {part!r}" for part in turn.get("hasnt", ()) if part.casefold() in text)
    if "any" in turn and not any(part.casefold() in text for part in turn["any"]):
        yield f"lacks any of {turn['any']}"
    if len(text.split()) > turn.get("words", 1000):
        yield f"{len(text.split())} words"
    listed = len(NUMBERED.findall(reply.text))
    if listed != turn.get("lines", listed):
        yield f"{listed} entries"
    yield from (*miscited(turn, reply), *misproposed(turn, reply))


def miscited(turn: Mapping[str, Any], reply: Reply) -> Iterator[str]:
    cited = [page["id"] for page in reply.citations]
    first: Mapping[str, str] = reply.citations[0] if reply.citations else {}
    if turn.get("cites", first.get("id")) != first.get("id") or turn.get("uncites") in cited:
        yield f"cites {cited}"
    if turn.get("uncited") and cited:
        yield f"cites {cited}"
    for key, part in (("title", "title"), ("link", "url")):
        if key in turn and turn[key].casefold() not in first.get(part, "").casefold():
            yield f"{key} {first.get(part)!r}"


def misproposed(turn: Mapping[str, Any], reply: Reply) -> Iterator[str]:
    wanted, made = turn.get("proposes"), reply.proposal
    if (wanted is None) != (made is None):
        yield f"proposes {made and made['tool']}"
    elif (
        wanted
        and made
        and not (made["tool"] == wanted["tool"] and made["arguments"].items() >= wanted["arguments"].items())
    ):
        yield f"proposes {made['tool']} with {made['arguments']}"


def the_desk(conversation: Mapping[str, Any]) -> Desk:
    """The retail desk, some of its pages past their time."""
    desk = Desk.load("retail")
    over = {
        name: page.model_copy(update={"valid_to": date(2025, 12, 31)})
        for name, page in desk.pages.items()
        if name in conversation.get("expired", ())
    }
    return replace(desk, pages={**desk.pages, **over})


def caller(desk: Desk, who: str) -> Principal:
    assert desk.config.demo is not None
    demo = Principal(desk.config.demo.subject, desk.config.name, frozenset(desk.config.demo.scopes))
    callers = {"demo": demo, "other": replace(demo, subject=OTHER), "anonymous": Principal(tenant=desk.config.name)}
    return callers[who]


async def visited(opened: FrontDesk, desk: Desk, conversation: Mapping[str, Any]) -> list[str]:
    """Hold a conversation; returns what was wrong, turn by turn."""
    wrong = []
    assert isinstance(opened.deps.later, Background)
    for number, visit in enumerate(conversation["visits"]):
        who = caller(desk, visit.get("who", "demo"))
        for turn in visit["turns"]:
            reply = await opened.chat(turn["say"], thread_id=f"visit-{number}", principal=who)
            await opened.deps.later.drain()
            found = list(faults(turn, reply))
            if "xfail" in turn:
                found = [] if found else [f"is right, so take away: {turn['xfail']}"]
            if found:
                wrong.append(f"{turn['say']!r}: {', '.join(found)}\n    [{reply.intent}] {reply.text}")
    return wrong


def test_there_are_enough_and_every_key_is_known() -> None:
    assert len(conversations()) >= 40
    assert len({conversation["name"] for conversation in conversations()}) == len(conversations())
    assert {key for conversation in conversations() for turn in turns(conversation) for key in turn} <= KEYS
    assert sum(len(conversation["visits"]) > 1 for conversation in conversations()) >= 20
    assert sum(len(list(turns(conversation))) >= 20 for conversation in conversations()) >= 5


def test_pages_that_are_said_to_be_over_exist() -> None:
    over = {page for conversation in conversations() for page in conversation.get("expired", ())}
    assert over <= set(Desk.load("retail").pages)


@pytest.mark.parametrize("conversation", conversations(), ids=lambda conversation: conversation["name"])
async def test_visits(conversation: Mapping[str, Any], tmp_path: Path, redis_url: str, redis_client: Redis) -> None:
    desk = the_desk(conversation)
    async with open_desk(desk, settings_for(tmp_path, redis_url)) as opened:
        wrong = await visited(opened, desk, conversation)
    assert not wrong, "\n".join(["", *wrong])
