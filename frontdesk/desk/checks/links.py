"""Hosts and links: a page may lead only where a reply may lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, urlsplit

from frontdesk.desk.config import DeskConfig, Page
from frontdesk.desk.draft import Draft, Entry
from frontdesk.desk.names import choose, shown
from frontdesk.errors import Fault

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
LINK = re.compile(r"(?:https?|ftp|javascript|data)://?[^\s)>\]\"']+|(?<=\]\()[^\s)]+", re.IGNORECASE)


def link_faults(draft: Draft) -> Iterator[Fault]:
    """Yield wrong host names of desk.yaml, and pages that link to hosts which are not listed there."""
    if draft.config is None:
        return
    wrong = list(_hosts(draft.config))
    yield from wrong
    if wrong or (draft.faults_in("desk.yaml") and not draft.config.record.link_hosts):
        # which hosts are meant is not known: blaming every link would bury the cause
        return
    hosts = [host.lower() for host in draft.config.record.link_hosts]
    for entry in draft.pages:
        page = entry.record
        if page.url and (fault := link_fault(page.url, hosts)):
            yield entry.fault(("url",), *fault)
        yield from _body(entry, hosts)


def _hosts(entry: Entry[DeskConfig]) -> Iterator[Fault]:
    hosts = entry.record.link_hosts
    for index, host in enumerate(hosts):
        if not _HOST.fullmatch(host.lower()):
            remedy = "write the bare host, such as `www.example.com`, without scheme, port or path"
            yield entry.fault(("link_hosts", index), f"`{shown(host)}` is no host name", remedy)
        elif host in hosts[:index]:
            yield entry.fault(("link_hosts", index), f"the host `{host}` stands twice", "keep one of the two")


def _body(entry: Entry[Page], hosts: list[str]) -> Iterator[Fault]:
    for offset, line in enumerate(entry.record.body.split("\n")):
        for match in LINK.finditer(line):
            if match[0].startswith(("#", "mailto:", "tel:")):
                continue
            fault = link_fault(match[0], hosts)
            if fault:
                yield Fault(entry.document.file, entry.document.body_line + offset, *fault)


def link_fault(url: str, hosts: Sequence[str]) -> tuple[str, str] | None:
    """Return problem and remedy, or None for a link that a reply may carry."""
    parts = _split(url)
    if parts is None or parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        return f"the link `{shown(url)}` is no plain https link", "write https://host/path, without user or password"
    if parts.hostname not in hosts:
        remedy = f"add the host to `link_hosts` in desk.yaml, or {choose(parts.hostname, hosts)}"
        return f"the link leads to `{parts.hostname}`, which is not in `link_hosts`", remedy
    return None


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
