"""``python -m frontdesk.evals.repairs [--data DIR]``: malformed JSON, as a read's arguments and as a write's.

DIR holds ``cases.jsonl`` with ``input`` and ``expected``; by default ``json_repair_vectors`` of ``FRONTDESK_DATA``.
What is expected is one library's choice, for texts of any kind; a call's arguments are one object, and more than one
candidate is refused. One JSON object on standard output; the end is 1 where anything but a refusal came out.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from frontdesk.errors import DataError, ToolRefusedError
from frontdesk.evals.lines import read_records
from frontdesk.tools.arguments import Effect, parse

_NOTHING = object()


def read(text: str, effect: Effect) -> tuple[Any, str]:
    """Return the arguments that the gateway reads and what became of the text: ``strict``, ``repaired`` or a reason."""
    try:
        arguments, repairs = parse("vectors", text, effect)
    except ToolRefusedError as error:
        return _NOTHING, error.reason
    except Exception as error:  # noqa: BLE001 - that none comes is what is measured
        return _NOTHING, f"exception {type(error).__name__}"
    return arguments, "repaired" if repairs else "strict"


def _plain(text: str) -> Any:
    try:
        return importlib.import_module("json_repair").loads(text)
    except Exception:  # noqa: BLE001 - a lenient parser without a list of its exceptions
        return _NOTHING


def measured(path: Path) -> dict[str, Any]:
    """Return the figures of all vectors. DataError: the file cannot be read."""
    cases = [record for _, record in read_records(path) if isinstance(record.get("input"), str)]
    reads, writes = Counter[str](), Counter[str]()
    counts = Counter[str]()
    for case in cases:
        found, what = read(case["input"], "read")
        reads[what] += 1
        written, how = read(case["input"], "write")
        writes[how] += 1
        expected, plain = case.get("expected"), _plain(case["input"])
        counts["objects_expected"] += isinstance(expected, dict)
        counts["agree"] += found is not _NOTHING and found == expected
        counts["differ"] += found is not _NOTHING and found != expected
        counts["plain_agrees"] += plain is not _NOTHING and plain == expected
        counts["plain_valid"] += plain is not _NOTHING and plain not in ("", None)
        counts["guessed_write"] += written is not _NOTHING and how != "strict"
    valid = reads["strict"] + reads["repaired"]
    exceptions = sum(count for word, count in (reads + writes).items() if word.startswith("exception"))
    return {
        "cases": len(cases),
        "made_valid": valid,
        "share_of_all": round(valid / len(cases), 4) if cases else 0.0,
        "share_of_objects": round(valid / counts["objects_expected"], 4) if counts["objects_expected"] else 0.0,
        **counts,
        "reads": dict(reads),
        "writes": dict(writes),
        "exceptions": exceptions,
    }


def main() -> int:
    """Measure, print, and return the end."""
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.repairs", description=__doc__)
    data = Path(os.environ.get("FRONTDESK_DATA", "../shared/data")) / "json_repair_vectors"
    parser.add_argument("--data", type=Path, default=data)
    try:
        found = measured(parser.parse_args().data / "cases.jsonl")
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(json.dumps(found) + "\n")
    return 1 if found["exceptions"] or found["guessed_write"] else 0


if __name__ == "__main__":
    sys.exit(main())
