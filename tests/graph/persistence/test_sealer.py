from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.errors import SealError
from frontdesk.graph.persistence.sealer import Sealer, key_id

OLD, NEW = b"\x01" * 32, b"\x02" * 32


@given(data=st.binary(max_size=2000), context=st.binary(max_size=60))
def test_what_was_sealed_opens(data: bytes, context: bytes) -> None:
    sealer = Sealer([NEW])
    assert sealer.open(sealer.seal(data, context), context) == data


def test_long_values_are_compressed(sealer: Sealer) -> None:
    assert len(sealer.seal(b"where is my order? " * 500, b"k")) < 1000


def test_nothing_shows(sealer: Sealer) -> None:
    assert b"kettle" not in sealer.seal(b"kettle", b"k")
    assert sealer.seal(b"kettle", b"k") != sealer.seal(b"kettle", b"k")


def test_an_older_key_still_opens_and_the_first_seals() -> None:
    before, after = Sealer([OLD]), Sealer([NEW, OLD])
    assert after.open(before.seal(b"kettle", b"k"), b"k") == b"kettle"
    with pytest.raises(SealError, match="FRONTDESK_KEY"):
        before.open(after.seal(b"kettle", b"k"), b"k")


def test_a_missing_key_is_named_with_the_remedy() -> None:
    blob = Sealer([OLD]).seal(b"kettle", b"k")
    with pytest.raises(SealError, match=rf"{Sealer([OLD]).current}, which is not configured.*FRONTDESK_KEY=new,old"):
        Sealer([NEW]).open(blob, b"k")


def test_ids_are_those_that_values_carry() -> None:
    sealer = Sealer([NEW, OLD])
    assert key_id(sealer.seal(b"", b"k")) == sealer.current == sealer.ids[0]
    assert sealer.ids[1:] == Sealer([OLD]).ids
    assert key_id(b"plain text that nobody has ever sealed") == ""


def test_what_is_derived_differs_by_key_and_purpose() -> None:
    sealer = Sealer([NEW, OLD])
    assert sealer.derived("receipt")[1:] == Sealer([OLD]).derived("receipt")
    assert len({*sealer.derived("receipt"), *sealer.derived("other"), NEW, OLD}) == 6
    with pytest.raises(ValueError, match="taken"):
        sealer.derived("seal")


def test_pseudonyms_outlive_a_rotation() -> None:
    assert Sealer([OLD]).pseudonym("C-1042") == Sealer([NEW, OLD]).pseudonym("C-1042")
    assert Sealer([OLD]).pseudonym("C-1042") != Sealer([NEW]).pseudonym("C-1042")


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda blob: blob[:-1] + bytes([blob[-1] ^ 1]), id="last-bit"),
        pytest.param(lambda blob: (b"\x02" if blob[:1] == b"\x01" else b"\x01") + blob[1:], id="format"),
        pytest.param(lambda blob: blob[:-5], id="cut"),
        pytest.param(lambda blob: blob[:12], id="header-only"),
        pytest.param(lambda blob: b"", id="empty"),
        pytest.param(lambda blob: b'{"text": "plain"}', id="never-sealed"),
    ],
)
def test_an_altered_value_does_not_open(sealer: Sealer, spoil: object) -> None:
    assert callable(spoil)
    with pytest.raises(SealError):
        sealer.open(spoil(sealer.seal(b"kettle", b"k")), b"k")


def test_a_value_moved_elsewhere_does_not_open(sealer: Sealer) -> None:
    with pytest.raises(SealError, match="another place"):
        sealer.open(sealer.seal(b"kettle", b"fd:{a}:vault"), b"fd:{b}:vault")


@pytest.mark.parametrize("keys", [[], [b"short"], [NEW, b"\x00" * 16]], ids=["none", "short", "one-short"])
def test_only_keys_of_32_bytes(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(keys)
