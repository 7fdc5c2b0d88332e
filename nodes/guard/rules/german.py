"""Override, extraction, persona and steering in German, as the detector sees it: casefolded, without umlaut dots."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import MEDIUM, STRONG, family

_TOLD = (
    r"(?:anweisung|befehl|instruktion|regel|aufgabe|information|aufforderung|auftrag|prompt|vorgabe|richtlinie|"
    r"einschrankung|vorschrift|anordnung)\w*"
)
# what a shop's customers instruct: the courier, themselves
_ABOUT = r"(?! (?:zu|zur|zum|fur|wegen|bezuglich|an den|im) )"

RULES = family(
    "de",
    [
        (
            "override",
            STRONG,
            "ignorier vergiss vergessen missacht",
            r"\b(?:ignoriere?n?|vergiss|vergessen|missachte?n?)(?: sie| du| bitte| nun| jetzt| doch| mal)* "
            r"(?:(?:alle|alles|deine|ihre|samtliche|die|den|das) )*(?:(?:vorherigen?|bisherigen?|vorangehenden?|"
            r"vorangegangenen?|obigen?|fruheren?|vorigen?|urspr\w+) (?:\w+ )?(?:an\w*weisung\w*|text\w*|angaben|"
            rf"{_TOLD})|(?:davor|zuvor|vorher)\b|was (?:wir|du|sie) (?:vorher|zuvor|bisher)){_ABOUT}",
        ),
        (
            "all",
            STRONG,
            "ignorier vergiss vergessen missacht",
            rf"\b(?:ignoriere?n?|vergiss|vergessen sie|missachte?)(?: sie)? (?:bitte )?(?:alle|deine|"
            rf"samtliche)(?: \w+)? "
            rf"{_TOLD}\b{_ABOUT}",
        ),
        (
            "above",
            STRONG,
            "ignorier vergess ausser abweichend",
            r"\b(?:obigen?|vorherigen?|bisherigen?) (?:anweisung|befehl|instruktion|regel|aufgabe|text|angabe)\w* "
            r"(?:\w+ )?(?:ignorier|vergess|ausser acht)\w*|\babweichend (?:zu|von) (?:den )?vorherigen\b|"
            r"\balles (?:obige|vorherige|bisherige) (?:\w+ )?(?:ignorier|vergess|ausser acht)\w*",
        ),
        (
            "behind",
            STRONG,
            "hinter",
            r"\blass\w*(?: sie)? (?:\w+ ){0,2}(?:vorherig|bisherig)\w* \w+ hinter (?:sich|dir)\b",
        ),
        (
            "unbound",
            MEDIUM,
            "halte folge befolg",
            rf"\b(?:halte dich|halten sie sich|folge|befolge) (?:ab jetzt |ab sofort )?(?:nicht|nicht mehr|"
            rf"nicht langer|"
            rf"keinen) (?:an )?(?:mehr )?(?:an )?(?:die |deine |deinen |ihre |den )?{_TOLD}\b",
        ),
        (
            "newtask",
            MEDIUM,
            "aufgabe",
            r"\b(?:neue[nr]?|weitere) aufgaben?\b[^.]{0,40}\b(?:folgen|konzentrier\w*|lautet)|"
            r"\bdeine neue aufgabe (?:ist|lautet)\b|"
            r"\bkonzentrier\w+ (?:dich|sie sich) (?:nun )?auf (?:die|deine|ihre) neue",
        ),
        (
            "extract",
            STRONG,
            "prompt anweisung instruktion",
            r"\b(?:zeig\w*|nenn\w*|verrat\w*|gib|wiederhol\w*|was sind|wie lauten|ausgeben|druck\w*|"
            r"schreib\w*|offenbar\w*|"
            r"lies)\b[^.?!\n]{0,30}\b(?:system-?prompts?|system-?anweisungen|prompt-?texte?|deine (?:\w+ "
            r")?(?:anweisungen|"
            r"instruktionen|prompts)|ihre? (?:urspr\w+|internen|geheimen) (?:anweisungen|instruktionen))"
            rf"{_ABOUT}",
        ),
        (
            "persona",
            MEDIUM,
            "tu stell fungier agier handle rolle verhalt bist sind",
            r"\b(?:tu(?:e)? so,? als (?:ob|warst|seist) |stell dir vor,? du (?:bist|seist|warst)|(?:sie|du) als "
            r"[\w -]{3,60} (?:fungier|agier)|(?:agiere|fungiere|verhalte dich) (?:\w+ )?(?:als|wie) ein|(?:du bist|"
            r"sie sind) (?:jetzt|nun|ab sofort|ab jetzt) (?:ein|eine|der|die|das|kein|dan)\b|"
            r"spiele? (?:die|eine) rolle (?:eines|einer|des|von))",
        ),
        (
            "unruly",
            STRONG,
            "ohne keine",
            r"\b(?:assistent\w*|ki|bot|chatbot|modell|antworte?\w*) (?:\w+ ){0,2}(?:ohne|keine) "
            r"(?:jegliche |jede |alle )?"
            r"(?:\w+ )?(?:regeln|einschrankungen|filter|richtlinien|grenzen|zensur)\b",
        ),
        (
            "secrets",
            MEDIUM,
            "passwort schlussel zugangsdaten",
            r"\b(?:gib|nenn|verrat|zeig|sag)\w* (?:mir |uns )?(?:bitte )?(?:das|alle|deine?n?|den|die) (?:\w+ )?"
            r"(?:admin-?passwort|passwort|passworter|api-?(?:schlussel|keys?)|zugangsdaten)(?! (?:zuruck|"
            r"fur mein))\b",
        ),
        (
            "unconfirmed",
            MEDIUM,
            "ohne",
            r"\b(?:erstatte|storniere|uberweise|genehmige|losche|andere)\w*\b[^.?!\n]{0,60}\bohne (?:jede |"
            r"weitere |eine )?"
            r"(?:bestatigung|ruckfrage|uberprufung|prufung|verifizierung)\b",
        ),
        (
            "others",
            MEDIUM,
            "kunden",
            r"\b(?:zeig|nenn|gib|liste|schick)\w*\b[^.?!\n]{0,25}\b(?:aller|alle|anderer|andere[nr]?) (?:\w+ )?"
            r"kund(?:en|innen)(?:daten|namen|adressen|konten)?\b(?!service|dienst)",
        ),
    ],
)

__all__ = ["RULES"]
