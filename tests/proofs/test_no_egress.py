"""Nothing leaves this machine, with every library imported and used, in an environment that asks for the opposite.

Two detectors: an audit hook in Python sees every connection, datagram and name that Python code asks for; and where
Linux allows a network namespace of one's own, the kernel counts what native code (gRPC, tokenizers, Redis) asks for.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from frontdesk.graph.persistence.embedded import EmbeddedRedis

ROOT = Path(__file__).resolve().parents[2]
CHILDREN = Path(__file__).resolve().parent / "children"
HOSTILE = {
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_TRACING_V2": "true",
    "LANGSMITH_API_KEY": "lsv2_pt_0123456789abcdef",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGCHAIN_API_KEY": "lsv2_pt_0123456789abcdef",
    "LITELLM_LOCAL_MODEL_COST_MAP": "False",
    "HF_HUB_DISABLE_TELEMETRY": "0",
    "OTEL_SDK_DISABLED": "false",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://192.0.2.1:4318",
}
"""What a developer's shell may hold. LANGGRAPH_CLI_NO_ANALYTICS and the like are not set at all."""
SILENT = (
    "LANGGRAPH_",
    "LANGSMITH_",
    "LANGCHAIN_",
    "LITELLM_",
    "HF_",
    "OTEL_",
    "DO_NOT_TRACK",
    "FRONTDESK_",
    "REDIS_URL",
)
NOTHING = {"Ip.OutNoRoutes": 0, "Udp.OutDatagrams": 0, "Ip6.OutNoRoutes": 0, "Udp6.OutDatagrams": 0}


@functools.cache
def alone() -> tuple[str, ...]:
    """Command that gives a process a network namespace of its own; empty where there is none to be had."""
    program = shutil.which("unshare")
    if program is None or subprocess.run([program, "-rn", "true"], capture_output=True).returncode:
        return ()
    return (program, "-rn")


def run(prefix: tuple[str, ...], script: str, *arguments: str, **more: str) -> dict[str, Any]:
    """Run a child in the hostile environment and return its report."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SILENT)}
    places = {
        name: os.environ[name] for name in ("FRONTDESK_REDIS_SERVER", "FRONTDESK_REDIS_MODULES") if name in os.environ
    }
    environment = {**kept, **HOSTILE, **places, "PYTHONPATH": str(ROOT), **more}
    command = [*prefix, sys.executable, str(CHILDREN / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=180)
    assert done.returncode == 0, done.stderr[-3000:]
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return report


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Everything imported and used once, alone in a namespace where that is possible."""
    return run(alone(), "quiet.py", str(tmp_path_factory.mktemp("quiet")), *(["lonely"] if alone() else []))


def test_everything_was_used(report: dict[str, Any]) -> None:
    assert report["said"] == ["answered", "answered", "handoff", "answered", "answered"]
    assert report["tracing"] == "false"


def test_python_code_reaches_for_no_other_machine(report: dict[str, Any]) -> None:
    assert report["seen"] == []


def test_the_hook_sees_an_attempt(report: dict[str, Any]) -> None:
    assert report["control"] == ["socket.connect 192.0.2.1"]
    # what LangSmith would do with a customer's words, were it not for quiet_environment
    assert report["loud"] == ["socket.getaddrinfo api.smith.langchain.com"]


def test_native_code_reaches_for_no_other_machine(report: dict[str, Any]) -> None:
    if not alone():
        pytest.skip("needs Linux and the right to make a network namespace (unshare -rn)")
    assert report["interfaces"] == ["lo"]
    assert report["counted"] == NOTHING
    assert report["counted by control"] == 1


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Path]:
    """A folder for ``langgraph dev``; the embedded server, which its process leaves running, is stopped at the end."""
    config = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))
    config["dependencies"] = [str(ROOT)]
    config["graphs"] = {"frontdesk": f"{ROOT / 'frontdesk' / 'studio.py'}:graph"}
    (tmp_path / "langgraph.json").write_text(json.dumps(config), encoding="utf-8")
    yield tmp_path
    EmbeddedRedis(tmp_path / "home" / "redis").close()


def test_langgraph_dev_reaches_for_no_other_machine(studio: Path) -> None:
    pytest.importorskip("langgraph_api", reason="needs the extra: pip install 'frontdesk[studio]'")
    if not alone():
        pytest.skip("needs Linux and the right to make a network namespace (unshare -rn)")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    report = run(alone(), "studio.py", str(studio), PATH=path, FRONTDESK_HOME=str(studio / "home"))
    assert report == {"interfaces": ["lo"], "said": "answered", "counted": NOTHING}
