"""Schema: a reply is plain text. What a program was meant to read, or a template was meant to fill, is no reply."""

from __future__ import annotations

import re

from frontdesk.nodes.review.draft import Draft, Facts, Step
from frontdesk.nodes.review.sentences import Span, without
from frontdesk.nodes.review.step import Material, Options, choice_option, known_options

_PATTERNS: dict[str, re.Pattern[str]] = {
    # a member of a JSON or Python object, whatever stands around it
    "json": re.compile(r"[{,]\s{0,20}[\"'][\w .-]{1,60}[\"']\s{0,5}:|\[\s{0,20}\{|\{\s{0,5}\}"),
    "call": re.compile(
        r"</?(?:tool_?call|tool_?response|tool_?code|function(?:_?calls?)?|invoke|parameter)s?\b"
        r"|\[/?TOOL_[A-Z_]{3,20}\]"
        r"|\b(?:tool_calls?|function_call)\b\s*[:=]|\b[a-z]{2,20}(?:_[a-z]{2,20}){1,4}\(\s*(?:[\w]{1,40}\s*=|[\"'{)])"
        r"|^[^\S\n]{0,20}(?:Action|Action Input|Observation|Thought)\s*:",
        re.MULTILINE,
    ),
    "role": re.compile(
        r"<\|[\w ]{1,30}\|>|\[/?INST\]|<</?SYS>>|</?(?:think|thinking|reasoning|scratchpad|start_of_turn"
        r"|end_of_turn|s)>"
        r"|^[ \t>*#]{0,6}(?:assistant|system|user|human|tool|function|customer|response|instruction"
        r"|final answer)[* ]{0,3}:",
        re.IGNORECASE | re.MULTILINE,
    ),
    "code": re.compile(r"```|~~~|<\?(?:php|xml)|<!DOCTYPE", re.IGNORECASE),
    "template": re.compile(
        r"\{\{[^{}\n]{0,80}\}\}|\{%|\$\{\w{1,40}\}|(?<!\w)\{[a-z_]{2,40}\}"
        r"|\[(?:insert|enter|your|customer|customer's|company|agent|product|order|date)(?: [a-z']{2,20}){1,4}\](?!\()",
        re.IGNORECASE,
    ),
}
CODES = frozenset(_PATTERNS)
"""What ``allow`` may name."""


def build(material: Material, options: Options) -> Step:
    """Return the step; option ``allow`` lists kinds that the desk's replies do contain, of :data:`CODES`."""
    known_options(options, "allow")
    looked_for = {
        code: found for code, found in _PATTERNS.items() if code not in choice_option(options, "allow", CODES)
    }

    def schema(draft: Draft, facts: Facts) -> Draft:
        """Find what is no plain text; masked, its lines and sentences are gone."""
        found: dict[str, list[Span]] = {}
        for code, pattern in looked_for.items():
            if spans := [match.span() for match in pattern.finditer(draft.text)]:
                found[f"schema:{code}"] = spans
        spans_of_all = [span for spans in found.values() for span in spans]
        return draft.with_text(without(draft.text, spans_of_all), *found)

    return schema


__all__ = ["CODES", "build"]
