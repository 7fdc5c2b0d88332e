"""What holds raw values inside a process says nothing of them when it is printed: asyncio's debug mode prints results."""

from __future__ import annotations

import pytest

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.values import Scrubbed, ToolResult
from frontdesk.nodes.scrub.record import OwnRecord
from frontdesk.tools.backend import Invocation
from frontdesk.tools.execution import Job
from frontdesk.tools.ledger import CallId, Entry
from tests.support.tools import CONTRACTS

VALUE = "quentin.zwartvogel@mailbox.example"
CALL = CallId(Caller(Principal("C-1", "shop"), "t", "t1"), "t1", "get_order", "{}")


@pytest.mark.parametrize(
    "holder",
    [
        Scrubbed("<EMAIL_1>", (), {"<EMAIL_1>": VALUE}),
        ToolResult("done", f'{{"email": "{VALUE}"}}'),
        OwnRecord("known", "", {"<EMAIL_1>": VALUE}),
        Invocation("get_order", {"email": VALUE}, "C-1", 0.0),
        Job(CONTRACTS["get_order"], CALL, {"email": "<EMAIL_1>"}, {"email": VALUE}),
        Entry("settled", content=VALUE),
    ],
    ids=lambda holder: type(holder).__name__,
)
def test_no_value_is_printed(holder: object) -> None:
    assert type(holder).__name__ in repr(holder)
    assert VALUE not in repr(holder)
