"""Talks to a desk until it is killed: ``dying.py <home> <where to stop> <message>…``.

The last message never ends: the process says ``stuck`` on its standard output and waits to be killed, either in the
middle of the model's answer (``model``) or right after a tool's effect (``effect``).
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk import open_desk
from frontdesk.graph.deps import Completion, Models, Role
from frontdesk.models.roster import build_models
from frontdesk.tools.backend import Backend
from tests.support.small import DEMO, settings_for, small_desk


async def stuck() -> None:
    print("stuck", flush=True)
    await asyncio.Event().wait()


@dataclass
class StuckModels:
    """The configured models, until they are told to stop."""

    models: Models
    stop: bool = False

    async def complete(
        self,
        role: Role,
        messages: Sequence[Any],
        *,
        tools: Sequence[Mapping[str, Any]] = (),
        seconds: float | None = None,
        on_text: Any = None,
    ) -> Completion:
        if self.stop:
            await stuck()
        return await self.models.complete(role, messages, tools=tools, seconds=seconds)

    def describe(self, role: Role) -> str:
        return self.models.describe(role)


@dataclass
class StuckBackend:
    """The shop's database, which stops after its first committed write."""

    backend: Backend

    def check(self, contract: Any) -> list[str]:
        return self.backend.check(contract)

    async def run(self, options: Mapping[str, Any], call: Any) -> dict[str, Any]:
        result: dict[str, Any] = await self.backend.run(options, call)
        if any("write" in step for step in options["steps"]):
            await stuck()
        return result


async def main(home: str, where: str, *messages: str) -> None:
    desk, settings = small_desk(), settings_for(Path(home))
    models = StuckModels(build_models(desk, settings))
    async with open_desk(desk, settings, principal=DEMO, models=models) as opened:
        if where == "effect":
            runner = opened.deps.gateway._executor._runner  # type: ignore[attr-defined]
            runner._backends = {kind: StuckBackend(backend) for kind, backend in runner._backends.items()}
        for index, message in enumerate(messages):
            models.stop = where == "model" and index == len(messages) - 1
            reply = await opened.chat(message, thread_id="kept", turn_id=f"turn-{index}")
            print(f"said {reply.status}", flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
