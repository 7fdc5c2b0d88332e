"""Time to find and mask personal data, beside Presidio and LangChain's PIIMiddleware in the same run.

    python bench/scrub.py                      short messages and 10,000 characters
    python bench/scrub.py --json figures.json  the figures as data, too

Sides, each given the same text in turn and in changing order; ratios are formed within a text:

* core: the detectors that always run;
* head: the same with the MiniLM head, where it is installed (docs/head.md);
* presidio: Presidio's pattern recognisers, without a model, where it is installed (pip install 'frontdesk[presidio]');
* middleware: LangChain's PIIMiddleware, all five of its kinds.

They do not do the same work: how much each finds is said by `frontdesk eval scrub` (docs/measuring.md).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from langchain.agents.middleware import PIIMiddleware
from langchain_core.messages import HumanMessage

from frontdesk.desk.scrubbing import OptionalDetector, Scrub
from frontdesk.errors import ConfigurationError
from frontdesk.evals.figures import quantile
from frontdesk.nodes.scrub.build import build_scrubber
from frontdesk.nodes.scrub.optional import minilm, presidio

Side = Callable[[str], object]
MESSAGES = (
    "Where is my order 10482?",
    "How many days do I have to send something back?",
    "Hi, this is Mira Kessler, my parcel has not arrived yet and I am starting to worry.",
    "My e-mail is mira.kessler@example.org, please write to me there.",
    "Can you call me back on +44 20 7946 0018 tomorrow after four?",
    "I paid with 4111 1111 1111 1111 and the money was taken twice.",
    "Please refund to DE89 3704 0044 0532 0130 00, that is my account.",
    "We have moved: Flat 3, 12 High Street, Leeds LS1 4AB. Can you change it?",
    "The kettle stopped working after two weeks, what can I do about it?",
    "my name is tom baker and i was born on 3 May 1984",
    "What are your opening hours in Bristol on Saturday? Thank you!",
)
LONG = 10_000
"""Characters of the long text."""
AIMS = {"short": 1.0, "long": 100.0}
"""p50 of the core, ms."""


def long_text(characters: int = LONG) -> str:
    """Return a text of so many characters in which the values differ from line to line."""
    said = (
        MESSAGES[number % len(MESSAGES)]
        .replace("kessler@", f"kessler{number}@")
        .replace("7946 0018", f"7946 {number:04}")
        for number in range(characters)
    )
    return "\n".join(said)[:characters]


def sides() -> tuple[dict[str, Side], list[str]]:
    """Return what can be measured here, and what cannot with what to do about it."""
    found: dict[str, Side] = {"core": partial(build_scrubber(Scrub(head="off")).scrub, known={})}
    missing = []
    if minilm.available():
        found["head"] = partial(build_scrubber(Scrub(head="on")).scrub, known={})
    else:
        missing.append("head: the MiniLM head is not installed; docs/head.md says how")
    patterns = _presidio()
    if patterns:
        found["presidio"] = patterns
    else:
        missing.append("presidio: not installed; run: pip install 'frontdesk[presidio]'")
    found["middleware"] = _middleware()
    return found, missing


def _presidio() -> Side | None:
    labels = ("NAME", "EMAIL", "PHONE", "CARD", "IBAN", "IP", "NATIONAL_ID", "NUMBER")
    try:
        detector = presidio.build(OptionalDetector(threshold=0.0), labels)
    except ConfigurationError:
        return None
    return lambda text: list(detector.find(text))


def _middleware() -> Side:
    kinds = [PIIMiddleware(kind) for kind in ("email", "credit_card", "ip", "mac_address", "url")]

    def mask(text: str) -> object:
        messages: list[Any] = [HumanMessage(content=text)]
        for kind in kinds:
            update = kind.before_model({"messages": messages}, None)  # type: ignore[arg-type]
            messages = update["messages"] if update else messages
        return messages

    return mask


def measure(found: Mapping[str, Side], texts: Sequence[str], repeats: int) -> dict[str, Any]:
    """Return per side, in ms, p50 and p99 of the wall time and p50 of the processor time (all threads).

    ``ratio`` is the median of its processor time through the core's for the same text: wall time also tells what else
    the machine was doing.
    """
    wall: dict[str, list[float]] = {name: [] for name in found}
    work: dict[str, list[float]] = {name: [] for name in found}
    names = list(found)
    for text in texts:
        for side in found.values():
            side(text)
    gc.collect()
    for number in range(repeats):
        for place, text in enumerate(texts):
            first = (number + place) % len(names)
            for name in names[first:] + names[:first]:
                began, busy = time.perf_counter(), time.process_time()
                found[name](text)
                wall[name].append((time.perf_counter() - began) * 1000)
                work[name].append((time.process_time() - busy) * 1000)
    core = work["core"]
    return {
        name: {
            "p50_ms": quantile(wall[name], 0.5),
            "p99_ms": quantile(wall[name], 0.99),
            "cpu_p50_ms": quantile(taken, 0.5),
            "ratio": round(statistics.median(a / b for a, b in zip(taken, core, strict=True) if b), 3),
        }
        for name, taken in work.items()
    }


def figures(options: argparse.Namespace) -> dict[str, Any]:
    """Run everything; returns the figures."""
    found, missing = sides()
    table = {
        "short": measure(found, MESSAGES, options.repeats),
        "long": measure(found, [long_text()], max(1, options.repeats // 5)),
    }
    return {
        "machine": _machine(),
        "options": {"repeats": options.repeats, "messages": len(MESSAGES), "long": LONG},
        **table,
        "missing": missing,
        "aims": [_aim(name, table[name]["core"]["p50_ms"]) for name in AIMS],
    }


def _aim(name: str, p50: float) -> dict[str, Any]:
    return {"name": f"{name}_p50_ms", "below": AIMS[name], "is": p50, "met": p50 < AIMS[name]}


def _machine() -> dict[str, Any]:
    system = f"{platform.system()} {platform.machine()}"
    load = round(os.getloadavg()[0], 2)
    return {"cpus": os.cpu_count(), "load": load, "python": platform.python_version(), "platform": system}


def lines(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the report for people, in Markdown."""
    machine, options = table["machine"], table["options"]
    yield f"{machine['cpus']} cores, load {machine['load']}, Python {machine['python']}, {machine['platform']}"
    yield f"{options['messages']} short messages, {options['repeats']} times; one of {options['long']} characters; ms"
    yield ""
    yield "| side | short p50 | p99 | cpu p50 | through core | long p50 | p99 | cpu p50 | through core |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, short in table["short"].items():
        long = table["long"][name]
        cells = [
            f"{part['p50_ms']} | {part['p99_ms']} | {part['cpu_p50_ms']} | {part['ratio']}" for part in (short, long)
        ]
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""
    yield from (f"not measured: {line}" for line in table["missing"])
    for aim in table["aims"]:
        yield f"{aim['name']} below {aim['below']}: {aim['is']}, {'met' if aim['met'] else 'missed'}"


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time to find and mask personal data.")
    parser.add_argument("--repeats", default=50, type=int, help="times that each short message is measured")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    return parser.parse_args(arguments)


def main() -> None:
    options = parsed()
    table = figures(options)
    print("\n".join(lines(table)))
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
