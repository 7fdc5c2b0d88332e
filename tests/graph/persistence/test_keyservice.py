"""A key service that misbehaves: a clear error that says nothing secret, and nothing that could be lost."""

from __future__ import annotations

import re

import pytest

from frontdesk.errors import KeyServiceError, SettingsError
from frontdesk.graph.persistence.keyservice import MARK, GuardedService, load_key_service
from tests.support.keyservices import PlainService

KEY = b"\x05" * 32


async def test_a_key_comes_back() -> None:
    guarded = GuardedService(PlainService())
    wrapped = await guarded.wrap(KEY, b"place")
    assert wrapped[:1] == MARK
    assert KEY not in wrapped
    assert await guarded.unwrap(wrapped, b"place") == KEY
    with pytest.raises(KeyServiceError, match="InvalidTag"):
        await guarded.unwrap(wrapped, b"elsewhere")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("refused", "`wrap` failed (ConnectionRefusedError)"),
        ("silent", "no answer to `wrap` within 0.05 s"),
        ("nothing", "does not give the key back"),
        ("short", "does not give the key back"),
        ("other", "does not give the key back"),
        ("text", "its answer to `unwrap` is not bytes"),
    ],
)
async def test_a_key_that_could_not_be_had_again_is_not_used(fault: str, words: str) -> None:
    with pytest.raises(KeyServiceError, match=re.escape(words)) as caught:
        await GuardedService(PlainService(fault), seconds=0.05).wrap(KEY, b"place")
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("refused", "`unwrap` failed (ConnectionRefusedError)"),
        ("silent", "no answer to `unwrap`"),
        ("short", "not a key of 32 bytes"),
        ("text", "is not bytes"),
    ],
)
async def test_unwrapping_fails_closed_and_works_again(fault: str, words: str) -> None:
    service = PlainService()
    guarded = GuardedService(service, seconds=0.05)
    wrapped = await guarded.wrap(KEY, b"place")
    service.fault = fault
    with pytest.raises(KeyServiceError, match=re.escape(words)):
        await guarded.unwrap(wrapped, b"place")
    service.fault = ""
    assert await guarded.unwrap(wrapped, b"place") == KEY


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("nothing", "write `module:factory`"),
        ("no.such.module:factory", "`no.such.module` cannot be imported"),
        ("tests.support.keyservices:Absent", "has no `Absent`"),
        ("builtins:dict", "lacks `wrap` or `unwrap`"),
        ("builtins:iter", "`builtins:iter` failed (TypeError)"),
    ],
)
def test_a_faulty_setting_is_told(spec: str, words: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(words)):
        load_key_service(spec)


def test_a_service_is_made() -> None:
    assert isinstance(load_key_service("tests.support.keyservices:PlainService").service, PlainService)
