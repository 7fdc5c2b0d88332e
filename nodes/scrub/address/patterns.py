"""What an address looks like over the shape of a text (letters and gaps: see ``tokens``). Every repeat is bounded."""

from __future__ import annotations

import re
from typing import NamedTuple


class Street(NamedTuple):
    """A pattern for the core of an address."""

    needs: str
    """Letters of which a shape must have one for the pattern to be tried."""
    pattern: re.Pattern[str]
    score: float
    reason: str


_NUMBER = r"(?:H_)?[nN]"
_HOUSE = rf"(?<!d_)(?<!d_H_){_NUMBER}[_,]"
_QUANTITY = r"(?!_[Oxd])"
_EDGE = r"(?=[_,/|])"

STREETS = tuple(
    Street(needs, re.compile(pattern), score, reason)
    for needs, pattern, score, reason in (
        ("TY", rf"{_HOUSE}(?:[COPKFTYR]_){{1,4}}[TY](?:_[TYt])?{_EDGE}", 0.85, "house number and street"),
        ("ty", rf"{_HOUSE}(?:[lPOry]_){{1,3}}[ty](?:_t)?{_EDGE}", 0.8, "house number and street"),
        ("T", rf"(?:[COPK]_){{1,4}}T(?:_C)?[_,]{_NUMBER}(?!_[Oxdl])", 0.8, "street and house number"),
        ("F", rf"(?:C_(?:P_){{1,2}}|[CP]_)?F[_,]{_NUMBER}{_QUANTITY}", 0.85, "street and house number"),
        ("f", rf"f[_,]{_NUMBER}{_QUANTITY}", 0.8, "street and house number"),
        ("eR", rf"(?:[CPOFKlTe]_){{1,4}}[eR]_{_NUMBER}{_QUANTITY}", 0.8, "street and house number"),
        ("R", rf"R_(?:[PCOKTYFl]_){{0,5}}[CKOTYFAl][_,]{_NUMBER}{_QUANTITY}", 0.85, "street word, name and number"),
        ("K", rf"{_NUMBER}_(?:[CP]_){{0,4}}C/(?:[CP][_,/]){{0,4}}(?:p_(?:s_)?)?K", 0.8, "number, name and country"),
        (
            "RrtYT",
            rf"{_HOUSE}(?:[lAC]_)?[RrtYT]_(?:[PO]_){{0,3}}(?:l_)?[CKOF](?:_[CPKJ](?=_C)|_C){{0,3}}",
            0.8,
            "number, street",
        ),
        ("rR", rf"{_HOUSE}[rR]_(?:[PlCOK]_){{1,4}}[nN]{_EDGE}{_QUANTITY}", 0.8, "number, street word, name and number"),
        (
            "Rt",
            rf"{_HOUSE}(?:(?:l_)?R_(?:P_){{0,3}}|t_(?:P_){{1,3}})[lC](?:_[lC](?=[,/|]|_[UuN]))?",
            0.8,
            "number, street word and name",
        ),
        ("F", rf"{_HOUSE}(?:[CFPK]_){{0,2}}F{_EDGE}", 0.8, "house number and street"),
        ("tT", rf"(?:[CP]_){{1,4}}(?:[TY]_)?{_NUMBER}_[tT]{_EDGE}", 0.75, "name, number and street"),
        ("U", r"U_(?:H_)?[nNA]", 0.8, "number of a flat or an office"),
        (
            "K",
            rf"(?<!d_){_NUMBER}_(?:[CPOKFTYR]_){{1,5}}{_NUMBER}[_,/](?:[CP][_,/]){{0,5}}(?:p_(?:s_)?)?K",
            0.8,
            "numbers and country",
        ),
        ("K", rf"(?:C_){{1,4}}{_NUMBER}[,/](?:[CNP][_,/]){{0,5}}K", 0.8, "name, number and country"),
        (
            "N",
            rf"(?<!d_){_NUMBER}_(?:[CPOKFTYRle]_){{1,5}}{_NUMBER}[,/](?:[CP]_){{0,3}}C[,/](?:[CB][_/])?N",
            0.8,
            "number and code",
        ),
        ("N", rf"(?:[CP]_){{0,4}}C_{_NUMBER}[,/]N_[CB]", 0.75, "name, number, code and town"),
        ("N", r"(?:(?<=p_)|(?<=[/|])|^)N_(?:[CP]_){1,4}n(?=[_,/|])", 0.75, "number, name and number"),
        ("N", r"(?:(?<=p_)|(?<=[/|])|^)N_(?:[lCPRO]_){1,4}n(?=[,/|]|_U)", 0.75, "number, name and number"),
        ("n", r"(?:(?<=p_)|(?<=[/|])|^)n_(?:[CP]_){1,4}n(?=[,/|])", 0.7, "number, name and number"),
    )
)
"""Patterns for a street or another core of an address, with the score and why."""

NUMBERLESS = re.compile(
    rf"(?:(?<=[ps]_)|(?<=,))(?:(?:C_){{1,3}}T(?:_[Tt])?|R_(?:P_){{0,3}}C(?:_C){{0,2}}){_EDGE}(?!_n)"
)
"""A street without a number, after a word that goes before places."""

SMALL_STREET = re.compile(r"(?<=p_)[nN]_(?:[lPO]_){1,3}r(?=[,/|]|_[spUKN])|N_(?:[lPO]_){1,3}r(?=[,/|]|_[UK])")
"""A number, a name and an ambiguous street word in small letters."""

NAME_AND_NUMBER = re.compile(rf"(?<=p_)(?:J_)?(?:C_(?:J_)?){{1,3}}{_NUMBER}(?=[_,/|])(?!_[Oxdln]|,n)")
"""A name and a number, after a word that goes before places."""

TOWN_AND_CODE = re.compile(rf"(?<=p_)(?:[CP]_){{0,3}}C_(N|n_n){_EDGE}(?!_[nN]|,n)")
"""A town and a number behind it; group 1 is the number."""

_CODE = r"(?:n_n(?=_C)|[NA]_A|[NA](?!_[nN])|n(?!_[lnN])|n(?=_[l]_[spK]))"
_UNITS = r"(?:[Uu]_(?:H_)?[nNA]|[Uu]_C(?=[,/|])|O_[uU]|[nNA]_u(?=[_,/|]))"
_NAME = r"(?:[CKTYFRAOe]|r(?=_[CKlP]|[,/|])|P(?=[_,][CKPF])|[ty](?=[_,/|])|(?:[slpPJ]_){1,3}K|B(?=[_/,][nNA]|[/|,]))"
_BIT = rf"(?:{_UNITS}|{_NAME}|{_CODE})"
_TOWN = r"(?:l(?=[,/|]|_[NsAKp])|[lyP]_[lP](?=[,/]|_[NAK])|l_P_l(?=[,/|]|_[NAK])|(?:l_){1,2}N(?!_[nN]))"
_LINE = rf"(?:(?:{_BIT}|C_p(?=_C))[_,])*{_BIT}(?:(?=[/|])|(?<=[KNA])(?=[_,][spdl])|(?<=[CT])(?=,[spd]))"
_SMALL_LINE = (
    r"(?:(?:[lPKrRts]_){0,4}(?:[pJ]_(?:s_)?)?[lKt](?:_[nH](?=/))?(?:,[lsPHJpRryKC])?(?:_N)?"
    r"(?:(?=[/|])|(?<=[KN])(?=[_,][spd]))|[lsPHJpRryt](?=/N)|[lsPHJpRry]_N(?=[/|]))"
)

TAIL = re.compile(rf"(?:_{_BIT}|,(?:C_p_C(?![a-z])|{_BIT}|{_TOWN})|/{_LINE}){{0,40}}")
"""What may follow a core, from the gap after it."""

TAIL_SMALL = re.compile(
    rf"(?:_(?:{_BIT}|(?:[lPrRt]_){{1,3}}[KC]|l_N(?!_[nN])|(?<=N_)l(?=[,/|]))|,(?:{_BIT}|{_TOWN})|/(?:{_LINE}|{_SMALL_LINE})){{0,40}}"
)
"""The same in a text that is all in small letters."""

_BACK_WORDS = "[CPOKTYFRre]"
_BACK_UNIT = r"(?:[nNAC](?:_H)?_[Uu]|[uU]_O)"
_BACK_STREET = rf"[nN](?:_H)?(?:_{_BACK_WORDS}){{1,5}}(?:_[nN](?:_[nN])?(?!_[nNd]))?"
_BACK_SMALL = r"[nN](?:_[lPAreRfCO]){1,4}_[nN](?:_[nN])?(?!_[nNd])"
_BACK_PLAIN = rf"(?:(?:{_BACK_WORDS}_){{1,5}}|(?:[lPyt]_){{1,4}})[nN](?:_[nN])?(?!_[nNd])"
_BACK_NUMBER = r"[nN](?:_H)?(?!_[nN]_[nN])(?!_d)"

HEAD = re.compile(
    rf"(?:[_,/](?:{_BACK_UNIT}|{_BACK_STREET}|{_BACK_SMALL}|{_BACK_PLAIN})(?=[_,/|]|$)|_{_BACK_NUMBER}){{0,6}}"
)
"""What may stand before a core, over the reversed shape."""

HEAD_JOINED = re.compile(r"_J_(?:C(?=[_,/|]|$)|l(?=_[ps]))")
"""A street that meets the core's, over the reversed shape: "Elm and 5 Oak Road"."""

_SMALL = r"(?:[lf](?=_[lKtyfenNPrRUJ]|[,/|]))"
_PHRASE = (
    rf"(?:d_J_(?=[Cn]))?(?:{_BIT}|{_SMALL}|n)(?:_(?:[lPrRt]_){{1,3}}[KC]|_(?:J_(?=[CnNRFPlOf]))?(?:{_BIT}|{_SMALL})"
    rf"|(?<=N)_l(?=[,/|])|,(?:{_BIT}|{_TOWN})"
)
PHRASE = re.compile(rf"{_PHRASE}|/{_LINE}){{0,40}}")
"""What may follow a cue."""

PHRASE_SMALL = re.compile(rf"{_PHRASE}|/(?:{_LINE}|{_SMALL_LINE})){{0,40}}")
"""The same where it is written in small letters."""

STRONG_EVIDENCE = re.compile(
    r"[nNA][_,/].*[CKTtFfRre]|[CKTFfRreY].*[_,/][nNA]|C_[TR]|[TR]_(?:P_){0,2}C|F|l_t(?:$|[_,])|^C(?:_C){0,3},C(?:_C){0,3},C|^[nN]_(?:l_){1,3}[nN]|^(?:[lPJ]_){1,5}[nN]$"
)
"""What makes a phrase an address after a strong cue."""

EVIDENCE = re.compile(
    r"(?:^|[_,/])[nN][_,](?:[PO]_){0,3}[CFTRtef]|[CFKTYRtfe]_(?:H_)?[nN]|(?:^|_)[TFR]_|_[TF]$|U_[nNA]|[nN]_(?:l_){1,3}[ntN]|J_C_l_[nN]"
)
"""What makes a phrase an address after a weaker cue."""

NAME_LINE = re.compile(r"(?:[CP]_){0,3}C[/,](?=[nNUuFR])")
"""A person's name on a line of its own before the address."""

_CAPITALS = r"(?:[CPOTYFRrenNKA]_){0,5}(?:[CTYFe](?:_[nN])?)(?:_[tyTY])?"
_SMALLS = r"(?:[lnOP]_){0,5}(?:[ltyfeR](?:_n)?)"
CORNER = re.compile(rf"{_CAPITALS}[_/]J_{_CAPITALS}{_EDGE}|(?=[^|,]{{0,40}}[tynfeR]){_SMALLS}_J_{_SMALLS}{_EDGE}")
"""Two streets that meet, after "corner of"."""
