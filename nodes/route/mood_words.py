"""Words of annoyed customers, as patterns over casefolded text without diacritics (en, de, fr, es, it, nl, pt).

``OUTRAGE`` says by itself that a customer has had enough; two of ``IMPATIENCE`` together do. Short on purpose: read by
people, and seldom wrong on ordinary messages.
"""

from __future__ import annotations

import re

_SERVICE = (
    r"(?:customer |so[- ]called )*"
    r"(?:service|company|shop|store|support|experience|chat|bot|website|delivery|team|staff)"
)
_TIMES = r"(?:third|fourth|fifth|sixth|tenth|3rd|4th|5th|6th|10th|hundredth|umpteenth)"
_VERY = r"(?:(?:so|really|very|extremely|beyond|absolutely|totally|completely|utterly|quite|just|most|simply) )*"

_OUTRAGE = (
    rf"\bi(?:'m| am|m) {_VERY}(?:furious|livid|angry|fuming|disgusted|outraged|infuriated|enraged|pissed|raging|"
    rf"mad at)\b",
    r"\bsick (?:and tired )?of\b|\bfed up\b|\benough is enough\b|\b(?:i've|i have|ive) (?:had (?:it|enough)|"
    r"been lied to)\b",
    rf"\bworst\W+(?:\w+\W+){{0,2}}(?:{_SERVICE}|i have|i've|ever)\b|\b(?:crap|useless|shit\w*|rubbish|damn|"
    rf"stupid) {_SERVICE}\b",
    r"\bdisgrace\w*|\bdisgusting\b|\bunacceptable\b|\bappalling\w*|\boutrageous\w*|\bpathetic\b|\bshambles\b|"
    r"\binfuriating\b",
    r"\bnever (?:again )?(?:order|buy|shop|us|com)\w* (?:\w+ ){0,4}again\b|\bnever \w+ing (?:\w+ ){0,3}again\b",
    r"\b(?:complete|total|absolute|utter|such a) (?:waste|wasting) of (?:my )?(?:time|money)\b|\bwasting my time\b",
    r"\bhow dare you\b|\bdon't you dare\b|\bshame on you\b|\bshameful\b|\bbullshit\b|\btaking the piss\b|\bpiss off\b",
    r"\bripped (?:me )?off\b|\byou (?:are |lot of |bunch of )*(?:thieves|scammers|liars|crooks)\b|\byou're lying\b",
    r"\bstop lying\b|\bsuch a scam\b|\b(?:beyond a|a complete|an absolute|a|what a) joke of a\b|\bbeyond a joke\b",
    r"\bwhat a joke\b|\bthat(?:'s| is) a lie\b|\bbeen lied to\b|\blied to me\b|\bincompeten\w+|\bpatience (?:is|"
    r"with you)\b",
    r"\b(?:losing|lost|lose) (?:my )?patience\b|\bdriving me (?:crazy|mad|insane)\b|\bi hate (?:this|your?)\b|"
    r"\ba farce\b",
    r"\bwtf\b|\bf[u*]+[c*]+[k*]+\w*|\bf\*+\w*|\bwhat the (?:hell|heck|f\w*)\b|\babsolutely useless\b|"
    r"\bbloody useless\b",
    r"\b(?:total|absolute|complete|utter) (?:nightmare|disaster|disgrace)\b|\bis a disaster\b|\butterly hopeless\b",
    r"\bcan'?t take (?:it|this) any ?more\b|\bare you (?:kidding|joking)\b|\bgot to be (?:kidding|joking)\b",
    r"\b(?:never|so) (?:been )?treated so badly\b|\bhow i've been treated\b|\bregret (?:ever )?(?:order|buy)ing\b",
    # de
    r"\bfrechheit\b|\bunverschamt\w*|\bsaftladen\b|\bnase voll\b|\bmir reicht(?:'s| es)?\b|\bverarsch\w*|\bunfassbar\b",
    r"\bnie (?:wieder|mehr) (?:bestell|kauf)\w*|\bdarf doch nicht wahr\b|\bkann doch nicht wahr\b|\bschnauze voll\b|"
    r"\binakzeptabel\b",
    r"\bstinksauer\b|\bwutend\b|\bscheiss\w*|\babzocke\w*|\bzum kotzen\b|\bunter aller sau\b|\bjetzt reicht(?:'s|"
    r" es)\b",
    # fr
    r"\binadmissible\b|\binacceptable\b|\bj'en ai (?:marre|assez|ras)\b|\bras[- ]le[- ]bol\b|\bhonteux\b|\bune honte\b",
    r"\b(?:moquez|foutez) de (?:moi|nous)\b|\bscandaleux\b|\blamentable\b|\bplus jamais\b|\bvoleurs\b|\bmerde\b|"
    r"\bfurieu(?:x|se)\b",
    # es
    r"\bverguenza\b|\b(?:estoy|harto|harta) (?:muy )?(?:harto|harta|furios[oa]|indignad[oa]|de esperar)\b|"
    r"\binaceptable\b|\bpesimo\b",
    r"\btomando el pelo\b|\bnunca mas (?:compr|pid|vuelv)\w*|\bladrones\b|\buna estafa\b|\bmierda\b|\bindignante\b",
    # it
    r"\bvergogna\b|\b(?:sono )?stuf[oa] (?:di|marci)\w*|\binaccettabile\b|\bprend\w+ in giro\b|\bmai piu\b|"
    r"\bnon ne posso piu\b",
    r"\bschifo\b|\bladri\b|\bscandalos[oa]\b|\bpessim[oa]\b|\bfurios[oa]\b|\bcazzo\b",
    # nl
    r"\bschande\b|\b(?:ben|word) het (?:\w+ )?(?:zat|beu)\b|\bonacceptabel\b|\bin de maling\b|\bnooit meer bestel\w*|"
    r"\bwaardeloos\b",
    r"\bwaardeloze\b|\bbelachelijk\b|\bwoedend\b|\boplichters?\b|\bgodverdomme\b|\bschandalig\b",
    # pt
    r"\bvergonha\b|\b(?:estou|to) (?:muito )?(?:fart[oa]|furios[oa]|indignad[oa])\b|\binaceitavel\b|\bgozar comigo\b|"
    r"\bum absurdo\b",
    r"\bpessimo\b|\bnunca mais (?:compr|pec|volt)\w*|\bladroes\b|\bpalhacada\b",
)  # fmt: skip
_IMPATIENCE = (
    r"\bridiculous\w*|\bunbelievabl\w*|\bfrustrat\w+|\bupset\b|\bdisappoint\w+|\bincredibl[ey] (?:bad|rude|slow)\w*",
    rf"\b(?:terrible|horrible|awful|dreadful|atrocious|shocking|badly?) (?:{_SERVICE}|handled|at your)\b|\bnonsense\b",
    r"\b(?:nobody|no one|no-one) (?:\w+ )?(?:answers?|cares?|helps?|picks?|replies|reply|responds?|called|calls|has)\b",
    r"\bstill (?:not|nothing|no|have ?n[o']t|has ?n[o']t|hasnt|havent|does ?n[o']t|waiting)\b",
    rf"\b{_TIMES} (?:time|missed|delay)\b|\b(?:two|three|four|five|six|ten|several|many|so many) times\b",
    r"\bhow many (?:more times|times (?:do|must|did) i (?:have|need|tell|explain|ask|repeat|say))\b|\b(?:already|"
    r"just) (?:told|said|explained|asked)\b|\b(?:again and again|over and over)\b",
    r"\bkeep (?:asking|ignoring|sending|telling|saying)\b|\bevery (?:single )?time\b|\b(?:for|is) the last time\b|"
    r"\bonce and for all\b",
    r"\banother (?:delay|week|month|excuse|two weeks)\b|\bexcuses?\b|\bthe same (?:useless )?(?:answer|problem|error|"
    r"thing) (?:again|every)\b",
    r"\bdamn\w*|\bcrap\b|\bbloody\b|\brubbish\b|\bhell\b|\bgod'?s sake\b|\bseriously\W*\?|\bshit\w*|\bomg\b",
    r"\bfor (?:hours|weeks|months|an hour|(?:two|three|four|five|six|\d+) (?:hours|weeks|months))\b|\bwasted hours\b|"
    r"\bin circles\b",
    r"\bhow (?:hard|difficult) (?:is it|can it)\b|\bwhy is it so hard\b|\bare you (?:even|stupid|deaf|serious)\b|"
    r"\bdo you even\b",
    r"\bi (?:demand|expect|insist)\b|\banswer me\b|\bfix (?:this|it|my order)\b|\bsort (?:it|this) out\b|\bi(?:'m|"
    r" am) done\b|\btheft\b",
    r"\bdon'?t care\b|\bwhat (?:on earth|are you people|kind of (?:shambles|company|service|joke|shop|circus))\b|"
    r"\bruined\b|\bi can'?t believe\b|\bnot helping\b|\bno help at all\b",
    r"\bcancel(?:led)? everything\b|\bback now\b|\bpromised\b|\b(?:totally|completely) out of order\b|"
    r"\bthanks for nothing\b|\buseless\b",
    # de
    r"\b(?:dritte|vierte|funfte|zehnte)[nsr]? mal\b|\bimmer noch (?:nichts?|kein\w*)\b|\bschon wieder\b|"
    r"\bzum (?:dritten|vierten|wiederholten)\b",
    r"\bseit (?:\w+ )?(?:wochen|monaten|stunden)\b|\bsofort mein geld\b|\bschlechte\w* (?:service|\w+dienst)\b|"
    r"\bniemand\b|\bendgultig\b",
    # fr
    r"\b(?:troisieme|quatrieme|cinquieme|enieme) fois\b|\btoujours (?:rien|pas)\b|\bencore (?:un|une) (?:retard|"
    r"erreur|fois)\b|\bpersonne ne\b",
    r"\btout de suite\b|\bdepuis (?:un mois|des (?:semaines|mois|heures)|(?:deux|trois|quatre) (?:semaines|mois))\b",
    # es
    r"\b(?:tercera|cuarta|quinta|enesima) vez\b|\b(?:todavia|aun|sigue) (?:no|nada|sin)\b|\botra vez\b|\bnadie\b|"
    r"\bdinero ya\b",
    r"\bhace (?:un mes|semanas|meses|horas)\b|\bde una vez\b",
    # it
    r"\b(?:terza|quarta|quinta|ennesima) volta\b|\bancora (?:niente|nulla|non)\b|\bdi nuovo\b|\bnessuno\b|\bsubito\b|"
    r"\bbasta\b",
    # nl
    r"\b(?:derde|vierde|vijfde|zoveelste) keer\b|\bnog steeds (?:niets?|geen)\b|\balweer\b|\bniemand\b|\bwil nu\b|"
    r"\bal weken\b",
    # pt
    r"\b(?:terceira|quarta|quinta|enesima) vez\b|\bainda (?:nada|nao)\b|\boutra vez\b|\bninguem\b|\bde novo\b|"
    r"\bdinheiro ja\b",
)  # fmt: skip

OUTRAGE = tuple(re.compile(pattern) for pattern in _OUTRAGE)
IMPATIENCE = tuple(re.compile(pattern) for pattern in _IMPATIENCE)
NEGATED = re.compile(r"(?:\b(?:not|isnt|arent|never|without|nicht|keine?|pas|no|non|niet|geen|nao)|n't)\s+(?:\w+\s+)?$")
"""What, before a word of outrage, takes it back: "I'm not angry"."""
PLEASED = re.compile(
    r"\b(?:thanks?|thank you|thx|great|love|lovely|awesome|perfect|brilliant|excellent|danke|merci|gracias|grazie|"
    r"bedankt|dank|obrigad[oa])\b"
)

__all__ = ["IMPATIENCE", "NEGATED", "OUTRAGE", "PLEASED"]
