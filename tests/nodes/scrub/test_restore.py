"""Values return in a reply and in typed tool fields, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.errors import ToolRefusedError
from frontdesk.nodes.scrub.placeholders import LABELS, escape_placeholders
from frontdesk.nodes.scrub.restore import restore_text, restore_value, restorer
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

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
        ("bold", "**<EMAIL_1>**", "**anna@example.org**"),
        ("code", "`<EMAIL_1>`", "`anna@example.org`"),
        ("empty tag", "<EMAIL_1/>", "anna@example.org"),
        ("closing tag", "</EMAIL_1>", "anna@example.org"),
        ("leading zero", "<EMAIL_01>", "anna@example.org"),
        ("dash", "<EMAIL-1>", "anna@example.org"),
        ("full-width brackets", "＜EMAIL_1＞", "anna@example.org"),
        ("corner brackets", "【EMAIL_1】", "anna@example.org"),
        ("escaped twice", "&amp;lt;EMAIL_1&amp;gt;", "anna@example.org"),
        ("escaped for JSON", "\\u003cEMAIL_1\\u003e", "anna@example.org"),
        ("doubled", "{{EMAIL_1}} [[EMAIL_1]] <<EMAIL_1>>", "anna@example.org anna@example.org anna@example.org"),
        ("brackets of the sentence stay", "(at [EMAIL_1])", "(at anna@example.org)"),
        ("bare", "Write to EMAIL_1.", "Write to anna@example.org."),
        ("bare and escaped", "EMAIL\\_1", "anna@example.org"),
        ("bare and half open", "<EMAIL_1", "<anna@example.org"),
        ("bare, of two words", "NATIONAL_ID_1", "460-89-9847"),
        ("plural", "<EMAILS_1>", "anna@example.org"),
        ("hyphen in the label", "<E-Mail_1>", "anna@example.org"),
        ("translated", "<Correo_1> <NOMBRE_1>", "anna@example.org Anna <b>Smith</b>"),
        ("bare and unknown stays", "EMAIL_7 NAME_3", "EMAIL_7 NAME_3"),
        ("bare in small letters stays", "email_1", "email_1"),
        ("bare inside a word stays", "MY_EMAIL_1 EMAIL_12x EMAIL_1_2", "MY_EMAIL_1 EMAIL_12x EMAIL_1_2"),
        ("bare in a link stays", "https://x.example/?q=EMAIL_1", "https://x.example/?q=EMAIL_1"),
        ("other words stay", "<STEP_1> [1] {name}", "<STEP_1> [1] {name}"),
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
        ("bare", {"email": "EMAIL_1"}, {"email": "anna@example.org"}),
        ("bare and unknown is a word", {"note": "CARD_7"}, {"note": "CARD_7"}),
        ("translated", {"email": "<Correo 1>"}, {"email": "anna@example.org"}),
        ("no placeholder", {"note": "10482", "n": 2}, {"note": "10482", "n": 2}),
    ],
)
def test_arguments(case: str, arguments: dict[str, Any], expected: dict[str, Any]) -> None:
    assert restorer(VALUES, SCHEMA, tool="t")(arguments) == expected, case


@pytest.mark.parametrize(
    ("case", "arguments", "reason"),
    [
        ("unknown", {"note": "<EMAIL_99>"}, "unknown_placeholder"),
        ("foreign, by its translated name", {"note": "[Correo_99]"}, "unknown_placeholder"),
        ("bare card in free text", {"note": "CARD_1"}, "one_way"),
        ("bare in a link", {"note": "https://x.example/EMAIL_1"}, "placeholder_in_link"),
        ("bare as a key", {"EMAIL_1": "x"}, "wrong_placeholder"),
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


def test_every_label_of_a_detector_is_known_without_brackets(scrubber: PersonalDataScrubber) -> None:
    assert set(scrubber.labels) <= LABELS


@pytest.mark.parametrize(
    "text", ["<EMAIL_1>", "EMAIL_1", "{{EMAIL_1}}", "<Correo 1>", "\uff1cEMAIL_1\uff1e", "<EMAILS_1>"]
)
def test_whatever_is_restored_is_disarmed_when_a_customer_writes_it(text: str) -> None:
    assert restore_text(text, VALUES) == "anna@example.org"
    written = escape_placeholders(text)
    assert restore_text(written, VALUES) == written
    assert restorer(VALUES)({"note": written}) == {"note": written}
