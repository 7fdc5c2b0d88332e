from __future__ import annotations

import logging
from io import StringIO

import pytest

from frontdesk.cli.logs import ConsoleLog
from frontdesk.cli.opening import demo_principal
from frontdesk.graph.identity import ANONYMOUS
from tests.cli.conftest import console_on
from tests.support.small import retail

SCOPES = {"customer:read", "orders:read", "orders:write", "loyalty:read"}


@pytest.mark.parametrize(
    ("has_demo", "customer", "subject", "scopes"),
    [
        (True, "", "C-1042", SCOPES),  # the desk's own
        (True, "C-1043", "C-1043", SCOPES),  # another, who may do the same
        (False, "", ANONYMOUS, set()),  # a desk without one
        (False, "C-1043", "C-1043", set()),  # signed in, but the desk does not say what they may do
    ],
)
def test_who_a_local_try_out_signs_in_as(has_demo: bool, customer: str, subject: str, scopes: set[str]) -> None:
    desk = retail()
    if not has_demo:
        desk = desk.__class__(**{**vars(desk), "config": desk.config.model_copy(update={"demo": None})})
    principal = demo_principal(desk, customer)
    assert (principal.subject, principal.tenant, principal.scopes) == (subject, "retail", scopes)


def test_a_try_out_is_known_as_surely_as_the_desk_says() -> None:
    desk = retail()
    assert desk.config.demo is not None
    demo = desk.config.demo.model_copy(update={"roles": ["customer"], "verified": "strong"})
    desk = desk.__class__(**{**vars(desk), "config": desk.config.model_copy(update={"demo": demo})})
    principal = demo_principal(desk, "")
    assert (principal.roles, principal.verified) == ({"customer"}, "strong")


def test_log_lines_are_words_too() -> None:
    screen = StringIO()
    handler = ConsoleLog(console_on(screen))
    handler.handle(logging.LogRecord("x", logging.ERROR, "f", 1, "turn failed: \x1b[2J[b]%s", ("why",), None))
    assert screen.getvalue() == "turn failed: [b]why\n"
