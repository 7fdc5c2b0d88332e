"""Each output guard by its table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.nodes.review.citations import citations
from frontdesk.nodes.review.controls import controls
from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.rescrub import REMOVED, rescrub
from frontdesk.nodes.scrub.placeholders import FOREIGN

Make = Callable[..., Facts]
OTHERS = {"<EMAIL_2>": FOREIGN + "them@evil.example"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your parcel\nis on its way.\t", "Your parcel\nis on its way.\t"),
        ("a\r\nb", "a\nb"),
        ("red\x1b[31m", "red[31m"),
        ("zero\u200bwidth", "zerowidth"),
        ("join\u200der", "joiner"),
        ("turn \u202eround", "turn round"),
        ("tag" + "".join(chr(0xE0000 + ord(char)) for char in "spy"), "tag"),
        ("bytes\U000e0110\U000e0111\ufe03", "bytes"),
        ("\ud800half", "half"),
        ("family \U0001f468\u200d\U0001f469", "family \U0001f468\u200d\U0001f469"),
        ("heart \u2764\ufe0f", "heart \u2764\ufe0f"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
    ids=[
        "plain",
        "line ends",
        "escape",
        "zero width",
        "joiner in Latin",
        "override",
        "tags",
        "selectors",
        "surrogate",
        "emoji joiner",
        "emoji form",
        "Persian joiner",
    ],
)
def test_controls(text: str, expected: str, facts: Make) -> None:
    draft = controls(Draft(text), facts())

    assert draft.text == expected
    assert ("control" in draft.findings) == (text.replace("\r\n", "\n") != expected)


@pytest.mark.parametrize(
    ("text", "expected", "finding"),
    [
        ("Mail jo@doe.org about it.", "Mail <EMAIL_1> about it.", "scrub:known"),
        ("Mail eve@other.net about it.", f"Mail {REMOVED} about it.", "scrub:new"),
        ("Card 4111 1111 1111 1111.", f"Card {REMOVED}.", "scrub:new"),
        ("Ask help@fernhill.example.", "Ask help@fernhill.example.", None),
        ("I wrote to <EMAIL_1>.", "I wrote to <EMAIL_1>.", None),
        ("jo@doe.org and jo@doe.org", "<EMAIL_1> and <EMAIL_1>", "scrub:known"),
        ("Hello Wendy!", "Hello <NAME_1>!", "scrub:known"),
        ("Write to <EMAIL_2> [EMAIL_2].", f"Write to {REMOVED} {REMOVED}.", "scrub:foreign"),
        ("Mail them@evil.example now.", f"Mail {REMOVED} now.", "scrub:new"),
        ("Nothing here.", "Nothing here.", None),
    ],
    ids=[
        "known",
        "new",
        "card",
        "published",
        "placeholder",
        "twice",
        "known name",
        "what others wrote",
        "the same in clear",
        "nothing",
    ],
)
def test_rescrub(text: str, expected: str, finding: str | None, facts: Make) -> None:
    given = facts(
        {"contact": "Write to help@fernhill.example."}, {"<EMAIL_1>": "jo@doe.org", "<NAME_1>": "Wendy", **OTHERS}
    )

    draft = rescrub(Draft(text), given)

    assert (draft.text, draft.findings) == (expected, (finding,) if finding else ())


@pytest.mark.parametrize(
    ("text", "expected", "cited", "unknown"),
    [
        ("30 days [returns].", "30 days [returns].", ("returns",), False),
        (
            "30 days [returns], free [shipping] [returns].",
            "30 days [returns], free [shipping] [returns].",
            ("returns", "shipping"),
            False,
        ),
        ("30 days [refunds].", "30 days.", (), True),
        ("30 days [returns, refunds].", "30 days [returns].", ("returns",), True),
        ("30 days [returns; shipping].", "30 days [returns][shipping].", ("returns", "shipping"), False),
        ("30 days [Returns].", "30 days [returns].", ("returns",), False),
        ("See [returns](https://x.example/).", "See [returns](https://x.example/).", (), False),
        ("Use [the blue key] first.", "Use [the blue key] first.", (), False),
        ("It is [1] of [12].", "It is [1] of [12].", (), False),
    ],
    ids=["good", "several", "unknown", "one of two", "list", "case", "Markdown link", "brackets", "numbers"],
)
def test_citations(text: str, expected: str, cited: tuple[str, ...], unknown: bool, facts: Make) -> None:
    draft = citations(Draft(text), facts({"returns": "30 days", "shipping": "free"}, said="refunds"))

    assert (draft.text, draft.citations) == (expected, cited)
    assert draft.findings == (("citation:unknown",) if unknown else ())


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("You have thirty days to send an item back to us [returns].", False),
        ("Our showroom in Dublin opens on Sunday mornings for visitors [returns].", True),
        ("Our showroom in Dublin opens on Sunday mornings for 30 visitors [returns].", False),
        ("Unsere Ausstellung in Dublin ist sonntags für alle Besucher offen [returns].", False),
        ("Yes, gladly [returns].", False),
        ("Our showroom in Dublin opens on Sunday mornings for visitors.", False),
    ],
    ids=["supported", "nothing shared", "a number shared", "another language", "a fragment", "no citation"],
)
def test_a_sentence_that_shares_nothing_with_its_page(text: str, flagged: bool, facts: Make) -> None:
    draft = citations(Draft(text), facts({"returns": "You can send an item back within 30 days of delivery."}))

    assert draft.text == text
    assert draft.findings == (("citation:unsupported",) if flagged else ())
