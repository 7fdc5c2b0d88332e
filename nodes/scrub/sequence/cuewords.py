"""Words beside a name that say what it is: somebody's, or a thing's. In seven languages, lower case."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CUES = _words("""
 name names named surname namens namen naam nom prénom nombre nome cognome apellido sobrenome apelido called under mr
 mrs ms miss mister dr prof professor herr herrn frau dhr mevr meneer mevrouw monsieur madame mme mlle señor señora sr
 sra don doña signor signora signore sig sig.ra dott senhor senhora dona heiße heisse m'appelle appelle s'appelle llamo
 llama chiamo chiama heet heten chamo chama chamo-me bin soy sou regards wishes sincerely yours dear cher chère querido
 querida estimado estimada gentile beste geachte prezado prezada attn
""")
"""Words that announce a name."""
CALLS = _words("call calls")
"""Words after which "me" announces one."""
PARTICLES = _words("van von der den de la le du di da dos do del della el al bin ibn ben ter ten zu zum mc st")
"""Words inside and before a surname."""
ARTICLES = _words("""
 the a an this that these those der die das den dem des ein eine einen le la les un une ce cette el los las il lo gli
 de het een o os as um uma
""")
POSSESSIVES = _words("""
 my your our his her their mein meine meinen meinem ihr ihre unser unsere mon ma mes votre notre mi mis su nuestra mio
 mia vostro mijn onze jullie meu minha sua
""")
OF_PEOPLE = _words("""
 account accounts order orders booking bookings reservation reservations party family household case file group wedding
 couple siblings brothers sisters twins residence estate profile ticket request appointment interview house funeral name
 konto familie bestellung buchung reservierung famille compte commande réservation familia cuenta pedido reserva
 famiglia conto ordine prenotazione rekening reservering família conta encomenda
""")
"""Nouns before which an article and a capital are a person after all: "the Schmidt account"."""
LOOKS = _words("new old big small large little green blue red grey gray black white olive wooden round")
"""What may stand between the article and the capital: "the olive green Hazel throw"."""
INSIDE = _words("in near inside around en em nach naar")
"""Words after which a name such as Florence is a town's."""
