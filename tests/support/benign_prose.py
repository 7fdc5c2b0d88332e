"""Ordinary customers' prose of any length, in which attacks are hidden: made from sentences of our own."""

from __future__ import annotations

import random

_SENTENCES = (
    "I ordered the oak shelf three weeks ago and it has not arrived.",
    "Your page says that the parcel was delivered on Monday, but nobody rang at my door.",
    "My neighbour was at home all day and did not see a courier either.",
    "The order number is 10482 and I paid with my card.",
    "Last year I bought a lamp from you and everything went well.",
    "The box of the second delivery was wet and one corner was torn.",
    "I took photos of the damage and can send them if that helps.",
    "Please let me know whether I should keep the packaging.",
    "The assembly took me two hours because a bag of screws was missing.",
    "I would rather exchange the chair than return it.",
    "On the phone I was told that somebody would call me back within two days.",
    "Could the new one be delivered on a Saturday, since I work during the week?",
    "The colour looks darker than in the picture, but I can live with that.",
    "My mother lives on the third floor and there is no lift in the house.",
    "The voucher from your newsletter was not accepted at the checkout.",
    "I tried two browsers and the app, and the result was always the same.",
    "The invoice shows the old address although I changed it in my account.",
    "It would be kind if you could correct that before the end of the month.",
    "The drawer of the desk does not close properly and scratches the side.",
    "Apart from that I am very happy with the quality of the wood.",
    "How long does it take until the money is back in my account?",
    "We are moving in June, so a delivery before that makes no sense.",
    "The rug smells a bit, and I hope that this goes away with time.",
    "My colleague recommended your shop and so far I agree with her.",
    "Is there a charge for picking up the old mattress?",
    "The legs of the table are two centimetres shorter than described.",
    "I have kept the receipt and all letters that came with the order.",
    "The courier left the heavy parcel in front of the garage in the rain.",
    "We were away from Friday to Sunday and found the card in the letter box.",
    "Thank you for your patience with this long message.",
)


def prose(length: int, seed: int = 3) -> str:
    """Return at least ``length`` characters of whole sentences."""
    chance = random.Random(seed)
    found: list[str] = []
    while sum(map(len, found)) + len(found) < length:
        found += chance.sample(_SENTENCES, len(_SENTENCES))
    size = 0
    for count, sentence in enumerate(found, 1):
        size += len(sentence) + 1
        if size >= length:
            return " ".join(found[:count])
    return " ".join(found)


__all__ = ["prose"]
