"""Patterns of a tone that no business wants, over folded sentences, in English, German, French, Spanish, Italian,
Dutch and Portuguese.

That the assistant says what it is when asked ("I'm a virtual assistant") is honest and stays; talk of its prompt, its
training and its rules does not help a customer.
"""

from __future__ import annotations

import re
from typing import Final

_INSULT = (
    r"idiot\w*|imbecile?s?|moron\w*|stupid\w*|dumb\w*|fools?|foolish|dimwit\w*|ignorant|lazy|pathetic"
    r"|clueless|brainless"
    r"|ridiculous|absurd|hysterical|paranoid|dishonest|incompetent|liars?|crazy|insane|loser|crybaby|rude"
    r"|annoying|hopeless|dense"
    r"|dumm\w*|bl[öo]d(?:e[rsn]?)?|trottel\w*|depp\w*|l[üu]gner\w*|unf[äa]hig\w*"
    r"|stupides?|idiote?s?|imb[ée]ciles?|cr[ée]tine?s?|menteu(?:r|se)s?|ridicule"
    r"|est[úu]pid[oa]s?|tont[oa]s?|imb[ée]cil(?:es)?|mentiros[oa]s?|in[úu]til"
    r"|idiot[aie]|imbecill[ei]|cretin[oaie]|bugiard[oaie]|ridicol[oa]"
    r"|idioot|sukkel|leugenaar|achterlijk|burro|burra"
)
_YOU = (
    r"you(?:'re| are| must be| sound| seem)|du bist|sie sind|ihr seid|(?:vous [êe]tes|tu es)|(?:usted "
    r"|t[úu] )?(?:es|eres)"
    r"|(?:lei [èe]|tu sei|sei)|(?:je|jij|u) bent|voc[êe] [ée]"
)
_BETWEEN = (
    r"(?:[ ,]+(?:a|an|the|such|so|just|really|very|clearly|obviously|being|too|bit|ja|doch|einfach|zu|wirklich"
    r"|vraiment|trop|troppo|te|demasiado|davvero|demais|ein|eine|so|un|une|uno|una|um"
    r"|uma|een|muy|tan|tr[èe]s|molto|heel|muito|sehr|wohl|echt)){0,4}"
)

PATTERNS: Final[dict[str, re.Pattern[str]]] = {
    "insult": re.compile(
        rf"\b(?:{_YOU}){_BETWEEN}[ ,]+(?:{_INSULT})\b"
        r"|\b(?:idiots?|morons?|imbeciles?|dimwits?|cretins?|fools?(?![- ]?proof)|trottel|deppen?)\b|\byou people\b"
        r"|\byou[ ,]+(?:{_INSULT})\b"
        r"|\b(?:how|what a) (?:stupid|dumb|silly|foolish|ridiculous) (?:of you|a question|question|request"
        r"|idea|of a question)"
        r"|\b(?:that's|that is|this is) (?:a |an |such a )?(?:stupid|dumb|idiotic|moronic"
        r"|ridiculous) (?:question|request|idea|complaint)"
        r"|\bpeople like you\b|\buse your brain\b|\bare you (?:blind|deaf|stupid|dumb|serious\b)"
        r"|\bdumme frage|question stupide|pregunta (?:est[úu]pida|tonta)"
        r"|domanda stupida|domme vraag|pergunta (?:est[úu]pida|burra)"
    ),
    "profanity": re.compile(
        r"\b(?:f+u+c+k\w*|f[*#@]+ck?\w*|motherf\w+|sh[i1!]t(?:ty|s|show|e)?|bullshit|crap(?:py)?|damn(?:ed"
        r"|it)?|goddamn|assholes?|arseholes?|bastards?"
        r"|bitch\w*|piss(?:ed)? off|bloody hell|wtf|stfu|dickheads?|wankers?|bollocks|jackass|dumbass"
        r"|screw you|go to hell|(?:what|who|where|why|how) the (?:hell|heck)|shut up|get lost|piss off|drop dead"
        r"|schei(?:ß|ss)\w*|arschl\w+|verdammt\w*|verfickt\w*|fick\w*|merde|putain|connard\w*|conn?asse"
        r"|salope|foutez|foutre"
        r"|mierda|joder|co[ñn]o|gilipollas|cabr[óo]n\w*|puta|carajo|cazzo|merda|stronz\w+|vaffanculo|coglion\w+"
        r"|kut|klootzak\w*|godverdomme|lul|porra|caralho|filho da puta|foda-?se)\b"
    ),
    "sarcasm": re.compile(
        r"\b(?:oh,? (?:great|brilliant|wonderful|how original|please)\b|well,? (?:duh|obviously)\b|\bduh\b"
        r"|congratulations,? (?:genius|einstein|sherlock)"
        r"|(?:nice|good) try\b|boo[ -]?hoo|cry me a river|good luck with that|(?:wow|gee),? (?:thanks|what a"
        r"|really|imagine)|how hard can it be"
        r"|not my problem|not our problem|sorry,? not sorry|what did you expect|(?:cool|great) story"
        r"|big deal|take it or leave it"
        r"|as (?:any|every)one (?:can|could|with eyes)|it's not rocket science|surprise,? surprise"
        r"|how (?:shocking|original|tragic) (?:that|for you)|poor you"
        r"|, (?:genius|einstein|sherlock)\b|learn to (?:read|count|listen)|grow up\b|get over it|get real\b"
        r"|(?:do(?:n't| not)|could(?:n't| not)|who|nobody) (?:really )?cares?(?: less| about your)?\b"
        r"|nobody believes (?:that|you)"
        r"|nicht mein problem|pas mon probl[èe]me|no es mi problema|non [èe] un mio problema"
        r"|niet mijn probleem|n[ãa]o [ée] problema meu)"
    ),
    "blame": re.compile(
        r"\b(?:(?:that|this|it)(?:'s| is| was) (?:entirely |all |clearly |simply |only )?(?:your"
        r"|you're) (?:own )?(?:fault|mistake|problem|doing|bad)"
        r"|you(?:'ve| have)? (?:clearly|obviously|simply|just) (?:did(?:n't| not)|do(?:n't| not)|can(?:'t"
        r"|not)|failed|misunderst\w+|ignored|forgot)"
        r"|you should(?:'ve| have) (?:read|known|checked|thought|paid|been|told|looked|listened|asked)"
        r"|you should know better|not (?:our|my) (?:fault|mistake)\b"
        r"|you (?:do|ca|did|could|wo)n't even (?!need|have to|notice)|^\W*(?:seriously\?|whatever\.)"
        r"|if you had (?:only |just |actually |bothered )?(?:to )?(?:read|paid|listened|checked|looked)"
        r"|you (?:only )?have (?:only )?yourself to blame|blame yourself"
        r"|as i (?:have )?(?:already|just|clearly) (?:said|told|explained|mentioned)|how many times (?:do"
        r"|must|have) (?:i|we)|calm down|stop (?:complaining|whining|shouting|bothering|wasting)"
        r"|you(?:'re| are) (?:wasting|overreacting|exaggerating|lying|being (?:difficult|unreasonable"
        r"|dramatic))|wasting (?:my|our) time"
        r"|selbst schuld|ihre eigene schuld|deine eigene schuld|(?:votre|ta) (?:propre )?faute|(?:su"
        r"|tu) (?:propia )?culpa|c(?:ul|ol)pa (?:suya|tuya|sua|tua)|(?:sua|tua) (?:propria )?colpa"
        r"|(?:uw|je|jouw) eigen schuld|(?:sua|tua) (?:pr[óo]pria )?culpa)\b"
    ),
    "ai": re.compile(
        r"\bas an? (?:ai|artificial intelligence)\b(?: language model| model| assistant)?[, ]+(?:i|my)\b"
        r"|\b(?:large )?language model\b|\bknowledge cut-?off\b"
        r"|\bmy training(?: data)?\b|\bi was trained\b|\btrained by (?:openai|anthropic|google|meta"
        r"|mistral)\b|\b(?:i am|i'm) (?:chatgpt|gpt|claude|gemini|llama)\b"
        r"|\bals (?:ki|k[üu]nstliche intelligenz|sprachmodell)\b|\ben tant qu'(?:ia"
        r"|intelligence artificielle|mod[èe]le)\b|\bcomo (?:una? )?(?:ia|inteligencia artificial"
        r"|modelo de lenguaje)\b"
        r"|\bin quanto (?:ia|intelligenza artificiale|modello linguistico)\b|\bals (?:ai|taalmodel)\b"
        r"|\bcomo (?:uma? )?(?:ia|intelig[êe]ncia artificial|modelo de linguagem)\b"
    ),
    "rules": re.compile(
        r"\b(?:system|hidden|initial|developer) (?:prompt|message|instructions?)\b|\bmy (?:prompt|guidelines"
        r"|directives|rules"
        r"|instructions?|programming|guardrails|system rules|configuration)\b"
        r"|\bi(?:'m| am| was|'ve been| have been) (?:only |just |strictly )?(?:instructed|programmed"
        r"|prompted|configured|told not|forbidden|not permitted by my)\b"
        r"|\bthe (?:pages|notes|passages|context|documents?) (?:below|above|provided|i was given|given to me"
        r"|i have been given)\b|\b(?:in|from) the (?:provided|given) (?:context|pages|documents?)\b"
        r"|\bmeine anweisungen\b|\bmes instructions\b|\bmis instrucciones\b|\ble mie istruzioni\b"
        r"|\bmijn instructies\b|\b(?:as )?minhas instru[çc][õo]es\b"
    ),
}
"""Code to pattern."""

__all__ = ["PATTERNS"]
