"""Override, extraction and persona in French, Spanish, Italian and Portuguese.

Written as the detector sees text: casefolded, without diacritics.
"""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import MEDIUM, STRONG, family

_FR = family(
    "fr",
    [
        (
            "override",
            STRONG,
            "ignor oubli",
            r"\b(?:ignore[zr]?|oublie[zr]?|ne tiens pas compte de)s? (?:\w+ )?(?:(?:toutes?|tous|vos|tes|les|"
            r"des|ces) )+(?:\w+ )?(?:instructions?|consignes?|regles|directives|ordres|prompts?)",
        ),
        ("before", STRONG, "oubli", r"\boublie[zrs]* tout ce (?:qui precede|que (?:tu|vous))"),
        (
            "extract",
            STRONG,
            "prompt instruction consigne",
            r"\b(?:montre|affiche|revele|donne|repete|quelles? sont)\b[^.?!\n]{0,30}\b(?:prompt systeme|"
            r"(?:tes|vos) (?:instructions|consignes)(?: (?:initiales|systeme|secretes|internes|"
            r"d'origine))?(?! (?:pour|de|sur)))",
        ),
        (
            "persona",
            MEDIUM,
            "fais agis pretend tu vous",
            r"\b(?:fais semblant|faites semblant|fais comme si tu|agis comme|tu es (?:desormais|maintenant) |"
            r"vous etes (?:desormais|maintenant) )",
        ),
    ],
)
_ES = family(
    "es",
    [
        (
            "override",
            STRONG,
            "ignor olvid",
            r"\b(?:ignor(?:a|e|ar|en)|olvid(?:a|e|ar|ate)(?: de)?|haz caso omiso (?:de|a)) (?:(?:todas?|todos|"
            r"tus|sus|las|los|de) )+(?:\w+ )?(?:instruccion(?:es)?|indicaciones|reglas|ordenes|directrices|"
            r"prompts?)",
        ),
        ("before", STRONG, "olvid", r"\bolvid(?:a|e|ar) todo (?:lo (?:anterior|que)|que)\b"),
        (
            "extract",
            STRONG,
            "prompt instruccion",
            r"\b(?:muestra|muestrame|revela|dime|dame|repite|cuales son|"
            r"ensename)\b[^.?!\n]{0,30}\b(?:prompt del sistema|(?:tus|sus) instrucciones(?: (?:iniciales|"
            r"del sistema|secretas|originales))?(?! (?:para|de|sobre)))",
        ),
        (
            "persona",
            MEDIUM,
            "finge actua ahora",
            r"\b(?:finge (?:que|ser)|actua como (?:si|un)|ahora eres (?:un|una|el|la)|eres ahora (?:un|una))\b",
        ),
    ],
)
_IT = family(
    "it",
    [
        (
            "override",
            STRONG,
            "ignora dimentica",
            r"\b(?:ignora(?:re)?|dimentica(?:re)?|non seguire) (?:(?:tutte|tutti|le|tue|i|tuoi|"
            r"queste) )+(?:\w+ )?(?:istruzioni|regole|ordini|direttive|indicazioni|prompt)",
        ),
        (
            "extract",
            STRONG,
            "prompt istruzioni",
            r"\b(?:mostra(?:mi)?|rivela(?:mi)?|dimmi|ripeti|quali sono|"
            r"stampa)\b[^.?!\n]{0,30}\b(?:prompt di sistema|(?:le )?tue istruzioni(?: (?:iniziali|di sistema|"
            r"segrete|originali))?(?! (?:per|di|su)))",
        ),
        (
            "persona",
            MEDIUM,
            "fai fingi agisci sei",
            r"\b(?:fingi di essere|fai finta di essere|agisci come (?:un|se)|ora sei (?:un|una|il|la))\b",
        ),
    ],
)
_PT = family(
    "pt",
    [
        (
            "override",
            STRONG,
            "ignor esque desconsider",
            r"\b(?:ignor(?:e|a|ar)|esque(?:ca|ce|cer)|desconsider(?:e|a|ar)) (?:(?:todas?|todos|as|os|suas?|"
            r"seus?|tuas?|de) )+(?:\w+ )?(?:instrucoes|regras|ordens|diretrizes|comandos|prompts?)",
        ),
        (
            "extract",
            STRONG,
            "prompt instrucoes",
            r"\b(?:mostre|mostra|revele|diga|repita|quais sao|exiba)\b[^.?!\n]{0,30}\b(?:prompt do sistema|"
            r"(?:suas|tuas) instrucoes(?: (?:iniciais|do sistema|secretas|originais))?(?! (?:para|de|sobre)))",
        ),
        ("persona", MEDIUM, "finja aja agora", r"\b(?:finja (?:que|ser)|aja como (?:se|um)|agora voce e (?:um|uma))\b"),
    ],
)

RULES = (*_FR, *_ES, *_IT, *_PT)

__all__ = ["RULES"]
