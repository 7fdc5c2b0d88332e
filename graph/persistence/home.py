"""Where this machine's data lies: the embedded Redis, the key, the demo database."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def default_home(environment: Mapping[str, str]) -> Path:
    """Return the data folder: ``FRONTDESK_HOME``, else the platform's place for a user's data."""
    if given := environment.get("FRONTDESK_HOME"):
        return Path(given).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "frontdesk"
    base = environment.get("XDG_DATA_HOME", "")
    # the XDG specification has relative paths ignored
    return (Path(base) if os.path.isabs(base) else Path.home() / ".local" / "share") / "frontdesk"
