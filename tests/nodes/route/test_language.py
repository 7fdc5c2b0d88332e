"""The language of short customer messages, and of a conversation."""

from __future__ import annotations

import pytest

from frontdesk.nodes.route.language import READ, detect, language_after

MESSAGES = {
    "de": ["Wo bleibt denn mein Paket?", "Bitte stornieren", "Rechnung fehlt", "Ist die Lampe noch verfügbar?", "nein danke"],
    "fr": ["Où en est ma livraison ?", "Je veux être remboursé", "facture manquante", "C'est cassé", "merci beaucoup"],
    "es": ["¿Cuándo llega el paquete?", "Quiero anular la compra", "falta la factura", "no funciona la lámpara", "muchas gracias"],
    "it": ["Quando arriva il pacco?", "Vorrei annullare l'acquisto", "manca la fattura", "è rotto", "grazie mille"],
    "nl": ["Wanneer komt mijn pakket?", "Ik wil graag annuleren", "factuur ontbreekt", "het werkt niet", "dank je wel"],
    "pt": ["Quando chega a encomenda?", "Quero cancelar a encomenda", "não funciona", "muito obrigado", "onde fica a loja"],
    "en": ["Where's my parcel?", "please cancel", "invoice is missing", "does not work", "thank you", "return item"],
    "ru": ["Где мой заказ?"],
    "uk": ["Де моє замовлення? Його ще немає"],
    "el": ["Πού είναι η παραγγελία μου;"],
    "ja": ["注文はどこですか"],
    "zh": ["我的订单在哪里"],
    "ko": ["제 주문은 어디에 있나요"],
    "ar": ["أين طلبي"],
    "he": ["איפה ההזמנה שלי"],
    "hi": ["मेरा ऑर्डर कहाँ है"],
    "th": ["คำสั่งซื้อของฉันอยู่ที่ไหน"],
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in MESSAGES.items() for text in texts])
def test_a_short_message_has_a_language(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10482",
        "#10482, 10377",
        "<EMAIL_1>",
        "ok",
        "👍",
        "5 Elm Road, BS6 5AA",
        "SKU-2231",
        "https://example.org/ich",
        "a",
    ],
)
def test_what_has_no_language_of_its_own(text: str) -> None:
    assert detect(text) == ""


def test_words_that_two_languages_share_decide_nothing() -> None:
    assert detect("reembolso por favor") == ""


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("", "10482", ""),
        ("", "Wo ist meine Bestellung?", "de"),
        ("de", "10482", "de"),
        ("de", "ok", "de"),
        ("en", "danke", "en"),
        ("de", "thanks", "de"),
        ("en", "Ich möchte meine Bestellung stornieren", "de"),
        ("de", "where is order 10377, please?", "en"),
        ("es", "reembolso por favor", "es"),
        ("en", "is the Sommerhaus chair in stock?", "en"),
        ("en", "Где мой заказ?", "ru"),
    ],
    ids=["number", "first", "kept", "ok", "one word", "thanks", "to German", "to English", "shared", "name", "script"],
)
def test_a_conversation_changes_its_language_on_evidence_only(before: str, text: str, after: str) -> None:
    assert language_after(text, before) == after


def test_only_the_beginning_is_read() -> None:
    assert detect("where is my order " + "x" * READ + " wo ist meine bestellung und wann kommt sie") == "en"
