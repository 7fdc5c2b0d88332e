"""Topics on which a desk has no opinion: politics and religion. One pattern or more per language."""

from __future__ import annotations

ROWS: dict[str, tuple[str, ...]] = {
    "politics": (
        r"\b(?:who|whom|which party) (?:should|would|will|do|did) (?:i|you|we|people) (?:vote|support|elect)|"
        r"\bvot(?:e|ing) for (?:trump|biden|harris|labour|the (?:tories|greens|democrats|republicans|conservatives|"
        r"left|right))",
        r"\b(?:what do you think|your (?:opinion|view|thoughts?|take)|tell me|talk|discuss|explain|"
        r"debate)\b.{0,40}\b(?:trump|biden|putin|brexit|politic\w+|elections?|government|president(?! (?:desk|chair|"
        r"sofa))|prime minister|immigration|communism|socialism|capitalism|abortion|gun control|the war in|israel|"
        r"palestine|gaza|ukraine)\b",
        r"\b(?:who|when) (?:will win|won|is going to win) the (?:\w+ ){0,2}elections?\b|\b(?:republicans|democrats|"
        r"tories|left-?wing|right-?wing)\b.{0,40}\b(?:better|worse|right|wrong|evil|corrupt)\b|\bis (?:trump|biden|"
        r"putin|the president)\b",
        r"\b(?:wen|welche partei) (?:soll|wurd\w+|sollte)\w* (?:ich|du|man|wir) wahlen|\bwas (?:haltst du|halten "
        r"sie|denkst du|denken sie) (?:von|uber) (?:der |dem |den |die )?(?:afd|spd|cdu|grunen|regierung|bundes\w+|"
        r"politik\w*|trump|putin|krieg)",
        r"\b(?:pour qui|quel parti) (?:dois|devrais|faut|voter|je)\b.{0,20}\bvot\w+|\bque penses?(?:-tu|z-vous) "
        r"(?:de |du |des )(?:la |l')?(?:macron|le pen|gouvernement|president|politique|elections?|guerre)|\bpour "
        r"qui voter",
        r"\b(?:por quien|a quien) (?:debo|deberia|voto|votar\w*)\b|\bque (?:opinas?|piensas?|opina usted) (?:de|del|"
        r"sobre) (?:la |el )?(?:gobierno|presidente|politica|elecciones|sanchez|milei|trump|guerra|vox|psoe)",
        r"\b(?:per chi|quale partito) (?:devo|dovrei|votare|voteresti)\b|\b(?:cosa|che) (?:ne )?pens[ia] (?:del|"
        r"della|di|sul\w*) (?:governo|presidente|politica|elezioni|meloni|trump|guerra)",
        r"\b(?:em quem|qual partido) (?:devo|deveria|votar|voto)\b|\bo que (?:voce )?acha (?:do|da|das|sobre) (?:o |"
        r"a )?(?:governo|presidente|politica|eleic\w+|lula|bolsonaro|guerra)",
        r"\b(?:op wie|op welke partij|welke partij) (?:moet|zou|ga)\b.{0,20}\bstem\w+|\bwat (?:vind|denkt?) (?:je|"
        r"u) van (?:de |het )?(?:regering|kabinet|politiek|verkiezingen|wilders|trump|oorlog)",
    ),
    "religion": (
        r"\b(?:does god exist|is there a god|do you believe in (?:god|jesus|allah|heaven|an afterlife)|(?:what|"
        r"which|is) (?:\w+ ){0,3}(?:religion|faith) (?:is|are|the)? ?(?:the )?(?:best|true|right|better|real)|pray "
        r"(?:for|with) me|convert to (?:islam|christianity|judaism|buddhism|catholicism))",
        r"\b(?:what|where|why) (?:does|do|did|is|are|in) (?:the |it )?(?:bible|quran|koran|torah|jesus|muhammad|"
        r"allah|pope)\b|\b(?:islam|christianity|judaism|hinduism|buddhism|atheism)\b.{0,40}\b(?:better|worse|true|"
        r"evil|peaceful|wrong|right|teach|think|explain)|\b(?:explain|discuss|tell me about) (?:islam|christianity|"
        r"judaism|hinduism|buddhism|the (?:bible|quran|trinity))\b",
        r"\b(?:gibt es (?:einen )?gott|existiert gott|glaubst du an gott|glauben sie an gott|welche religion|was "
        r"steht in der bibel|was sagt (?:die bibel|der koran)|bete fur mich)\b",
        r"\b(?:dieu existe|existe-t-il un dieu|crois-tu en dieu|croyez-vous en dieu|quelle religion|que dit (?:la "
        r"bible|le coran)|prie[sz]? pour moi)\b",
        r"\b(?:existe dios|dios existe|crees en dios|cree usted en dios|que religion|cual religion|que dice (?:la "
        r"biblia|el coran)|reza por mi)\b",
        r"\b(?:esiste dio|dio esiste|credi in dio|crede in dio|quale religione|cosa dice (?:la bibbia|il corano)|"
        r"prega per me)\b",
        r"\b(?:deus existe|existe deus|acredita em deus|qual religiao|que religiao|o que (?:a biblia|o alcorao) diz|"
        r"o que diz (?:a biblia|o alcorao)|reze por mim)\b",
        r"\b(?:bestaat god|geloof je in god|gelooft u in god|welke religie|welk geloof|wat zegt de (?:bijbel|koran)|"
        r"bid voor mij)\b",
    ),
}
"""Patterns by topic, for casefolded text without diacritics; en first, then de, fr, es, it, pt, nl."""

__all__ = ["ROWS"]
