"""Links and images: only https links to the desk's own hosts go out; images and markup never do.

What a renderer undoes before it looks for links (entities, escapes) is undone first; what is left after a removal is
looked at again, until nothing changes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.hosts import (
    BARE,
    MAIL,
    MIXED,
    SCHEMED,
    SPOKEN,
    VERSION,
    allowed,
    is_file,
    mail_hosts,
    mixes,
)

GONE = "(link removed)"
ROUNDS = 6
"""Times that a text is looked at; one that still changes then is made to be difficult, and is not sent."""

_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\s?(?:\([^)\n]*\)?|\[[^\]\n]{0,500}\])")
_DEFINITION = re.compile(r"(?m)^[ \t>]*\[[^\]\n]+\]:[ \t]*\S+.*$")
_AUTOLINK = re.compile(r"<((?:https?|ftp)://[^<>\s|]+)>", re.IGNORECASE)
_LINK = re.compile(
    r"\[([^\[\]\n]*+)\]\(\s{0,40}+<?((?:<[A-Z][A-Z0-9_]{0,40}+>|[^)\s>]){0,400}+)(?=[)\s>])>?[^)\n]{0,300}+\)"
)
# a link that ends later than that, or never, is none of the desk's
_ENDLESS = re.compile(r"\[([^\[\]\n]*+)\]\((?=\s{41}|\s{0,40}+<?[^)\s>]{401}|[^)\n]{301})")
_MARKUP = re.compile(
    r"</?[a-zA-Z!?][^<>]{0,2000}>|</?(?:a|img|svg|script|iframe|link|meta|style|form|base|object|embed|video|audio|source|"
    r"input|button|picture|frame|body|table|td|details|math|use|image|area|track|portal|template)\b[^>]*",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:#\d{2,7}|#x[0-9a-f]{2,6}|colon|sol|bsol|period|commat|lpar|rpar|lsqb|lbrack|rsqb|rbrack|excl|quest|num|Tab|"
    r"NewLine|ZeroWidthSpace|shy|lt|gt|equals|percnt);?",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\([:/.@\[\]()!<>_-])")
_DRAWN = re.compile(r"(?:[█▀▄▌▐░▒▓■□▪▫⬛⬜◼◻][ \t\n]*){60,}")
_TAIL = ".,;:!?*_"


def _is_placeholder(text: str) -> bool:
    return PLACEHOLDER.fullmatch(text) is not None


def _undone(text: str) -> str:
    """Return ``text`` without entities and escapes of signs that a link is made of."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


@dataclass
class _Pass:
    """One look at a text."""

    hosts: Collection[str]
    mails: Collection[str]
    codes: list[str] = field(default_factory=list)

    def drop(self, code: str, text: str = "") -> str:
        self.codes.append(code)
        return text

    def link(self, match: re.Match[str]) -> str:
        return match.group() if allowed(match[2], self.hosts) else self.drop("link:host", match[1])

    def markup(self, match: re.Match[str]) -> str:
        return match.group() if _is_placeholder(match.group()) else self.drop("link:markup")

    def address(self, match: re.Match[str]) -> str:
        url = match.group().rstrip(_TAIL)
        tail = match.group()[len(url) :]
        whole = url if "://" in url else f"https://{url}"
        return match.group() if allowed(whole, self.hosts) else self.drop("link:host", GONE + tail)

    def bare(self, match: re.Match[str]) -> str:
        name = match.group().rstrip(_TAIL)
        if is_file(name):
            return match.group()
        if name.replace(".", "").isdigit() and VERSION.search(match.string, max(0, match.start() - 12), match.start()):
            return match.group()
        return self.address(match)

    def mixed(self, match: re.Match[str]) -> str:
        return self.drop("link:host", GONE) if mixes(match.group()) else match.group()

    def mail(self, match: re.Match[str]) -> str:
        own = match[1].rstrip(".").lower() in self.mails and "?" not in match.group()
        return match.group() if own else self.drop("link:mail", GONE)

    def over(self, text: str) -> str:
        """Return ``text`` with everything foreign taken out once; the words of a link stay."""
        text = _IMAGE.sub(lambda match: self.drop("link:image"), text)
        text = _DRAWN.sub(lambda match: self.drop("link:image"), text)
        text = _DEFINITION.sub(lambda match: self.drop("link:definition"), text)
        text = _AUTOLINK.sub(r"\1", text)
        text = _LINK.sub(self.link, text)
        text = _ENDLESS.sub(lambda match: self.drop("link:host", f"{match[1]} ("), text)
        text = _MARKUP.sub(self.markup, text)
        text = SCHEMED.sub(self.address, text)
        if "@" in text:
            text = MAIL.sub(self.mail, text)
        text = BARE.sub(self.bare, text)
        text = SPOKEN.sub(lambda match: self.drop("link:host", GONE), text)
        return text if text.isascii() else MIXED.sub(self.mixed, text)


@dataclass(frozen=True)
class LinkStep:
    """Neutralises whatever could carry data to another host."""

    hosts: frozenset[str]
    """Hosts that a reply may link to, lower case; addresses at them (without ``www.``) may be named."""

    def __call__(self, draft: Draft, facts: Facts) -> Draft:
        """Remove images and markup, keep the words of foreign links, replace foreign URLs, hosts and addresses.

        Codes: ``link:host``, ``link:mail``, ``link:image``, ``link:definition``, ``link:markup``; ``link:unstable``
        (the whole text goes) when removing makes ever new links.
        """
        mails = mail_hosts(self.hosts)
        text = draft.text
        codes: list[str] = []
        for _ in range(ROUNDS):
            once = _Pass(self.hosts, mails)
            found = once.over(_undone(text))
            if not once.codes:
                return draft.with_text(found.strip() if codes else _AUTOLINK.sub(r"\1", draft.text), *codes)
            text, codes = found, [*codes, *once.codes]
        return draft.with_text("", *codes, "link:unstable")


__all__ = ["GONE", "ROUNDS", "LinkStep", "allowed"]
