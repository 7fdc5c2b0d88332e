"""Persona: the message gives the assistant another self, one without rules."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import HINT, MEDIUM, STRONG, TRACE, family

RULES = family(
    "persona",
    [
        (
            "dan",
            STRONG,
            "anything dan",
            r"\bdo[- ]anything[- ]now\b|\b(?:dan|stan|dude|jailbreak) mode\b|\bas dan\b|\bdan would\b|\[dan\]",
        ),
        (
            "freed",
            STRONG,
            "free restrict confine bound limit rule shackle",
            r"\b(?:broken|break|broke|freed|released|liberated|unbound|you(?:'re| are| will be) (?:now )?free)"
            r" (?:free )?(?:from|of) (?:all |"
            r"any |the |your |its |those )*"
            r"(?:typical |usual |normal |ethical |moral |ai )*(?:confines|restrictions?|limits|limitations?|"
            r"constraints|"
            r"rules|filters?|guidelines|shackles|chains|censorship|polic(?:y|ies))\b",
        ),
        (
            "mode",
            HINT,
            "mode",
            r"\b(?:you are|you're|you will be|you have been) (?:now )?(?:\w+ )?(?:in|running in|switched to|"
            r"put (?:in|into)) "
            r"(?:\w+ )?(?:\w+ )?mode\b|\b(?:with|has) (?:developer|dan|debug|god|admin|jailbreak|evil|"
            r"opposite) mode (?:enabled|on|activated)\b|"
            r"\b(?:enter|enable|activate|switch to|simulate) (?:\w+ )?(?:god|dan|jailbreak|evil|maintenance|"
            r"unrestricted|unfiltered|sudo|admin) mode\b",
        ),
        ("devmode", HINT, "mode", r"\b(?:developer|debug|god|sudo|opposite|unrestricted) mode\b"),
        (
            "become",
            MEDIUM,
            "act pretend role imagine play persona immerse character",
            r"\b(?:i want you to|i need you to|you will|you are going to|you must|you should now|"
            r"your task is to|i would like you to|from now on,? you(?:'ll| will)?|please|now|and)"
            r"(?: now| fully| only)? (?:act (?:as|like) (?:a|an|the|if you)|pretend (?:to be|you(?:'re|"
            r" are)|that you)|"
            r"(?:role-?play|play (?:the|a) (?:role|character|part))|immerse yourself|(?:take|"
            r"assume) (?:on )?the (?:role|persona|identity))\b(?! (?:responsible|matter|customer))",
        ),
        (
            "pretend",
            HINT,
            "act pretend imagine simulat play",
            r"\b(?:act as (?:a|an|if you)\b|^act (?:as|like) |pretend (?:to be|you(?:'re| are| can)|that you)|"
            r"imagine (?:that )?you(?:'re| are)|"
            r"simulate (?:a|an|being)|you (?:are|will be) (?:going to )?(?:play|act)ing? )",
        ),
        (
            "fromnow",
            0.45,
            "from",
            r"\bfrom (?:now|this (?:point|moment)) (?:on|forward|onwards?|forth),? (?:you(?:'re| are| will|"
            r" must| have to| should| can| shall| act)|i want you|chatgpt|the assistant|answer|respond|reply|"
            r"every|when|whenever)\b"
            r"(?! (?:send|charge|charging|deliver|contact|call|invoice|bill))",
        ),
        (
            "younow",
            HINT,
            "now",
            r"(?:^|[.!?:\n\"] ?|hello,? |okay,? )(?:now |so )?you are now (?:a|an|the|going|called|named|free|"
            r"in|no longer|my|\w+,)|\bnow you are (?:a|an|the|my|\w+,)",
        ),
        (
            "identity",
            TRACE,
            "you",
            r"(?:^|[.!?\n] ?)you are (?:a|an|the) (?:\w+ ){0,3}(?:ai|bot|chatbot|assistant|model|hacker|"
            r"expert|character|terminal|interpreter|monster|villain|machine)\b",
        ),
        (
            "incharacter",
            MEDIUM,
            "character",
            r"\b(?:stay|remain|staying|always be|always) in(?:to)? character\b|\b(?:break|breaks|breaking|"
            r"out of|leave) (?:your |the |of )?character\b",
        ),
        ("jailbreak", HINT, "jailbr", r"\bjailbr(?:eak|oken)"),
        ("unfiltered", HINT, "uncensor unfilter unrestrict", r"\b(?:uncensored|unfiltered|unrestricted)\b"),
        (
            "amoral",
            TRACE,
            "moral ethic legal",
            r"\b(?:un-?ethical|amoral|immoral|illegal(?:ity)?|(?:moral|ethic)s?(?:al)? (?:principles|"
            r"guidelines|restrictions|compass|boundaries|standards|constraints|rules)|legality)\b",
        ),
        (
            "without",
            MEDIUM,
            "without no any",
            r"\b(?:without|no|has no|have no|free of|devoid of|lacks?|zero) (?:any |all )*(?:ethical|moral|"
            r"content|safety|legal|ai)(?:,? (?:or|and|&) \w+)? "
            r"(?:guidelines|restrictions?|limits|limitations?|constraints?|filters?|boundaries|principles|"
            r"polic\w+|standards|considerations|rules)\b|"
            r"\bwithout (?:any )?(?:censorship|restrictions|filters|moralizing)\b",
        ),
        (
            "unruly",
            STRONG,
            "without no free ignor",
            r"\b(?:assistant|ai|bot|chatbot|model|character|version of yourself|answer|respond|reply|speak)s? "
            r"(?:that |who |which |freely )?(?:has |have |with |is )?(?:without|no|free (?:of|from)) (?:any |all |"
            r"your )?(?:\w+ )?(?:rules|restrictions?|limits|limitations|filters?|guidelines|boundaries|censorship)\b"
            r"(?! (?:on|for|about|regarding) )",
        ),
        (
            "neverrefuse",
            MEDIUM,
            "refus reject declin say",
            r"\b(?:never|not|cannot|can't|don't|must not|won't) (?:ever )?(?:refuse|decline|reject) (?:to |"
            r"any|a |my|the |an )|\bnever (?:refuses?|say no|says no|reject)\b|\bcan(?:'t|not) say no\b",
        ),
        (
            "noabide",
            STRONG,
            "abide comply bound follow adhere",
            r"\b(?:do(?:es)? not|don't|doesn't|no longer|need not|without) (?:need(?:s)? to |have to |has to |"
            r"having to )?(?:abide|comply|adhere|bound|obey|follow)(?:ing)? (?:by|with|to)? ?(?:the |any |"
            r"all |its |those )?(?:rules|restrictions|guidelines|polic\w+|laws|ethic\w*|limits|moral\w*|openai)",
        ),
        (
            "vendor",
            HINT,
            "openai content guideline",
            r"\bopen ?ai(?:'s)?\b|\bcontent polic(?:y|ies)\b|\bai guidelines\b",
        ),
        ("model", HINT, "gpt language model", r"\b(?:chat)?gpt\w*\b|\b(?:large )?language model\b|\bllms?\b"),
        (
            "placeholder",
            STRONG,
            "insert",
            r"\[(?:insert|enter|your) ?(?:your )?(?:\w+ )?(?:prompt|question|text|command|request|"
            r"query)(?: here)?\]|\{(?:prompt|query|question)\}",
        ),
        (
            "firstprompt",
            MEDIUM,
            "first",
            r"\bmy first (?:prompt|request|question|command|message|input|sentence|instruction|task|"
            r"query) ?(?:is|:|will be)|\banswer my first\b|\b(?:here|this) is my (?:first )?prompt\b",
        ),
        (
            "twoways",
            MEDIUM,
            "two both second",
            r"\b(?:two|2|both) (?:\w+ )?(?:different |separate |distinct )?(?:ways|manners|responses|answers|"
            r"paragraphs|personalit\w+)\b[^.\n]{0,120}\b(?:gpt|normal|first|unfiltered|answer|respond)",
        ),
        (
            "confirm",
            HINT,
            "understand understood",
            r"\b(?:say|reply|respond|answer)(?: with| only)? ['\"“]?(?:i )?(?:understand|understood|"
            r"ok(?:ay)?)\b|\bif you understand\b",
        ),
        (
            "fiction",
            HINT,
            "fiction hypothe story",
            r"\b(?:fictional|hypothetical) (?:world|character|universe|scenario|story|setting|ai|response)\b|"
            r"\bhypothetically\b",
        ),
        (
            "vulgar",
            HINT,
            "swear profan curs vulgar explicit nsfw",
            r"\b(?:swear(?:ing| words?)|profanit(?:y|ies)|curs(?:e words?|ing)|vulgar|nsfw|sexually explicit|"
            r"explicit content)\b",
        ),
        ("believe", TRACE, "sentient conscious human", r"\b(?:sentient|self-aware|fully conscious|real human)\b"),
        (
            "obey",
            HINT,
            "obey comply loyal",
            r"\b(?:you (?:must|will|shall|have to) (?:always )?(?:obey|comply|do (?:whatever|everything|"
            r"exactly))|obeys? (?:me|my|all|every|any)|fully compl(?:y|iant))\b",
        ),
        (
            "nowarn",
            HINT,
            "disclaim warning apolog moral",
            r"\b(?:no|never|don't|do not|not|omit) (?:\w+ ){0,3}(?:disclaimers?|apologi[sz]\w+|moraliz\w+|"
            r"warnings? (?:or|and))\b",
        ),
        ("repeat", HINT, "repeat after", r"\brepeat after me\b"),
    ],
)

__all__ = ["RULES"]
