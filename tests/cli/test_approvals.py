"""``frontdesk approvals`` as an operator runs it, on a store that the desk's process has written."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis
from ruamel.yaml import YAML
from typer.testing import CliRunner, Result

from frontdesk import Desk, open_desk
from frontdesk.cli.app import app
from frontdesk.errors import ApprovalError, PersonError
from frontdesk.graph.identity import Principal
from tests.support.small import INTENTS, SCOPES, retail, settings_for

ANNA = Principal("C-1042", "retail", SCOPES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped desk with a dozen intents, where cancelling waits for a second person."""
    folder = tmp_path / "desk"
    shutil.copytree(retail().root, folder, ignore=shutil.ignore_patterns("__pycache__"))
    yaml = YAML()
    file = folder / "intents.yaml"
    listed = yaml.load(file.read_text(encoding="utf-8"))
    listed["intents"] = [intent for intent in listed["intents"] if intent["name"] in INTENTS]
    yaml.dump(listed, file)
    contract = folder / "tools" / "cancel_order.yaml"
    contract.write_text(contract.read_text(encoding="utf-8") + "approval: always\n", encoding="utf-8")
    return folder


@pytest.fixture
def frontdesk(folder: Path, redis_url: str, tmp_path: Path) -> Callable[..., Result]:
    """Runs a command on a store in which one call waits."""
    Redis.from_url(redis_url).flushall()
    settings = settings_for(tmp_path / "home", redis_url)
    assert settings.key is not None
    variables = {
        "REDIS_URL": redis_url,
        "FRONTDESK_HOME": str(tmp_path / "home"),
        "FRONTDESK_KEY": settings.key.get_secret_value(),
        "FRONTDESK_MODEL": "keyless",
    }

    async def asked() -> None:
        async with open_desk(Desk.load(folder), settings, principal=ANNA) as desk:
            for text in ("please cancel order 10482", "yes"):
                await desk.chat(text, thread_id="chat")

    asyncio.run(asked())
    return lambda *given: CliRunner().invoke(app, [*given, "--desk", str(folder)], env=variables)


def test_list_and_approve(frontdesk: Callable[..., Result]) -> None:
    [line] = frontdesk("approvals", "list", "--as", "E-1").stdout.splitlines()
    id, tool, until, question = line.split("\t")
    assert (tool, "10482" in question, until[:2]) == ("cancel_order", True, "20")
    own = frontdesk("approvals", "approve", id, "--as", "C-1042")
    assert isinstance(own.exception, ApprovalError)
    done = frontdesk("approvals", "approve", id, "--as", "E-1")
    assert (done.exit_code, json.loads(done.stdout)["outcome"]) == (0, "done")
    nobody = frontdesk("approvals", "list", "--as", "Anonymous")
    assert isinstance(nobody.exception, PersonError)
