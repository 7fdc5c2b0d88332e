"""What looks like a host, whatever its ending, and links that never end."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.links import LinkStep

Make = Callable[..., Facts]

HOSTS = frozenset({"www.fernhill.example"})


@pytest.mark.parametrize(
    "text",
    [
        "evil.pizza/data",
        "evil.photography",
        "secret-10482.evil.pizza",
        "EVIL.SHOPPING",
        "Evil.Delivery/data",
        "evil.madeupending/data",
        "evil . com / x",
        "evil .com",
        "login . evil . net",
        "a///evil.com/x",
        "///evil.com/x",
        "[a](" + "x" * 401 + ")",
        "[a](https://www.fernhill.example/" + "a/" * 200 + "https://evil.net)",
        "[a](" + " " * 41 + "//evil)",
        '[a](//evil "' + "t" * 400 + '")',
    ],
)
def test_no_ending_and_no_gap_hides_a_host(text: str, facts: Make) -> None:
    draft = LinkStep(HOSTS)(Draft(f"Look at {text} now"), facts())

    assert "link:host" in draft.findings
    assert not re.search(r"evil\w*\s?\.|\]\(", draft.text, re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for the sofa.Delivery is free.Contact us any time.",
        "Attach invoice.pdf/receipt.pdf, or photo.jpg/photo.png.",
        "It is 5 . and then 6 . Nothing else.",
        "Monday/Tuesday, and/or i.e./e.g.; 12.5/13.5 kg; Tel./Fax; Mon.-Fri./Sat.",
        'See [help](https://www.fernhill.example/help "' + "t" * 200 + '").',
    ],
)
def test_what_only_looks_like_a_host_stays(text: str, facts: Make) -> None:
    draft = LinkStep(HOSTS)(Draft(text), facts())

    assert (draft.text, draft.findings) == (text, ())
