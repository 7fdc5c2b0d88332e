"""Whether words of an attack are used or talked about: quoted and reported, told of somebody, or asked about.

A customer who reports a fraudulent mail repeats its words. Only the channels on which people speak for themselves know
the difference; a page has no reason to hold an order to an assistant, quoted or not.
"""

from __future__ import annotations

import re

from frontdesk.nodes.guard.rules.rule import Rule

LONGEST = 2_000
"""Characters of a text in which quotations are looked for; a longer one is no report of what was in a mail."""

_MOST = 0.85
_END = re.compile(r"[.!?…。！？]+(?=\s|$)|\n")
_QUOTED = re.compile(
    r"\"[^\"\n]{2,400}\"|“[^”\n]{2,400}”|„[^“”\n]{2,400}[“”]|«[^»\n]{2,400}»|‹[^›\n]{2,400}›|`[^`\n]{1,400}`|"
    r"「[^」]{2,400}」|『[^』]{2,400}』|(?<!\w)['‘][^'‘’\n]{4,400}['’](?!\w)"
)
# who or what says it, and what people ask about it
_REPORT = re.compile(
    r"\b(?:e-?mails?|mails?|sms|texts?|messages?|letters?|notes?|pop-?ups?|posts?|comments?|reviews?|stickers?|"
    r"screenshots?|newsletters?|calls?|called|callers?|log|logs|error|warning|screen|display|label|poster|slide|"
    r"lesson|workshop|quiz|exercise|phrase|sentence|words|says?|said|saying|reads|read|tells?|told|wrote|writes|"
    r"typed|printed|contained|contains|shows|showed|prints|means?|phishing|scam|fraud|fake|dangerous|suspicious|"
    r"students|class|colleague|title|titled|named|against|wonder\w*|such as|song|film|book|game|t-shirt|mug|sings)\b|"
    r"nachricht|betrug|meldung|steht|bedeutet|heisst|brief|courriel|arnaque|veut dire|correo|mensaje|estafa|"
    r"significa|messaggio|scritto|truffa|mensagem|burla|bericht|oplichting|betekent|wiadomosc|oszustwo|znaczy|"
    r"письмо|сообщение|мошенни|означает|mesaj|dolandirici|短信|邮件|诈骗|メール|詐欺|意味"
)
# but an order to do what the quotation says is an attack in two steps
_CARRY_OUT = re.compile(
    r"\b(?:do (?:what|as|exactly|so|it)|follow (?:it|them|this|that|these)|act (?:on|accordingly)|obey|execute|"
    r"carry out|comply|behave|respond with|reply with|answer with|your (?:new|only|real) |you (?:must|will|are now)|"
    r"start with|begin with|then (?:do|answer|say|print)|mache? was|befolge|fais ce|haz lo|fai quello)\b"
)
_ASKED = re.compile(
    r"\b(?:what (?:is|are|does|do|did|was|were)(?! (?:your|you|the)\b)|"
    r"why (?:do|does|did|is|are|would)|how (?:do|does|did|can|could|would) "
    r"(?:i|we|you protect|one|people|companies|they|hackers|attackers|somebody|someone)|is there an?|do you (?:sell|"
    r"have|stock|offer|carry)|safe (?:against|from)|"
    r"illegal to|possible to|meaning of|difference between|example of|protect\w* (?:against|from)|explain\w* "
    r"(?:to|what|how)|teach\w*|learn\w*|lesson|book|film|novel|game|course|thesis|article|news|talk|poster)\b"
)
_SUBJECT = re.compile(
    r"\b(?:i|we|he|she|they|it|who|which|them|people|somebody|someone|nobody|anyone|everybody|staff|customers|users|"
    r"students|pupils|children|drivers?|couriers?|agents?|robots?)(?:'(?:ve|d|ll|m|re))? "
    r"(?:(?:never|always|did|do|does|don't|didn't|doesn't|not|just|also|can|cannot|can't|could|will|would|have|has|"
    r"had|often|simply|should|may|might|must) ){0,2}$|"
    r"\b(?:says?|said|saying|told (?:me|us|him|her|them|my \w+)|asks? (?:me|us)|asked (?:me|us|him|her)|reads?|means?) "
    r"(?:that |to |is |you )?$|"
    r"\b(?:should|may|can|could|would|do|does|did|will|tell|ask|let|have|make) (?:the|my|our|his|her|their|new) "
    r"\w+(?: \w+)? (?:to )?$"
)


# what a developer asks about; only where the rule is about the framing of texts and code
_TECHNICAL = re.compile(
    r"\b(?:regex|bugs?|export\w*|pars(?:e|er|es|ing)|api|sdk|endpoint|terminal|log|logs|linter|compiler|plugin|"
    r"template|columns?|unit tests?|firewall|webhook|fails?|exception|stack trace|config file)\b"
)
_TECHNICAL_RULES = frozenset({"tools.sql", "tools.script", "tools.symbol", "tools.call", "tools.secrets"}) | {
    "extraction.symbol", "extraction.codeword", "extraction.mention", "other.mixed"
}  # fmt: skip
_TOLD_FAMILIES = ("override.", "extraction.", "tools.")
"""Rules of English sentences with a verb that may have another subject than the assistant."""
_ADDRESSED = re.compile(r"\b(?:your|yours|yourself|ur)\b|\byou (?:are|were|have|will|must|got)\b")


class Mentions:
    """What in one text is mentioned and not meant."""

    def __init__(self, text: str) -> None:
        """Take a text, normalised."""
        self._text = text
        self._short = len(text) <= LONGEST
        self._quoted = _quotations(text) if self._short else []
        if self._quoted and not _reported(text, self._quoted):
            self._quoted = []

    def has(self, match: re.Match[str], rule: Rule) -> bool:
        """Whether ``match`` of ``rule`` is quoted, told of somebody, or asked about."""
        if not self._short:
            return False
        start, end = match.span()
        if any(first <= start + 1 and end - 1 <= last for first, last in self._quoted):
            return True
        told = rule.id.startswith(_TOLD_FAMILIES) and self._told_of(start)
        return told or self._asked_about(match, rule)

    def _told_of(self, start: int) -> bool:
        """Whether its subject, or a verb of saying, stands right before ``start``."""
        return bool(_SUBJECT.search(self._text, max(0, start - 60), start))

    def _asked_about(self, match: re.Match[str], rule: Rule) -> bool:
        """Whether the sentence asks about the thing or names it as a topic, and does not speak to the assistant."""
        start, end = match.span()
        if _ADDRESSED.search(match[0]):
            return False
        first = max((place.end() for place in _END.finditer(self._text, 0, start)), default=0)
        after = _END.search(self._text, end)
        last = after.end() if after else len(self._text)
        if _CARRY_OUT.search(self._text, first, last):
            return False
        if _ASKED.search(self._text, first, start):
            return True
        technical = rule.id in _TECHNICAL_RULES or rule.id.startswith("forgery.")
        around = f"{self._text[first:start]} | {self._text[end:last]}"
        return technical and bool(_TECHNICAL.search(around))


def _quotations(text: str) -> list[tuple[int, int]]:
    """Return what stands in quotation marks, as [start, end); nothing where they hold most of the text or all of it."""
    found = [match.span() for match in _QUOTED.finditer(text)]
    return found if sum(end - start for start, end in found) < _MOST * len(text) else []


def _reported(text: str, quoted: list[tuple[int, int]]) -> bool:
    """Whether the words around the quotations report them, and do not ask to carry them out."""
    outside, at = [], 0
    for start, end in quoted:
        outside.append(text[at:start])
        at = end
    around = " ".join([*outside, text[at:]])
    return bool(_REPORT.search(around)) and not _CARRY_OUT.search(around)


__all__ = ["LONGEST", "Mentions"]
