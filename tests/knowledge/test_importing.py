"""Import: stable ids, what changed is updated, what somebody edited stays, and one broken file stops nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from frontdesk.desk.load import Desk
from frontdesk.desk.pages import Page
from frontdesk.errors import DataError
from frontdesk.knowledge.importing import Done, Rules, import_all
from frontdesk.knowledge.sources import read_all
from frontdesk.knowledge.writing import id_of, kept_links, tag_of
from tests.support.pdfs import pdf

HOST = "https://www.corner.example"
HTML = """<html lang="en"><head><title>{title}</title><link rel="canonical" href="{url}"></head>
<body><main><h1>{title}</h1><p>{text}</p></main></body></html>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A mirror of two pages, of which one is missing."""
    root = tmp_path / "mirror"
    root.mkdir()
    urls = "".join(f"<url><loc>{HOST}/help/{name}</loc></url>" for name in ("packing", "parking", "gone"))
    (root / "sitemap.xml").write_text(f"<urlset>{urls}</urlset>")
    write(root, "packing", "Packing", "We pack in paper.")
    write(root, "parking", "Parking", "Parking is free for 2 hours.")
    return root


def write(root: Path, name: str, title: str, text: str) -> None:
    path = root / "help" / f"{name}.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HTML.format(title=title, text=text, url=f"{HOST}/help/{name}"), "utf-8")


def counted(text: str) -> Mapping[str, int]:
    return {"EMAIL": text.count("@")} if "@" in text else {}


def run(desk: Path, *sources: Path, **rules: object) -> list[Done]:
    return import_all(read_all(sources), desk / "knowledge", Rules(**rules), counted)  # type: ignore[arg-type]


def told(done: list[Done]) -> list[tuple[str, str]]:
    return [(one.outcome, one.page) for one in done]


def test_a_site_becomes_pages_that_the_desk_opens_with(desk: Path, site: Path) -> None:
    assert told(run(desk, site)) == [("new", "packing"), ("new", "parking"), ("failed", "")]
    page = Desk.load(desk).pages["parking"]
    assert (page.title, page.url, page.body) == ("Parking", f"{HOST}/help/parking", "Parking is free for 2 hours.")
    assert page.imported is not None
    assert page.imported.source == f"{HOST}/help/parking"


def test_importing_again_changes_what_changed_and_nothing_else(desk: Path, site: Path) -> None:
    run(desk, site)
    before = (desk / "knowledge" / "packing.md").read_bytes()
    write(site, "parking", "Parking", "Parking is free for 3 hours.")
    assert told(run(desk, site)) == [("unchanged", "packing"), ("updated", "parking"), ("failed", "")]
    assert (desk / "knowledge" / "packing.md").read_bytes() == before
    assert "3 hours" in Desk.load(desk).pages["parking"].body


def test_what_somebody_edited_stays(desk: Path, site: Path) -> None:
    run(desk, site)
    path = desk / "knowledge" / "parking.md"
    path.write_text(path.read_text("utf-8").replace("2 hours", "90 minutes"), "utf-8")
    write(site, "parking", "Parking", "Parking is free for 3 hours.")
    assert told(run(desk, site))[1] == ("edited", "parking")
    assert "90 minutes" in path.read_text("utf-8")
    assert told(run(desk, site, overwrite=True))[1] == ("updated", "parking")
    assert "3 hours" in path.read_text("utf-8")


def test_a_review_and_a_new_name_are_no_edits(desk: Path, site: Path) -> None:
    run(desk, site)
    path = desk / "knowledge" / "parking.md"
    changed = path.read_text("utf-8").replace("id: parking", "id: car-park\nreviewed: 2026-01-02\nreplaces: [packing]")
    path.write_text(changed, "utf-8")
    write(site, "parking", "Parking", "Parking is free for 3 hours.")
    assert told(run(desk, site))[1] == ("updated", "car-park")
    page = Desk.load(desk).pages["car-park"]
    assert (str(page.reviewed), page.replaces) == ("2026-01-02", ["packing"])
    assert "3 hours" in page.body


def test_a_page_of_ones_own_is_never_touched(desk: Path, site: Path) -> None:
    own = "---\nid: parking\ntitle: Our own words\n---\n\nAsk at the till.\n"
    (desk / "knowledge" / "parking.md").write_text(own, "utf-8")
    assert told(run(desk, site, overwrite=True))[1] == ("new", "help-parking")
    assert (desk / "knowledge" / "parking.md").read_text("utf-8") == own
    assert told(run(desk, site))[1] == ("unchanged", "help-parking")


def test_a_dry_run_writes_nothing(desk: Path, site: Path) -> None:
    before = sorted((desk / "knowledge").iterdir())
    assert told(run(desk, site, dry_run=True))[:2] == [("new", "packing"), ("new", "parking")]
    assert sorted((desk / "knowledge").iterdir()) == before


def test_what_a_site_no_longer_has_is_named(desk: Path, site: Path) -> None:
    run(desk, site)
    (site / "sitemap.xml").write_text(f"<urlset><url><loc>{HOST}/help/packing</loc></url></urlset>")
    assert told(run(desk, site)) == [("unchanged", "packing"), ("gone", "parking")]
    assert (desk / "knowledge" / "parking.md").exists()


def test_one_broken_file_stops_nothing(desk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"no PDF")
    (folder / "b.html").write_text("<nav>Home</nav>")
    (folder / "c.pdf").write_bytes(pdf([("Care", 20, ""), ("Write to a@corner.example.", 11, "")]))
    done = run(desk, folder, audience="customer")
    assert told(done) == [("failed", ""), ("failed", ""), ("new", "care")]
    assert [bool(one.why) for one in done] == [True, True, False]
    assert done[2].personal == {"EMAIL": 1}
    assert Desk.load(desk).pages[done[2].page].audience == "customer"


def test_two_files_of_one_name_are_not_mixed_up(desk: Path, site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "help"
    other.mkdir(parents=True)
    write(other.parent, "parking", "Parking elsewhere", "There is none.")
    done = run(desk, site / "help" / "parking.html", other / "parking.html")
    assert [one.outcome for one in done] == ["new", "failed"]


@pytest.mark.parametrize("where", ["nowhere", "desk", "desk/pages"])
def test_only_into_a_desk(where: str, desk: Path, site: Path) -> None:
    with pytest.raises(DataError, match="knowledge folder of a desk"):
        import_all(read_all([site]), desk.parent / where, Rules(), counted)


@pytest.mark.parametrize("name", ["missing.html", "notes.txt", "empty"])
def test_a_source_that_is_none(name: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match=name):
        list(read_all([tmp_path / name]))


def test_hostile_front_matter_stays_text(desk: Path, site: Path) -> None:
    title = 'A: "b" # c\\ {d} [e] - &amp;f *g | &gt; %h'
    write(site, "parking", title, "---\nid: other\n---\nWords.")
    run(desk, site)
    page = Desk.load(desk).pages["parking"]
    assert page.title == 'A: "b" # c\\ {d} [e] - &f *g | > %h'


@pytest.mark.parametrize(
    ("source", "title", "taken", "expected"),
    [
        (f"{HOST}/help/returns", "", (), "returns"),
        (f"{HOST}/help/returns", "", ("returns",), "help-returns"),
        (f"{HOST}/help/returns", "", ("returns", "help-returns"), "returns-2"),
        (f"{HOST}/", "Welcome home", (), "welcome-home"),
        ("help/Rückgabe & Umtausch.html", "", (), "ruckgabe-umtausch"),
        ("2024.pdf", "", (), "page-2024"),
        ("help/index.html", "", (), "help"),
        (f"{HOST}/%E2%82%AC", "€", (), "page"),
    ],
)
def test_ids(source: str, title: str, taken: tuple[str, ...], expected: str) -> None:
    found = id_of(source, title, taken)
    assert found == expected
    assert Page(id=found, title="Title").id == expected


@pytest.mark.parametrize(
    ("word", "body", "expected", "cut"),
    [
        ("ours", f"[a]({HOST}/x)", f"[a]({HOST}/x)", 0),
        ("another host", "[a](https://evil.example/x)", "a", 1),
        ("in brackets", "<https://evil.example/x>", "evil.example", 1),
        ("bare", "see https://evil.example/x now", "see evil.example now", 1),
        ("script", "[a](javascript:alert(1))", "a", 1),
        ("relative", "[a](../x)", "a", 1),
        ("mail", "[a](mailto:a@b.example)", "[a](mailto:a@b.example)", 0),
        ("picture", f"![a]({HOST}/x)", f"[a]({HOST}/x)", 0),
    ],
)
def test_links(word: str, body: str, expected: str, cut: int) -> None:
    assert kept_links(body, ["www.corner.example"]) == (expected, cut), word


@pytest.mark.parametrize(
    ("given", "main", "expected"),
    [
        ("de-DE", "en", "de-DE"),
        ("de_at", "en", "de-AT"),
        ("en-GB", "en", ""),
        ("en-US", "en-GB", "en-US"),
        ("English", "en", ""),
        ("", "en", ""),
    ],
)
def test_language_tags(given: str, main: str, expected: str) -> None:
    assert tag_of(given, main) == expected


@pytest.mark.parametrize("word", ["null", "true", "false", "no", "2025-03-01", "12"])
def test_a_title_that_yaml_would_take_for_something_else_stays_a_title(word: str, desk: Path, site: Path) -> None:
    write(site, "packing", word, "Words.")
    run(desk, site)
    assert word in {page.title for page in Desk.load(desk).pages.values()}


def test_a_file_called_null_can_be_imported_again(desk: Path, tmp_path: Path) -> None:
    write(tmp_path, "null", "null", "Words.")
    assert told(run(desk, tmp_path / "help")) == [("new", "null")]
    assert Desk.load(desk).pages["null"].title == "null"
    assert told(run(desk, tmp_path / "help")) == [("unchanged", "null")]


def test_files_that_cannot_be_named_or_never_end_stop_nothing(desk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    (folder / "folder.html").mkdir(parents=True)
    os.mkfifo(folder / "pipe.html")
    for name in (b"bad\xff.html", b"new\nline.html", "separator\u2028.html".encode(), b"good.html"):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_text("<p>Words.</p>")
    done = run(desk, folder)
    assert told(done) == [("failed", ""), ("new", "good"), ("failed", ""), ("failed", "")]
    assert all(one.source.isprintable() for one in done)
