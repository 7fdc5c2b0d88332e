"""Receipts: genuine, altered, of another key, or nothing of the kind."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.errors import ForeignReceiptError, MalformedReceiptError, ReceiptError, TamperedReceiptError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.issue import issue
from frontdesk.graph.persistence.erasure.queue import new_request
from frontdesk.graph.persistence.erasure.receipt import (
    PURPOSE,
    Receipt,
    canonical,
    public_keys,
    read_public_key,
    verify,
)
from frontdesk.graph.persistence.sealer import Sealer

OLD, NEW = b"\x01" * 32, b"\x02" * 32
ANNA = Principal("C-1042", "retail")


def made(*keys: bytes, **changes: object) -> Receipt:
    sealer = Sealer(keys or (OLD,))
    request = new_request(ANNA, None, 0.0)
    receipt = issue(sealer, request, 20, 1_800_000_000.0, {"vault": 3}, {"vault": 0}, 77)
    return receipt.model_copy(update=changes)


PUBLICS = public_keys(Sealer([NEW, OLD]).derived(PURPOSE))


def test_a_receipt_verifies_and_tells_nothing_personal() -> None:
    receipt = made()
    assert verify(receipt.text(), PUBLICS) == receipt
    assert receipt.at == "2027-01-15T08:00:00+00:00"
    assert (receipt.outcome, receipt.threads, receipt.scanned) == ("erased", 20, 77)
    assert "C-1042" not in receipt.text()


def test_what_is_signed_is_canonical_json() -> None:
    receipt = made(tenant="Größe")
    data = canonical(receipt)
    fields = json.loads(data)
    assert "signature" not in fields
    assert list(fields) == sorted(fields)
    assert b": " not in data
    assert b", " not in data
    assert "Größe".encode() in data
    genuine = made()
    public = Ed25519PublicKey.from_public_bytes(PUBLICS[1])
    public.verify(base64.b64decode(genuine.signature), canonical(genuine))


def test_a_receipt_of_before_a_rotation_verifies_with_the_old_key_listed() -> None:
    assert verify(made(NEW, OLD).text(), PUBLICS).key == made(NEW).key
    assert verify(made(OLD).text(), PUBLICS).key != made(NEW).key


ALTERED = [
    ("outcome", "incomplete"), ("tenant", "bank"), ("subject", "0" * 32), ("threads", 21), ("scanned", 78),
    ("removed", {"vault": 4}), ("remaining", {"vault": 0, "inbox": 0}), ("at", "2027-01-15T08:00:01+00:00"),
    ("read", "all"), ("version", "9"), ("id", "R-0000-0000-0000-0000"), ("signature", base64.b64encode(bytes(64)).decode()),
    ("signature", "not base64"), ("signature", ""),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), ALTERED)
def test_an_altered_receipt_is_told(field: str, value: object) -> None:
    with pytest.raises(TamperedReceiptError, match="altered"):
        verify(made(**{field: value}).text(), PUBLICS)


def test_another_keys_receipt_is_told() -> None:
    with pytest.raises(ForeignReceiptError, match="another key"):
        verify(made(b"\x09" * 32).text(), PUBLICS)
    with pytest.raises(ForeignReceiptError):
        verify(made(key="0" * 64).text(), PUBLICS)
    with pytest.raises(ForeignReceiptError):
        verify(made().text(), ())


MALFORMED = [
    ("empty", ""),
    ("not JSON", "receipt"),
    ("not an object", "[]"),
    ("another object", '{"id": 1}'),
    ("not text", b"\xff\xfe\x00"),
    ("a field too many", made().text().replace("{", '{"note": "x",', 1)),
    ("a field twice", made().text().replace("{", '{"threads": 20,', 1)),
    ("a number as text", made().text().replace("20,", '"20",')),
    ("a fraction", made().text().replace("20,", "20.0,")),
    ("another format", made().text().replace("receipt/1", "receipt/2")),
    ("deep nesting", "[" * 100_000),
]


@pytest.mark.parametrize(("what", "text"), MALFORMED, ids=[what for what, _ in MALFORMED])
def test_something_else_is_told(what: str, text: str | bytes) -> None:
    with pytest.raises(MalformedReceiptError, match="not a receipt"):
        verify(text, PUBLICS)


@given(st.data())
def test_no_change_of_a_byte_goes_unnoticed(data: st.DataObject) -> None:
    receipt = made()
    raw = bytearray(receipt.text().encode())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] = data.draw(st.integers(0, 255))
    try:
        assert verify(bytes(raw), PUBLICS) == receipt  # white space may change
    except ReceiptError:
        assert bytes(raw) != receipt.text().encode()


def test_a_public_key_is_read_as_it_is_printed() -> None:
    text = base64.b64encode(PUBLICS[0]).decode()
    assert read_public_key(text + "\n") == PUBLICS[0]
    assert read_public_key(f"{text} 0123abcd") == PUBLICS[0]
    for wrong in ("", "abc", base64.b64encode(b"short").decode(), "é" * 44):
        with pytest.raises(MalformedReceiptError, match="32 bytes"):
            read_public_key(wrong)
