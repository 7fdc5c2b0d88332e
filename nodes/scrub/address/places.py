"""Names of countries, as words: what may close an address. Common geographic knowledge, written by hand."""

from __future__ import annotations

_COUNTRIES = """
afghanistan africa albania algeria andorra angola antigua barbuda argentina armenia aruba australia austria azerbaijan
bahamas bahrain bangladesh barbados belarus belgium belize benin bermuda bhutan bolivia bosnia herzegovina botswana
brazil brunei bulgaria burkina faso burundi cambodia cameroon canada verde cayman colombia comoros congo croatia
curaçao cyprus czechia czech denmark djibouti dominica dominican ecuador egypt salvador eritrea estonia eswatini
ethiopia faroe fiji finland france gabon gambia germany ghana gibraltar greece greenland grenada guadeloupe guam
guatemala guernsey guinea cuba mali niger guyana haiti honduras hungary iceland india indonesia iran iraq ireland
israel italy ivory jamaica japan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho
liberia libya liechtenstein lithuania luxembourg macao macau macedonia madagascar malawi malaysia maldives malta
martinique mauritania mauritius mexico micronesia moldova monaco mongolia montenegro montserrat morocco mozambique
myanmar namibia nauru nepal netherlands zealand nicaragua nigeria norway oman pakistan palau palestine panama papua
paraguay peru philippines pitcairn poland portugal qatar réunion reunion romania russia russian rwanda samoa senegal
serbia seychelles sierra leone singapore slovakia slovenia somalia spain lanka sudan suriname sweden switzerland syria
taiwan tajikistan tanzania thailand timor-leste togo tokelau tonga trinidad tobago tunisia turkmenistan tuvalu uganda
ukraine emirates kingdom uruguay uzbekistan vanuatu vatican venezuela vietnam yemen zambia zimbabwe england scotland
wales usa deutschland österreich schweiz frankreich italien spanien niederlande belgien dänemark polen ungarn
tschechien allemagne autriche suisse belgique espagne italie royaume-uni pays-bas españa méxico perú brasil alemania
francia italia reino unido suiza bélgica nederland belgië duitsland frankrijk svizzera germania spagna republic
islands island kitts nevis grenadines vincent barthélemy principe tomé swaziland greenlander sverige norge danmark
suomi ísland polska česko magyarország eesti latvija lietuva hrvatska slovenija
"""
_AMBIGUOUS = "china turkey chile jordan georgia chad jersey"
_ADJECTIVES = """
cape saudi arabia new south north sri united costa rica puerto hong kong san marino el old little long high upper lower
"""

COUNTRIES = frozenset(_COUNTRIES.split())
"""Words that name a country or the telling part of its name, and mean nothing else in small letters."""

FIRST_PARTS = frozenset(_ADJECTIVES.split())
"""Words that begin or go with a country's name and are ordinary words alone: they count beside one of ``COUNTRIES``."""

COUNTRIES_CAPITAL = frozenset(_AMBIGUOUS.split())
"""Names of countries that are ordinary words in small letters."""

US_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR"
    "|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY"
)
AU_STATES = "NSW|VIC|QLD|WA|SA|TAS|ACT|NT"
UK_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G"
    "|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW"
    "|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD"
    "|WF|WN|WR|WS|WV|YO|ZE"
)
"""Areas of British postcodes (Royal Mail's public list): what tells one from a part number."""
