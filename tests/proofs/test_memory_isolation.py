"""No customer is given another's memories, however alike their names are (in full: `python -m frontdesk.evals.isolation`)."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable

import pytest
from redis.asyncio import Redis

from frontdesk.desk.config import Purpose
from frontdesk.evals.isolation import lookalikes, measured
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.life.consent_memory import MemoryConsents
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import subject_mark
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.nodes.recall.longterm import LongMemory
from frontdesk.nodes.recall.memory import MemoryArchive, MemoryShelf
from frontdesk.nodes.recall.shelf import Held

OPT_OUT = {"memory": Purpose(default="granted")}
CUSTOMERS, QUERIES = 300, 900


@pytest.fixture(params=["memory", "redis"])
def archive(request: pytest.FixtureRequest) -> LongMemory:
    """Each form in turn, empty."""
    if request.param == "memory":
        return MemoryArchive(MemoryConsents(OPT_OUT))
    client: Redis = request.getfixturevalue("redis_client")
    sealer = Sealer.generate()
    return RedisArchive(client, sealer, 3600, RedisConsents(client, sealer, OPT_OUT, 7200))


async def test_nobody_is_given_anothers_memories(archive: LongMemory) -> None:
    seen = await measured(archive, CUSTOMERS, QUERIES, seed=6)
    assert (seen.customers, seen.foreign, seen.held) == (CUSTOMERS, 0, CUSTOMERS)
    assert seen.own == 1.0
    assert seen.returned == 3 * QUERIES


@pytest.mark.parametrize(
    ("what", "fold"),
    [
        ("case", lambda who: (who.tenant, who.subject.casefold())),
        ("blanks", lambda who: (who.tenant, who.subject.strip())),
        ("normal form", lambda who: (who.tenant, unicodedata.normalize("NFKC", who.subject))),
        ("put together", lambda who: who.tenant + who.subject),
        ("one tenant", lambda who: who.subject),
        ("cut at a brace", lambda who: (who.tenant, who.subject.partition("}")[0])),
    ],
)
async def test_the_measure_sees_a_mix_up(what: str, fold: Callable[[Principal], Hashable]) -> None:
    archive = MemoryArchive(MemoryConsents(OPT_OUT))
    assert isinstance(archive.shelf, MemoryShelf)
    archive.shelf = Mixing(archive.shelf, fold)
    seen = await measured(archive, CUSTOMERS, QUERIES, seed=6)
    assert seen.foreign > 0, what


class Mixing(MemoryShelf):
    """Reads what is kept of whoever is the same by ``fold``."""

    def __init__(self, inner: MemoryShelf, fold: Callable[[Principal], Hashable]) -> None:
        self.__dict__.update(vars(inner))
        self._fold, self._same = fold, defaultdict[Hashable, list[Principal]](list)
        for who in lookalikes(CUSTOMERS):
            self._same[fold(who)].append(who)

    async def read(self, principal: Principal) -> Held:
        held = await super().read(principal)
        others = [await super(Mixing, self).read(who) for who in self._same[self._fold(principal)]]
        return Held(
            held.basis,
            {field: item for other in others for field, item in other.items.items()},
            [line for other in others for line in other.episodes],
            held.allowed | {"memory"},
            held.dropped,
            held.seen,
        )


def test_the_names_are_as_alike_as_they_should_be() -> None:
    people = lookalikes(1000)
    assert len(set(people)) == 1000
    folded = {unicodedata.normalize("NFKC", who.subject).casefold().strip() for who in people}
    assert len(folded) < 700
    joined = {who.tenant + who.subject for who in people}
    assert len(joined) < 990
    assert {mark for who in people for mark in '*?[{:/,|"' if mark in who.subject} == set('*?[{:/,|"')


def test_every_customer_has_a_mark_of_their_own() -> None:
    sealer = Sealer.generate()
    people = lookalikes(1000)
    assert len({subject_mark(sealer, who) for who in people}) == len(people)
