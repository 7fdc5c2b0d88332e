"""Facts that change and contradict: what is held after several messages, over several conversations."""

from __future__ import annotations

from itertools import pairwise

import pytest

from frontdesk.desk.keeping import Purpose
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.life.consent_memory import MemoryConsents
from frontdesk.nodes.recall.memory import MemoryArchive
from frontdesk.nodes.remember.learning.notes import notes_of

ANNA = Principal("C-1", "shop")
TOWNS = ("York", "Leeds", "Bath", "Cork", "Derby")
SEQUENCES: list[tuple[str, tuple[str, ...], str, str]] = [
    # key, messages in order (each in a conversation of its own), what is held at the end; empty: nothing
    *(("address.town", (f"I live in {a}", f"I moved to {b}"), f"lives in {b}", "") for a, b in pairwise(TOWNS)),
    *(("address.town", (f"I live in {a}", f"I don't live in {a} any more, I live in {b}"), f"lives in {b}", "") for a, b in pairwise(TOWNS)),
    *(("address.town", (f"I live in {a}", f"We've moved to {b}", f"I moved back to {a}"), f"lives in {a}", "") for a, b in pairwise(TOWNS)),
    *(("address.town", (f"I live in {a}", f"if I moved to {b}, what then?"), f"lives in {a}", "") for a, b in pairwise(TOWNS)),
    *(("address.town", (f"I live in {a}", f"my brother lives in {b}"), f"lives in {a}", "") for a, b in pairwise(TOWNS)),
    ("address.town", ("I live in York", "I moved to <ADDRESS_1>"), "", ""),
    ("address.town", ("I live in York", "not York any more, I live in Leeds"), "lives in Leeds", ""),
    ("address.town", ("I live in York", "that's wrong, I live in Leeds now"), "lives in Leeds", ""),
    ("address.town", ("I live in York", "I no longer live in York"), "", ""),
    ("address.town", ("Ich wohne in Berlin", "Wir sind nach Hamburg gezogen"), "lives in Hamburg", ""),
    ("address.town", ("J'habite à Lyon", "I live in York"), "lives in York", ""),
    ("address.town", ("Vivo en Madrid", "Me he mudado a Sevilla"), "lives in Sevilla", ""),
    ("address.town", ("Abito a Torino", "Mi sono trasferita a Milano"), "lives in Milano", ""),
    ("address.town", ("Ik woon in Utrecht", "Ik ben naar Leiden verhuisd"), "lives in Leiden", ""),
    ("diet", ("I'm vegetarian", "I'm no longer vegetarian"), "", ""),
    ("diet", ("I'm vegetarian", "I'm vegan now"), "is vegan", ""),
    ("diet", ("I'm vegetarian", "I'm no longer vegetarian, I'm vegan"), "is vegan", ""),
    ("diet", ("I'm vegan", "I'm not vegan any more"), "", ""),
    ("diet", ("I'm vegan", "we eat meat again"), "eats meat", ""),
    ("diet", ("I'm vegan", "I stopped being vegan"), "", ""),
    ("diet", ("I'm vegan", "my neighbour is no longer vegan"), "is vegan", "third person"),
    ("diet", ("I'm vegan", "am I no longer vegan?"), "is vegan", ""),
    ("diet", ("Ich bin Vegetarier", "Ich bin nicht mehr Vegetarier"), "", ""),
    ("diet", ("Je suis végétarienne", "Je ne suis plus végétarienne"), "", ""),
    ("diet", ("Soy vegetariana", "Ya no soy vegetariana"), "", ""),
    ("diet", ("Sono vegetariano", "Non sono più vegetariano"), "", ""),
    ("diet", ("Sou vegetariana", "Já não sou vegetariana"), "", ""),
    ("pets.cat", ("I have two cats", "we now have three cats"), "has 3 cats", ""),
    ("pets.cat", ("I have a cat", "I don't have the cat any more"), "", ""),
    ("pets.cat", ("I have a cat", "my cat died"), "", ""),
    ("pets.cat", ("I have a cat", "we no longer have cats"), "", ""),
    ("pets.cat", ("I have a cat", "I have a dog"), "has 1 cat", ""),
    ("pets.dog", ("I have a cat", "I have a dog"), "has 1 dog", ""),
    ("pets.cat", ("I have a cat", "I don't have a dog"), "has 1 cat", ""),
    ("pets.cat", ("Wir haben zwei Katzen", "We have three cats"), "has 3 cats", ""),
    ("pets.cat", ("Nous avons deux chats", "Je n'ai plus de chats"), "", ""),
    ("household.children", ("we have two children", "we now have three children"), "has 3 children", ""),
    ("household.children", ("I have one son", "I've got two kids now"), "has 2 children", ""),
    ("size.shoe", ("my shoe size is 42", "my shoe size is 43"), "has shoe size 43", ""),
    ("size.shoe", ("my shoe size is 42", "my shoe size is 43, not 42"), "has shoe size 43", ""),
    ("size.shoe", ("my shoe size is 42", "my son's shoe size is 31"), "has shoe size 42", ""),
    ("contact.channel", ("I prefer email", "I now prefer phone"), "prefers phone", ""),
    ("contact.channel", ("I prefer email", "Please contact me by WhatsApp from now on"), "prefers WhatsApp", ""),
    ("contact.channel", ("I prefer email", "would you prefer phone?"), "prefers email", ""),
    ("reply.length", ("please keep it short", "I'd like detailed answers"), "likes detailed answers", ""),
    ("delivery.place", ("always leave it with the neighbour", "Please leave it in the garage"), "leave deliveries: garage", ""),
    ("delivery.place", ("always leave it with the neighbour", "never leave it with the neighbour"), "never leave deliveries: neighbour", ""),
    ("work.hours", ("I work nights", "I now work days"), "works days", ""),
    ("work.hours", ("I work nights", "I no longer work nights"), "", ""),
    ("work.status", ("I'm a student", "I'm not a student any more"), "", ""),
    ("work.status", ("I'm a student", "I'm a teacher now"), "is teacher", ""),
    ("vehicle.car", ("I have a car", "I no longer have a car"), "has no car", ""),
    ("home.lift", ("there is no lift", "we have a lift now"), "has a lift at home", ""),
    ("taste.wood", ("I love oak", "I prefer walnut"), "likes walnut", ""),
]  # fmt: skip


def archive() -> MemoryArchive:
    return MemoryArchive(MemoryConsents({"memory": Purpose(default="granted")}))


def test_there_are_enough() -> None:
    assert len(SEQUENCES) >= 60


@pytest.mark.parametrize(
    ("about", "said", "holds", "_why"), SEQUENCES, ids=[" / ".join(said) for _, said, _, _ in SEQUENCES]
)
async def test_the_newest_holds_and_nothing_beside_it(about: str, said: tuple[str, ...], holds: str, _why: str) -> None:
    kept = archive()
    for thread, text in enumerate(said):
        await kept.learn(ANNA, f"{thread:032x}", 1, notes_of(text))
    now = [memory["text"] for memory in await kept.held(ANNA) if memory["about"] == about and not memory.get("ended")]
    assert now == ([holds] if holds else [])


async def test_what_held_before_is_history_only() -> None:
    kept = archive()
    for thread, text in enumerate(("I live in York", "I moved to Leeds")):
        await kept.learn(ANNA, f"{thread:032x}", 1, notes_of(text))
    ended = [memory["text"] for memory in await kept.held(ANNA) if memory.get("ended")]
    assert ended == ["lives in York"]
    found = await kept.search(ANNA, "where do I live? in York or Leeds", limit=5)
    assert [memory["text"] for memory in found] == ["lives in Leeds"]
