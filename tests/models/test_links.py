"""How a chain shares its time."""

from __future__ import annotations

import pytest

from frontdesk.desk.modelling import Link
from frontdesk.models.links import fair, identity, links_of, share


@pytest.mark.parametrize("links", [1, 2, 3, 4])
def test_no_link_starves_and_none_has_it_all(links: int) -> None:
    left, parts = 1.0, []
    for followers in reversed(range(links)):
        parts.append(share(left, followers))
        left -= parts[-1]
    assert sum(parts) == pytest.approx(1.0)
    assert min(parts) > 0.6 / links


@pytest.mark.parametrize(
    ("seconds", "timeout", "blamed"),
    [(10.8, 15.0, True), (1.0, 15.0, True), (0.4, 15.0, False), (0.4, 1.0, True), (0.1, 1.0, False), (0.0, 1.0, False)],
)
def test_who_had_hardly_any_time_is_not_blamed(seconds: float, timeout: float, blamed: bool) -> None:
    assert fair(seconds, timeout) is blamed


def test_a_link_is_told_apart_by_where_it_is_and_whose_it_is() -> None:
    links = [Link(model="a:b"), Link(model="a:b", base_url="http://x"), Link(model="a:b", key="K")]
    assert len({identity(link) for link in links}) == 3
    assert identity(Link(model="a:b", timeout=1.0)) == identity(links[0])


def test_names_and_records_make_links() -> None:
    named = Link(model="a:c", timeout=2.0)
    assert links_of(["a:b", named, "", "keyless"]) == (Link(model="a:b"), named)
    assert links_of(None) == links_of("") == links_of("keyless") == ()
