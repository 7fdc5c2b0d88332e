"""Links and images: only https links to the desk's own hosts go out; images and markup never do.

Hosts are compared as they are written: no folding, no decoding, no prefix or suffix match.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from frontdesk.nodes.review.draft import PLACEHOLDER, Draft, Facts

GONE = "(link removed)"

_ALLOWED = re.compile(r"https://([a-z0-9.-]+)(?::443)?(?:[/?#][^\s\\<>]*)?", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\s?(?:\([^)\n]*\)?|\[[^\]\n]*\])")
_DEFINITION = re.compile(r"(?m)^[ \t>]*\[[^\]\n]+\]:[ \t]*\S+.*$")
_AUTOLINK = re.compile(r"<((?:https?|ftp)://[^<>\s]+)>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]\n]*)\]\(\s*<?([^)\s>]*(?:<[A-Z][A-Z0-9_]*>[^)\s>]*)*)>?[^)\n]*\)")
_MARKUP = re.compile(
    r"</?[a-zA-Z!][^<>]{0,2000}>|<(?:a|img|svg|script|iframe|link|meta|style|form|base|object)\b[^>]*", re.I
)
_URL = re.compile(
    r"(?<![a-z0-9])(?:[a-z][a-z0-9+.-]{1,20}:[/\\]{2,}|(?:javascript|vbscript|mailto|tel|sms|blob|intent):|data:[a-z]+/|[/\\]{2}(?=[\w-]+\.))"
    r"(?:[^\s<>\"'`()\[\]]|<[A-Z][A-Z0-9_]*>)+",
    re.IGNORECASE,
)
_TOPS = (
    "com|net|org|io|ai|app|dev|info|biz|xyz|co|me|ru|cn|top|link|site|online|shop|store|cloud|page|click|live|"
    "pro|club|tk|ml|ga|cf|gg|to|cc|ly|sh|de|fr|it|es|nl|be|pl|pt|uk|eu|us|ca|au|ch|at|jp|in|br|zip|mov|dnslog"
)
_BARE = re.compile(
    rf"(?<![\w@.\-/])(?:[\w-]+[.。．｡])+(?:{_TOPS})(?![\w@-])(?:[:/?#](?:[^\s<>\"'`()\[\]]|<[A-Z][A-Z0-9_]*>)*)?",
    re.IGNORECASE,
)
_TAIL = ".,;:!?"


def allowed(url: str, hosts: Collection[str]) -> bool:
    """Whether ``url`` is https, to exactly one of ``hosts`` (lower case), on its usual port, without user or value."""
    match = _ALLOWED.fullmatch(url)
    return match is not None and match[1].lower() in hosts and not PLACEHOLDER.search(url)


def _is_placeholder(text: str) -> bool:
    return PLACEHOLDER.fullmatch(text) is not None


@dataclass(frozen=True)
class LinkStep:
    """Neutralises whatever could carry data to another host."""

    hosts: frozenset[str]
    """Hosts that a reply may link to, lower case."""

    def __call__(self, draft: Draft, facts: Facts) -> Draft:
        """Remove images and markup, keep the words of foreign links, replace foreign URLs and bare domains."""
        codes: list[str] = []

        def drop(code: str, text: str = "") -> str:
            codes.append(code)
            return text

        def link(match: re.Match[str]) -> str:
            return match.group() if allowed(match[2], self.hosts) else drop("link:host", match[1])

        def markup(match: re.Match[str]) -> str:
            return match.group() if _is_placeholder(match.group()) else drop("link:markup")

        def address(match: re.Match[str]) -> str:
            url = match.group().rstrip(_TAIL)
            tail = match.group()[len(url) :]
            whole = url if "://" in url else f"https://{url}"
            return match.group() if allowed(whole, self.hosts) else drop("link:host", GONE + tail)

        text = _IMAGE.sub(lambda match: drop("link:image"), draft.text)
        text = _DEFINITION.sub(lambda match: drop("link:definition"), text)
        text = _AUTOLINK.sub(r"\1", text)
        text = _LINK.sub(link, text)
        text = _MARKUP.sub(markup, text)
        text = _BARE.sub(address, _URL.sub(address, text))
        return draft.with_text(text.strip() if codes else text, *codes)


__all__ = ["GONE", "LinkStep", "allowed"]
