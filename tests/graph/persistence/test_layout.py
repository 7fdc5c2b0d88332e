from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from frontdesk.graph.persistence.layout import (
    Place,
    decode,
    encode,
    history,
    patterns,
    place_at,
    place_of,
    span,
    stem,
    thread_at,
)

texts = st.text(max_size=12)


@given(texts)
@example("")
@example(".")
@example("Tenant-AbC")
@example("a:b}{*,")
@example("\ud800")
def test_every_id_survives(text: str) -> None:
    assert decode(encode(text)) == text
    assert thread_at(history(text)) == text


def test_our_own_ids_stay_readable() -> None:
    place = Place("0123456789abcdef0123456789abcdef", "", "1f0-6")
    assert place.key == "fd:checkpoint:{0123456789abcdef0123456789abcdef}:.:1f0-6"


@given(texts, texts, texts)
def test_a_place_is_found_again(thread: str, namespace: str, checkpoint: str) -> None:
    place = Place(thread, namespace, checkpoint)
    assert place_of(thread, place.member) == place
    assert place_at(place.key) == place
    low, high = span(namespace)
    assert low[1:] <= place.member < high[1:]


@given(st.tuples(texts, texts, texts), st.tuples(texts, texts, texts))
def test_two_places_never_share_a_key(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert (Place(*one).key == Place(*other).key) == (one == other)


@given(texts, texts)
def test_a_thread_never_matches_anothers_pattern(one: str, other: str) -> None:
    assert (stem(one) == stem(other)) == (one == other)
    assert not any(sign in pattern[:-1] for pattern in patterns(one) for sign in "*?[\\")


def test_other_keys_are_no_places() -> None:
    assert place_at("fd:{abc}:vault") is None
