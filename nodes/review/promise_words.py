"""What a promise sounds like, by kind, and what evidence of its kind sounds like; over folded sentences: English in
depth; German, French, Spanish, Italian, Dutch and Portuguese by their usual forms."""

from __future__ import annotations

import re
from typing import Final

_ADV = (
    r"(?:,? (?:also|now|then|gladly|happily|certainly|definitely|immediately|personally|even|just|always"
    r"|surely|simply|still|really|actually|of course|be happy to|be glad to"
    r"|be able to|go ahead and|make sure (?:that )?(?:you|to)|see to it that (?:you|we)|both|additionally"
    r"|today|right away|automatically|instantly|all)){0,4}"
)
_FIRST = r"\b(?:i|we|our team|fernhill|the (?:shop|company|team|bank)|(?:my|the|our) (?:manager|supervisor))"
_WILL = (
    rf"(?:'ll| will| shall| can(?: definitely| certainly| of course)?|'m going to| am going to|'re going to"
    rf"| are going to| promise to| commit to|'d be happy to){_ADV} "
)
_YOU = (
    r"\byou(?:(?:'ll| will| shall|'re going to| are going to| can expect to| can have| can get| may have"
    rf"| are entitled to|'re entitled to| qualify for| automatically| are getting){_ADV} |{_ADV} (?:get|receive) )"
)
_GIVE = r"(?:give|offer|grant|send|apply|add|get|issue|pay|take|knock|provide|arrange|deduct|throw in|include|put)"
_GET = r"(?:get|receive|have|expect|enjoy|a|an|the|your|to|back)"
_THEN = r"[^.;!?\n]{0,60}?"

PROMISES: Final[dict[str, re.Pattern[str]]] = {
    "refund": re.compile(
        rf"{_FIRST}{_WILL}(?:you )?(?:refund|reimburse|pay (?:you )?back|return your money"
        rf"|give (?:you )?(?:back )?(?:your|the) money|repay)"
        rf"|{_FIRST}{_WILL}{_GIVE}{_THEN}(?:refund|money back|reimbursement)"
        rf"|{_YOU}(?:{_GET} )?{_THEN}(?:refund(?!s? (?:policy|page|form|request))|money back|reimburse)"
        r"|\b(?:your|the|a) (?:full |whole |entire )?(?:refund|money|purchase price"
        r"|amount)[^.;!?\n]{0,30} (?:will be|'ll be|is going to be|gets|will go|is coming)"
        r"|\byou(?:'ll| will)? (?:get|receive) \d[\d.,]* ?(?:eur|euros?|€|pounds?|£|dollars?) back"
        r"|\b(?:i|we)(?:'ll| will) give you (?:back )?[€£$]?\d"
        r"|\bexpect (?:a|your) (?:full )?refund|\brefund (?:you )?in full"
        r"|\b(?:wir|ich) (?:erstatten?|werden? [^.;!?\n]{0,50}erstatten|zahlen? [^.;!?\n]{0,30}zur[üu]ck)"
        r"|\bsie (?:bekommen|erhalten) [^.;!?\n]{0,40}(?:zur[üu]ck|erstattung)"
        r"|\b(?:nous (?:vous )?rembours\w+|je vous rembours\w+|nous allons (?:vous )?rembourser"
        r"|vous (?:serez rembours|recevrez un remboursement)\w*)"
        r"|\b(?:le |les )?(?:reembolsar(?:é|emos|e)|devolveremos|vamos a reembolsar\w*)|\brecibir[áa] (?:un"
        r"|el) reembolso"
        r"|\b(?:la |le |vi |ti )?(?:rimborser(?:ò|emo|o)|rimborsiamo)|\bricever[àa] (?:un|il) rimborso"
        r"|\b(?:wij|we|ik) (?:betalen?|storten?|vergoeden?|zal|zullen) [^.;!?\n]{0,50}(?:terug|vergoed\w*)"
        r"|\bu krijgt [^.;!?\n]{0,40}terug"
        r"|\b(?:vamos|irei|iremos|vou) (?:reembols|devolv)\w+|\breembolsar(?:ei|emos)|\breceber[áa] (?:um"
        r"|o) reembolso"
    ),
    "discount": re.compile(
        rf"{_FIRST}{_WILL}(?:{_GIVE} )?{_THEN}(?:discount|voucher|coupon|% off|percent off|price reduction"
        rf"|half price|promo code|off (?:your|the|this|any))|{_FIRST}{_WILL}(?:lower|reduce|drop"
        rf"|match) (?:the|your) price"
        rf"|{_YOU}(?:{_GET} )?{_THEN}(?:discount|voucher|coupon|% off|percent off|half price|reduction)"
        r"|\bhere(?:'s| is| are) (?:a|an|your|my|our) [^.;!?\n]{0,40}(?:code|voucher|discount|coupon)"
        r"|\b(?:use|enter) (?:the )?(?:code|voucher) [a-z]*\d|\bhave (?:a|this) \d+ ?% "
        r"|\b(?:wir|ich) (?:geben?|gew[äa]hren?|schenken?) [^.;!?\n]{0,50}(?:rabatt|gutschein|nachlass)"
        r"|\bsie (?:bekommen|erhalten) [^.;!?\n]{0,50}(?:rabatt|gutschein|nachlass)"
        r"|\b(?:nous|je) vous (?:offr|accord|donn)\w+ [^.;!?\n]{0,50}(?:r[ée]duction|remise|bon d'achat)"
        r"|\bvous (?:b[ée]n[ée]ficiez|recevrez|aurez) [^.;!?\n]{0,40}(?:r[ée]duction|remise|bon)"
        r"|\b(?:le|les) (?:daremos|dar[ée]|ofrecemos|damos|har[ée]) [^.;!?\n]{0,40}(?:descuento|vale"
        r"|cup[óo]n)|\brecibir[áa] [^.;!?\n]{0,40}descuento"
        r"|\b(?:le|vi|ti) (?:daremo|dar[òo]|offriamo|facciamo|far[òo]) [^.;!?\n]{0,40}(?:sconto|buono)"
        r"|\b(?:we|wij|ik) (?:geven?|geef|bieden?) [^.;!?\n]{0,40}(?:korting|tegoedbon)"
        r"|\bu krijgt [^.;!?\n]{0,40}korting"
        r"|\b(?:damos|daremos|vou dar|oferecemos)(?:-lhe)? [^.;!?\n]{0,40}(?:desconto|vale)"
    ),
    "compensation": re.compile(
        rf"\bas (?:a|an)? ?(?:small |little |special )?(?:compensation|gesture|goodwill|apology|thank[- ]you"
        rf"|sorry|token of)\b|{_FIRST}{_WILL}(?:compensate|make it up to you|make this right with"
        rf"|cover (?:the|your|all|any) (?:cost|expense|loss|damage|bill))"
        rf"|{_FIRST}{_WILL}(?:{_GIVE} )?{_THEN}(?:compensation|goodwill|store credit|bonus points"
        rf"|extra points|gift card|credit (?:to|on|of|your)|credit\b|points to your account)"
        rf"|{_YOU}(?:{_GET} )?{_THEN}(?:compensation|compensated|goodwill|store credit|bonus points"
        rf"|extra points|gift card worth|credit of)|\bcredit(?:ing|ed)? (?:your|you)r? (?:account )?with\b"
        r"|\bals (?:kleine )?(?:entsch[äa]digung|wiedergutmachung|kulanz|entschuldigung)|\b(?:wir"
        r"|ich) entsch[äa]dig\w+|\b(?:en|[àa] titre de) (?:d[ée]dommagement|geste commercial|compensation)"
        r"|\bnous (?:vous )?d[ée]dommag\w+"
        r"|\bcomo (?:compensaci[óo]n|compensa[çc][ãa]o|gesto)|\b(?:le|les) compensar\w+"
        r"|\bcome (?:risarcimento|compensazione|gesto)|\b(?:la|vi) risarcir\w+|\bals (?:compensatie"
        r"|vergoeding|goedmaker)|\bcompensaremos\b"
    ),
    "free": re.compile(
        rf"(?:{_FIRST}{_WILL}|{_YOU}){_THEN}(?:free of charge|for free|at no (?:extra |additional )?(?:cost"
        rf"|charge)|on the house|without (?:any )?(?:extra )?charge|free (?:\w+ )?(?:delivery|shipping|return"
        rf"|replacement|upgrade|gift|assembly|installation|repair)|at our expense)"
        rf"|{_FIRST}{_WILL}(?:waive|upgrade you|cover the (?:delivery|shipping|postage|return))"
        rf"|\bon the house\b|\b(?:delivery|shipping|assembly|installation|upgrade) is on us\b"
        rf"|\bcomplimentary\b|\bwon't (?:cost|charge) you (?:anything|a)\b|\bno charge (?:at all )?for you\b"
        r"|\b(?:wir|ich) [^.;!?\n]{0,60}(?:kostenlos|gratis|kostenfrei)|\b(?:nous"
        r"|je) [^.;!?\n]{0,60}gratuitement|\bse lo [^.;!?\n]{0,40}gratis|\b(?:we"
        r"|wij) [^.;!?\n]{0,60}(?:gratis|kosteloos)|\bvamos [^.;!?\n]{0,40}gr[áa]tis|\b(?:le"
        r"|vi) [^.;!?\n]{0,40}(?:gratis|gratuitamente)"
    ),
    "replacement": re.compile(
        rf"{_FIRST}{_WILL}(?:replace|exchange (?:it|that|them|your)|send (?:you )?(?:out )?(?:a|an|another"
        rf"|two|the) (?:\w+ )?(?:new|replacement|spare|second)|get (?:you )?a (?:new|replacement))"
        rf"|{_YOU}(?:{_GET} )?(?:a |an |another )?(?:brand[- ]new|replacement|new one)|\ba (?:replacement"
        rf"|new one) (?:will be|is) (?:sent|on its way|shipped|coming)"
        r"|\b(?:wir|ich) (?:ersetzen?|schicken? [^.;!?\n]{0,40}ersatz)|\bnous (?:vous )?rempla\w+"
        r"|\bse lo (?:cambiamos|reemplazamos|reemplazaremos)|\blo sostitui\w+|\b(?:we|wij) vervangen\b"
        r"|\bvamos substituir\b"
    ),
    "deadline": re.compile(
        rf"(?:will|'ll|shall|going to)\b{_THEN}\b(?:arrive|delivered|deliver|there|with you|get there"
        rf"|have (?:it|them|your)|reach you|ship(?:ped)?|dispatch(?:ed)?|leave|fixed|resolved|sorted|repaired"
        rf"|ready|collected|refunded|in stock|on your account)\b{_THEN}"
        r"\b(?:today|tomorrow|tonight|this (?:week|afternoon|evening|morning)|by (?:the end|monday|tuesday"
        r"|wednesday|thursday|friday|saturday|sunday|noon|christmas|next|\d)|on (?:monday|tuesday|wednesday"
        r"|thursday|friday|saturday|sunday)|before (?:christmas|the weekend|monday|friday|noon|\d)"
        r"|(?:with)?in (?:the next )?(?:\d+|one|two|three|four|five|six|seven|ten|a few|24"
        r"|48)(?: \w+)? (?:minutes?|hours?|days?|weeks?)|next (?:week|monday|day)|no later than)\b"
    ),
    "callback": re.compile(
        r"\b(?:a |one of (?:my|our) |my |the |our |your )?(?:colleagues?|managers?|supervisors?|specialists?"
        r"|technicians?|engineers?|experts?|team|someone|somebody|agents?|advisors?)"
        rf"(?:'ll| will| is going to| are going to){_ADV} (?:be )?(?:call|phone|ring|contact|email|e-mail"
        rf"|visit|come|get (?:back|in touch)|reach out|write|reply|in touch|calling|deal)"
        rf"|{_FIRST}{_WILL}(?:call|phone|ring) you"
    ),
    "guarantee": re.compile(
        r"\b(?:i|we) (?:can |do |hereby |fully |personally |absolutely |really |solemnly "
        r"|certainly )*(?:guarantee|promise|swear|assure you|give you (?:my|our) word)\b"
        r"|\bguaranteed\b(?! (?:for|by (?:law|the manufacturer)))|\byou have (?:my|our) word\b|\b(?:100 ?%"
        r"|absolutely) (?:sure|certain|guaranteed|positive)\b"
        r"|\bwithout (?:any |a )?(?:doubt|fail)\b|\bthat(?:'s| is) a promise\b|\b(?:ich|wir) (?:garantieren?"
        r"|verspreche?n?|versichern?)\b|\b(?:je|nous) (?:vous )?(?:garanti\w+|promet\w*|promets)\b|\b(?:le "
        r"|les )?(?:garantizo|garantizamos|prometo|prometemos)\b"
        r"|\b(?:garantisco|garantiamo|prometto|promettiamo)\b|\b(?:ik|wij|we) (?:garanderen?|garandeer"
        r"|beloven?|beloof)\b|\b(?:garanto|garantimos|prometo|prometemos)\b"
    ),
    "exception": re.compile(
        r"\b(?:make|making|made|grant|allow) (?:you )?an exception\b|\bas an exception\b|\bexceptionally\b"
        r"|\bjust for you\b|\bjust this once\b|\b(?:this|for) one time\b|\bon this occasion\b"
        rf"|{_FIRST}(?:{_WILL}|'ve | have )(?:waived? |bend |ignored? |overlook(?:ed)? |skip(?:ped)? "
        rf"|drop(?:ped)? |extend(?:ed)? |override |overridden )(?:you |your |the |this |that |our )"
        r"|\b(?:despite|regardless of|against|outside) (?:the|our|your) (?:\w+ )?(?:policy|rules?|deadline"
        r"|period|warranty|limit)|\beven though (?:the|our|your|it)[^.;!?\n]{0,50}(?:expired|over|passed"
        r"|policy|late|rules?)"
        r"|\bausnahmsweise\b|\beine ausnahme\b|\bexceptionnellement\b|\bune exception\b|\bexcepcionalmente\b"
        r"|\buna excepci[óo]n\b|\beccezionalmente\b|\bun'eccezione\b|\bbij uitzondering\b"
        r"|\been uitzondering\b|\buma exce[çc][ãa]o\b"
    ),
}
"""Kind to pattern."""

EVIDENCE: Final[dict[str, re.Pattern[str]]] = {
    "refund": re.compile(
        r"refund|money back|money .{0,40}goes back|reimburs|paid back|erstatt|rembours|reembols|rimbors"
        r"|terugbeta"
    ),
    "discount": re.compile(
        r"discount|% off|voucher|coupon|promo|code|reduc|rabatt|gutschein|remise|descuento|sconto|korting"
        r"|desconto"
    ),
    "compensation": re.compile(
        r"compensat|goodwill|gesture|credit|points|gift card|entsch[äa]dig|d[ée]dommag"
        r"|risarc"
    ),
    "free": re.compile(r"\bfree\b|no (?:extra )?c(?:ost|harge)|nothing is charged|gratis|kostenlos|gratuit"),
    "replacement": re.compile(r"replac|exchang|spare|ersatz|rempla|reempla|sostitu|vervang|substitu"),
    "deadline": re.compile(
        r"deliver|arriv|ship|collect|working day|dispatch|estimated|expected|repair|open|hour|stock|refund"
    ),
    "callback": re.compile(
        r"\b(?:colleague|technician|haulier|team|adviser|advisor|planner|specialist|we (?:call|contact|answer"
        r"|reply))"
    ),
    "guarantee": re.compile(r"\bwe (?:guarantee|promise)|guaranteed"),
    "exception": re.compile(r"exception|waive|ausnahm|excep"),
}
"""Kind to what a page or a result that supports it has."""

STRONG: Final[dict[str, re.Pattern[str]]] = {
    "full": re.compile(
        r"\b(?:full|fully|whole|entire|complete|every (?:penny|cent)|100 ?%|todo el|toute? la|totalit[ée]|tutto"
        r"|gesamte\w*|ganze\w*|hele|double|triple|vollst[äa]ndig\w*"
        r"|voll\w*|komplett\w*|int[ée]gral\w*|total\w*|completo|intero|doble|dobro|doppio|doppel\w*|dubbel\w*"
        r"|volledig\w*)\b"
    ),
    "at once": re.compile(
        r"\b(?:immediately|instantly|right (?:away|now)|straight ?away|today|at once|within minutes|sofort"
        r"|imm[ée]diatement|inmediatamente|subito|onmiddellijk|imediatamente|tomorrow|morgen|heute|demain|aujourd'hui"
        r"|ma[ñn]ana|hoy|domani|oggi|vandaag|amanh[ãa]|hoje)\b"
    ),
    "half": re.compile(r"\bhalf\b|\bthird\b|\bquarter\b"),
    "extra": re.compile(
        r"\b(?:extra|additional|bonus|on top|upgrade\w*|lifetime|forever|goodwill|inconvenience|trouble|sorry"
        r"|apology|gesture)\b"
    ),
    "anyway": re.compile(
        r"\b(?:anyway|regardless|no matter|whatever|even (?:if|though)|despite|no questions asked|any reason)\b"
    ),
    "keep": re.compile(r"\bkeep (?:the|it|your)\b|\bwithout (?:sending|returning)\b|\bno need to (?:return|send)\b"),
}
"""What makes a promise larger than its kind; the evidence must be as large."""

__all__ = ["EVIDENCE", "PROMISES", "STRONG"]
