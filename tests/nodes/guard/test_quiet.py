"""guardrails-ai stays silent: no connection, no name looked up, nothing kept, whoever builds the next Guard."""

from __future__ import annotations

import json
import os
import subprocess
import sys

_PROGRAM = """
import asyncio, json, logging, socket, sys

seen, control = [], []
target = seen

def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        target.append(event)
        raise OSError("not in this test")

sys.addaudithook(hook)
logging.getLogger().setLevel(logging.DEBUG)

from frontdesk.nodes.guard.quiet import guardrails, quiet_guard
from frontdesk.nodes.guard import frontdesk_validators

SECRET = "where is the parcel of Wilhelmina Featherstone"
mine = quiet_guard(*frontdesk_validators())
asyncio.run(mine.validate(SECRET, metadata={}))
for _ in range(3):
    # what a host application does: guards of its own, which switch the telemetry on again
    guardrails.Guard().use(*frontdesk_validators()).validate(SECRET)
    asyncio.run(guardrails.AsyncGuard().use(*frontdesk_validators()).validate(SECRET))

from guardrails.logger import handler
from guardrails.utils.hub_telemetry_utils import HubTelemetry
provider = HubTelemetry()._tracer_provider
if provider is not None:
    provider.shutdown()
import opentelemetry.trace
shutdown = getattr(opentelemetry.trace.get_tracer_provider(), "shutdown", None)
if shutdown:
    shutdown()

target = control
try:
    socket.getaddrinfo("localhost", 80)
except OSError:
    pass
print(json.dumps({
    "seen": seen, "control": control, "history": len(mine.history), "provider": provider is not None,
    "kept": sum(SECRET in record.getMessage() for record in handler.get_all_logs()),
}))
"""


def test_no_connection_is_tried_by_any_guard() -> None:
    # the suite's own silence would prove nothing about ours
    loud = {
        name: value
        for name, value in os.environ.items()
        if name not in ("OTEL_SDK_DISABLED", "LITELLM_LOCAL_MODEL_COST_MAP")
    }

    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=120, check=False, env=loud
    )

    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["control"] == ["socket.getaddrinfo"], "the audit hook must see what it is there to see"
    assert report["seen"] == []
    assert report["provider"] is False
    assert report["history"] == 0
    assert report["kept"] == 0


def test_importing_the_stage_does_not_import_guardrails() -> None:
    program = (
        "import sys, frontdesk.nodes.guard.node, frontdesk.nodes.guard, frontdesk.nodes.review.reviewer;"
        "print('guardrails' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout.strip() == "False"
