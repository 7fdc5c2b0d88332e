"""Takes out of an HTML document what its readers do not see: a channel for instructions to whoever reads the source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, Tag
from soupsieve import SelectorSyntaxError

from frontdesk.knowledge.documents import UnreadableError

MATCHES = 2_000_000
"""Elements times rules that hide, at most: beyond, a document is refused, because what is hidden would come in."""
INVOLVED = 3000
"""Elements from which a rule is refused that compares elements with each other (:data:`_COMPARES`)."""
_HIDES = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?(?![.\d])"
    r"|font-size\s*:\s*(?:0(?:\.\d+)?|1)(?:px|em|rem|pt|%)?(?![.\d\w])"
    r"|(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?=;|!|$)|transform\s*:\s*scale\(\s*0\s*\))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",(?![^()]*\))")
_PSEUDO_ELEMENT = re.compile(r"::|:(?:before|after|first-line|first-letter)\b", re.IGNORECASE)
"""It has no text of the document's."""
_PSEUDO_CLASS = re.compile(r":[\w-]+(?:\([^()]*\))?")
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = {"white", "#fff", "#ffffff", "#fefefe", "rgb(255,255,255)", "hsl(0,0%,100%)", "rgba(255,255,255,1)"}
_CLEAR = {"transparent"}
_ESCAPED = re.compile(r"\\(?:0{0,2}([0-9a-f]{2,4})\s?|([a-z-]))", re.IGNORECASE)
"""Escapes in CSS of which words are made that hide; of the rest nothing here depends."""
_COMPARES = re.compile(r"~(?!=)|:has\(|:nth-|:(?:first|last|only)-of-type|:-soup", re.IGNORECASE)
_FAINT = re.compile(r"(?:rgba|hsla)\([^)]*[,/]\s*0(?:\.0+)?%?\s*\)|#[0-9a-f]{6}00", re.IGNORECASE)


def without_hidden(soup: BeautifulSoup, left_out: Counter[str]) -> None:
    """Take out elements that style, attribute or colour hide; how many with text there were is added as ``hidden``."""
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    doomed = [*_by_sheet(soup), *_by_attribute(soup)]
    for tag in doomed:
        if tag.decomposed:
            continue
        if tag.get_text(strip=True) and tag.name not in {"script", "style", "template"}:
            left_out["hidden"] += 1
        tag.decompose()


def _by_attribute(soup: BeautifulSoup) -> list[Tag]:
    found: list[Tag] = []
    for tag in soup.find_all(True):
        if tag.name in {"html", "body"}:
            continue
        if tag.has_attr("hidden") or str(tag.get("aria-hidden", "")).casefold() == "true" or _unseen(tag):
            found.append(tag)
    return found


def _unseen(tag: Tag) -> bool:
    style = _plain_css(str(tag.get("style", "")))
    if style and _HIDES.search(style):
        return True
    colour = _value(_COLOUR, style) or _plain(str(tag.get("color", "")))
    return bool(colour) and _same(colour, _ground(tag))


def _ground(tag: Tag) -> str:
    """Return the background that an element stands on, as far as the document itself says; white where nothing does."""
    for one in (tag, *tag.parents):
        ground = _value(_GROUND, _plain_css(str(one.get("style", "")))) or _plain(str(one.get("bgcolor", "")))
        if ground and ground not in _CLEAR:
            return ground
    return "white"


def _same(colour: str, ground: str) -> bool:
    if colour in _CLEAR or _FAINT.fullmatch(colour):
        return True
    return colour == ground or (colour in _WHITE and ground in _WHITE)


def _value(pattern: re.Pattern[str], style: str) -> str:
    found = pattern.search(style)
    return _plain(found[1]) if found else ""


def _plain(value: str) -> str:
    return "".join(value.split()).casefold()


def _by_sheet(soup: BeautifulSoup) -> Iterator[Tag]:
    """Yield what the rules of the document's own style sheets hide; rules for print or for narrow screens count too.

    Raises:
        UnreadableError: They are too many, or too involved, to be sure of what they hide.
    """
    sheets = [sheet.get_text() for sheet in soup.find_all("style")]
    hiding = list(dict.fromkeys(selector for sheet in sheets for selector, style in _rules(sheet) if _hides(style)))
    elements = len(soup.find_all(True)) if hiding else 0
    if elements * len(hiding) > MATCHES or (elements > INVOLVED and any(map(_COMPARES.search, hiding))):
        raise UnreadableError("its style sheets hide by too many or too involved rules for its size")
    for selector in hiding:
        matched = _selected(soup, selector)
        yield from (tag for tag in matched if tag.name not in {"html", "body", "main", "article"})


def _selected(soup: BeautifulSoup, selector: str) -> list[Tag]:
    """Return what a selector means; more than it means where the library does not know all that browsers know."""
    whole = _matches(soup, selector)
    if whole is not None:
        return whole
    found: list[Tag] = []
    for member in _BETWEEN.split(selector):
        if not _PSEUDO_ELEMENT.search(member):
            alone = _matches(soup, member)
            found += _matches(soup, _PSEUDO_CLASS.sub("", member)) or [] if alone is None else alone
    return found


def _matches(soup: BeautifulSoup, selector: str) -> list[Tag] | None:
    """Return the elements; None where the library cannot read the selector."""
    try:
        return list(soup.select(selector)) if selector.strip() else []
    except (SelectorSyntaxError, NotImplementedError, ValueError):
        return None


def _hides(style: str) -> bool:
    colour, ground = _value(_COLOUR, style), _value(_GROUND, style)
    return bool(colour and _same(colour, ground or "white")) or _HIDES.search(style) is not None


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selector and style of each rule, those inside of ``@media`` and the like too; in one pass."""
    for part in _plain_css(sheet).split("}"):
        before, opened, style = part.rpartition("{")
        selector = before.rpartition("{")[2].strip()
        if selector.startswith("@"):  # `@import …;` and the like have no block
            selector = selector.rpartition(";")[2].strip()
        if opened and selector and not selector.startswith("@"):
            yield selector, style


def _plain_css(text: str) -> str:
    """Return CSS without comments, one that is not closed to its end, without the marks of HTML's, and unescaped."""
    first, *others = text.split("/*")
    bare = "".join([first, *(part.partition("*/")[2] for part in others)]).replace("<!--", " ").replace("-->", " ")
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], bare)


__all__ = ["without_hidden"]
