"""``frontdesk studio``: ``langgraph dev``, quiet from its first line on."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from frontdesk.errors import SettingsError
from frontdesk.settings import quiet_environment


def run(port: int) -> None:
    """Replace this process by ``langgraph dev`` in the folder that holds ``langgraph.json``.

    Raises:
        SettingsError: No ``langgraph.json`` here, or the ``studio`` extra is not installed.
    """
    quiet_environment()
    if not Path("langgraph.json").is_file():
        raise SettingsError("no langgraph.json in this folder; run it where that file is (see docs/operations.md)")
    program = shutil.which("langgraph", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if program is None:
        raise SettingsError("the 'langgraph' command is missing; install it with: pip install 'frontdesk[studio]'")
    os.execv(program, [program, "dev", "--no-browser", "--port", str(port)])  # noqa: S606 - no shell is involved
