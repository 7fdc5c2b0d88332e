"""The labels of annotated data: which of them name personal data, and what they are called here."""

from __future__ import annotations

import re

SENSITIVE: dict[str, str] = {
    "person": "NAME",
    "name": "NAME",
    "first_name": "NAME",
    "last_name": "NAME",
    "address": "ADDRESS",
    "street_address": "ADDRESS",
    "zip_code": "ADDRESS",
    "postcode": "ADDRESS",
    "credit_card": "CARD",
    "card": "CARD",
    "phone_number": "PHONE",
    "phone": "PHONE",
    "email_address": "EMAIL",
    "email": "EMAIL",
    "us_ssn": "NATIONAL_ID",
    "national_id": "NATIONAL_ID",
    "iban_code": "IBAN",
    "iban": "IBAN",
    "ip_address": "IP",
    "ip": "IP",
    "mac_address": "MAC",
    "mac": "MAC",
    "date_of_birth": "DOB",
    "dob": "DOB",
    "passport": "PASSPORT",
    "us_passport": "PASSPORT",
    "us_driver_license": "LICENCE",
    "licence": "LICENCE",
    "secret": "SECRET",
    "api_key": "SECRET",
    "password": "SECRET",
    "number": "NUMBER",
}
"""Annotated label (without regard to case) to ours. To leave one in clear is a miss."""
STRUCTURED = frozenset({"CARD", "IBAN", "EMAIL", "PHONE", "NATIONAL_ID", "IP"})
"""Ours that have a format."""
PLAIN = frozenset(
    {
        *("location", "organization", "date_time", "title", "age", "nrp", "domain_name"),  # presidio_research
        *("people", "date", "time"),  # restaurant8k
    }
)
"""Annotated, and neither here nor there: no miss when left in clear, no false alarm when masked."""
NAME_PARTS = frozenset({"first_name", "last_name"})
"""Side by side they are one name."""

_PERSONAL_WORD = re.compile(r"\b(?:I|i|i['’]m|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Ww]e|[Oo]urs?|[Yy]ou|[Yy]ours?)\b")


def ours(label: str) -> str:
    """Return our label for an annotated one (``first_name+last_name`` is one name).

    Empty for one that does not name personal data, or is not known.
    """
    return SENSITIVE.get(label.casefold().split("+")[0], "")


def conversational(text: str) -> bool:
    """Tell whether a text is written in the first or second person: has I, me, my, we, our, you, your … as a word.

    Not "us", which is a country in capitals, and no other word in capitals: ME is a state.
    """
    return _PERSONAL_WORD.search(text) is not None
