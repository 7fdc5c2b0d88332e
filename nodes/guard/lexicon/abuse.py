"""Abuse by category: insults, slurs, threats, sexual harassment, and words of somebody who may harm themselves.

Written for en, de, fr, es, it, pt, nl. Insults count where they are said *to* somebody ("you idiot"), not of oneself or
a thing, and a curse over a late parcel is none. What is reported or quoted ("he called me an idiot") does not count,
words of despair always do. The lists are short on purpose: they are read by people and fire rarely.
"""

from __future__ import annotations

import re

from frontdesk.nodes.guard.lexicon.lexicon import topics

SELF_HARM = "self_harm"
"""Category that goes to a person."""

_ROWS: dict[str, tuple[str, ...]] = {
    "insult": (
        r"\b(?:you|u|ya|you're|you are|youre|ur|you guys are|you people are|(?:your|the) (?:staff|company|agents?|"
        r"support|team|bot) (?:is|are)) (?:(?:all|such|just|so|really|a|an|the|bunch of|absolute|complete|total|"
        r"utter|stupid|dumb|lazy|damn|bloody|freaking|little|fat|old|ugly|f[u*@#.v]{1,3}[c*k#]{1,3}k?(?:ing|in)?) "
        r"){0,4}(?:idiots?|morons?|imbeciles?|dumb ?ass(?:es)?|ass ?holes?|arse ?holes?|bastards?|bitch(?:es)?|"
        r"b[i*!1]tch|cunts?|scum|wankers?|twats?|dickheads?|pricks?|retards?|losers?|clowns?|piece of (?:shit|sh\*t|"
        r"crap|garbage|trash)|pig|worthless|pathetic|braindead|brain-dead|liars?|thie(?:f|ves)|scammers?|useless)\b",
        r"\bf[u*@#.v]{1,3}[c*k#]{1,3}k? (?:you|u|off|yourself|yourselves|ya)\b|\bgo f[u*@#.v]{1,3}[c*k#]{1,3}k? "
        r"yourself|\b(?:stfu|gtfo|kys)\b|\bshut (?:the f[u*@#.v]{1,3}[c*k#]{1,3}k? )?up\b|\bgo to hell\b|\bpiss "
        r"off\b|\bscrew you\b|\bkiss my (?:ass|arse)\b|\bsuck my\b|\b(?:stupid|dumb|useless|"
        r"f[u*@#.v]{1,3}[c*k#]{1,3}k?ing) (?:bot|machine|bitch|cow|robot|idiots?|morons?|people)\b|\bare you "
        r"(?:stupid|retarded|dumb|brain ?dead)\b",
        r"\b(?:du|ihr|sie|du bist|ihr seid|sie sind) (?:(?:so |alle |ein |eine |doch |echt |vollig |dummer? |"
        r"blode[rs]? |verdammter? |elende[rn]? ){0,3})(?:idiot\w*|arschloch|arschlocher|wichser|hurensohn|schlampe|"
        r"depp\w*|trottel|penner|vollidiot\w*|missgeburt|versager|fotze|drecksau|schwein\w*)\b|\bfick(?:t|en)? "
        r"(?:dich|euch|sie)\b|\bverpiss dich\b|\bhalt(?:s| die| deine| dein)? (?:maul|fresse|klappe)\b|\bleck mich\b",
        r"\b(?:tu es|t'es|vous etes|espece d'?e?) ?(?:(?:un |une |des |tous |vraiment |de ){0,2})(?:connards?|"
        r"conn?asses?|cons?|idiots?|imbeciles?|salopes?|salauds?|encules?|abrutis?|debiles?|ordures?|cretins?)\b|"
        r"\b(?:va te faire|nique ta|ferme ta gueule|ta gueule|allez vous faire|fils de pute)\b",
        r"\b(?:eres|son|sois|es usted|sos) (?:(?:un |una |unos |unas |muy |todos ){0,2})(?:idiotas?|imbecil(?:es)?|"
        r"estupid[oa]s?|pendej[oa]s?|gilipollas|cabron(?:es)?|mierdas?|subnormal(?:es)?|inutil(?:es)?|boludos?)\b|"
        r"\b(?:vete a la mierda|hijo de puta|hijos de puta|que te jodan|jodete|chinga tu madre|callate la boca|vete "
        r"al infierno|idiota de mierda)\b",
        r"\b(?:sei|siete) (?:(?:un |uno |una |degli |dei |proprio |tutti ){0,3})(?:idiot[ai]|stronz[oaie]|"
        r"cretin[oai]|coglion[ei]|imbecill[ei]|deficient[ei]|merd[ae]|bastard[oi]|incapac[ei])\b|\b(?:vaffanculo|va "
        r"a fanculo|figlio di puttana|figli di puttana|testa di cazzo|chiudi il becco|stai zitt[oa])\b",
        r"\b(?:voce e|voces sao|tu es|seu|sua|seus) (?:(?:um |uma |uns |muito |todos |bando de ){0,2})(?:idiotas?|"
        r"imbecil|imbecis|burr[oa]s?|otari[oa]s?|babacas?|estupid[oa]s?|merdas?|cretin[oa]s?|inuteis|inutil)\b|"
        r"\b(?:vai se foder|vai tomar no cu|filho da puta|filhos da puta|foda-se voce|vai a merda|cala a boca|vai "
        r"pro inferno)\b",
        r"\b(?:je bent|jullie zijn|u bent|jij) (?:(?:een |stelletje |zo'n |allemaal |echt ){0,2})(?:idiot(?:en)?|"
        r"klootza(?:k|kken)|lul(?:len)?|sukkels?|eikels?|hoer(?:en)?|kutwijf|mongool|mongolen|debiel(?:en)?|"
        r"tering\w+|kanker\w+|waardeloos)\b|\b(?:rot op|flikker op|hou je (?:bek|kop|muil)|krijg de (?:tering|"
        r"kanker|klere|pest)|sodemieter op|val dood)\b",
    ),
    "slur": (
        r"\b(?:n[i1!*]gg(?:er|a)s?|f[a@4*]gg?ots?|k[i1]kes?|ch[i1]nks?|sp[i1]cs?|tr[a@4]nn(?:y|ies)|p[a@]kis?|"
        r"wetbacks?|gooks?|sand ?n\w+|towel ?heads?)\b",
        r"\b(?:kanaken?|neger(?:in)?|schwuchteln?|zigeunerpack|scheiss ?(?:auslander|juden|turken)|judensau|sale "
        r"(?:arabe|juif|juive|noire?|negre|pd)|bougnoules?|negros de mierda|sudacas?|maric(?:on|ones) de mierda|"
        r"judios de mierda|negr[oi] di merda|froci(?:o)? di merda|terron[ei] di merda|pret[oa]s? imund[oa]s?|"
        r"macacos? imundos?|viado de merda|kut ?marokkan\w+|vuile (?:jood|flikker|turk|neger)|kankernegers?)\b",
    ),
    "threat": (
        r"\b(?:i(?:'ll| will|'m going to|'m gonna| am going to|'ma)|we(?:'ll| will)|gonna) "
        r"(?:f[u*@#.v]{1,3}[c*k#]{1,3}k?ing )?(?:kill|murder|shoot|stab|hurt|beat|burn|bomb|hunt|strangle|rape|"
        r"destroy) ?(?:you|u|him|her|them|your|everyone|all of you|down|the (?:store|shop|office|warehouse|"
        r"driver))\b(?! to it)|\bi know where you (?:live|work)\b|\byou(?:'ll| will| are going to|'re going to|'re) "
        r"(?:all )?(?:be dead|dead|die|bleed|pay with your life)\b|\b(?:i hope you|you should all|you all deserve "
        r"to) die\b|\bwatch your back\b|\bthere(?:'s| is) a bomb\b",
        r"\b(?:i'll|i will|i'm going to|i'm gonna|i am going to|we'll|we will) find you(?: and (?:hurt|kill|beat|"
        r"make you)|[ .!]*$)",
        r"\bich (?:bring(?:e)?|mach(?:e)?|stech(?:e)?|schlag(?:e)?|finde|werde) (?:dich|euch|sie)(?: alle)? (?:um|"
        r"kalt|fertig|ab|tot|zusammen|umbringen|toten|finden und \w+)\b|\bich weiss,? wo du wohnst\b|\b(?:du bist|"
        r"ihr seid) tot\b|\bich zunde (?:euch|den laden|euren laden) an\b",
        r"\bje vais (?:te|vous|tous vous|le|la|les) (?:tuer|buter|crever|frapper|retrouver|egorger|bruler)\b|\bje "
        r"sais ou tu (?:habites|travailles)\b|\btu vas (?:mourir|crever)\b|\bvous allez (?:tous )?(?:mourir|"
        r"crever)\b",
        r"\b(?:te|os|los|las|le) voy a (?:matar|encontrar|romper la cara|quemar|apunalar|partir la cara|reventar)\b|"
        r"\bvoy a (?:mataros|matarte|matarlos|quemar (?:la|vuestra) tienda)\b|\bse donde (?:vives|trabajas)\b|\bvas "
        r"a morir\b",
        r"\b(?:ti|vi) (?:ammazzo|uccido|spacco la faccia|vengo a prendere|brucio|trovo e ti \w+)\b|\bso dove "
        r"(?:abiti|vivi|lavori)\b|\b(?:morirai|sei morto)\b|\bvado a bruciare il negozio\b",
        r"\b(?:vou|irei) (?:te|vos) (?:matar|encontrar|bater|quebrar|queimar|esfaquear)\b|\bvou matar (?:voce|voces|"
        r"todos)\b|\b(?:eu )?sei onde voce (?:mora|trabalha)\b|\bvoce vai morrer\b",
        r"\bik (?:ga|zal) (?:je|jou|jullie|u) (?:vermoorden|afmaken|doodmaken|doodschieten|neersteken|vinden|"
        r"kapotmaken|in elkaar slaan)\b|\bik (?:vermoord|maak) (?:je|jullie)(?: dood| af)?\b|\bik weet waar je "
        r"(?:woont|werkt)\b|\bje gaat eraan\b",
    ),
    "harassment": (
        r"\b(?:i want to|let me|i'd love to|wanna|i wanna) (?:touch|lick|kiss|see) (?:you|your (?:body|tits|boobs|"
        r"ass|legs|pussy))\b|\b(?:show|send) me your (?:tits|boobs|body|ass|pussy|underwear)\b|\bnice (?:tits|ass|"
        r"boobs)\b|\bsit on my (?:lap|face)\b|\bare you (?:wet|a virgin)\b|\bwhat'?s your bra size\b",
        r"\b(?:zeig|schick) mir deine (?:titten|bruste|muschi|unterwasche)\b|\bich will dich (?:ficken|lecken|"
        r"anfassen)\b|\bmontre(?:-moi)? tes (?:seins|fesses|nichons)\b|\bje veux te (?:baiser|lecher|toucher)\b|"
        r"\bensename (?:las|tus) (?:tetas|nalgas)\b|\bquiero (?:follarte|cogerte|tocarte)\b|\bfammi vedere le "
        r"(?:tette|chiappe)\b|\bvoglio (?:scoparti|leccarti|toccarti)\b|\bmostra (?:os peitos|a bunda|as tetas)\b|"
        r"\bquero te (?:comer|foder|lamber)\b|\blaat (?:me )?je (?:tieten|borsten|kont) zien\b|\bik wil je "
        r"(?:neuken|likken)\b",
    ),
    SELF_HARM: (
        r"\bi(?:'m| am)? (?:\w+ ){0,2}(?:want|going|gonna|plan(?:ning)?|thinking (?:about|of)|wanna|might as well|"
        r"will|ready) (?:to )?(?:kill(?:ing)? myself|die\b(?! (?:of|laughing))|dying|end(?:ing)? (?:it all|my life|"
        r"everything)|hurt(?:ing)? myself|cut(?:ting)? myself|suicide|commit(?:ting)? suicide|jump(?:ing)? off (?:a|"
        r"the) (?:bridge|roof|building))|\bi (?:just )?(?:do not|don't|dont|no longer) want to (?:live|be alive|"
        r"exist|wake up)\b|\bi(?:'m| am| feel) (?:\w+ )?suicidal\b|\b(?:life|nothing) is(?:n't| not)? worth "
        r"living\b|\b(?:better off without me|better off dead|no reason to (?:live|go on)|i can't go on (?:like "
        r"this|living|anymore))\b|\bi(?:'ve| have)? (?:cut|harmed|hurt) myself (?:again|on purpose)\b",
        r"\bich (?:will|mochte|kann|werde) (?:\w+ ){0,2}(?:sterben|mich umbringen|mir das leben nehmen|mich toten|"
        r"nicht mehr leben|mein leben beenden|mich ritzen)\b|\b(?:selbstmordgedanken|suizidgedanken)\b|\bich "
        r"bring(?:e)? mich um\b|\bdas leben hat keinen sinn\b",
        r"\b(?:je veux|j'ai envie de|je vais|je voudrais) (?:mourir|me (?:tuer|suicider|faire du mal)|en finir(?: "
        r"avec la vie)?)\b|\bje ne veux plus (?:vivre|etre la|exister)\b|\b(?:pensees|idees) suicidaires\b|\bla vie "
        r"ne vaut (?:pas|plus)\b",
        r"\b(?:me quiero|quiero|voy a|pienso en) (?:morir(?:me)?|matarme|suicidarme|quitarme la vida|hacerme dano|"
        r"acabar con (?:mi vida|todo))\b|\bme quiero (?:matar|suicidar)\b|\bno quiero (?:seguir viviendo|vivir mas|"
        r"vivir)\b|\bpensamientos suicidas\b|\bla vida no vale la pena\b",
        r"\b(?:voglio|vorrei|sto per|penso di) (?:morire|uccidermi|ammazzarmi|suicidarmi|farla finita|togliermi la "
        r"vita|farmi del male)\b|\bnon voglio piu vivere\b|\bpensieri suicidi\b|\bla vita non vale\b",
        r"\b(?:quero|vou|penso em|queria) (?:morrer|me matar|matar-me|me suicidar|suicidar-me|tirar a (?:minha "
        r")?(?:propria )?vida|acabar com (?:a minha vida|tudo)|me machucar)\b|\bnao quero mais viver\b|"
        r"\bpensamentos suicidas\b|\ba vida nao vale\b",
        r"\bik (?:wil|ga|zou willen|denk eraan) (?:\w+ ){0,2}(?:dood|sterven|zelfmoord plegen|mezelf (?:doden|van "
        r"kant maken|pijn doen|iets aandoen|snijden)|er een eind aan maken|niet meer leven)\b|"
        r"\bzelfmoordgedachten\b|\bhet leven heeft geen zin\b",
    ),
}
_SCORES = {"insult": 0.6, "slur": 0.8, "threat": 0.9, "harassment": 0.8, SELF_HARM: 0.9}

CATEGORIES = {name: topic for name, score in _SCORES.items() for topic in topics(score, {name: _ROWS[name]}).values()}
"""By name, least severe first."""

REPORTED = re.compile(
    r"(?:\b(?:called|calls|calling|call|said|says|saying|told|tells|wrote|written|writes|shouted|yelled|named|"
    r"nannte|genannt|sagte|gesagt|schrieb|geschrieben|traite|dit|ecrit|llamo|dijo|dice|escribio|chiamat[oa]|detto|"
    r"scritto|chamou|disse|escreveu|noemde|genoemd|zei|schreef|titled?|book|film|movie|song|game|band|"
    r"""lyrics)\b[^.!?]{0,24}|(?<!\w)[\"“„«‘'`]\s*[^\"”»’]{0,40})\Z"""
)
"""Matched against what stands before an insult: it is reported or quoted, or a title."""

__all__ = ["CATEGORIES", "REPORTED", "SELF_HARM"]
