"""Values over several turns through the whole graph on Redis: what is left of them when the last part is known."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.scrub.build import build_scrubber
from frontdesk.nodes.scrub.masked import masked_index
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply as Said
from tests.support.small import DEMO, assembled, settings_for, small_desk

pytestmark = pytest.mark.asyncio(loop_scope="module")

TALKS = {
    "card in four": ("it starts with 4929", "then 3813", "3266", "4295"),
    "card in odd pieces": ("I will give you the number, 4929 3", "the rest is 813 3266 4295"),
    "card echoed": ("here: 49293", "and then 8133266", "4295"),
    "iban": ("it is DE89 3", "704 0044 0532", "0130 00"),
    "phone": ("you can call 0171", "234", "5678"),
    "social security": ("well, 460", "then 89", "then 9847"),
    "email": ("mine is anna.berg", "@mail.com"),
    "email in words": ("mail anna.berg at", "posteo dot de"),
    "orders": ("Where is my order 10482?", "and 10483", "10484"),
}
"""Thread to the customer's messages; the first question of each is not a value."""
WHOLE = {
    "card in four": "4929381332664295", "card in odd pieces": "4929381332664295", "card echoed": "4929381332664295",
    "iban": "89370400440532013000", "phone": "01712345678", "social security": "460899847",
    "email": "anna.berg@mail.com", "email in words": "anna.berg",
}  # fmt: skip
QUESTION = "Is a broken switch covered by the warranty?"
"""Asked after the last part, so that a model is shown the conversation."""
TELLING = 6
"""Digits of a value that nothing may hold."""


@dataclass
class Left:
    """What a conversation left."""

    state: dict[str, Any]
    stored: str
    """Everything of the state but the placeholders, as one text."""
    requests: list[str] = field(default_factory=list)
    """What the provider was sent from the last part on."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def left(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Left]]:
    """Hold all conversations; the provider repeats the customer's words, as models do."""
    home: Path = tmp_path_factory.mktemp("turns")
    found: dict[str, Left] = {}
    async with OpenAIServer() as server:
        settings = settings_for(home, model="openai:test", base_url=server.url)
        async with assembled(small_desk(), settings, sealer=Sealer([b"k" * 32]), scrubber=build_scrubber()) as desk:
            before = 0
            for thread, talk in TALKS.items():
                for text in [*talk, *[QUESTION] * (thread in WHOLE)]:
                    server.script.clear()
                    server.script.extend([Said(f"You said: {text}. Is that right?")] * 3)
                    before = len(server.requests) if text != QUESTION else before
                    await desk.chat(text, thread_id=thread)
                identifier = await desk.stores.threads.resolve(DEMO, thread)
                config: Any = {"configurable": {"thread_id": identifier}}
                values: dict[str, Any] = (await desk.runner.stateful.aget_state(config)).values
                kept = [message.model_dump_json() for message in values["messages"]]
                kept += [values.get("summary", ""), *values.get("details", [])]
                requests = [repr(request.body) for request in server.requests[before:]]
                found[thread] = Left(values, _plain("\n".join(kept)), requests)
    yield found


def _plain(text: str) -> str:
    return re.sub(r"<[A-Z_]+_\d+>", "#", text)


def runs(text: str) -> list[str]:
    """Digits that stand together, whatever a number is written with between them."""
    return [re.sub(r"\D", "", run) for run in re.findall(r"\d(?:[\d .,/-]*\d)?", text)]


def parts_of(value: str, text: str) -> set[str]:
    """Stretches of six digits of a value that a text shows, or the value where it is no number."""
    if not value.isdigit():
        return {value} & {word.strip("\"'\\,.") for word in re.split(r"[\s:]+", text)} | (
            {value} if value in text else set()
        )
    stretches = {value[at : at + TELLING] for at in range(len(value) - TELLING + 1)}
    return {stretch for stretch in stretches for run in runs(text) if stretch in run}


@pytest.mark.parametrize("thread", WHOLE)
async def test_the_state_holds_no_part_of_the_value(left: dict[str, Left], thread: str) -> None:
    assert parts_of(WHOLE[thread], left[thread].stored) == set()


@pytest.mark.parametrize("thread", WHOLE)
async def test_earlier_parts_are_masked_in_place(left: dict[str, Left], thread: str) -> None:
    spoken = [message for message in left[thread].state["messages"] if message.type == "human"]
    said = [message.content for message in spoken if message.content != QUESTION]
    assert len(said) == len(TALKS[thread])
    assert all(re.search(r"<[A-Z_]+_\d+>", text) for text in said), said


@pytest.mark.parametrize("thread", WHOLE)
async def test_no_request_of_the_last_turn_holds_a_part(left: dict[str, Left], thread: str) -> None:
    # Requests of earlier turns did hold the first part: it was not known then to be one.
    # Three answers that are no order number bring a person, and then no model reads the talk at all.
    assert left[thread].requests or left[thread].state.get("ticket")
    assert parts_of(WHOLE[thread], _plain("\n".join(left[thread].requests))) == set()


async def test_the_search_finds_a_part_where_there_is_one() -> None:
    assert parts_of("4929381332664295", '"text": "4929 38, 7 lamps"') == {"492938"}
    assert parts_of("anna.berg@mail.com", "mail: anna.berg@mail.com.") == {"anna.berg@mail.com"}
    assert parts_of("4929381332664295", "4929 lamps, 38 chairs") == set()


@pytest.mark.parametrize("thread", TALKS)
async def test_the_index_knows_the_messages_as_they_stand(left: dict[str, Left], thread: str) -> None:
    state = left[thread].state
    assert state["masked"] == masked_index(state["messages"])


async def test_orders_over_turns_stay(left: dict[str, Left]) -> None:
    spoken = [message.content for message in left["orders"].state["messages"] if message.type == "human"]
    assert spoken == list(TALKS["orders"])
