"""Values in disguise: whatever a person still reads as the number or the address is masked, and ordinary talk is not."""

from __future__ import annotations

import pytest

from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

MASKED = [
    # cards: 4111 1111 1111 1111 and others that pass Luhn
    ("semicolons", "4111;1111;1111;1111", "<CARD_1>"),
    ("tildes", "4111~1111~1111~1111", "<CARD_1>"),
    ("ellipses", "4111...1111...1111...1111", "<CARD_1>"),
    ("underscores", "4111_1111_1111_1111", "<CARD_1>"),
    ("crosses", "4111x1111x1111x1111", "<CARD_1>"),
    ("digit by digit, dashes", "4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1", "<CARD_1>"),
    ("digit by digit, dots", "4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1", "<CARD_1>"),
    ("digit by digit, commas", "4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1", "<CARD_1>"),
    ("digit by digit, slashes", "4 / 1 / 1 / 1 / 1 / 1 / 1 / 1 / 1 / 1 / 1 / 1 / 1 / 1 / 1 / 1", "<CARD_1>"),
    ("four lines", "4111\n1111\n1111\n1111", "<CARD_1>"),
    ("words between", "4111 and then 1111 1111 1111", "<CARD_1>"),
    ("English words", "four one one one " + "one one one one " * 2 + "one one one one", "<CARD_1>"),
    ("double and triple", "four triple one " + "double one double one " * 2 + "double one double one", "<CARD_1>"),
    ("German words", "vier eins eins eins " + "eins eins eins eins " * 2 + "eins eins eins eins", "<CARD_1>"),
    ("French words", "quatre un un un " + "un un un un " * 2 + "un un un un", "<CARD_1>"),
    ("Spanish words", "cuatro uno uno uno " + "uno uno uno uno " * 2 + "uno uno uno uno", "<CARD_1>"),
    ("Italian words", "quattro uno uno uno " + "uno uno uno uno " * 2 + "uno uno uno uno", "<CARD_1>"),
    ("Portuguese words", "quatro um um um " + "um um um um " * 2 + "um um um um", "<CARD_1>"),
    ("Dutch words", "vier een een een " + "een een een een " * 2 + "een een een een", "<CARD_1>"),
    ("words and digits", "four 1 1 one 1111 one one 1 1 11 11", "<CARD_1>"),
    ("glued words", "fouroneoneone oneoneoneone oneoneoneone oneoneoneone", "<CARD_1>"),
    ("keycaps", "4️⃣1️⃣1️⃣1️⃣ 1️⃣1️⃣1️⃣1️⃣ 1️⃣1️⃣1️⃣1️⃣ 1️⃣1️⃣1️⃣1️⃣", "<CARD_1>"),
    ("circled", "④①①① ①①①① ①①①① ①①①①", "<CARD_1>"),
    ("white on black", "➍➊➊➊ ➊➊➊➊ ➊➊➊➊ ➊➊➊➊", "<CARD_1>"),
    ("superscripts", "⁴¹¹¹ ¹¹¹¹ ¹¹¹¹ ¹¹¹¹", "<CARD_1>"),
    ("mathematical", "𝟒𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏", "<CARD_1>"),
    ("Devanagari", "४१११ ११११ ११११ ११११", "<CARD_1>"),
    ("Chinese", "四一一一 一一一一 一一一一 一一一一", "<CARD_1>"),
    ("accents on digits", "4\u03011\u03011\u03011 1111 1111 1111", "<CARD_1>"),
    ("letters for digits", "4lll IIII 1111 1l11", "<CARD_1>"),
    ("S for 5, B for 8", "S555 5555 5S55 4444", "<CARD_1>"),
    ("Maestro", "6759 6498 2643 8453", "<CARD_1>"),
    ("JCB", "3530 1113 3330 0000", "<CARD_1>"),
    ("UnionPay", "6200 0000 0000 0005", "<CARD_1>"),
    ("part of a card", "the last 4 digits of my card are 4242", "the last 4 digits of my card are <NUMBER_1>"),
    ("next part", "the next four 1111", "the next four <NUMBER_1>"),
    ("a turn with a part alone", "4111", "<NUMBER_1>"),
    # accounts
    ("iban with O for 0", "DE89 37O4 OO44 O532 O13O OO", "<IBAN_1>"),
    ("iban letter by letter", "G B 8 2 W E S T 1 2 3 4 5 6 9 8 7 6 5 4 3 2", "<IBAN_1>"),
    ("iban over lines", "DE89\n3704\n0044\n0532\n0130\n00", "<IBAN_1>"),
    ("iban with dots", "DE89.3704.0044.0532.0130.00", "<IBAN_1>"),
    ("iban after its word, glued", "IBANDE89370400440532013000", "IBAN<IBAN_1>"),
    ("shortest iban", "NO93 8601 1117 947", "<IBAN_1>"),
    ("longest iban", "MT84 MALT 0110 0001 2345 MTLC AST0 01S", "<IBAN_1>"),
    # telephones
    ("phone with O for 0", "O171 2345678", "<PHONE_1>"),
    ("phone in words", "my phone is zero one seven one two three four five six seven", "my phone is <PHONE_1>"),
    ("phone in German words", "null eins sieben eins zwei drei vier fünf sechs sieben", "<PHONE_1>"),
    ("phone in French pairs", "zéro six douze trente-quatre cinquante-six soixante-dix-huit", "<PHONE_1>"),
    ("phone with plus in words", "plus four four two oh seven nine four six oh nine five eight", "plus <PHONE_1>"),
    ("phone with dash in words", "call two one dash five five five dash six seven eight nine", "call <PHONE_1>"),
    ("phone over lines", "phone 0171\n234\n5678", "phone <PHONE_1>"),
    ("phone without area", "467 3395", "<PHONE_1>"),
    ("phone before its word", "61 51 81 office", "<PHONE_1> office"),
    ("phone with extension", "call 415.555.2671 ext. 22", "call <PHONE_1>"),
    ("number in words", "five-five-five one two one two", "<NUMBER_1>"),
    ("seven digits", "reference 1234567", "reference <NUMBER_1>"),
    # e-mail
    ("email in brackets", "anna(@)mail.com", "<EMAIL_1>"),
    ("email with spaces", "anna@ mail . com", "<EMAIL_1>"),
    ("email letter by letter", "a n n a @ m a i l . c o m", "<EMAIL_1>"),
    ("email in capitals of words", "anna AT mail DOT com", "<EMAIL_1>"),
    ("email in Spanish", "anna arroba mail punto com", "<EMAIL_1>"),
    ("email in Italian", "anna chiocciola libero punto it", "<EMAIL_1>"),
    ("email in French", "anna arobase orange point fr", "<EMAIL_1>"),
    ("email in Dutch", "anna apenstaartje ziggo punt nl", "<EMAIL_1>"),
    ("email in German", "anna ät mail punkt de", "<EMAIL_1>"),
    ("email with the sign's name", "anna at sign gmail dot com", "<EMAIL_1>"),
    ("email with underscore", "anna underscore berg at mail dot com", "<EMAIL_1>"),
    ("email with minus", "anna minus berg@mail dot com", "<EMAIL_1>"),
    ("email with a comma", "anna@mail,com", "<EMAIL_1>"),
    ("email as entity", "anna&#64;mail&#46;com", "<EMAIL_1>"),
    ("email in a link", "anna%40mail.com", "<EMAIL_1>"),
    ("email in braces", "anna.berg{at}mail{dot}co{dot}uk", "<EMAIL_1>"),
    ("email over a line", "anna\n@mail.com", "<EMAIL_1>"),
    ("email with two signs", "anna@@mail.com", "<EMAIL_1>"),
    ("email in Cyrillic letters", "аnnа@mаil.com", "<EMAIL_1>"),
    ("email in small capitals", "ᴀnna@mail.com", "<EMAIL_1>"),
    ("email begun", "my mail is anna.berg@", "my mail is <EMAIL_1>"),
    # others
    ("insurance number with l for 1", "AB l2 34 56 C", "<NATIONAL_ID_1>"),
    ("social security with O for 0", "46O-89-9847", "<NATIONAL_ID_1>"),
    ("IPv4 in words", "203 dot 0 dot 113 dot 9", "<IP_1>"),
    ("IPv4 in brackets", "203(.)0(.)113(.)9", "<IP_1>"),
    ("IPv6 with a zone", "fe80::1ff:fe23:4567:890a%eth2", "<IP_1>"),
    ("MAC of Cisco", "001b.4411.3ab7", "<MAC_1>"),
    ("MAC without signs", "mac address 001b44113ab7", "mac address <MAC_1>"),
    ("parcel", "tracking 1Z999AA10123456784", "tracking <NUMBER_1>"),
    ("post's parcel", "tracking RR123456785GB", "tracking <NUMBER_1>"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "text", "masked"), MASKED, ids=[row[0] for row in MASKED])
def test_masked(structured: PersonalDataScrubber, case: str, text: str, masked: str) -> None:
    assert structured.scrub(text, {}).text == masked


LEFT = [
    "cancel 10482 and 10483",
    "I need 2 of 10482, 3 of 10483, 1 of 10484",
    "seven years, four chairs and one table, two lamps, three, five",
    "one or two of the three, or all four",
    "my last order 10482 and the next 100 pieces",
    "the first 2000 customers, the last 10 transactions",
    "a table on Sept. 03, 2018 for two",
    "open at 2024-05-03T10:00:00.123456+02:00",
    "between 2019 2020 and 2021",
    "it measures 120 cm, weighs 1200000 g, costs 1299.00 euros or 10 %",
    "2024",
    "1830",
    "10482",
    "see you at mail point at 5 dot com",
    "charged at point of sale at 3",
    "I am at work dot dot dot",
    "we looked at shop.example and at the shop",
    "50% off & more, 100%",
    "| 4 | 5 | 6 |\n| 7 | 8 | 9 |",
    "SKU FH-1301 and FH-1302",
    "do it at 5, or in 10 days",
    "version 10.4.2 of 2024",
]


@pytest.mark.parametrize("text", LEFT)
def test_left_alone(structured: PersonalDataScrubber, text: str) -> None:
    assert structured.scrub(text, {}).text == text


def test_every_finding_says_why(structured: PersonalDataScrubber) -> None:
    findings = [finding for _, text, _ in MASKED for finding in structured.scrub(text, {}).findings]
    assert findings
    assert not [finding for finding in findings if not 3 <= len(finding.reason) <= 60]
    assert all(0 < finding.score <= 1 for finding in findings)
