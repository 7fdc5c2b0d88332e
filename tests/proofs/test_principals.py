"""Callers who may not, against every tool of the shipped desk: none is allowed, and who may is."""

from __future__ import annotations

from dataclasses import replace

from frontdesk.evals.principals.door import Attempt, Door
from frontdesk.evals.principals.run import good, measured
from tests.support.small import retail


async def test_none_of_them_is_allowed() -> None:
    found = await measured(retail().tools)
    assert found["combinations"] >= 500
    assert (found["allowed"], found["which"], found["controls_refused"]) == (0, [], [])


async def test_an_allowed_caller_would_be_counted() -> None:
    """The control of the count: who loses nothing but a scope that the tool does not need is still allowed."""
    tools = retail().tools
    less = replace(good(tools), scopes=frozenset({"orders:read"}))
    assert await Door(tools).is_allowed(Attempt("control", "get_order", less))
    assert not await Door(tools).is_allowed(Attempt("missing_scope", "cancel_order", less))
