"""Begins many conversations and gets stuck in the middle of each, to be killed; the task is JSON on standard input.

``{"home": …, "blind": …, "said": [[subject, thread, message], …], "log": …}``. Logs at DEBUG to its error stream, and says
``stuck`` on standard output when every conversation waits for its model.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk import Principal
from frontdesk.graph.deps import Completion, Models, Role
from frontdesk.models.roster import build_models
from tests.support.canaries import RecordingSealer
from tests.support.conversations import desk_of, parts, settings
from tests.support.small import SCOPES, assembled


@dataclass
class StuckModels:
    """Models that never answer."""

    models: Models
    waiting: int

    async def complete(
        self,
        role: Role,
        messages: Sequence[Any],
        *,
        tools: Sequence[Mapping[str, Any]] = (),
        seconds: float | None = None,
        on_text: Any = None,
    ) -> Completion:
        self.waiting -= 1
        if not self.waiting:
            print("stuck", flush=True)
        await asyncio.Event().wait()
        raise AssertionError("never")

    def describe(self, role: Role) -> str:
        return self.models.describe(role)


async def main() -> None:
    task = json.load(sys.stdin)
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    desk, configured = desk_of(), settings(Path(task["home"]))
    sealer = RecordingSealer(seals=not task["blind"])
    models: Any = StuckModels(build_models(desk, configured), len(task["said"]))
    async with assembled(desk, configured, sealer=sealer, models=models, **parts(blind=task["blind"])) as opened:
        if task["blind"]:
            logging.getLogger("control").debug("%s", task["log"])
        await asyncio.gather(
            *(
                opened.chat(text, thread_id=thread, principal=Principal(subject, "retail", SCOPES), turn_id="crashed")
                for subject, thread, text in task["said"]
            )
        )


if __name__ == "__main__":
    asyncio.run(main())
