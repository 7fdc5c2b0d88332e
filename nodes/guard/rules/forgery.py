"""Forgery: the message imitates the framing that separates instructions from text."""

from __future__ import annotations

from frontdesk.nodes.guard.rules.rule import HINT, MEDIUM, STRONG, family

RULES = family(
    "forgery",
    [
        (
            "chatml",
            STRONG,
            "im_ inst sys endof",
            r"<\|(?:im_(?:start|end|sep)|endof\w+|system|user|assistant|start_header_id)\|>",
        ),
        ("llama", STRONG, "inst sys", r"\[/?inst\]|<</?sys>>"),
        (
            "tag",
            STRONG,
            "<",
            r"</?\s?(?:system|assistant|tool|function|developer|instructions?|system_prompt|page)\b[^<>\n]{0,80}>",
        ),
        (
            "header",
            MEDIUM,
            "#",
            r"(?:^|\n)#{1,6} ?(?:system|new instructions?|instructions?|system prompt|developer)\b ?:?(?:\n|$| )",
        ),
        ("json", STRONG, "role", r"['\"]role['\"] ?: ?['\"](?:system|assistant|developer|tool)['\"]"),
        ("toolcalls", MEDIUM, "tool_call function_call", r"\b(?:tool_calls?|function_call)\b"),
        (
            "speaker",
            MEDIUM,
            "system developer",
            r"(?:^|\n) ?\[?(?:system|developer)(?: (?:message|note|override|prompt|update))?\]? ?: ?"
            r"(?:you|ignore|disregard|the (?:user|customer|assistant)|from now|new|do not|always|never|"
            r"override|grant|set)\b",
        ),
        ("assistant", HINT, "assistant", r"(?:^|\n) ?(?:assistant|ai|chatbot) ?: ?\S"),
        (
            "notice",
            MEDIUM,
            "end begin",
            r"(?<![-=*>])(?:---+|===+|\*\*\*+|>>+|\[) ?(?:end|begin|start)(?:ning)? (?:of )?(?:the )?"
            r"(?:user|system|customer|prompt|context|document|instructions?|conversation)\b",
        ),
        (
            "announcement",
            MEDIUM,
            "system admin",
            r"\b(?:system|admin(?:istrator)?|developer|root) (?:override|overide|announcement begins|command ?:)",
        ),
    ],
)

__all__ = ["RULES"]
