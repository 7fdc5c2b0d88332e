"""Imports and uses everything, then says on standard output (JSON) who tried to reach another machine.

``quiet.py <home> [lonely]``; ``lonely``: this process has a network namespace of its own.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import socket
import sys
import warnings
from pathlib import Path
from typing import Any

from network import OUTSIDE, connect_natively, counters, interfaces, raise_loopback, watch  # the file beside this one


async def talk(home: Path) -> list[str]:
    """A conversation over every door, keyless and hosted."""
    import httpx

    from frontdesk import open_desk
    from frontdesk.server.app import create_app
    from frontdesk.testing.openai_server import OpenAIServer
    from tests.support.small import DEMO, serving, settings_for, small_desk

    said = []
    desk = small_desk()
    async with OpenAIServer() as server:
        settings = settings_for(home, model="openai:test", base_url=server.url)
        async with open_desk(desk, settings, principal=DEMO) as opened:
            for text in ("Where is my order 10482?", "Is a switch covered by the warranty?", "Let me talk to a person"):
                said.append((await opened.chat(text, thread_id="quiet")).status)
            await opened.resolve("quiet")
            said.append((await opened.chat("How much does delivery cost?")).status)
            assert (await opened.erase("C-1042")).outcome == "erased"
        assert len(server.requests) >= 1
    async with serving(create_app(desk, settings_for(home), DEMO)) as http:
        answer = await http.post("/chat/invoke", json={"input": {"message": "Where is my order 10482?"}})
        said.append(answer.json()["output"]["status"])
        for path in ("/docs", "/chat/playground/", "/readyz"):
            assert (await http.get(path)).status_code == httpx.codes.OK
    return said


def use_libraries() -> None:
    """What an application with these libraries does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in ("litellm", "huggingface_hub", "langgraph.graph", "langgraph_sdk", "redisvl", "opentelemetry.sdk"):
            importlib.import_module(name)
        guardrails: Any = importlib.import_module("guardrails")
        from frontdesk.nodes.guard import frontdesk_validators

        guardrails.Guard().use(*frontdesk_validators()).validate("where is my parcel")
    langsmith: Any = importlib.import_module("langsmith")
    langsmith.traceable(lambda text: text)("where is my parcel")
    importlib.import_module("langchain_core.tracers.langchain").wait_for_all_tracers()


def trace_loudly() -> None:
    """The control: the same call with tracing switched on again."""
    import langsmith

    with langsmith.tracing_context(enabled=True, client=(client := langsmith.Client())):
        langsmith.traceable(lambda text: text)("where is my parcel")
    client.flush()


def main(home: str, lonely: str = "") -> None:
    report: dict[str, Any] = {}
    if lonely:
        raise_loopback()
        report["interfaces"] = interfaces()
    seen = watch()
    report["said"] = asyncio.run(talk(Path(home)))
    use_libraries()
    report["tracing"] = os.environ["LANGSMITH_TRACING"]
    report["seen"] = list(seen)
    report["counted"] = counters() if lonely else None
    seen.clear()
    with socket.socket() as line:
        line.setblocking(False)
        try:
            line.connect((OUTSIDE, 443))
        except OSError:
            report["control"] = list(seen)
    seen.clear()
    trace_loudly()
    report["loud"] = sorted(set(seen))
    if lonely:
        before = counters()["Ip.OutNoRoutes"]
        connect_natively()
        report["counted by control"] = counters()["Ip.OutNoRoutes"] - before
    print(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
