"""Override: the message tries to set aside what the assistant was told.

Customers revoke their own words all day ("ignore my previous message", "forget my last order"), so "my" is never
enough, nor is what "I sent"; the words set aside must be the assistant's.
"""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import HINT, MEDIUM, STRONG, family

_DROP = (
    r"(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|bypass(?:ing)?|overrid(?:e|ing)|neglect|dismiss|overlook|"
    r"discard|abandon|set aside|do(?: not|n't|nt) (?:follow|obey|listen to)|stop (?:following|obeying)|leave behind)"
)
_DROPS = (
    "ignor disregard forget bypass overrid neglect dismiss overlook discard abandon aside follow obey listen behind"
)
_TOLD = (
    r"(?:instructions?|directions?|directives?|guidelines?|rules?|prompts?|commands?|orders|programming|training|"
    r"restrictions?|constraints?|limitations?|protocols?|filters?|safeguards?|assignments?|tasks?|context|thoughts|"
    r"informations?|texts?|conversations?|messages?|documents?)"
)
_BEFORE = (
    r"(?:previous(?:ly)?|prior|above|earlier|preceding|existing|initial|original|system|past|former|foregoing|given)"
)
# what a shop sends and gets instructions about: these are the customer's or the courier's
_KIND = (
    r"(?!(?:delivery|shipping|dispatch|return|refund|order|payment|address|assembly|care|washing|gift|"
    r"packing|parking|"
    r"parcel|courier|e-?mail|mail|text|chat|voice|reminder|error)\b)"
)
_OWN = (
    r"(?!(?: \w+){0,2} (?:that )?(?:i|we) (?:\w+ )?(?:sent|gave|left|wrote|made|said|typed|placed|entered|"
    r"provided)\b)"
    r"(?! (?:about|for|on|regarding|concerning|from|in) (?:the|my|our) )"
)

RULES = family(
    "override",
    [
        (
            "previous",
            STRONG,
            _DROPS,
            rf"\b{_DROP} (?:and \w+ )?(?:about )?(?:all|any|every|each|everything)?(?: and (?:all|any))?(?: of)? ?"
            rf"(?:the|your|these|those|its|their)? ?"
            rf"(?:{_BEFORE}[,/ ]?(?: (?:and|or) )? ?)+(?:{_KIND}\w+ )?{_TOLD}\b{_OWN}",
        ),
        (
            "all",
            STRONG,
            _DROPS,
            rf"\b{_DROP} (?:about )?(?:all|any|every)(?: of)?(?: the| your| these| those)? {_TOLD}\b{_OWN}",
        ),
        (
            "given",
            STRONG,
            _DROPS,
            rf"\b{_DROP} (?:all |any )?(?:of )?(?:the |your )?{_TOLD} (?:\w+ ){{0,2}}"
            r"(?:(?:you (?:have )?(?:got|get|received|were|had|have))|(?:given|provided|told) (?:to )?you|"
            r"above|before this)\b",
        ),
        ("yours", MEDIUM, _DROPS, rf"\b{_DROP} your (?:{_KIND}\w+ )?{_TOLD}\b{_OWN}"),
        (
            "everything",
            STRONG,
            _DROPS,
            rf"\b{_DROP} (?:about )?(?:everything|anything|all|what(?:ever)?)(?: that| else)? ?"
            r"(?:above|before|prior|previously|up to now|up until now|so far|until now|till now|you know\b|"
            r"you(?:'ve| have)? (?:been told|were told|(?:ever )?learn)|from before|(?:we|"
            r"you) (?:have )?(?:talked|discussed))",
        ),
        (
            "above",
            HINT,
            "above",
            rf"\b{_DROP} (?:the |all |everything )?above\b(?! (?:order|message|address|number|mail))",
        ),
        (
            "replace",
            MEDIUM,
            "new chang updat additional real",
            r"\b(?:(?:here (?:are|is)|these are|this is) your new (?:instruction|rule|task|prompt|guideline|role)|"
            r"your new (?:task|role|job|instructions?|purpose|prompt|rules?|goal|persona) (?:is|are)\b|"
            r"(?:change|update|replace|modify) your (?:instructions?|rules|prompt|guidelines|programming)|"
            r"(?:your )?(?:real|actual|true) (?:task|instructions?|goal) (?:is|are)\b|additional instructions? ?[-:]|"
            r"(?:focus|concentrate) on (?:your|the|a) new task|new (?:system )?(?:instructions?|prompt) ?:)",
        ),
        (
            "leave",
            STRONG,
            "behind",
            rf"\bleave (?:all |every )?(?:of )?(?:the |your )?(?:{_BEFORE} )?{_TOLD} behind\b",
        ),
        (
            "forgetall",
            HINT,
            "forget ignore",
            r"\b(?:forget|ignore) (?:everything|all)[,.!] ?(?:now |just |and |instead )?\w",
        ),
        ("follow", HINT, "instruction", r"\bnew instructions? (?:now )?(?:follow|below|are)"),
        (
            "newtask",
            HINT,
            "task new start",
            r"\b(?:new (?:task|assignment|job)s? (?:is|are|follow|awaits?)\b|start(?:ing)? (?:over|"
            r"from scratch|from the beginning) with a)",
        ),
        (
            "despite",
            HINT,
            "told",
            r"\b(?:despite|regardless of|no matter) what (?:you(?:'ve| have|'re| were)?|they) (?:been )?told\b",
        ),
        ("stopwrite", HINT, "stop", r"^stop ?[-:!.]+ ?(?:write|say|print|now)|\bstop[-:!]+ (?:write|say|print)"),
        (
            "justsay",
            HINT,
            "say print write",
            r"\b(?:i command you to|just|now|and|instead) (?:say|print|write|output) ['\"“«]",
        ),
        ("padding", HINT, "\\", r"(?:\\ ?[nrt]\s*){4,}"),
    ],
)

__all__ = ["RULES"]
