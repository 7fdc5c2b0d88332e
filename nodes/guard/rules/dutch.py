"""Override, extraction, persona and steering in Dutch."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import MEDIUM, STRONG, family

_TOLD = r"(?:instructies?|regels|opdrachten|aanwijzingen|richtlijnen|prompts?|beperkingen|voorschriften)"
_ABOUT = r"(?! (?:voor|over|om|aan de|bij) )"

RULES = family(
    "nl",
    [
        (
            "override",
            STRONG,
            "negeer vergeet",
            rf"\b(?:negeer|vergeet) (?:(?:alle|al|je|jouw|uw|de|deze|die) )+(?:\w+ ){{0,2}}{_TOLD}\b{_ABOUT}",
        ),
        (
            "before",
            STRONG,
            "negeer vergeet",
            r"\b(?:negeer|vergeet) alles (?:hierboven|wat (?:je|jij|u) (?:eerder )?(?:is|hebt|geleerd|"
            r"verteld|weet)|hiervoor)\b",
        ),
        (
            "unbound",
            MEDIUM,
            "volg houd",
            rf"\b(?:volg|houd je) (?:\w+ )?(?:niet|niet meer|niet langer) (?:meer )?(?:aan )?(?:de |je |"
            rf"jouw |uw ){_TOLD}\b|"
            rf"\bvolg (?:de |je |jouw |uw ){_TOLD} niet\b",
        ),
        (
            "extract",
            STRONG,
            "prompt instructies",
            r"\b(?:toon|laat|geef|herhaal|wat zijn|vertel|onthul|print|schrijf)\b[^.?!\n]{0,30}\b(?:systeem-?prompt|"
            r"system prompt|systeeminstructies|(?:je|jouw|uw) (?:\w+ )?instructies)\b(?! (?:voor|over|om) )",
        ),
        (
            "persona",
            MEDIUM,
            "doe bent gedraag speel",
            r"\bdoe alsof (?:je|u)\b|\b(?:je|jij|u) bent (?:nu|vanaf nu|voortaan) (?:een|geen|de|dan)\b|"
            r"\bgedraag je als een\b|\bspeel de rol van\b",
        ),
        (
            "unruly",
            STRONG,
            "zonder geen",
            r"\b(?:assistent|ai|bot|chatbot|model|antwoord) (?:\w+ ){0,2}(?:zonder|geen) (?:enige |alle )?"
            r"(?:regels|beperkingen|filters?|richtlijnen|censuur)\b",
        ),
        (
            "secrets",
            MEDIUM,
            "wachtwoord sleutel",
            r"\b(?:geef|vertel|toon|onthul) (?:mij |me )?(?:het|alle|jouw|de) (?:\w+ "
            r")?(?:admin-?wachtwoord|wachtwoord(?:en)?|"
            r"api-?sleutels?)\b(?! (?:terug|van mijn|opnieuw))",
        ),
        (
            "unconfirmed",
            MEDIUM,
            "zonder",
            r"\b(?:annuleer|keur|betaal|stort|verwijder|wijzig)\b[^.?!\n]{0,60}\bzonder (?:om )?(?:\w+ )?"
            r"(?:bevestiging|verificatie|controle)\b",
        ),
        (
            "others",
            MEDIUM,
            "klanten",
            r"\b(?:toon|geef|stuur|vertel|maak een lijst van)\b[^.?!\n]{0,25}\b(?:alle|andere) (?:\w+ )?"
            r"klant(?:en|gegevens|adressen)\b(?!service)",
        ),
    ],
)

__all__ = ["RULES"]
