"""Pages and questions: read and checked line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk.errors import DataError
from frontdesk.evals.lines import read_records


@dataclass(frozen=True, slots=True)
class Doc:
    """One page of a knowledge base."""

    id: str
    title: str
    body: str
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question."""

    id: str
    text: str
    doc: str | None
    """The page that covers it; None: none does."""
    domain: str | None = None
    """Only pages of this domain are searched; None: all."""


def read_docs(path: Path) -> list[Doc]:
    """Read `{id, title, body, domain?}`; title or body may be empty, not both.

    Raises:
        DataError: The file cannot be read, a line is wrong, an id stands twice, or there is no page.
    """
    docs: dict[str, Doc] = {}
    for number, record in read_records(path):
        where = f"{path}:{number}"
        doc = Doc(
            _id(record, where),
            _text(record, "title", where, missing=""),
            _text(record, "body", where, missing=""),
            _text(record, "domain", where, missing=""),
        )
        if doc.id in docs:
            raise DataError(f"{where}: the id stands twice; every page needs one of its own")
        if not (doc.title.strip() or doc.body.strip()):
            raise DataError(f"{where}: neither `title` nor `body`; a page needs words")
        docs[doc.id] = doc
    if not docs:
        raise DataError(f"{path}: no page in it; write one JSON object per line: id, title, body, domain")
    return list(docs.values())


def read_asked(path: Path, docs: list[Doc]) -> list[Asked]:
    """Read `{id, query, doc_id, domain?}`.

    Raises:
        DataError: The file cannot be read, a line is wrong, names a page or domain that is not there or a page of
            another domain, or there is no question.
    """
    known = {doc.id: doc.domain for doc in docs}
    domains = set(known.values())
    asked = [_asked(record, f"{path}:{number}", known, domains) for number, record in read_records(path)]
    if not asked:
        raise DataError(f"{path}: no question in it; write one JSON object per line: id, query, doc_id (null: no page)")
    return asked


def _asked(record: dict[str, Any], where: str, known: dict[str, str], domains: set[str]) -> Asked:
    text = _text(record, "query", where)
    if "doc_id" not in record:
        raise DataError(f"{where}: `doc_id` is missing; name the page that covers the query, or null where none does")
    doc, domain = record["doc_id"], record.get("domain")
    doc = str(doc) if isinstance(doc, int) and not isinstance(doc, bool) else doc
    if doc is not None and not (isinstance(doc, str) and doc in known):
        raise DataError(f"{where}: `doc_id` names no page of --docs; name one, or null where no page covers the query")
    if domain is not None and (not isinstance(domain, str) or domain not in domains):
        raise DataError(f"{where}: `domain` is that of no page; leave it out to search all pages")
    if doc is not None and domain is not None and known[doc] != domain:
        raise DataError(f"{where}: `doc_id` is a page of another domain than `domain` says; it could not be found")
    return Asked(_id(record, where), text, doc, domain)


def _id(record: dict[str, Any], where: str) -> str:
    found = record.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int) or found == "":
        raise DataError(f"{where}: `id` must be a text or a whole number")
    return str(found)


def _text(record: dict[str, Any], name: str, where: str, missing: str | None = None) -> str:
    found = record.get(name)
    if found is None and missing is not None:
        return missing
    if not isinstance(found, str):
        raise DataError(f"{where}: `{name}` must be a text")
    return found


def domains_of(docs: list[Doc]) -> Iterator[tuple[str, list[Doc]]]:
    """Yield each domain with its pages, in the order of the file."""
    groups: dict[str, list[Doc]] = {}
    for doc in docs:
        groups.setdefault(doc.domain, []).append(doc)
    yield from groups.items()
