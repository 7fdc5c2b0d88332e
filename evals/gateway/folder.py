"""Writes a back office as a desk's folder, and loads it as any desk is loaded."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from frontdesk.desk.load import Desk
from frontdesk.evals.gateway.contracts import Named, contract

TENANT = "backoffice"
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONFIG: Mapping[str, Any] = {
    "name": TENANT,
    "business": "Back office",
    "languages": ["en"],
    "budgets": {"turn_seconds": 60},
}
_UTTERANCES = ["please take care of my request", "I need something done about it"]


def write_desk(root: Path, tools: Mapping[str, Named]) -> Desk:
    """Write the desk into ``root``, an empty folder, and load it.

    Raises:
        DeskError: The desk has faults: each with file, line and remedy.
    """
    names = [tool.alias for tool in tools.values()]
    intent = {
        "name": "requests",
        "title": "have a request taken care of",
        "description": "Everything that the back office can do.",
        "tier": "reasoning",
        "utterances": _UTTERANCES,
        "tools": names,
    }
    _write(root / "desk.yaml", _CONFIG)
    _write(root / "intents.yaml", {"intents": [intent]})
    (root / "tools").mkdir()
    for tool in tools.values():
        _write(root / "tools" / f"{tool.alias}.yaml", contract(tool))
    return Desk.load(root)


def _write(path: Path, value: Mapping[str, Any]) -> None:
    """Write YAML as JSON writes it; characters that YAML does not take as they are become escapes."""
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", json.dumps(value, ensure_ascii=False, indent=1))
    path.write_text(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text), encoding="utf-8")
