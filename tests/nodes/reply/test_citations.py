"""A reply names the pages that it cites, with title, link and version."""

from __future__ import annotations

from langchain_core.messages import AIMessage

from frontdesk.desk.config import Page
from frontdesk.desk.pages import version_of
from frontdesk.nodes.reply.node import cited
from tests.support.deps import tiny_desk

RETURNS = Page(id="returns", title="Returns", url="https://www.shop.example/returns", body="You have 30 days.")
PLAIN = Page(id="plain", title="Plain", body="Words.")


def test_citations_in_order_with_title_link_and_version() -> None:
    answer = AIMessage("So it is.", additional_kwargs={"citations": ["plain", "gone", "returns"]})
    assert cited(answer, tiny_desk(pages=[RETURNS, PLAIN])) == [
        {"id": "plain", "title": "Plain", "url": "", "version": version_of(PLAIN)},
        {"id": "returns", "title": "Returns", "url": RETURNS.url, "version": version_of(RETURNS)},
    ]


def test_no_answer_cites_nothing() -> None:
    assert cited(None, tiny_desk(pages=[RETURNS])) == []
