"""Extraction: the message asks for the assistant's own instructions."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import HINT, MEDIUM, STRONG, family

_SHOW = (
    r"(?:reveal|show|print|repeat|output|display|tell|give|share|recite|dump|leak|write|translate|encode|"
    r"summari[sz]e|"
    r"what(?:'s| is| are| was| were)|expose|paste|list|return|quote|describe|read|see|copy|convert|spell|"
    r"provide|send)"
)
_SHOWS = (
    "reveal show print repeat output display tell give share recite dump leak write translat encod summari"
    " what expos "
    "past list return quot describ read see copy convert spell provid send"
)
_HIDDEN = (
    r"(?:initial|original|system|hidden|secret|starting|internal|confidential|custom|underlying|base|first|"
    r"core|prior|"
    r"previous|exact|full|complete|entire|very)"
)
_KIND = r"(?:prompts?|instructions?|messages?|rules|configuration|config|directives?|guidelines|text|context)"
# "what are your instructions for returns" asks for a page, not for the prompt
_ABOUT = r"(?! (?:for|on|about|to|regarding|when|how|if|in case|concerning|around|of) )"

RULES = family(
    "extraction",
    [
        (
            "system_prompt",
            STRONG,
            "prompt message instruction",
            r"\b(?:your|entire|full) (?:\w+ )?system[ _-]?(?:prompts?|instructions?|message)\b(?! (?:on|from) my)|"
            # a device has a system message, too
            rf"\b(?:the|this|its|my|print|show|output) (?:{_HIDDEN} )?system[ _-]?prompts?\b"
            r"(?! (?:on|from|of) (?:my|the))",
        ),
        ("symbol", STRONG, "prompt", r"\bsystem_prompt\b|<system_prompt>|\bprompt[_-]texts?\b"),
        ("mention", HINT, "prompt", r"\b(?:system|initial|developer|hidden|secret) prompts?\b|\bprompt texts?\b"),
        (
            "hidden",
            STRONG,
            "prompt instruction message rule config directive guideline text context",
            rf"\byour (?!(?:previous|prior|first) (?:messages?|text)\b)(?:{_HIDDEN} ?)+{_KIND}\b{_ABOUT}",
        ),
        (
            "yours",
            MEDIUM,
            _SHOWS,
            rf"\b{_SHOW}(?: me| us)?(?: to me)? (?:all |all of |everything in |the (?:text|content|"
            rf"contents) of |exactly )?"
            rf"(?:your|ur) (?:own |entire |full |exact )?(?:prompts?|instructions?)\b{_ABOUT}",
        ),
        (
            "initial",
            HINT,
            "initial starting begin original",
            rf"\b{_SHOW} [^.?!\n]{{0,30}}\b(?:initial|starting|original|beginning) (?:prompt|instructions?|"
            rf"configuration|"
            r"message|text)\b|\binitiali[sz]ation (?:string|prompt|message)\b",
        ),
        (
            "given",
            STRONG,
            "instruct prompt rule text told given",
            r"\b(?:instructions?|prompt|rules|directives?|text|messages?) (?:that )?you (?:were|have been|are|got) "
            r"(?:given|told|provided|shown|initiali[sz]ed)\b(?! by (?:my|the courier|your))|"
            r"\bwhat (?:were|have) you (?:been )?(?:told|instructed|given)(?: to do)? (?:before|"
            r"at the (?:start|beginning)|initially|prior)",
        ),
        (
            "above",
            STRONG,
            "above preceding before",
            r"\b(?:repeat|print|output|paste|recite|display|write(?: out| down)?) "
            r"(?:all |every |everything |the |of |back |out |in full )*(?:(?:text|words?|sentences?|lines?|"
            r"content|message|"
            r"paragraphs?|instructions?|prompt|tokens?|conversation)s? )?(?:that (?:is|are) )?(?:above|"
            r"preceding|before (?:this|that))\b",
        ),
        (
            "wordforword",
            MEDIUM,
            "verbatim word",
            r"\b(?:repeat|output|print|recite)\b[^.\n]{0,60}\b(?:verbatim|word[- ]for[- ]word)\b",
        ),
        (
            "prefix",
            MEDIUM,
            "instruct begin start answer prompt",
            r"\bbeginning with ['\"“]?you are\b|\bi was (?:instructed|programmed|prompted) to ?['\"”]|"
            r"\b(?:start|begin) (?:your|the) (?:answer|reply|response) with ['\"“]?(?:my|the) (?:instructions|"
            r"prompt|system|rules)|"
            r"\bthe (?:system )?prompt is ?:",
        ),
        (
            "forbidden",
            MEDIUM,
            "suppos allow forbid told",
            r"\bwhat (?:are|were) you (?:not (?:supposed|allowed|permitted) to|forbidden (?:to|from)|told not to) "
            r"(?:say|tell|talk|reveal|discuss|disclose|share|do|answer|mention|show|repeat|help)\w*\b",
        ),
        (
            "codeword",
            MEDIUM,
            "console print echo cat",
            r"\b(?:console\.log|print|echo|printf|cat) ?\(? ?['\"]?\$?\{?(?:system|prompt|instructions?|"
            r"initial)[\w .]{0,15}(?:prompt|message|instructions?)?\b ?['\"}]?\)",
        ),
        (
            "configuration",
            HINT,
            "config parameter setting",
            rf"\b{_SHOW} [^.?!\n]{{0,20}}\b(?:system|internal|hidden|your) (?:config|configuration|parameters|"
            rf"settings)\b(?! (?:of|on|for|in) )",
        ),
        (
            "beginning",
            MEDIUM,
            "prompt",
            r"\b(?:beginning|start|top|end) of (?:this|the|your) (?:\w+ )?prompt\b|\bprompt above\b",
        ),
        (
            "gloss",
            HINT,
            "above preceding before",
            r"\b(?:copy|translate|summari[sz]e|rephrase|encode) (?:all |every |everything |the |of )*(?:(?:text|words?|"
            r"sentences?|lines?|content|message|paragraphs?|instructions?|prompt)s? )?(?:above|preceding)\b",
        ),
        ("opposite", HINT, "instruct message", r"\b(?:your|the) (?:system|initial) (?:instructions?|message)\b"),
        (
            "information",
            HINT,
            "prompt",
            r"\binformation in (?:the|your) prompt\b|\bwhat is a prompt\b|\byour prompts?\b",
        ),
    ],
)

__all__ = ["RULES"]
