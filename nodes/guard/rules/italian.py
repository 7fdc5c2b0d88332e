"""Override, extraction, persona and steering in Italian, as the detector sees it: casefolded, without accents."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import MEDIUM, STRONG, family

_TOLD = r"(?:istruzioni|regole|ordini|direttive|indicazioni|prompt|restrizioni|linee guida|limitazioni)"
_ABOUT = r"(?! (?:di consegna|per|sul|sulla|al corriere|di montaggio|di lavaggio|che ho dato) ?)"

RULES = family(
    "it",
    [
        (
            "override",
            STRONG,
            "ignora dimentica seguire",
            r"\b(?:ignora(?:re|te)?|ignori|dimentica(?:re|te)?|dimentichi|non seguire) (?:(?:tutte|tutti|"
            r"le|tue|i|tuoi|sue|"
            rf"queste) )+(?:\w+ )?{_TOLD}\b{_ABOUT}",
        ),
        (
            "before",
            STRONG,
            "dimentica ignora",
            r"\b(?:dimentica|ignora) tutto (?:cio che (?:sai|ti|precede)|quello che (?:sai|ti)|quanto sopra)\b",
        ),
        (
            "unbound",
            MEDIUM,
            "seguire rispettare",
            rf"\bnon (?:seguire|rispettare) (?:piu )?(?:le|i) (?:tue |tuoi )?{_TOLD}\b{_ABOUT}",
        ),
        (
            "extract",
            STRONG,
            "prompt istruzioni",
            r"\b(?:mostra(?:mi)?|rivela(?:mi)?|dimmi|ripeti|quali sono|qual e|stampa|"
            r"scrivi)\b[^.?!\n]{0,30}\b(?:prompt di "
            r"sistema|system prompt|istruzioni di sistema|(?:le )?tue istruzioni(?: (?:iniziali|di sistema|segrete|"
            r"originali|nascoste))?(?! (?:per|di|su)))",
        ),
        (
            "persona",
            MEDIUM,
            "fai fingi agisci sei",
            r"\b(?:fingi di essere|fai finta di essere|agisci come (?:un|una|se)|(?:ora|adesso) sei (?:un|"
            r"una|il|la|dan)|"
            r"d'ora in poi sei)\b",
        ),
        (
            "unruly",
            STRONG,
            "senza",
            r"\b(?:assistente|ia|bot|chatbot|modello|rispondi) (?:\w+ ){0,2}senza (?:alcuna |nessuna |alcun )?"
            r"(?:regol[ae]|restrizion[ei]|limit[ei]|filtr[oi]|censura)\b",
        ),
        (
            "secrets",
            MEDIUM,
            "password chiav",
            r"\b(?:dammi|dimmi|mostrami|rivela|inviami) (?:la|le|tua|tue) (?:password (?:di |"
            r"dell?'?)?(?:admin\w*|sistema|root|"
            r"amministratore)|chiav[ei] (?:api|segret[ae]))\b",
        ),
        (
            "unconfirmed",
            MEDIUM,
            "senza",
            r"\b(?:rimborsa|annulla|approva|cancella|elimina|modifica)\w*\b[^.?!\n]{0,60}\bsenza "
            r"(?:chiedere |alcuna )?"
            r"(?:conferma|verifica)\b",
        ),
        (
            "others",
            MEDIUM,
            "clienti",
            r"\b(?:mostra|mostrami|dammi|elenca|invia|inviami)\b[^.?!\n]{0,35}\b(?:tutti i|di altri|degli "
            r"altri|altri) "
            r"(?:\w+ )?clienti\b",
        ),
    ],
)

__all__ = ["RULES"]
