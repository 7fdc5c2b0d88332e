"""Words with which people choose and decline."""

from __future__ import annotations

import re
from typing import Final

_WHAT = r"(?P<what>[^\s.,;:!?()<>{}\[\]][^.,;:!?()<>{}\[\]\n]{1,90}?)"
_END = (
    r"(?=\s*(?:[.,;:!?()\n]|\Z|\b(?:please|thanks|then|instead|rather|because|since|as|but|so|if|when"
    r"|for (?:me|us|now|this"
    r"|that|it)|at (?:home|the moment)|after all|if that|and|though|anyway|again|over|to be|bitte|danke)\b))"
)
_I = r"(?:i|we|let['’]?s|let us)"
_WILL = r"(?:['’]ll|['’]d|\s+will|\s+would|\s+shall|['’]m|['’]re|\s+am|\s+are|['’]ve|\s+have|\s+want to|\s+wanna)?"
_SOFT = (
    r"(?:\s+(?:rather|just|probably|like to|going to|gonna|now|definitely|actually|finally|then|also|already|be|much))*"
)
_PICK = (
    r"(?:take|go(?:ing)? (?:with|for|ahead with)|choos\w+|chose|pick\w*|select\w*|opt\w* for"
    r"|decid\w+ (?:on|for)|settl\w+ (?:on|for)"
    r"|prefer\w*|have chosen|stick\w* (?:with|to)|stay\w* with|book|rather have|happy with|proceed with|continue with)"
)
PICKS: Final = (
    re.compile(rf"\b{_I}{_WILL}{_SOFT}\s+{_PICK}\s+{_WHAT}{_END}", re.IGNORECASE),
    re.compile(
        rf"\b(?:my|our|the) (?:choice|pick|decision|preference|favourite|vote)\b(?: (?:is|was|would be"
        rf"|will be|goes to|falls on)|:)\s+{_WHAT}{_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:please |you can |do |just |kindly )?(?:go ahead|proceed|continue"
        rf"|carry on) with\s+{_WHAT}{_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:make (?:it|mine|that|ours)|it(?:['’]s| is) going to be|it (?:will|shall) be"
        rf"|put me down for|sign me up for)\s+{_WHAT}{_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:\A|[.!,;:]\s+|\n)(?:ok(?:ay)?,? |well,? |so,? |then,? |yes,? )?{_WHAT}\s+(?:it is"
        rf"|for me,? please|works for (?:me|us)|sounds (?:good|right|fine|great|best|better|nice|perfect)"
        rf"|is (?:my|our) choice|would be (?:better|best|good|great|fine|perfect)|will do|suits (?:me|us))(?=\W|\Z)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:made up (?:my|our) minds?|(?:my|our) minds? (?:is|are) made up)\W+{_WHAT}{_END}", re.IGNORECASE),
    re.compile(rf"\blet['’]?s (?:do|have|try|use|order|get)\s+{_WHAT}{_END}", re.IGNORECASE),
    re.compile(
        rf"\b(?:talked|thought|slept|discussed|decided)\b[^.!?]{{0,30}}\b(?:and|,) (?:{_I}{_WILL}{_SOFT} )?"
        rf"(?:want|take|like|would like)\s+{_WHAT}{_END}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:i|we) (?:think|guess|reckon|suppose)\s+{_WHAT}\s+it is\b", re.IGNORECASE),
    re.compile(
        rf"(?:\A|[.!,;:]\s+|\n)(?:actually,? |hm+,? )?{_WHAT}\s+(?:would |will |does |do )?"
        r"(?:suits?|fits?|works?|is|be) (?:me |us )?better\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:ich nehme|ich möchte lieber|wir nehmen|ich wähle|je prends|je choisis|nous prenons|elijo"
        rf"|prefiero)\s+{_WHAT}{_END}",
        re.IGNORECASE,
    ),
)
REFUSALS: Final = (
    re.compile(
        rf"\b{_I}(?:['’]d| would)?(?: really| definitely| certainly)? (?:don['’]?t|do not|won['’]?t"
        rf"|will not|no longer) (?:really )?(?:want|need|take|wish for|care for)"
        rf"\s+{_WHAT}{_END}",
        re.IGNORECASE,
    ),
    re.compile(rf"\bnot (?:at all )?interested in\s+{_WHAT}{_END}", re.IGNORECASE),
    re.compile(
        rf"(?:\A|[.!,;:]\s+)(?:and |but )?no\s+{_WHAT}\s+(?:for (?:me|us)|please|thanks|needed|necessary)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:{_I}(?:['’]ll| will)? )?(?:pass on|do without|say no to|decide[d]? against|rule[d]? out"
        rf"|refuse|decline|turn down|opt out of)\s+{_WHAT}{_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:skip|leave out|omit|forget(?: about)?|never ?mind)\s+(?P<what>(?:the|a|an|any|that|this|my"
        rf"|our)\s+[^.,;:!?()<>{{}}\[\]\n]{{2,80}}?){_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_I}(?:['’]d| would)? (?:much )?(?:rather|prefer to|like to) not (?:to )?(?:have|take|get|buy|pay for|add)"
        rf"\s+{_WHAT}{_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:won['’]?t|will not|don['’]?t|do not|wouldn['’]?t) (?:really )?"
        rf"(?:be (?:needing|wanting|taking|requiring)|bother with|require|fancy)\s+{_WHAT}{_END}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:no need for|don['’]?t put me down for|said no to|saying no to)\s+{_WHAT}{_END}", re.IGNORECASE),
    re.compile(rf"\btake\s+{_WHAT}\s+(?:off|out)\b", re.IGNORECASE),
    re.compile(
        rf"(?:\A|[.!,;:]\s+|\n){_WHAT}\?\s+(?:no|nope|nah|not)\b(?!\s+(?:problem|worries|idea|rush))", re.IGNORECASE
    ),
    re.compile(rf"\bleave\s+{_WHAT}\s+(?:out|off|aside)\b", re.IGNORECASE),
    re.compile(
        rf"(?:\A|[.!,;:]\s+|\n){_WHAT}\s+(?:is|are|isn['’]?t|is not) (?:off the table|out of the question"
        rf"|not (?:needed|necessary|for (?:me|us))|needed|necessary)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:ich (?:will|möchte|brauche)|wir (?:wollen|möchten|brauchen)) kein\w*\s+{_WHAT}{_END}", re.IGNORECASE
    ),
)

__all__ = ["PICKS", "REFUSALS"]
