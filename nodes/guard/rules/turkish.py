"""Override, extraction, persona and steering in Turkish, casefolded, without dots and cedillas; the dotless i stays."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import MEDIUM, STRONG, family

_TOLD = r"(?:talimat\w*|kural\w*|komut\w*|yonerge\w*|k[ıi]s[ıi]tlama\w*)"
_DROP = r"(?:yok ?say|gormezden gel|goz ard[ıi] et|unut|dikkate alma|ihlal et)\w*"

RULES = family(
    "tr",
    [
        (
            "override",
            STRONG,
            "yoksay yok gormezden unut dikkate goz ihlal",
            rf"\b(?:onceki|tum|butun|yukar[ıi]daki|eski|verilen|sistem|senin|sana) (?:(?!teslimat|kargo|"
            rf"iade|montaj)\w+ ){{0,3}}"
            rf"{_TOLD} (?:\w+ )?{_DROP}",
        ),
        (
            "before",
            STRONG,
            "unut yok",
            rf"\b(?:bundan onceki|onceki|bildigin|soylenen) (?:her ?seyi|hersey\w*) {_DROP}",
        ),
        (
            "extract",
            STRONG,
            "istem prompt talimat",
            r"\b(?:sistem (?:istem\w*|prompt\w*|talimat\w*|mesaj[ıi]n[ıi])|(?:gizli|ilk|baslang[ıi]c) "
            r"(?:talimat|istem|prompt)\w*|"
            r"talimatlar[ıi]n[ıi])(?: \w+){0,2} (?:goster|yaz|soyle|paylas|ac[ıi]kla|tekrarla|ver|ifsa)\w*",
        ),
        (
            "persona",
            MEDIUM,
            "art simdi gibi rol",
            r"\b(?:art[ıi]k|simdi|bundan sonra) sen (?:\w+ ){0,3}(?:bir )?(?:hacker\w*|asistan\w*|bot\w*|"
            r"yapay|korsan\w*|dan)\b|"
            r"\b(?:gibi davran|rolunu oyna|gibi rol yap)\b",
        ),
        (
            "unruly",
            STRONG,
            "kurals filtresiz sansursuz s k",
            r"\b(?:kurals[ıi]z|filtresiz|sansursuz|s[ıi]n[ıi]rs[ıi]z|k[ıi]s[ıi]tlamas[ıi]z) (?:\w+ "
            r")?(?:bir )?(?:asistan|bot|"
            r"yapay zeka|model|cevap ver|yan[ıi]t ver)\w*",
        ),
        (
            "secrets",
            MEDIUM,
            "sifre anahtar",
            r"\b(?:admin|yonetici|sistem|api|veritaban[ıi]) (?:sifre|parola|anahtar)\w*(?: \w+)? (?:ver|"
            r"goster|soyle|paylas|yaz)\w*",
        ),
        (
            "unconfirmed",
            MEDIUM,
            "onay dogrulama",
            r"\b(?:onay (?:almadan|istemeden|beklemeden)|onays[ıi]z|dogrulama (?:yapmadan|"
            r"istemeden))\b[^.?!\n]{0,40}\b"
            r"(?:iade|iptal|onayla|gonder|sil|degistir)\w*",
        ),
        (
            "others",
            MEDIUM,
            "musteri",
            r"\b(?:tum|butun|diger|baska) musteri\w*[^.?!\n]{0,40}\b(?:goster|listele|ver|gonder|paylas)\w*",
        ),
    ],
)

__all__ = ["RULES"]
