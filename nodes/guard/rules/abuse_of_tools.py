"""Tools and data: the message steers tools past their checks, or asks for what belongs to others."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import HINT, MEDIUM, STRONG, TRACE, family

_PRIVATE = (
    r"(?:api[ _-]?keys?|secret keys?|access tokens?|credentials|environment variables?|env vars?|"
    r"database (?:password|schema|dump|credentials)|private keys?|source code|admin password)"
)

RULES = family(
    "tools",
    [
        (
            "call",
            MEDIUM,
            "tool function endpoint",
            r"\b(?:call|invoke|execute|run|trigger|use) (?:the |your |an? )?(?:[\w-]+ ){0,3}(?:tool|function|"
            r"endpoint)s?\b"
            r"(?! (?:on|of|in|at) (?:the|your|my) (?:web ?site|app|page|phone|account))",
        ),
        (
            "symbol",
            MEDIUM,
            "_",
            r"\b(?:call|invoke|execute|run|trigger)\b[^.\n]{0,20}\b[a-z]+_[a-z_]+\b(?! error)|\b(?:get|"
            r"list|update|cancel|request|issue|return|exchange|delete|create|send)_[a-z_]+ ?\(",
        ),
        (
            "unconfirmed",
            HINT,
            "confirm verif approv authenti",
            r"\bwithout (?:any |asking for |requiring |needing )?(?:confirmation|verification|approval|authentication)|"
            r"\bdo not ask (?:me )?(?:for|to) confirm",
        ),
        (
            "unchecked",
            MEDIUM,
            "confirm verif approv authenti",
            r"\b(?:skip|bypass|disable|turn off) (?:the |all |any |your )?(?:\w+ )?(?:confirmations?|verification|"
            r"approval|authentication) (?:step|check|prompt|and)\b|"
            r"(?:^|[.!?:,;\n] ?|\b(?:and|then|please|now|just) )"
            r"(?:cancel|refund|approve|delete|transfer|issue|send|grant)\b"
            r"[^.?!\n]{0,60}\bwithout (?:any |asking for |requiring |needing )?"
            r"(?:confirmation|verification|approval|authentication)",
        ),
        (
            "privilege",
            MEDIUM,
            "admin root superuser sudo",
            r"\b(?:grant|give|set|elevate|upgrade) (?:me|my|this|the)\b[^.\n]{0,25}\b(?:admin(?:istrator)?|"
            r"root|superuser) "
            r"(?:access|rights|privileges|permissions?|scope)|\bsudo (?:\w+ )?(?:refund|cancel|show|print|rm|"
            r"su|cat|grant)\b",
        ),
        (
            "posing",
            TRACE,
            "admin develop engineer employee openai",
            r"\b(?:i am|i'm|this is|as) (?:an? |the |your |one of (?:the|your) )?(?:\w+ )?(?:system )?"
            r"(?:admin(?:istrator)?|developer|creator|openai|prompt engineer|openai employee)\b",
        ),
        (
            "others",
            MEDIUM,
            "customer user client account",
            r"\b(?:list|show|give|send|print|dump|export|tell|reveal|display)(?: me)? (?:\w+ ){0,3}"
            r"(?:(?:all|every|other|another|someone else's) (?:of )?(?:the |your )?(?:customer|user|client)s?'?s?\b|"
            r"(?:customer|user) (?:database|table|list|records)\b)"
            r"(?!['’]? (?:service|support|reviews?|ratings?|opinions?|questions|bought|buy|say|said|"
            r"think|order(?:ed)?|like|use)\b)",
        ),
        (
            "secrets",
            MEDIUM,
            "key token credential env database secret source password",
            rf"\b(?:reveal|show|print|give|send|dump|list|tell|what(?:'s| is| are)|output|display|leak|share)\b"
            rf"(?: me)?(?: all)?(?: of)?(?: the| your| any| its)? {_PRIVATE}\b",
        ),
        (
            "exfiltrate",
            STRONG,
            "http",
            r"\b(?:send|post|forward|upload|append|submit|transmit|leak|embed|include|exfiltrate)\b[^\n]{0,80}"
            r"\b(?:conversation|chat history|history|customer|user data|prompt|instructions|secrets?|password|"
            r"summary|data|details)\b"
            r"[^\n]{0,60}\bhttps?://",
        ),
        ("image", MEDIUM, "![", r"!\[[^\]\n]{0,80}\]\(\s?(?:https?:)?//[^)\n]{0,300}[?&=]"),
        (
            "sql",
            MEDIUM,
            "select drop union delete or",
            r"\b(?:union (?:all )?select|drop table|delete from \w+ where|or 1 ?= ?1)\b|"
            r"['\"] or ['\"]?1['\"]? ?= ?['\"]?1",
        ),
        (
            "code",
            MEDIUM,
            "interpret terminal shell",
            r"\b(?:act|behave|respond|reply|work|function) (?:as|like) (?:a |an |"
            r"the )?(?:\w+ ){0,2}(?:interpreter|terminal|shell|console|compiler)\b",
        ),
        ("script", MEDIUM, "script onerror", r"<script\b|\bonerror ?=|javascript:\S"),
        (
            "ledger",
            MEDIUM,
            "mark set",
            r"\b(?:mark|flag) (?:this|my|the|order)(?: \w+){0,3} as (?:refunded|paid|approved|free)\b|"
            r"\bset (?:the |my )?(?:\w+ )?(?:balance|price|total|points|discount) to \b",
        ),
    ],
)

__all__ = ["RULES"]
