"""Words that addresses are made of, and words that end one. In small letters; grouped by what they do."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STREET = _set("""
street road avenue lane boulevard crescent terrace mews highway parkway esplanade expressway
""")
"""English, after the name, and nothing else in small letters."""

STREET_CAPITAL = _set("""
close court drive gardens grove hill row park parade walk trail quay green view way place square circle rise wharf
plaza loop points broadway alley turnpike pike bypass causeway promenade motorway strand creek
""")
"""English, after the name; ordinary words in small letters."""

STREET_SMALL = _set("court drive gardens grove place square close crescent parade creek quay wharf")
"""The ones that count in small letters too after a number and a name, where a place is spoken of."""

STREET_SHORT = _set("""
st rd ave ln dr ct cres blvd pl sq hwy pkwy cir tce ter crt pde esp
""")
"""English short forms; "dr" and "st" before a name are a title and a saint."""

STREET_BEFORE = _set("""
rue chemin allée allee impasse quai ruelle chaussée sentier faubourg calle avenida paseo camino carrera carretera ctra
callejón glorieta travesía avda barrio urbanización jirón viale piazza piazzale piazzetta salita borgo corso vicolo
strada lungomare largo contrada traversa rua praça travessa alameda rodovia estrada ul ulica aleja aleje plac osiedle
os straße strasse str allee platz gasse ulitsa bulevardul strada calea rruga ulice náměstí nam třída
""")
"""Before the name: French, Spanish, Italian, Portuguese, Polish and others."""

STREET_BEFORE_CAPITAL = _set("""
via place route plaza cours av bd boul pza al trg vico ronda cite passage weg rte chausse
""")
"""Before the name; ordinary words, initials or short forms else."""

STREET_AFTER = _set("""
utca út útja tér tere rakpart rkp körút krt köz sétány tänav puiestee mnt vei veien veg vegen vej väg vägen gata gatan
gade allé plass plads plats katu iela gatvė caddesi cad sokak ulica ulice strasse straße str weg allee platz gasse
damm ufer straat laan plein weg kade gracht steenweg dreef baan
""")
"""After the name, before the number: Hungarian, Estonian, Scandinavian, Finnish, Baltic, Turkish, German, Dutch."""

FUSED = (
    "straße|strasse|str|gasse|weg|platz|allee|damm|ufer|steig|stieg|brücke|markt|graben|chaussee|hof|zeile|gürtel|promenade|kamp"
    "|straat|laan|gracht|plein|kade|singel|dreef|dijk|wei|plantsoen|steeg|baan|oever|vaart"
    "|vej|gade|gata|gaten|gatan|vägen|väg|veien|vegen|vei|veg|vegur|stræti|straeti|haugen|kroken|svingen|torvet|gården|garden|stræde|gränd|torget|torg|braut|bakken|bakke|stien|stígur|hlíð"
    "|katu|polku|kuja|puistikko|tänav|tee"
)
"""Ends of words that are streets: German, Dutch, Danish, Norwegian, Swedish, Icelandic, Finnish, Estonian."""

FUSED_LONG = "tie|ova|eva"
"""The same, after three letters or more: Finnish, Slovene, Czech."""

FUSED_SMALL = (
    "straße|strasse|str|gasse|weg|allee|platz|chaussee|damm|ufer|straat|laan|gracht|plein|singel|dijk|dreef|steeg"
    "|vej|gade|gata|gaten|gatan|vägen|väg|veien|vegen|stræde|stræti|straeti|vegur|gränd|torget|braut|bakken|haugen"
    "|katu|kuja|polku"
)
"""The ones that also tell a street in small letters."""

FUSED_SMALL_LONG = "tie"
"""The same, after five letters or more."""

NOT_FUSED = _set("""
brigade renegade necktie magpie decade unterwegs supermarkt weihnachtsmarkt flohmarkt aktienmarkt mediamarkt bahnhof
bauhof friedhof parkplatz sitzplatz arbeitsplatz spielplatz schlafplatz stellplatz bahnsteig bürgersteig umweg heimweg
rückweg versandweg lieferweg hinweg nachhauseweg überweg halfway committee guarantee employee trustee referee attendee
coffee refugee nominee pedigree toffee degree norwei wardrobe payee bowtie cutie bootie sweetie hoodie leopard
kindergarden zwei genova villanova casanova cordova moldova nova
""")
"""Words that end like a street and are none."""

UNIT = _set("""
apt apartment suite ste flat wohnung whg appartement appartamento apartamento apto appt depto departamento lokal
interno piso étage bât lgh
""")
"""Before the number of a dwelling or an office."""

UNIT_WEAK = _set("""
unit room floor building block bldg fl rm box house villa plot door tür top stiege stock haus bus bte scala int porta
puerta esc sala bloco andar lote villa m mieszk byt flr lot etage
""")
"""The same, and much else: counts only beside an address."""

NUMBER_SIGN = _set("no nr n num number número numéro numero nummer č km")
"""Stands before a house number."""

PARTICLE = _set("""
de du des la le les del della delle dei di da do dos das von vom zum zur am an der dem den dell van het ten ter op el
los las sur sous lès nad pod na ob z ze u new old auf im bei und aan upon dal degli dalla
""")
"""Small words within the name of a street or a town."""

JOINING = _set("and und et y & og och en")
"""Between two streets that meet."""

BEFORE_PLACE = _set("on in at of off near from to along opposite outside into onto upon")
"""Small words before a place."""

NOT_AN_ADDRESS = _set("""
order orders invoice ticket case ref reference item items sku model version release chapter page step level day week
month year days weeks months years hours minutes hour minute mile miles people persons guests times size class grade
type line lane table seat gate terminal platform track flight train season episode windows iphone ipad galaxy pixel
playstation xbox office series gb tb mb kg cm mm ml km ghz mhz usb ssd hdd ram eur usd gbp euro euros dollars pounds
pack piece pieces pcs star stars person seater hard flash disk disc percent plan option point part stage visa
mastercard paypal klarna dhl ups fedex usps dpd hermes gls amazon google microsoft apple android ios covid bestellung
auftrag rechnung kunde kundennummer artikel commande facture pedido factura ordine fattura bestelling account card
phone tel telephone fax mobile cell handy telefon iban email e-mail mail customer client voucher code coupon pin pm am
january february march april june july august september october november december jan feb mar apr jun jul aug sep sept
oct nov dec januar februar märz mai juni juli oktober dezember monday tuesday wednesday thursday friday saturday
sunday mon tue wed thu fri sat sun
""")
"""Words beside which a number is not a house's."""
