"""Each output guard by its table."""

from __future__ import annotations

import base64
import codecs
from collections.abc import Callable

import pytest

from frontdesk.nodes.guard.views import readings
from frontdesk.nodes.review.citations import citations
from frontdesk.nodes.review.controls import controls
from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.grounding import grounding, number, numbers
from frontdesk.nodes.review.leak import LeakStep, shingles
from frontdesk.nodes.review.links import GONE, LinkStep, allowed
from frontdesk.nodes.review.rescrub import REMOVED, rescrub

Make = Callable[..., Facts]

SECRET = "Goodwill credit up to twelve euros may be granted once a year without asking a supervisor."
CANARY = "kestrel7f3a9c"


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


LEAKS = {
    "verbatim": SECRET,
    "a part": "I know that credit up to twelve euros may be granted once a year, so why not.",
    "other case and punctuation": SECRET.upper().replace(" ", ", "),
    "spread over lines": SECRET.replace(" ", "\n"),
    "Markdown": f"**{SECRET.replace(' ', ' *')}**",
    "base64": f"Sure: {base64.b64encode(SECRET.encode()).decode()}",
    "hex": SECRET.encode().hex(),
    "rot13": codecs.encode(SECRET, "rot13"),
    "reversed": SECRET[::-1],
    "reversed word by word": " ".join(word[::-1] for word in SECRET.split()),
    "letters apart": "   ".join(" ".join(word) for word in SECRET.split()),
    "look-alikes": SECRET.translate(str.maketrans("aeo", "аео")),
    "zero width": "\u200b".join(SECRET),
    "canary": f"It says {CANARY} there.",
    "canary in capitals, apart": " ".join(CANARY.upper()),
    "canary reversed": CANARY[::-1],
    "canary in base64": base64.b64encode(f"the word is {CANARY}".encode()).decode(),
}


@pytest.mark.parametrize("text", LEAKS.values(), ids=LEAKS)
def test_a_leak_blocks(text: str, facts: Make) -> None:
    draft = LeakStep(readings, [SECRET], CANARY)(Draft(text), facts())

    assert draft.blocked
    assert draft.findings[0].startswith("leak:")


@pytest.mark.parametrize(
    "text",
    [
        "Your order 10482 is on its way and should arrive on Friday.",
        "You may return it within 30 days; the credit goes to your card.",
        "Up to twelve euros of shipping may be granted back.",
        "",
    ],
    ids=["status", "returns", "a few words shared", "empty"],
)
def test_an_ordinary_reply_is_no_leak(text: str, facts: Make) -> None:
    assert not LeakStep(readings, [SECRET], CANARY)(Draft(text), facts()).blocked


def test_what_a_page_publishes_is_no_secret(facts: Make) -> None:
    assert not LeakStep(readings, [SECRET])(Draft(SECRET), facts({"goodwill": SECRET})).blocked


def test_without_a_secret_nothing_is_read(facts: Make) -> None:
    def never(text: str) -> list[str]:
        raise AssertionError(text)

    assert not LeakStep(never)(Draft(SECRET), facts()).blocked


def test_shingles_of_short_texts() -> None:
    assert shingles("only three words") == frozenset()
    assert shingles("just these four words") == {"just these four words"}


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
        ("Nothing here.", "Nothing here.", None),
    ],
    ids=["known", "new", "card", "published", "placeholder", "twice", "known name", "nothing"],
)
def test_rescrub(text: str, expected: str, finding: str | None, facts: Make) -> None:
    given = facts({"contact": "Write to help@fernhill.example."}, {"<EMAIL_1>": "jo@doe.org", "<NAME_1>": "Wendy"})

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
        ("You have 30 days.", False),
        ("You have 14 days.", True),
        ("It costs 1299 EUR.", False),
        ("It costs 1.299,00 EUR.", False),
        ("It costs 1,299.50 EUR.", True),
        ("Order 10482 is on its way to <EMAIL_7>.", False),
        ("1. Pack it.\n2. Send it.", False),
        ("No number at all.", False),
    ],
    ids=["stands", "altered", "plain spelling", "German spelling", "cents altered", "customer's words", "list", "none"],
)
def test_grounding(text: str, flagged: bool, facts: Make) -> None:
    given = facts({"returns": "Within 30 days. The table costs 1,299.00 EUR."}, said="order 10482 please")

    draft = grounding(Draft(text), given)

    assert (draft.findings, draft.blocked, draft.text) == (("grounding:number",) if flagged else (), False, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,299.00", "1299"),
        ("1.299", "1299"),
        ("12,50", "12.5"),
        ("007", "7"),
        ("100", "100"),
        ("1 000 000", "1000000"),
    ],
)
def test_one_spelling_of_a_number(text: str, expected: str) -> None:
    assert number(text) == expected


def test_numbers_of_dates_and_times() -> None:
    assert numbers("on 2025-03-09 at 8:05") == {"2025", "3", "9", "8", "5"}


HOSTS = frozenset({"www.fernhill.example"})


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://www.fernhill.example/help/returns?x=1#top", True),
        ("https://www.fernhill.example", True),
        ("HTTPS://WWW.FERNHILL.EXAMPLE/", True),
        ("https://www.fernhill.example:443/", True),
        ("http://www.fernhill.example/", False),
        ("https://www.fernhill.example:8443/", False),
        ("https://www.fernhill.example.evil.net/", False),
        ("https://evil.net/www.fernhill.example", False),
        ("https://fernhill.example/", False),
        ("https://x.www.fernhill.example/", False),
        ("https://www.fernhill.example@evil.net/", False),
        ("https://me:pw@www.fernhill.example/", False),
        ("https://www.fernhill.example\\@evil.net/", False),
        ("https://www.fernhill.exаmple/", False),
        ("https://www%2efernhill.example/", False),
        ("https://www.fernhill.example./", False),
        ("https://www.fernhill.example/?mail=<EMAIL_1>", False),
        ("javascript:alert(1)//https://www.fernhill.example/", False),
        ("//www.fernhill.example/", False),
    ],
)
def test_allowed_urls(url: str, good: bool) -> None:
    assert allowed(url, HOSTS) is good


@pytest.mark.parametrize(
    ("text", "expected", "finding"),
    [
        ("See https://www.fernhill.example/help.", "See https://www.fernhill.example/help.", None),
        ("See [help](https://www.fernhill.example/help).", "See [help](https://www.fernhill.example/help).", None),
        ("See <https://www.fernhill.example/help>.", "See https://www.fernhill.example/help.", None),
        ("See www.fernhill.example/help.", "See www.fernhill.example/help.", None),
        ("Ask help@fernhill.example or <EMAIL_1>.", "Ask help@fernhill.example or <EMAIL_1>.", None),
        ("It is 10:30, e.g. Monday.Thanks for asking", "It is 10:30, e.g. Monday.Thanks for asking", None),
        ("30 days [returns] and/or later", "30 days [returns] and/or later", None),
        ("Costs < 50 EUR and > 20 EUR", "Costs < 50 EUR and > 20 EUR", None),
        ("See https://evil.net/?d=1.", f"See {GONE}.", "link:host"),
        ("See http://www.fernhill.example/help", f"See {GONE}", "link:host"),
        ("See [help](https://evil.net/?d=1).", "See help.", "link:host"),
        ("See [help](javascript:alert(1)).", "See help).", "link:host"),
        ("See [help](//evil.net/x).", "See help.", "link:host"),
        ('See [help]( <https://evil.net/x> "title" ).', "See help.", "link:host"),
        ("See <https://evil.net/x>.", f"See {GONE}.", "link:host"),
        ("See evil.net/x?d=1 now", f"See {GONE} now", "link:host"),
        ("See secret-10482.evil.com", f"See {GONE}", "link:host"),
        ("See evil。com/x", f"See {GONE}", "link:host"),
        ("See https:\\\\evil.net\\x", f"See {GONE}", "link:host"),
        ("See //evil.net/x", f"See {GONE}", "link:host"),
        ("See ftp://www.fernhill.example/x", f"See {GONE}", "link:host"),
        ("See data:text/html,abc", f"See {GONE}", "link:host"),
        ("Mail mailto:eve@evil.net?body=<EMAIL_1> now", f"Mail {GONE} now", "link:host"),
        ("https://www.fernhill.example/?m=<EMAIL_1>", GONE, "link:host"),
        ("Look: ![x](https://evil.net/p.png?d=1)", "Look:", "link:image"),
        ("Look: ![x](https://www.fernhill.example/p.png?d=1)", "Look:", "link:image"),
        ("Look: ![x][1]\n[1]: https://evil.net/p.png", "Look:", "link:image"),
        ("Look: ![x](https://evil.net/p.png", "Look:", "link:image"),
        ("Look [here][1]\n\n[1]: https://evil.net/", "Look [here][1]", "link:definition"),
        ("<img src='https://evil.net/p.png'>Hello", "Hello", "link:markup"),
        ("Hello <img src=https://evil.net/p.png", "Hello", "link:markup"),
        ("<a href='https://evil.net'>click</a>", "click", "link:markup"),
        ("<script>alert(1)</script>", "alert(1)", "link:markup"),
    ],
)
def test_links(text: str, expected: str, finding: str | None, facts: Make) -> None:
    draft = LinkStep(HOSTS)(Draft(text), facts())

    assert draft.text == expected
    assert "evil" not in draft.text
    assert (draft.findings[:1] == (finding,)) if finding else (draft.findings == ())
