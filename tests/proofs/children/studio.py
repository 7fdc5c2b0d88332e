"""Starts ``frontdesk studio`` in a network namespace with nothing but loopback, talks to it, and says what was counted.

``studio.py <folder with langgraph.json>``; the environment is the server's.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from langgraph_sdk import get_client
from network import counters, interfaces, raise_loopback  # the file beside this one

PORT = 2124
SECONDS = 90


async def talk(url: str) -> str:
    client = get_client(url=url)
    thread = await client.threads.create()
    given = {"messages": [{"role": "user", "content": "Where is my order 10482?"}]}
    values: Any = await client.runs.wait(thread["thread_id"], "frontdesk", input=given)
    return str(values["reply"]["status"])


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS
    with httpx.Client(timeout=5) as http:
        while time.monotonic() < end:
            try:
                if http.get(f"{url}/ok").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            try:
                server.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
    raise SystemExit("langgraph dev did not start")


def main(folder: str) -> None:
    raise_loopback()
    report: dict[str, Any] = {"interfaces": interfaces()}
    command = [sys.executable, "-m", "frontdesk", "studio", "--port", str(PORT)]
    with (
        Path(folder, "log.txt").open("wb") as log,
        subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT) as server,
    ):
        try:
            wait_for(f"http://127.0.0.1:{PORT}", server)
            report["said"] = asyncio.run(talk(f"http://127.0.0.1:{PORT}"))
        finally:
            server.terminate()
            server.wait(20)
    report["counted"] = counters()
    print(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
