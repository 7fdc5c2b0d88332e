"""Which language a short text is in: a vote of its function words, in plain look-ups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

ENGLISH, UNKNOWN = "en", ""
_FUNCTION_WORDS = {
    "en": """
 a about after all also an and any are as at be been before but by can could did do does for from had has have he her
 here his how i if in into is it its just me my no not now of on one or our out she should so some than thank that the
 their them then there these they this those to too until up us was we were what when where which while who why will
 with would yes you your am again because please hello hi dear don didn isn i shall met need want asked got can't
 don't didn't doesn't i'm
 """,
    "de": """
 aber alle alles als am an auch auf aus bei beim bin bis bitte da das dass dein deine dem den der des die dies diese
 diesen doch durch ein eine einem einen einer eines er es euch für gab geht gibt habe haben habt hallo hat hatte hätte
 ich ihm ihn ihnen ihr ihre ihren im in ist ja jetzt kann kein keine keinen können könnte könnten leider man mein meine
 meinem meinen meiner mich mir mit mochte möchte möchten muss müssen nach nein nicht noch nur ob oder ohne schon sehr
 sein seine seit sich sie sind so soll und uns unser unsere unter vom von vor wann war waren warum was weil welche
 welcher welches wenn wer werden wie wieder wir wird wo wurde wurden würde würden zu zum zur über
 """,
    "fr": """
 a ai ainsi alors après as au aucun aussi autre aux avant avec avez avoir avons bien bonjour bonsoir c'est car ce cela
 ces cet cette chez comment d'un d'une dans de depuis des deux donc du elle elles en encore est est-ce et était êtes
 être
 eu fait il ils j'ai j'aimerais je jusqu la le les leur lors lui là ma mais me merci mes moi mon même n'est ne nos
 notre
 nous on ont ou où par pas peut peux plus pour pourquoi pouvez-vous puis-je quand que quel quelle quelles quels qu'il
 qui s'il sa sans se ses si sommes son sont sous sur svp ta te tes toi ton tout toute très tu un une veuillez vers vos
 votre voudrais vous y à ça quelqu'un avez-vous pourriez-vous qu'est-ce
 """,
    "es": """
 a al algo aquí así aún bien buenas buenos como con cuando cuál cuáles cuándo cuánto cuánta cuántos cómo de del desde
 donde dónde el ella ellos en entre era es esa ese eso esta está están estas este esto estoy favor fue gracias ha han
 hasta hay he hola hoy la las le les lo los me mi mis muy más necesito ni no nos nuestra nuestro o para pero podría
 podrían por porque puede pueden puedo que qué quien quiero quisiera se ser si sin sobre son soy su sus sí también te
 tengo tiene tienen todo tu tus un una unas uno unos usted ustedes y ya yo ¿ ¡
 """,
    "it": """
 fino preferisco
 a abbiamo ai al alla alle anche ancora avete bene c'è che chi ci ciao col come con cosa così cui da dal dalla degli
 dei
 del dell'ordine della delle di dove dov'è dopo dei e ed era fa gli grazie ha hai hanno ho i il in io la le lei lo loro
 lui ma me mi mia mie miei mio molto ne nei nel nella nessun no noi non nostra nostro o ogni oppure per perché però più
 poi posso potete potreste prima può qual quale quali quando quanto quanti questa questo qui salve se sei senza si
 siamo
 siete sono sta su sua suo sul sulla sì ti tra tu tua tuo tutti tutto un un'altra una uno vi voglio voi vorrei vostra
 vostro è buongiorno buonasera
 """,
    "nl": """
 aan al alles als alstublieft ben bij dan dank dat de deze die dit door een en er geen goed graag had hallo hebben heb
 hebt heeft het hij hoe hoeveel ik in is ja je jij jouw jullie kan klopt kon kunnen kunt kwam maar mag me meer met mij
 mijn moet na naar nee niet niets nog nu of om onder ons onze ook op over sinds te tot toch tussen u uit uw van veel
 volgens voor waar waarom wanneer want waren was wat we wel welk welke werd weer wie wij wil wilt worden wordt zal ze
 zei
 zijn zo zonder zou
 """,
    "pt": """
 prefiro
 a ainda alguém ao aos aqui as até boa bom com como da das de dele depois do dois dos e ela ele eles em entre era essa
 esse esta este estou está estão eu favor foi fica gostaria há isso isto já la lhe mais mas me meu meus minha minhas
 muito na nas nem no nos nossa nosso num não nós o obrigada obrigado olá onde os ou para pela pelo podem poderiam pode
 por porque posso preciso qual quais quando quanto que queria quem quero se sem ser seu sua são só também te tem tenho
 tive têm um uma umas vocês você vou à às é
 """,
}
_TOO_SHORT = 2


def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for language, words in _FUNCTION_WORDS.items():
        for word in dict.fromkeys(words.split()):
            found[word].append(language)
    return {word: tuple(languages) for word, languages in found.items()}


FUNCTION_WORDS = _by_word()
"""Lower-case word to the languages that have it."""


def guess(lowered: Iterable[str]) -> str:
    """Return the language of a text.

    Args:
        lowered: Its words in lower case.

    Returns:
        One of en, de, fr, es, it, nl, pt: that of most function words, English where it has as many as another; an
        empty string where there is none.
    """
    votes: Counter[str] = Counter()
    for word in lowered:
        # One letter is also an initial, an amount or a size.
        for language in FUNCTION_WORDS.get(word, ()):
            votes[language] += 1 if len(word) < _TOO_SHORT else 2
    if not votes:
        return UNKNOWN
    most = max(votes.values())
    return ENGLISH if votes[ENGLISH] == most else next(name for name, count in votes.items() if count == most)
