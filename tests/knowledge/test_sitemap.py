"""Mirrors: which file holds which address, and that nothing outside of the folder is read."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from frontdesk.knowledge.documents import UnreadableError
from frontdesk.knowledge.sitemap import file_of, listed, sitemap_in

HOST = "https://www.corner.example"


def sitemap(*urls: str, index: bool = False) -> str:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = "".join(f"<{inner}><loc>{url}</loc><lastmod>2025-03-04</lastmod></{inner}>" for url in urls)
    return f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{outer}>'


@pytest.mark.parametrize(
    ("url", "file"),
    [
        (f"{HOST}/help/returns", "help/returns.html"),
        (f"{HOST}/help/returns", "www.corner.example/help/returns/index.html"),
        (f"{HOST}/help/returns.html", "help/returns.html"),
        (f"{HOST}/help/", "help/index.html"),
        (f"{HOST}/", "index.html"),
        (f"{HOST}/help?id=3", "help?id=3"),
        (f"{HOST}/help?id=3", "help@id=3.html"),
        (f"{HOST}/h%C3%BClfe", "hülfe.html"),
    ],
)
def test_where_a_mirror_has_an_address(url: str, file: str, tmp_path: Path) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    assert file_of(tmp_path, url) == path.resolve()


@pytest.mark.parametrize(
    "url",
    [
        f"{HOST}/../outside.html",
        f"{HOST}/%2e%2e/outside.html",
        "https://../outside.html",
        "file:///etc/passwd",
        f"{HOST}/link.html",
        f"{HOST}/a%00b",
        "https://[bad",
        f"{HOST}/{'x' * 5000}",
    ],
)
def test_nothing_outside_of_the_folder_is_read(url: str, tmp_path: Path) -> None:
    root = tmp_path / "mirror"
    root.mkdir()
    (tmp_path / "outside.html").write_text("secret")
    (root / "link.html").symlink_to(tmp_path / "outside.html")
    assert file_of(root, url) is None


def test_an_index_of_packed_sitemaps(tmp_path: Path) -> None:
    (tmp_path / "sitemap_index.xml").write_text(sitemap(f"{HOST}/maps/help.xml.gz", f"{HOST}/gone.xml", index=True))
    (tmp_path / "help.xml.gz").write_bytes(gzip.compress(sitemap(f"{HOST}/a", f"{HOST}/b", f"{HOST}/a").encode()))
    (tmp_path / "a.html").write_text("x")
    found = sitemap_in(tmp_path)
    assert found is not None
    entries = list(listed(tmp_path, found))
    assert [(one.url, one.file and one.file.name, one.modified) for one in entries] == [
        (f"{HOST}/a", "a.html", date(2025, 3, 4)),
        (f"{HOST}/b", None, date(2025, 3, 4)),
    ]


def test_an_index_that_lists_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_text(sitemap(f"{HOST}/sitemap.xml", index=True))
    assert list(listed(tmp_path, tmp_path / "sitemap.xml")) == []


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>'


@pytest.mark.parametrize(
    ("word", "raw", "why"),
    [
        ("entities", BOMB.encode(), "document type or entities"),
        ("external entities", OUTSIDE.encode(), "document type or entities"),
        ("external entities in UTF-16", OUTSIDE.encode("utf-16"), "document type or entities"),
        ("no XML", b"hello", "no XML"),
        ("empty", b"", "no XML"),
    ],
)
def test_a_hostile_or_broken_sitemap(word: str, raw: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_bytes(raw)
    with pytest.raises(UnreadableError, match=why):
        list(listed(tmp_path, tmp_path / "sitemap.xml"))


def test_a_packed_sitemap_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml.gz").write_bytes(b"hello")
    with pytest.raises(UnreadableError, match="cannot be read"):
        list(listed(tmp_path, tmp_path / "sitemap.xml.gz"))


def test_a_sitemap_is_read_once_however_often_it_is_listed(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_text(sitemap(*[f"{HOST}/sitemap.xml", f"{HOST}/more.xml"] * 2000, index=True))
    (tmp_path / "more.xml").write_text(sitemap(*[f"{HOST}/sitemap.xml", f"{HOST}/pages.xml"] * 2000, index=True))
    (tmp_path / "pages.xml").write_text(sitemap(f"{HOST}/a"))
    assert [one.url for one in listed(tmp_path, tmp_path / "sitemap.xml")] == [f"{HOST}/a"]


def test_a_sitemap_beside_the_index_that_lies_elsewhere_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "mirror"
    folder.mkdir()
    (tmp_path / "secret.xml").write_text(sitemap(f"{HOST}/secret"))
    (folder / "more.xml").symlink_to(tmp_path / "secret.xml")
    (folder / "sitemap.xml").write_text(sitemap(f"{HOST}/maps/more.xml", index=True))
    assert list(listed(folder, folder / "sitemap.xml")) == []
