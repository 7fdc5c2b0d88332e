"""Whole postal addresses as one span. All addresses are made up; streets are common names."""

from __future__ import annotations

import pytest

from frontdesk.nodes.scrub.detectors.address import find

WHOLE = [
    ("British", "send it to ", "5 Elm Road, Bristol BS1 2AB", ""),
    ("British over lines", "deliver to:\n", "12 Oak Street\nBristol\nBS1 2AB", "\nThanks, Anna"),
    ("British in small letters", "i live at ", "12 high street, leeds", ""),
    ("small letters and postcode", "it is ", "12 high street, leeds, ls1 4ab", " please"),
    ("flat first", "", "Flat 3, 12 Oak Street", ""),
    ("after an order number", "Can you ship 10377 to ", "18 Harbour Street, Cork", " instead of my home?"),
    ("change of an order's address", "delivery address of order 10482 to ", "7 Mill Lane, York YO1 7PR", ""),
    ("Irish", "", "42 Upper Oak Street, Dublin D04 X2A5", ""),
    ("American", "", "123 Main St, Apt 4B, Springfield, IL 62704", ""),
    ("American with quadrant", "", "1600 Elm Avenue NW, Washington, DC 20500", ""),
    ("Canadian", "", "10 Main Street, Toronto ON M5V 2T6", ""),
    ("Australian", "", "Unit 4, 22 George Street, Sydney NSW 2000, Australia", ""),
    ("New Zealand", "", "15/2 Queen St, Auckland 1010, New Zealand", ""),
    ("Indian", "", "Flat 12, Palm Court, MG Road, Bengaluru 560001, India", ""),
    ("German", "", "Lange Gartenstraße 12a, 10115 Berlin", ""),
    ("German short form", "Anschrift: ", "Hauptstr. 7, 50667 Köln", ""),
    ("German in small letters", "ich wohne in der ", "lindenstraße 4", ""),
    ("Swiss", "", "Bahnhofstrasse 1, 8001 Zürich", ""),
    ("French", "", "12 Rue de la Paix, 75002 Paris, France", ""),
    ("French in small letters", "mon adresse est ", "5 avenue des fleurs, 69003 lyon", ""),
    ("Spanish", "", "Calle de Alcalá 45, 28014 Madrid", ""),
    ("Spanish slash", "vivo en ", "C/ Mayor 5, Madrid", ""),
    ("Italian", "", "Via Roma 12, 00184 Roma", ""),
    ("Portuguese", "", "Rua Augusta 1500, São Paulo - SP, 01304-001", ""),
    ("Brazilian avenue", "", "Av. Paulista 1578, Bela Vista, São Paulo", ""),
    ("Dutch", "", "Keizersgracht 123, 1015 CJ Amsterdam", ""),
    ("Swedish", "", "Storgatan 5, 111 22 Stockholm", ""),
    ("Danish", "", "Vesterbrogade 12, 1620 København V", ""),
    ("Polish", "", "ul. Leśna 10/12, 00-590 Warszawa", ""),
    ("Hungarian", "", "Fő u. 15, 1011 Budapest", ""),
    ("Finnish", "", "Mannerheimintie 12 A, 00100 Helsinki", ""),
    ("box", "", "PO Box 123, Dublin 2", ""),
    ("German box", "", "Postfach 10 11 12, 20095 Hamburg", ""),
    ("French box", "", "BP 45, 13001 Marseille", ""),
    ("army", "", "PSC 1234, Box 5678, APO AE 09021", ""),
    ("embassy", "now at ", "Unit 4714 Box 6368\nDPO AE 29271", ""),
    ("navy", "", "USS Sample FPO AP 96301", ""),
    ("number before and after the street", "now at ", "230 107 Igias Street Suite 503 Town Cyprus", ""),
    ("lines, unit and country", "", "20789 Allika 46\n Suite 501\n Riisa\n\n Estonia 62488", ""),
    ("quoted lines", ">", "51 1819 Oak Street\n>Apt. 327\n>Townham\n>Federated States of Micronesia 47980", ""),
    ("a missing value", "meet me at ", "51 Rosenstraat 222\nMakareao, nan 57132", ""),
    ("no street word, after a cue", "my new address is ", "5720 Skoanveien 226, Fauske 8200", ""),
    ("no number, after a cue", "I live at ", "Rose Cottage, Lower Farm, Devon", ""),
    ("streets that meet", "meet at ", "the corner of 5th St and Main St", ""),
    ("streets that meet, small", "meet at ", "the corner of elm street and oak lane", ""),
    ("name line stays apart", "Billing address: Anna Schmidt\n  ", "12 Oak Street\n  Bristol", ""),
    ("British postcode alone", "my postcode is ", "BS1 2AB", ", thanks"),
    ("US code by cue", "My zip code is ", "94107", ""),
    ("German code by cue", "PLZ ", "50667", ""),
    ("Canadian code", "near ", "M5V 2T6", ""),
]


@pytest.mark.parametrize(("case", "before", "address", "after"), WHOLE, ids=[row[0] for row in WHOLE])
def test_one_span_with_a_reason(case: str, before: str, address: str, after: str) -> None:
    text = before + address + after
    found = list(find(text))
    assert [text[match.start : match.end] for match in found] == [address]
    assert found[0].label == "ADDRESS"
    assert found[0].reason
    assert 0.6 <= found[0].score <= 0.9


NONE = [
    ("town of a shop", "is the Leeds shop open"),
    ("street of a shop", "is the Oxford Street store open on Sunday?"),
    ("order to a town", "send order 10482 to Berlin please"),
    ("order before a town", "Order 10482 Bristol shop"),
    ("order number", "where is my order 10482?"),
    ("quantities", "2 Oak tables and 4 chairs"),
    ("hotel", "a 5 Star Hotel"),
    ("support", "Level 3 Support"),
    ("date", "sent on 12 March, order 10482, Bristol"),
    ("drive", "the 2 TB Hard Drive and the 64 GB Flash Drive"),
    ("product with numbers", "I ordered 2 Nike Air Max 90 shoes"),
    ("version", "upgrade to Windows 11 Pro 2024 edition"),
    ("address without one", "my address is wrong"),
    ("address without one, capital", "my address is not Correct, order 10482"),
    ("number of a house alone", "it should be number 12 not 21"),
    ("corner of a thing", "the corner of the table and the chair"),
    ("units", "1500 GB and 2000 MB for 1200 EUR"),
    ("price and time", "49.95 EUR, VAT 19 % at 10:30 on 12.03.2024"),
    ("measures", "it is 120 x 80 x 75 cm"),
    ("verb that ends like a street", "Bring 5 items, ordering 3 lamps"),
    ("plans", "moved from plan 5 to plan 7"),
    ("an order in brackets' company", "order is known: 10482 (turn 1)"),
    ("words about an address", "my address: street and town are wrong"),
    ("nothing", ""),
]


@pytest.mark.parametrize(("case", "text"), NONE, ids=[row[0] for row in NONE])
def test_no_address(case: str, text: str) -> None:
    assert list(find(text)) == []


ENDS = [
    ("a request follows", "5 Elm Road, Bristol. Please call me", "5 Elm Road, Bristol"),
    ("a phone line follows", "5 Elm Road\nBristol\n021 232 945 1338 office", "5 Elm Road\nBristol"),
    ("a sentence on the next line", "5 Elm Road, Bristol\nDeliver it after noon", "5 Elm Road, Bristol"),
    ("an order before a dash", "10482 - Flat 2, 7 Mill Lane, York", "Flat 2, 7 Mill Lane, York"),
    ("a request on the next line", "to 9 Station Road, Leeds\ncancel", "9 Station Road, Leeds"),
    ("a quantity follows", "5 Elm Road 2 lamps", "5 Elm Road"),
    ("an ordinary word follows", "I moved to 12 Elm Road last week", "12 Elm Road"),
    ("a word after the country", "5 Oak St\n Nelson\n Canada 36523 last night", "5 Oak St\n Nelson\n Canada 36523"),
]


@pytest.mark.parametrize(("case", "text", "address"), ENDS, ids=[row[0] for row in ENDS])
def test_where_an_address_ends(case: str, text: str, address: str) -> None:
    assert [text[match.start : match.end] for match in find(text)] == [address]


def test_apart_and_in_order() -> None:
    text = "from 5 Elm Road, Bristol to 12 Oak Street, Leeds, not 7 Mill Lane"
    found = [text[match.start : match.end] for match in find(text)]
    assert found == ["5 Elm Road, Bristol", "12 Oak Street, Leeds", "7 Mill Lane"]
