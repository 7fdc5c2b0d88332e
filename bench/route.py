"""Time and memory of the router: words alone, and with the local encoder.

    python bench/route.py                        the retail desk
    python bench/route.py --json figures.json    the figures as data, too

Each side runs in a process of its own on one thread: cold start (from its start to the first message routed: imports,
examples, fit), then every message `--repeats` times. `minilm` needs the extra `embeddings` and is left out without it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from frontdesk.desk.load import Desk
from frontdesk.evals.figures import quantile
from frontdesk.evals.route.desk import material_of_desk
from frontdesk.evals.route.embedding import embedding
from frontdesk.evals.route.fitting import fit
from frontdesk.evals.route.size import size_of

ROOT = Path(__file__).resolve().parent.parent
MESSAGES = (
    "Where is my order 10482?",
    "How many days do I have to send something back?",
    "Hi, my parcel has not arrived yet and I am starting to worry. It was to be here on Monday.",
    "Can you call me back tomorrow after four?",
    "The kettle stopped working after two weeks, what can I do about it?",
    "Können Sie die Lieferung auf Samstag verschieben? Ich bin unter der Woche nicht da.",
    "I paid with a gift card and the rest with my credit card, which of them gets the refund?",
    "What are your opening hours in Bristol on Saturday? Thank you!",
    "wheres my stuff",
    "Please cancel order 10377 and send the money back to my card",
)
SIDES = ("words", "minilm")
AIM_MS = 1.0
"""p50 of words alone."""


def side(name: str, repeats: int) -> dict[str, Any]:
    """Fit and time one side in this process."""
    with embedding("minilm" if name == "minilm" else "") as embed:
        material = material_of_desk(Desk.load("retail"))
        began = time.perf_counter()
        classifier = fit(material, embed(material.texts) if embed else None)
        took = time.perf_counter() - began

        def routed(text: str) -> float:
            start = time.perf_counter()
            classifier.scores(text, embed((text,))[0] if embed else None)
            return (time.perf_counter() - start) * 1000

        routed(MESSAGES[0])
        ready = time.time()
        times = [routed(text) for _ in range(repeats) for text in MESSAGES]
    return {
        "p50_ms": quantile(times, 0.5),
        "p99_ms": quantile(times, 0.99),
        "fit_s": round(took, 2),
        "ready": ready,
        "size_kb": size_of(classifier) // 1024,
        "rss_mb": _resident(),
    }


def _resident() -> int | None:
    """Return the resident memory of this process in MB; None where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def measured(name: str, repeats: int) -> dict[str, Any]:
    """Time one side in a process of its own, on one thread."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, __file__, "--side", name, "--repeats", str(repeats)]
    began = time.time()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        return {"error": (done.stderr.strip().splitlines() or ["no output"])[-1][-300:]}
    found: dict[str, Any] = json.loads(lines[-1])
    found["cold_s"] = round(found.pop("ready") - began, 2)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Time and memory of the router.")
    parser.add_argument("--repeats", default=100, type=int, help="times that each message is routed")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        print(json.dumps(side(options.side, options.repeats)))
        return 0
    table = {name: measured(name, options.repeats) for name in SIDES}
    print(f"retail desk, {len(MESSAGES)} messages {options.repeats} times; {os.cpu_count()} cores, load "
          f"{os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n")  # fmt: skip
    print(
        "| side | p50 ms | p99 ms | cold start s | of it fit | memory MB | fitted kB |\n|---|---|---|---|---|---|---|"
    )
    for name, one in table.items():
        if "error" in one:
            print(f"| {name} | could not run: {one['error']} | | | | | |")
            continue
        cells = [one[key] for key in ("p50_ms", "p99_ms", "cold_s", "fit_s", "rss_mb", "size_kb")]
        print(f"| {name} | {' | '.join(map(str, cells))} |")
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return int(table["words"].get("p50_ms", AIM_MS) >= AIM_MS)


if __name__ == "__main__":
    sys.exit(main())
