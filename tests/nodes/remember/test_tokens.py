"""The estimator never counts less than the tokenizers that are at hand."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolCall, ToolMessage

from frontdesk.nodes.remember.tokens import count_message, count_text

SCRIPTS = {
    "English": "Hello, my order 10482 has not come yet. Where is it, and can I still change the address?",
    "German": "Ich möchte die Lieferadresse meiner Bestellung ändern, weil wir nächste Woche umziehen.",
    "German compounds": "Gewährleistungsansprüche, Rechtsschutzversicherung, Rücksendeetikett, Zahlungsbestätigung",
    "French": "Bonjour, l'étagère est arrivée abîmée et je voudrais être remboursé.",
    "Polish": "Dzień dobry, chciałbym zmienić adres dostawy mojego zamówienia.",
    "Greek": "Καλημέρα, θέλω να αλλάξω τη διεύθυνση παράδοσης.",
    "Russian": "Здравствуйте, я хотел бы изменить адрес доставки моего заказа.",
    "Arabic": "مرحبا، أريد تغيير عنوان التسليم لطلبي رقم 10482 لأننا انتقلنا.",
    "Hebrew": "שלום, אני רוצה לשנות את כתובת המשלוח של ההזמנה שלי",
    "Hindi": "मुझे मेरा पैसा कब वापस मिलेगा? मैं पता बदलना चाहता हूँ।",
    "Tamil": "எனது ஆர்டரின் முகவரியை மாற்ற விரும்புகிறேன்",
    "Thai": "ผมต้องการเปลี่ยนที่อยู่จัดส่งของคำสั่งซื้อ",
    "Amharic": "ሰላም፣ የትዕዛዜን አድራሻ መቀየር እፈልጋለሁ",
    "Chinese": "您好，我想修改我的订单的收货地址，因为我们搬家了。",
    "Japanese": "注文番号10482の配送先住所を変更したいのですが。",
    "Korean": "안녕하세요, 주문한 소파의 배송 주소를 변경하고 싶습니다.",
    "emoji": "😀😀🎉👩‍👩‍👧‍👦 thanks 👍🏽",
    "JSON": '{"order_id": "10482", "items": [{"sku": "LMP-00412-OAK", "qty": 2, "unit_price": 49.95}], "eta": "2026-02-03"}',
    "base64": "SGVsbG8gV29ybGQhIFRoaXMgaXMgYmFzZTY0 a3f9c0e1b2d4f6a8b0c2",
    "capitals": "WHERE IS MY ORDER I AM SO ANGRY RIGHT NOW",
    "blank lines": "a\n\n\n\nb     c\t\td\r\n  e",
    "numbers": "9 and 10, 2026, 3.50, 1 2 3",
    "code": 'for (int i=0;i<10;i++){ printf("%d\\n", x[i]); } // --- ===',
}
"""Sentences of ours, one per kind of text."""


def encoder(name: str) -> Callable[[str], int]:
    """Real token counts, from tables that an installed package carries; skips where there are none."""
    tiktoken = pytest.importorskip("tiktoken")
    load = pytest.importorskip("tiktoken.load")
    spec = find_spec("litellm")
    files = {
        "cl100k_base": "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "o200k_base": "fb374d419588a4632f3f557e76b4b70aebbca790",
    }
    if spec is None or spec.origin is None:
        pytest.skip("litellm is not installed: no tokenizer tables to compare with")
    table = Path(spec.origin).parent / "litellm_core_utils" / "tokenizers" / files[name]
    if not table.exists():
        pytest.skip(f"litellm carries no {name} table: nothing to compare with")
    openai_public = pytest.importorskip("tiktoken_ext.openai_public")
    ranks = load.load_tiktoken_bpe(str(table))
    pattern = {
        "cl100k_base": r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s""",
        "o200k_base": r"""[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+""",
    }[name]
    assert openai_public is not None
    encoding = tiktoken.Encoding(name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    return lambda text: len(encoding.encode(text))


@pytest.mark.parametrize("name", ["cl100k_base", "o200k_base"])
def test_never_under_a_real_tokenizer(name: str) -> None:
    count = encoder(name)
    short = {kind: (count(text), count_text(text)) for kind, text in SCRIPTS.items() if count_text(text) < count(text)}
    assert short == {}


def test_english_is_not_overcounted_beyond_use() -> None:
    # 20 words and numbers: any tokenizer needs 20 to 25.
    assert 20 <= count_text(SCRIPTS["English"]) <= 40


@pytest.mark.parametrize(("text", "tokens"), [("", 0), (" ", 0), ("order", 2), ("12345", 5), ("\n\n", 2), ("😀", 4)])
def test_figures(text: str, tokens: int) -> None:
    assert count_text(text) == tokens


def test_the_longer_the_more() -> None:
    sizes = [count_text("the sofa is late " * n) for n in range(6)]
    assert sizes == sorted(set(sizes))


def test_messages_count_their_calls_and_frame() -> None:
    call = ToolCall(name="get_order", args={"order_id": "10482"}, id="c1")
    plain, calling = AIMessage("Let me look."), AIMessage("Let me look.", tool_calls=[call])
    assert count_message(plain) > count_text("Let me look.")
    assert count_message(calling) > count_message(plain) + len("10482")
    assert count_message(ToolMessage("{}", tool_call_id="call_abcdef")) > count_message(HumanMessage("{}"))


def test_content_blocks_count() -> None:
    blocks = HumanMessage([{"type": "text", "text": "a long question about a sofa"}, "and a lamp"])
    assert count_message(blocks) > count_message(HumanMessage("a long question about a sofa and a lamp"))
