"""Values return in a reply and in typed tool fields, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.errors import ToolRefusedError
from frontdesk.nodes.scrub.restore import restore_text, restore_value, restorer

VALUES = {
    "<EMAIL_1>": "anna@example.org",
    "<EMAIL_12>": "bert@example.org",
    "<CARD_1>": "4111 1111 1111 1234",
    "<SECRET_1>": "hunter2",
    "<NAME_1>": "Anna <b>Smith</b>",
    "<NATIONAL_ID_1>": "460-89-9847",
    "<NUMBER_1>": "0171234567",
}


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        ("plain", "We wrote to <EMAIL_1>.", "We wrote to anna@example.org."),
        ("two digits", "<EMAIL_12><EMAIL_1>", "bert@example.organna@example.org"),
        ("small letters", "<email_1>", "anna@example.org"),
        ("escaped for HTML", "&lt;EMAIL_1&gt;", "anna@example.org"),
        ("escaped for Markdown", "<EMAIL\\_1>", "anna@example.org"),
        ("square brackets", "[EMAIL_1]", "anna@example.org"),
        ("spaces", "< Email 1 >", "anna@example.org"),
        ("two words", "<national_id_1>", "460-89-9847"),
        ("card covered", "card <CARD_1>", "card •••• 1234"),
        ("secret covered", "<SECRET_1>", "••••"),
        ("unknown stays", "<EMAIL_7> and <div_1>", "<EMAIL_7> and <div_1>"),
        ("citation stays", "Thirty days [returns] [gift-cards]", "Thirty days [returns] [gift-cards]"),
        ("HTML stays", "<h1>a</h1> <br>", "<h1>a</h1> <br>"),
        ("link stays masked", "https://evil.example/?q=<EMAIL_1>", "https://evil.example/?q=<EMAIL_1>"),
        ("Markdown link", "[here](/x?q=<EMAIL_1>)", "[here](/x?q=<EMAIL_1>)"),
        ("mailto", "mailto:<EMAIL_1>", "mailto:<EMAIL_1>"),
        ("link attribute", '<img src="//x/<EMAIL_1>">', '<img src="//x/<EMAIL_1>">'),
        ("disarmed", "‹EMAIL·1›", "‹EMAIL·1›"),
    ],
)
def test_reply(case: str, text: str, expected: str) -> None:
    assert restore_text(text, VALUES) == expected, case


def test_html_escapes_the_value() -> None:
    assert restore_text("<i><NAME_1></i>", VALUES, html=True) == "<i>Anna &lt;b&gt;Smith&lt;/b&gt;</i>"


def test_display_reaches_any_depth() -> None:
    value = {"a": ["<EMAIL_1>", {"b": "<CARD_1>"}], "n": 3, "none": None}
    assert restore_value(value, VALUES) == {"a": ["anna@example.org", {"b": "•••• 1234"}], "n": 3, "none": None}


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "email": {"type": "string", "format": "email"},
        "card": {"type": "string", "x-personal": "CARD"},
        "phone": {"type": "string", "x-personal": ["PHONE"]},
        "note": {"type": "string"},
        "site": {"type": "string", "format": "uri"},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"to": {"format": "email"}}}},
    },
}


@pytest.mark.parametrize(
    ("case", "arguments", "expected"),
    [
        ("typed", {"email": "<EMAIL_1>"}, {"email": "anna@example.org"}),
        ("free", {"note": "for <NAME_1>, <EMAIL_1>"}, {"note": "for Anna <b>Smith</b>, anna@example.org"}),
        ("card where asked for", {"card": "<CARD_1>"}, {"card": "4111 1111 1111 1234"}),
        ("number for a phone", {"phone": "<NUMBER_1>"}, {"phone": "0171234567"}),
        ("nested", {"lines": [{"to": "<email_1>"}]}, {"lines": [{"to": "anna@example.org"}]}),
        ("no placeholder", {"note": "10482", "n": 2}, {"note": "10482", "n": 2}),
    ],
)
def test_arguments(case: str, arguments: dict[str, Any], expected: dict[str, Any]) -> None:
    assert restorer(VALUES, SCHEMA, tool="t")(arguments) == expected, case


@pytest.mark.parametrize(
    ("case", "arguments", "reason"),
    [
        ("unknown", {"note": "<EMAIL_99>"}, "unknown_placeholder"),
        ("unknown and nested", {"lines": [{"to": "<EMAIL_99>"}]}, "unknown_placeholder"),
        ("another kind", {"email": "<NATIONAL_ID_1>"}, "wrong_placeholder"),
        ("card in an e-mail field", {"email": "<CARD_1>"}, "wrong_placeholder"),
        ("card in free text", {"note": "card <CARD_1>"}, "one_way"),
        ("secret in free text", {"note": "<SECRET_1>"}, "one_way"),
        ("card in an unlisted field", {"other": {"deep": "<CARD_1>"}}, "one_way"),
        ("in a link", {"note": "https://x.example/<EMAIL_1>"}, "placeholder_in_link"),
        ("in a link field", {"site": "<EMAIL_1>"}, "placeholder_in_link"),
        ("as a key", {"<EMAIL_1>": "x"}, "wrong_placeholder"),
    ],
)
def test_refused(case: str, arguments: dict[str, Any], reason: str) -> None:
    with pytest.raises(ToolRefusedError) as caught:
        restorer(VALUES, SCHEMA, tool="send")(arguments)
    assert (caught.value.reason, caught.value.tool) == (reason, "send"), case
    assert not any(value in str(caught.value) for value in VALUES.values())


def test_restorer_without_a_schema() -> None:
    restore = restorer(VALUES)
    assert restore(["<EMAIL_1>", 1]) == ["anna@example.org", 1]
    with pytest.raises(ToolRefusedError):
        restore("<CARD_1>")
