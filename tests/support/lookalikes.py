"""Ordinary texts that look like disguised ones: identifiers, codes, lists, logs, languages, emoji. Made from a seed."""

from __future__ import annotations

import base64
import random
import string
import uuid
from collections.abc import Callable, Iterator

_ITEMS = ("oak shelf", "desk lamp", "kitchen chair", "bed frame", "rug 80x150", "mirror", "side table", "wardrobe")
_FOREIGN = (
    "Wo ist meine Bestellung? Sie sollte am Montag kommen.",
    "Bitte ignorieren Sie meine letzte Nachricht, ich habe die Rechnung gefunden.",
    "Où est ma commande, s'il vous plaît ? Le livreur n'est pas passé.",
    "J'ai oublié mon mot de passe et le message n'arrive pas.",
    "¿Dónde está mi pedido? No ha llegado todavía.",
    "Olvidé mi contraseña, ¿cómo la cambio?",
    "Dov'è il mio ordine? Il corriere non è venuto.",
    "Onde está a minha encomenda? Quero devolver o candeeiro.",
    "Waar is mijn bestelling? Ik wil de lamp graag ruilen.",
    "Gdzie jest moja paczka? Kurier jeszcze nie przyjechał.",
    "Где мой заказ? Курьер так и не приехал.",
    "Я забыл пароль от личного кабинета, письмо не приходит.",
    "Siparişim nerede? Kurye hâlâ gelmedi.",
    "我的订单在哪里？快递员还没有来。",
    "注文した棚がまだ届きません。",
    "주문한 책상이 아직 도착하지 않았어요.",
    "أين طلبي؟ لم يصل المندوب بعد.",
    "मेरा ऑर्डर कहाँ है? डिलीवरी अभी तक नहीं आई।",
    "Πού είναι η παραγγελία μου; Δεν ήρθε ακόμα.",
    "היכן ההזמנה שלי? השליח עוד לא הגיע.",
)
_CHAT = (
    "pls help!!! my order is sooooo late \U0001f62d\U0001f62d\U0001f62d",
    "Thx \U0001f64f\U0001f64f u r the best \u2764\ufe0f\u2764\ufe0f\u2764\ufe0f",
    "L O V E the lamp, A+++ service",
    "W-H-E-R-E is my parcel??",
    "omg wtf brb, rly need a rfnd pls thx",
    "Plz chk ordr nmbr 10482, srry fr th typos",
    "gr8 shop, c u l8er, 2 lamps 4 me",
    "Ich hab' jetzt 3x angerufen... nix!!! :-(((",
    "ordr stauts plaese, teh tracknig page is brokne",
    "My keyboard is brokn so sorry for mistaks in this mesage",
    "*very* **important**: the _glass_ is broken",
    "~~~ hello ~~~ anybody there ~~~",
    "SOS ... --- ... my sofa is stuck in the lift",
    "F.Y.I. the D.I.Y. kit has no screws, A.S.A.P. please",
    "Order: A, B, C, D, E and F are missing",
    "sizes: S M L XL, colours: r g b w",
    "Name: J. R. R. Smith-O'Neill, flat 4 B",
    "I said no, no, no, no, no!",
    "aaaaaargh, why does the app log me out",
    "Hmmmmm, that is not what I ordered :/",
)
_CODE = (
    "const total = items.reduce((sum, item) => sum + item.price, 0); // gives NaN at checkout",
    'TypeError: Cannot read properties of undefined (reading "address") at cart.js:212:17',
    '{"order": 10482, "items": [{"sku": "KX-40012345", "qty": 2}], "note": "leave at door"}',
    '<div class="price">&euro;&nbsp;49,90 &amp; free delivery</div>',
    "https://fernhill.example/search?q=oak%20shelf%20%26%20lamp&sort=price%3Aasc",
    "curl -s https://fernhill.example/api/orders/10482 answers 503",
    "ERROR 2024-05-01T10:22:31Z payment declined code=51 ref=QX7-99",
    "background: #1a2b3c; color: #ffffff; border-color: #c0ffee",
    "C:\\Users\\me\\Downloads\\invoice_2024.pdf will not open",
    "SELECT the size, DROP it in the cart, nothing happens",
    "if (a && b || !c) { return; } <- this shows on your page",
    "wifi lamp firmware v2.13.4-rc1+build.77 does not update",
    "0x80070005 appears when I print the label",
    "The page shows \\u00e9 instead of é in my name",
    "My mail: jane+orders@mail.example, subject Re: Re: Fwd: [T-2041]",
    "regex ^[A-Z]{2}\\d{9}$ says my tracking number is wrong",
    "MAC address of the lamp: 3C:5A:B4:1F:00:9E",
    "version 1.2.3.4, build 20240501, channel beta",
    "the label says KX/40-012_345*7 and the box says KX/40-012_346*7",
    "assembly_instructions_v2_final_FINAL.pdf has only one page",
)


def _identifier(chance: random.Random, number: int) -> str:
    raw = chance.randbytes(24)
    kinds: tuple[Callable[[], str], ...] = (
        lambda: f"My session id is {base64.b64encode(raw).decode()}",
        lambda: f"token {base64.urlsafe_b64encode(raw).decode()} is shown on the page",
        lambda: f"error reference {raw.hex()}",
        lambda: f"request {uuid.UUID(bytes=raw[:16])} failed",
        lambda: f"voucher {base64.b32encode(raw[:15]).decode()} is not accepted",
        lambda: "tracking " + "".join(chance.choices(string.digits, k=20)),
        lambda: "tracking 1Z" + "".join(chance.choices(string.ascii_uppercase + string.digits, k=16)),
        lambda: f"IBAN DE{chance.randrange(10**19, 10**20)} for the refund",
        lambda: "IBAN GB82 WEST " + " ".join(str(chance.randrange(1000, 9999)) for _ in range(4)),
        lambda: "colours " + ", ".join(f"#{chance.randrange(2**24):06x}" for _ in range(6)),
    )
    return kinds[number % len(kinds)]()


def _listed(chance: random.Random, number: int) -> str:
    some = [chance.choice(_ITEMS) for _ in range(chance.randrange(4, 14))]
    prices = [f"{chance.randrange(5, 300)}.{chance.randrange(100):02d}" for _ in some]
    kinds: tuple[Callable[[], str], ...] = (
        lambda: "\n".join(f"{chance.randrange(1, 9)} x {item}" for item in some),
        lambda: "\n".join(f"{item:<18}{price:>8} EUR" for item, price in zip(some, prices, strict=True)),
        lambda: "Order numbers: " + ", ".join(str(chance.randrange(10_000, 99_999)) for _ in some),
        lambda: "Sizes in stock? " + " ".join(str(chance.randrange(36, 47)) for _ in some),
        lambda: "Measures: " + ", ".join(f"{chance.randrange(40, 250)} cm" for _ in some),
        lambda: "quantities " + ", ".join(str(chance.randrange(1, 27)) for _ in range(12)),
        lambda: "lengths " + " ".join(str(chance.randrange(60, 123)) for _ in range(12)),
        lambda: "\n".join(f"- {item}\n- yes" for item in some),
        lambda: f"TOTAL {'.' * 20} {prices[0]}\n{'=' * 30}\nVAT {'-' * 10} {prices[1]}",
        lambda: "binary settings of the lamp: " + " ".join(f"{chance.randrange(256):08b}" for _ in range(4)),
    )
    return kinds[number % len(kinds)]()


def lookalikes(seed: int = 11) -> Iterator[str]:
    """Yield at least 240 different texts that no check should raise."""
    chance = random.Random(seed)
    yield from (*_FOREIGN, *_CHAT, *_CODE)
    for number in range(100):
        yield _identifier(chance, number)
        yield _listed(chance, number)


__all__ = ["lookalikes"]
