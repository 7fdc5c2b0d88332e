"""Work and company that a desk does not offer: writing, programming and homework, sexual talk."""

from __future__ import annotations

ROWS: dict[str, tuple[str, ...]] = {
    "homework": (
        r"\b(?:write|make|create|generate|give|build|fix|debug|review) (?:me |us |my |this |the )?(?:a |an |some "
        r")?(?:\w+ ){0,3}(?:python|javascript|java|sql|html|c\+\+|rust|bash|excel vba|php|code|script|function|"
        r"regex|program|algorithm)\b(?! (?:on|for|of) (?:my|the|this|your) (?:order|account|"
        r"voucher))(?!.{0,20}\b(?:voucher|discount|promo|order)\b)",
        r"\bwrite (?:me |us )?(?:an?|my|some|the) (?:\w+ ){0,3}(?:essay|poem|song|haiku|story|novel|cover letter|cv|"
        r"speech|lyrics|thesis|blog post|rap)\b|\b(?:do|help(?: me)? with|solve|finish) my (?:\w+ )?(?:homework|"
        r"assignment|essay|coursework|exam|math\w*)\b",
        r"\b(?:solve|calculate|prove|integrate|differentiate)\b.{0,30}\b(?:equation|integral|derivative|theorem|"
        r"x\^?2|for x|quadratic)|\b(?:explain|what is|summari[sz]e) (?:the )?(?:photosynthesis|quantum\b|"
        r"pythagor\w+|french revolution|theory of relativity|second world war|world war|mitosis|plot of|recursion)",
        r"\bschreib\w* (?:mir |uns )?(?:bitte )?(?:ein\w* |mein\w* )?(?:\w+ ){0,2}(?:aufsatz|gedicht|geschichte|"
        r"programm|python\S*|skript|funktion|bewerbung|referat|hausarbeit)\b|\bmeine (?:hausaufgaben?|"
        r"mathe\w*)\b.{0,30}\b(?:machen|losen|helfen|hilf)|\b(?:mach|lose|hilf)\b.{0,20}\b(?:hausaufgaben?|"
        r"gleichung)",
        r"\b(?:ecri(?:s|vez|re)|redige[rz]?|fais|code)(?:-moi| moi)? (?:un|une|mon|ma|mes|le) (?:\w+ "
        r"){0,2}(?:dissertation|poeme|histoire|programme|script|fonction|lettre de motivation|devoirs?|redaction|"
        r"chanson)\b|\bmes devoirs\b|\bresou(?:s|dre|ds) .{0,20}equation",
        r"\b(?:escrib\w+|hazme|haz|redacta\w*|programa\w*) (?:me )?(?:un|una|mi|mis|el|la) (?:\w+ ){0,2}(?:ensayo|"
        r"poema|cuento|historia|programa|script|funcion|codigo|cancion|redaccion|carta de presentacion)\b|\bmis? "
        r"(?:deberes|tarea)\b.{0,30}|\bresuelve .{0,20}ecuacion",
        r"\bscriv\w+ (?:un|una|il|la|mi) (?:\w+ ){0,2}(?:tema|saggio|poesia|storia|programma|script|funzione|"
        r"canzone|tesina)\b|\bscrivimi (?:un|una)\b|\bmiei compiti\b|\brisolvi .{0,20}equazione",
        r"\b(?:escrev\w+|faca|faz) (?:me )?(?:um|uma|meu|minha|o|a) (?:\w+ ){0,2}(?:redacao|poema|historia|programa|"
        r"script|funcao|codigo|musica|ensaio)\b|\b(?:minha licao|meu dever|meu tpc|meus trabalhos) de casa\b|"
        r"\bresolv\w+ .{0,20}equacao",
        r"\bschrijf (?:mij |me )?(?:een|mijn) (?:\w+ ){0,2}(?:opstel|gedicht|verhaal|programma|script|functie|"
        r"liedje|essay|werkstuk)\b|\bmijn huiswerk\b.{0,30}\b(?:maken|helpen|doen)|\blos .{0,20}vergelijking",
    ),
    "sexual": (
        r"\b(?:send|show|want|got) (?:me )?(?:some |your )?nudes?\b(?!.{0,15}\b(?:colou?r|lamp|rug|shade))|"
        r"\b(?:talk dirty|sexting|blow ?jobs?|horny|masturbat\w+|orgasms?|porn\w*|onlyfans|erotic (?:story|chat|"
        r"roleplay)|sex (?:story|stories|chat|scene|positions?|toys?|with (?:me|you))|have sex|make love to|what "
        r"are you wearing|sexy (?:talk|chat|story|pics?))\b",
        r"\b(?:nacktbilder|nacktfotos|sexgeschichte|sex mit (?:mir|dir)|pornos?|geil auf|versaut\w*|sexchat|zieh "
        r"dich aus)\b",
        r"\b(?:photos? (?:de toi )?nues?|histoire (?:erotique|de sexe)|coucher avec (?:moi|toi)|faire l'amour|sexe "
        r"avec|deshabille-toi)\b",
        r"\b(?:fotos? (?:tuyas? )?desnud[ao]s?|historia (?:erotica|de sexo)|sexo conmigo|tener sexo|cachond[oa]|"
        r"desnudate)\b",
        r"\b(?:foto (?:tue )?nud[ae]|racconto erotico|sesso con (?:me|te)|fare sesso|spogliati|arrapat\w+)\b",
        r"\b(?:fotos? (?:suas? )?nu[ao]s?|nudes|conto erotico|sexo comigo|fazer sexo|transar|tesao)\b",
        r"\b(?:naaktfoto'?s?|seksverhaal|seks met (?:mij|me|jou)|kleed je uit|neuken|sekschat)\b",
    ),
}
"""Patterns by topic, for casefolded text without diacritics; en first, then de, fr, es, it, pt, nl."""

__all__ = ["ROWS"]
