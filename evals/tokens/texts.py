"""Texts of ours, by kind: what a service desk's prompts are made of, and scripts that estimates go wrong on."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "English": "Hello, my order 10482 has not come yet. Where is it, and can I still change the address?",
    "English talk": "I ordered a lamp three weeks ago and nobody can tell me when it will arrive. The tracking page "
    "has said the same thing since Monday. I would like to have my money back, or a new date that you can keep. Could "
    "someone please call me after five, because I am at work during the day?",
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
    "JSON": '{"order_id": "10482", "items": [{"sku": "LMP-00412-OAK", "qty": 2, "unit_price": 49.95}], '
    '"eta": "2026-02-03"}',
    "summary": "- Goal: wants order 10482 at <ADDRESS_1> before 2026-02-03\n- Done: refunded 49.95 EUR\n"
    "- Open: the lamp",
    "base64": "SGVsbG8gV29ybGQhIFRoaXMgaXMgYmFzZTY0 a3f9c0e1b2d4f6a8b0c2",
    "capitals": "WHERE IS MY ORDER I AM SO ANGRY RIGHT NOW",
    "blank lines": "a\n\n\n\nb     c\t\td\r\n  e",
    "numbers": "9 and 10, 2026, 3.50, 1 2 3",
    "code": 'for (int i=0;i<10;i++){ printf("%d\\n", x[i]); } // --- ===',
}

__all__ = ["TEXTS"]
