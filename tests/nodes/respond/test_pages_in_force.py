"""A model is shown the pages of an intent that may be used today."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from frontdesk.desk.config import Intent, Page
from frontdesk.graph.identity import Principal
from frontdesk.graph.state import DeskState
from frontdesk.nodes.respond.context import passages_for
from tests.support.deps import deps_with, tiny_desk

TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC).timestamp()


def page(name: str, **fields: Any) -> Page:
    return Page.model_validate({"id": name, "title": name.capitalize(), "body": f"Words of {name}.", **fields})


@pytest.mark.parametrize(
    ("word", "pages", "shown"),
    [
        ("in force", [page("old")], ["old"]),
        ("last day", [page("old", valid_to=TODAY)], ["old"]),
        ("expired", [page("old", valid_to=date(2026, 6, 14))], []),
        ("replaced", [page("old"), page("new", replaces=["old"])], ["new"]),
        ("replaced later", [page("old"), page("new", replaces=["old"], valid_from=date(2026, 6, 16))], ["old"]),
        ("two that one page replaces", [page("old"), page("more"), page("new", replaces=["old", "more"])], ["new"]),
    ],
)
def test_pages_of_an_intent(word: str, pages: list[Page], shown: list[str]) -> None:
    names = [name for name in ("old", "more") if any(one.id == name for one in pages)]
    intent = Intent(name="ask", title="ask", description="Ask it.", utterances=["a", "b"], pages=names)
    deps = deps_with(tiny_desk(intents=[intent], pages=pages), clock=lambda: NOW)
    state = cast("DeskState", {"messages": [], "decision": {"intent": "ask", "stage": "respond", "reasons": []}})
    assert [one["page"] for one in passages_for(deps, state, Principal(tenant="shop"))] == shown, word
