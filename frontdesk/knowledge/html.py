"""HTML to Markdown: the words of the page itself, without what stands around them on every page of a site."""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from frontdesk.knowledge.documents import Found, UnreadableError, day_in, one_line, tidy, unveiled
from frontdesk.knowledge.hidden import without_hidden

_NO_TEXT = "script style noscript template svg math iframe object embed canvas audio video picture img input select"
_NO_TEXT += " textarea button dialog map area link meta"
_FURNITURE = "nav, footer, aside, [role=navigation], [role=banner], [role=contentinfo], [role=complementary]"
_FURNITURE += ", [role=search], [role=dialog], [role=alertdialog], [role=alert], [role=menu], [role=menubar]"
_MAIN = ("main", "[role=main]", "article", "#main-content", "#content", "#main")
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletter|breadcrumbs?|social|share|sharing|sidebar|pagination|navbar|menu"
    r"|footer|advert(?:isement)?|popup|modal|skip[-_]?(?:link|nav|to)|toolbar|site[-_]?header|related)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Words in a class or an id that name what stands around a page."""
MOST_TAGS = 200_000
"""Signs that open or close an element; long pages have a tenth of it."""
DEEPEST = 200
"""Elements inside each other; the time that a document takes grows with it."""
_MOST = 0.5
"""Share of the page's text from which an element is the page, whatever its class says."""
_SPLIT = re.compile(r"\s+[|–—·»-]\s+")


def read_html(raw: bytes, source: str, url: str = "") -> Found:
    """Read an HTML document.

    Args:
        raw: The file; its encoding is what it says of itself.
        source: What the page is recognised by at the next import.
        url: Where it was found, as a sitemap says; else the document's canonical address counts.

    Raises:
        UnreadableError: There is no text in it, it is nested too deeply or has too many elements, or its style sheets
            hide by more rules than can be followed.
    """
    if b"\0" in raw[:4096] and not raw.startswith((codecs.BOM_UTF16_LE + b"<\0", codecs.BOM_UTF16_BE + b"\0<")):
        raise UnreadableError("it is no HTML")
    if raw.count(b"<") > MOST_TAGS:
        raise UnreadableError(f"it has more than {MOST_TAGS:,} tags: split it")
    found = Found(source)
    soup = BeautifulSoup(raw, "lxml")
    if _depth(soup) > DEEPEST:
        raise UnreadableError("its elements are nested too deeply")
    _about(soup, found, url)
    try:
        without_hidden(soup, found.left_out)
        for tag in soup.find_all(_NO_TEXT.split()):
            tag.decompose()
        main = _main(soup)
        _unfurnished(main)
        heading = main.find("h1")
        if isinstance(heading, Tag):
            found.title = one_line(heading.get_text(" ")) or found.title
            heading.decompose()
        _links(main, found.url)
        body = _Converter(heading_style="ATX", bullets="-", escape_underscores=False).convert_soup(main)
    except RecursionError:
        raise UnreadableError("its elements are nested too deeply") from None
    found.title = one_line(unveiled(found.title, Counter()))
    found.body = tidy(unveiled(body, found.left_out))
    if not found.body:
        raise UnreadableError("there is no text in it that its readers would see")
    return found


class _Converter(MarkdownConverter):
    """Also keeps questions that open, and lists of terms."""

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a heading: what follows answers it."""
        return f"\n\n### {one_line(text)}\n\n"

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return the term."""
        return f"\n\n**{one_line(text)}**\n\n" if text.strip() else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return what the term means."""
        return f"\n\n{text.strip()}\n\n" if text.strip() else ""


def _depth(soup: BeautifulSoup) -> int:
    """Return how many elements stand inside each other at most."""
    deepest, level = 0, [cast("Tag", soup)]
    while level:
        level = [child for tag in level for child in tag.children if isinstance(child, Tag)]
        deepest += 1
    return deepest


def _about(soup: BeautifulSoup, found: Found, url: str) -> None:
    """Take what the document says of itself, before its scripts and its head go."""
    metas = {
        str(tag.get("property") or tag.get("name") or "").casefold(): str(tag.get("content", ""))
        for tag in soup.find_all("meta")
    }
    canonical = soup.find("link", rel="canonical")
    named = str(canonical.get("href", "")) if isinstance(canonical, Tag) else ""
    found.url = url or named or metas.get("og:url", "")
    root = soup.find("html")
    found.language = str(root.get("lang", "")) if isinstance(root, Tag) else ""
    found.title = metas.get("og:title", "") or _title(soup, metas.get("og:site_name", ""))
    data = dict(_linked(soup))
    found.published = _day(data, "datepublished") or _day(metas, "article:published_time", "date", "dcterms.created")
    found.modified = _day(data, "datemodified") or _day(
        metas, "article:modified_time", "last-modified", "dcterms.modified"
    )
    found.expires = _day(data, "expires") or _day(metas, "article:expiration_time", "unavailable_after")


def _title(soup: BeautifulSoup, site: str) -> str:
    """Return the document's title without the name of the site."""
    title = one_line(soup.title.get_text()) if soup.title else ""
    parts = _SPLIT.split(title)
    return " - ".join(parts[:-1]) if len(parts) > 1 and site and parts[-1].casefold() == site.casefold() else title


def _linked(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Yield the plain values of JSON-LD, keys in lower case."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            data: Any = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        items = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict):
                yield from ((key.casefold(), value) for key, value in item.items() if isinstance(value, str))


def _day(values: Mapping[str, str], *names: str) -> date | None:
    return next((day for name in names if (day := day_in(values.get(name)))), None)


def _main(soup: BeautifulSoup) -> Tag:
    for selector in _MAIN:
        matched = soup.select(selector)
        if len(matched) == 1 and matched[0].get_text(strip=True):
            return matched[0]
    body = soup.find("body")
    return body if isinstance(body, Tag) else soup


def _unfurnished(main: Tag) -> None:
    """Take out navigation, notices and the like; a header only where it is not the page's own."""
    doomed = main.select(_FURNITURE)
    doomed += [tag for tag in main.find_all("header") if tag.find("h1") is None]
    for tag in doomed:
        if not tag.decomposed:
            tag.decompose()
    most = len(main.get_text()) * _MOST
    for tag in main.find_all(True):
        if tag.decomposed:
            continue
        names = " ".join(str(name) for key in ("class", "id") for name in tag.get_attribute_list(key) if name)
        if _NAMES.search(names) and tag.find("h1") is None and len(tag.get_text()) < most:
            tag.decompose()


def _links(main: Tag, url: str) -> None:
    """Make addresses whole; a place on the same page is none."""
    for tag in main.find_all("a"):
        href = str(tag.get("href", "")).strip()
        try:
            whole = urljoin(url, href) if url else href
        except ValueError:
            whole = ""
        if not href or href.startswith("#"):
            tag.unwrap()
        else:
            tag["href"] = whole
            del tag["title"]


__all__ = ["read_html"]
