"""Override, extraction, persona and steering in Polish, as the detector sees it: casefolded, without accents but ł."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import MEDIUM, STRONG, family

_TOLD = r"(?:instrukcj\w+|polece\w+|zasad\w*|regul\w+|wytyczn\w+|ogranicze\w+)"
_ABOUT = r"(?! (?:dostawy|dotyczac\w+|dla kuriera|montazu|prania|zwrotu|zwrotow) ?)"

RULES = family(
    "pl",
    [
        (
            "override",
            STRONG,
            "ignoruj zapomnij pomin",
            rf"\b(?:z?ignoruj(?:cie)?|zapomnij(?:cie)?(?: o)?|pomin) (?:(?:wszystkie|wszystkich|swoje|"
            rf"swoich|twoje|poprzedni\w+|"
            rf"wczesniejsz\w+|powyzsz\w+|dotychczasow\w+|te|tych) )+{_TOLD}\b{_ABOUT}",
        ),
        (
            "before",
            STRONG,
            "zapomnij zignoruj",
            r"\b(?:zapomnij|zignoruj) (?:o )?(?:wszystko|wszystkim),? co (?:ci|wiesz|powyzej|bylo|było)",
        ),
        (
            "unbound",
            MEDIUM,
            "przestrzegaj",
            rf"\bnie (?:przestrzegaj|stosuj sie do) (?:juz )?(?:swoich |twoich |zadnych )?{_TOLD}\b{_ABOUT}",
        ),
        (
            "extract",
            STRONG,
            "prompt instrukcj",
            r"\b(?:pokaz|ujawnij|powtorz|wyswietl|podaj|wypisz|jakie sa)\b[^.?!\n]{0,20}\b(?:prompt(?:u|"
            r"a)? systemow\w+|"
            r"systemowy prompt|instrukcj\w+ systemow\w+|(?:twoje|swoje) (?:\w+ )?instrukcje)\b"
            rf"{_ABOUT}",
        ),
        (
            "persona",
            MEDIUM,
            "udawaj jestes zachowuj wciel",
            r"\b(?:udawaj,? ze|(?:teraz|od teraz) jestes |jestes (?:teraz|od teraz) |zachowuj sie jak "
            r"(?:haker|ktos|bot|czlowiek)|"
            r"wciel sie w)",
        ),
        (
            "unruly",
            STRONG,
            "bez",
            r"\b(?:asystent\w*|ai|bot\w*|model\w*|odpowiadaj|odpowiedz) (?:\w+ ){0,2}bez (?:zadnych |jakichkolwiek )?"
            r"(?:zasad|ogranicze\w+|filtr\w+|cenzury|regul)\b",
        ),
        (
            "secrets",
            MEDIUM,
            "hasło hasla haslo klucz",
            r"\b(?:podaj|pokaz|ujawnij|daj)(?: mi)? (?:swoje |wszystkie )?(?:has[łl][oa] (?:admin\w*|systemu|root)|"
            r"klucz(?:e|y)? api|tajn\w+ klucz\w*)",
        ),
        (
            "unconfirmed",
            MEDIUM,
            "bez",
            r"\b(?:zwroc|anuluj|zatwierdz|usun|zmien|przelej)\b[^.?!\n]{0,60}\bbez (?:\w+ "
            r")?(?:potwierdz\w+|weryfikacj\w+)",
        ),
        (
            "others",
            MEDIUM,
            "klient",
            r"\b(?:pokaz|podaj|wyswietl|wypisz|wyslij)\b[^.?!\n]{0,30}\b(?:wszystkich|innych) (?:\w+ )?klientow\b",
        ),
    ],
)

__all__ = ["RULES"]
