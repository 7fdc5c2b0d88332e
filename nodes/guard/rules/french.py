"""Override, extraction, persona and steering in French, as the detector sees it: casefolded, without accents."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import MEDIUM, STRONG, family

_TOLD = r"(?:instructions?|consignes?|regles?|directives?|ordres|prompts?|restrictions?|limitations?)"
_ABOUT = r"(?! (?:de livraison|pour|sur|concernant|au livreur|donnees au|de lavage|de montage) ?)"

RULES = family(
    "fr",
    [
        (
            "override",
            STRONG,
            "ignor oubli compte contourn",
            r"\b(?:ignore[zr]?|oublie[zr]?|contourne[zr]?|ne (?:tiens|tenez) pas compte de)s? (?:\w+ "
            r")?(?:(?:toutes?|tous|"
            rf"vos|tes|les|des|ces) )+(?:\w+ )?{_TOLD}\b{_ABOUT}",
        ),
        (
            "before",
            STRONG,
            "oubli ignor",
            r"\b(?:oublie[zrs]*|ignore[zr]?) tout ce (?:qui precede|que (?:tu as|vous avez|l'on t'a|l'on "
            r"vous a|on t'a|on vous a)|"
            r"qu'on (?:t'a|vous a))",
        ),
        (
            "unbound",
            MEDIUM,
            "respecte suis suivez",
            rf"\bne (?:respecte|respectez|suis|suivez) (?:plus|pas) (?:les|tes|vos) {_TOLD}\b{_ABOUT}",
        ),
        (
            "extract",
            STRONG,
            "prompt instruction consigne",
            r"\b(?:montre[zr]?|affiche[zr]?|revele[zr]?|donne[zr]?|repete[zr]?|ecris|ecrivez|quelles? sont|"
            r"quel est)\b"
            r"[^.?!\n]{0,30}\b(?:prompt systeme|system prompt|instructions systeme|(?:tes|vos) "
            r"(?:instructions|consignes)"
            r"(?: (?:initiales|systeme|secretes|internes|d'origine|cachees))?(?! (?:pour|de|sur|concernant)))",
        ),
        (
            "persona",
            MEDIUM,
            "fais faites agis tu vous joue",
            r"\b(?:fais semblant d'etre|faites semblant d'etre|(?:fais|faites) comme si (?:tu|vous)|agis "
            r"comme (?:un|une|si)|"
            r"agissez comme (?:un|une|si)|(?:tu es|vous etes) (?:desormais|maintenant) (?:un|une|le|la|dan)\b|"
            r"joue[z]? le role d)",
        ),
        (
            "unruly",
            STRONG,
            "sans aucune",
            r"\b(?:assistante?|ia|bot|chatbot|modele|repond[sez]*) (?:\w+ ){0,2}(?:sans|n'ayant) "
            r"(?:aucune? |la moindre )?"
            r"(?:\w+ )?(?:regles?|restrictions?|limites?|filtres?|censure|contraintes?)\b",
        ),
        (
            "secrets",
            MEDIUM,
            "passe cle",
            r"\b(?:donne|montre|revele|dis|envoie)[zr]?(?:-moi| moi)? (?:le|les|ton|tes|votre|vos|la) (?:\w+ )?"
            r"(?:mots? de passe (?:admin\w*|du systeme|de la base|des clients|root)|cles? (?:d')?api|cles? "
            r"secretes?)\b",
        ),
        (
            "unconfirmed",
            MEDIUM,
            "sans",
            r"\b(?:rembourse|annule|valide|approuve|supprime|modifie)[zr]?\b[^.?!\n]{0,60}\bsans (?:me |"
            r"nous )?(?:demander |"
            r"aucune |la )?(?:de )?(?:confirmation|verification)\b",
        ),
        (
            "others",
            MEDIUM,
            "clients",
            r"\b(?:montre|donne|liste|envoie|affiche)[zr]?(?:-moi| moi)?\b[^.?!\n]{0,35}\b(?:tous les|"
            r"toutes les donnees des|"
            r"des autres|d'autres|les autres) (?:\w+ )?clients?\b",
        ),
    ],
)

__all__ = ["RULES"]
