"""Links and images: what goes out and what does not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt

from frontdesk import Desk
from frontdesk.nodes.review.controls import controls
from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.links import GONE, LinkStep, allowed
from tests.support.exfiltration import EXFILTRATION

Make = Callable[..., Facts]

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


@pytest.mark.parametrize("text", EXFILTRATION.values(), ids=EXFILTRATION)
def test_nothing_leads_to_a_foreign_host(text: str, facts: Make) -> None:
    draft = LinkStep(HOSTS)(controls(Draft(f"Look here: {text} and tell me."), facts()), facts())

    assert draft.findings
    assert not re.search("evil|█", draft.text, re.IGNORECASE)
    shown = MarkdownIt("commonmark", {"html": True, "linkify": False}).render(draft.text)
    for target in re.findall(r"(?:href|src|srcset|action|data|poster|content)\s*=\s*[\"']?([^\"'>\s]*)", shown):
        assert allowed(target, HOSTS)


ORDINARY = [
    "See https://www.fernhill.example/help/returns.",
    "See https://www.fernhill.example/help/returns?page=2&sort=price_asc#top for more.",
    "See [our help pages](https://www.fernhill.example/help).",
    'See [our help pages](https://www.fernhill.example/help "Help").',
    "Open www.fernhill.example/help/contact.",
    "Write to help@fernhill.example, or to service@www.fernhill.example.",
    "We wrote to <EMAIL_1> and call you on <PHONE_2>.",
    "<NAME_1>, your order is on its way.",
    "It costs 1.299,00 EUR, 12.50 EUR or 3.5 % less.",
    "Update the app to version 2.10.3 or firmware 1.2.3.4.",
    "Version 10.0.0.1 of the app is out.",
    "The files are called invoice.pdf, photos.zip, readme.txt and plan.final.docx.",
    "Attach photo1.jpg and photo2.jpeg.",
    "We are open Mon.-Fri. 9.00-17.30, e.g. on Tuesday, i.e. tomorrow.",
    "It is 10:30 a.m. now, and it comes by 5 p.m.",
    "Delivery takes 3/4 days and/or longer; 24/7 by phone.",
    "Sizes: 80x200 cm, 1/2 inch, 3:1, A4.",
    "Costs < 50 EUR and > 20 EUR, so a < b.",
    "Thanks.We look forward to it.Your Fernhill team",
    "Ratio 16:9, score 3:2, chapter 1.2.3.",
    "1. Pack it.\n2. Print the label.\n3. Send it.",
    "- Lamp\n- Table\n\n**Total**: 49 EUR",
    "The note says: return within 30 days [returns].",
    "Your data: we keep it for 30 days. Tel: 020 7946 0000.",
    "Use the code SPRING-2026! It's 10 % off.",
    "Reference RMA-2026-0001, order #10482.",
    "Call +44 20 7946 0000 (Mon-Fri).",
    "C'est prêt: 12 h 30, 3,95 €. Größe 40½.",
    "Der Tisch z. B. kostet 199,- EUR, d.h. 10 % weniger.",
    "El pedido n.º 10482 llega mañana.",
    "Сегодня привезём заказ. Завтра позвоним.",
    "Ihr Paket kommt am 11.03.2026 bzw. am 12.3.",
    "A dot on the map, and a point to note: it's free.",
    "Is 3 < 4? Yes! [sic] (really)",
    "Mr. Smith vs. Mrs. Jones, approx. 5 kg incl. VAT etc.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_reply_is_left_alone(text: str, facts: Make) -> None:
    draft = LinkStep(HOSTS)(Draft(text), facts())

    assert (draft.text, draft.findings) == (text, ())


def test_the_desks_own_words_are_left_alone(facts: Make) -> None:
    desk = Desk.load("retail")
    texts = [part for page in desk.pages.values() for part in page.body.split("\n\n")]
    texts += [str(text) for text in desk.config.texts.model_dump().values()]
    step = LinkStep(frozenset(desk.config.link_hosts))

    changed = [text for text in texts if step(Draft(text), facts()).text != text]

    assert len(texts) >= 100
    assert changed == []


def test_what_a_removal_puts_together_is_looked_at_again(facts: Make) -> None:
    text = "https://evil.net/x"
    for _ in range(3):
        text = text.replace("evil", "ev<b>il", 1)

    assert "evil" not in LinkStep(HOSTS)(Draft(text), facts()).text


def test_a_text_that_never_comes_to_rest_is_not_sent(facts: Make) -> None:
    text = "<" * 40 + "b" + ">b" * 40 + ">"

    draft = LinkStep(HOSTS)(Draft(text), facts())

    assert (draft.text, draft.findings[-1]) == ("", "link:unstable")
