"""Data keys: wrapped, bound to their place, held for a while."""

from __future__ import annotations

import pytest

from frontdesk.errors import KeyServiceError, SealError
from frontdesk.graph.persistence.datakeys import DataKeys, under_data_key
from frontdesk.graph.persistence.keyservice import MARK, GuardedService
from frontdesk.graph.persistence.sealer import Sealer
from tests.graph.persistence.conftest import Clock
from tests.support.keyservices import PlainService

HERE, THERE = b"fd:{a}:vault/@retail", b"fd:{b}:vault/@retail"


async def test_what_is_sealed_opens_with_the_unwrapped_key(sealer: Sealer) -> None:
    made = await DataKeys(sealer).make(HERE)
    blob = made.seal(b"kettle", b"k")
    assert under_data_key(blob)
    assert b"kettle" not in blob
    again = await DataKeys(sealer).unwrap(made.wrapped, HERE)
    assert again.open(blob, b"k") == b"kettle"


@pytest.mark.parametrize(
    ("case", "blob", "context"),
    [
        ("another place", lambda blob: blob, b"other"),
        ("altered", lambda blob: blob[:-1] + bytes([blob[-1] ^ 1]), b"k"),
        ("another form", lambda blob: b"\x01" + blob[1:], b"k"),
        ("cut", lambda blob: blob[:9], b"k"),
        ("empty", lambda blob: b"", b"k"),
    ],
)
async def test_a_value_opens_as_it_was_sealed_only(sealer: Sealer, case: str, blob: object, context: bytes) -> None:
    made = await DataKeys(sealer).make(HERE)
    assert callable(blob)
    with pytest.raises(SealError):
        made.open(blob(made.seal(b"kettle", b"k")), context)


async def test_a_wrapped_key_opens_in_its_own_place_only(sealer: Sealer) -> None:
    made = await DataKeys(sealer).make(HERE)
    with pytest.raises(SealError, match="another place"):
        await DataKeys(sealer).unwrap(made.wrapped, THERE)


async def test_a_key_of_a_key_that_is_gone_names_it(sealer: Sealer) -> None:
    made = await DataKeys(sealer).make(HERE)
    with pytest.raises(SealError, match=sealer.current):
        await DataKeys(Sealer([b"\x09" * 32])).unwrap(made.wrapped, HERE)


async def test_keys_are_held_for_a_while(sealer: Sealer, clock: Clock) -> None:
    service = PlainService()
    keys = DataKeys(Sealer([b"\x07" * 32], service=GuardedService(service)), limit=2, seconds=60, clock=clock)
    made = await keys.make(HERE)
    calls = len(service.calls)
    assert await keys.unwrap(made.wrapped, HERE) is made
    assert len(service.calls) == calls
    clock.now += 61
    assert keys.held(HERE) is None
    await keys.unwrap(made.wrapped, HERE)
    assert len(service.calls) == calls + 1
    for place in (b"1", b"2", b"3"):
        await keys.make(place)
    assert len(keys) == 2
    assert keys.held(b"1") is None
    keys.forget(b"3")
    assert len(keys) == 1


async def test_another_wrapping_of_the_place_is_unwrapped(sealer: Sealer) -> None:
    keys = DataKeys(sealer)
    first = await keys.make(HERE)
    second = await DataKeys(sealer).make(HERE)
    assert (await keys.unwrap(second.wrapped, HERE)).wrapped == second.wrapped
    assert first.wrapped != second.wrapped


async def test_from_the_environment_to_a_key_service_and_not_back(sealer: Sealer) -> None:
    made = await DataKeys(sealer).make(HERE)
    served = DataKeys(Sealer([b"\x07" * 32], service=GuardedService(PlainService())))
    assert served.outdated(made.wrapped)
    wrapped = await served.rewrap(made.wrapped, HERE)
    assert wrapped[:1] == MARK
    assert not served.outdated(wrapped)
    assert (await served.unwrap(wrapped, HERE)).open(made.seal(b"kettle", b"k"), b"k") == b"kettle"
    with pytest.raises(KeyServiceError, match="FRONTDESK_KMS"):
        await DataKeys(sealer).unwrap(wrapped, HERE)
