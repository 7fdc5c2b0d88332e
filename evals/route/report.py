"""The figures of the router on the public sets, and the table of docs/routing.md.

    python -m frontdesk.evals.route.report                        words alone and minilm, all settings
    python -m frontdesk.evals.route.report --embeddings ""        words alone
    python -m frontdesk.evals.route.report --few --seeds 1        10 examples per intent only, one seed
    python -m frontdesk.evals.route.report --write                and put the table into docs/routing.md

From the root of a checkout; the sets are those of FRONTDESK_DATA (`../shared/data`). Nothing is fitted on what is
measured: banking77's training file is split (a fifth, by the seed), of clinc150 the training file is fitted on and
val.jsonl measured, with oos_val.jsonl as strangers.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from frontdesk.errors import ConfigurationError
from frontdesk.evals.guard.page import put
from frontdesk.evals.route.embedding import embedding, remembering
from frontdesk.evals.route.fitting import Embed
from frontdesk.evals.route.run import Options, evaluate

PAGE, MARK = Path("docs/routing.md"), "route figures"
DATA = "../shared/data"
SHARE = 0.2
FEW = 10
DECLARED = 25
SEEDS = 3
_TARGET = 0.95
_SHOWN = ("accuracy", "macro_f1", "ece", "coverage_at_90", "coverage_at_95", "oos_auroc", "fit_s", "ms_p50", "ms_p99")


def settings(data: Path, out: Path, seeds: int, *, few: bool) -> Iterator[tuple[str, list[Options]]]:
    """Yield the name of each setting with its measurements, one per seed."""
    clinc, far = data / "clinc150", data / "clinc150" / "oos_val.jsonl"
    banking = Options(out, data / "banking77" / "train.jsonl", oos=far, split=SHARE)
    whole = Options(out, clinc / "train.jsonl", clinc / "val.jsonl", far)
    for name, one in (("banking77", banking), ("clinc150", whole)):
        yield f"{name}, {FEW} examples", [replace(one, shots=FEW, seed=seed) for seed in range(seeds)]
        if not few:
            yield f"{name}, all examples", [one]
    for name, one in (("banking77", banking), ("clinc150", whole)):
        declared = replace(one, shots=FEW, intents=DECLARED, target=_TARGET)
        yield f"{name}, {DECLARED} intents of {FEW}", [replace(declared, seed=seed) for seed in range(seeds)]


def averaged(figures: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the means of the figures of several seeds."""
    found: dict[str, Any] = {name: _mean([one[name] for one in figures]) for name in (*_SHOWN, "size", "accept")}
    for origin in ("near", "far"):
        parts = [one[origin] for one in figures if origin in one]
        if parts:
            found[origin] = {name: _mean([one[name] for one in parts]) for name in parts[0]}
    return found | {"seeds": len(figures)}


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None


def table(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of the page: one table of accuracy and sureness, one of strangers."""
    yield "| set | features | accuracy | macro-F1 | calibration error | coverage at 90 / 95 % | fit s | p50 / p99 ms |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, one in found.items():
        place, kind = name.split(" · ")
        if "near" not in one:
            cells = (_percent(one[key]) for key in ("accuracy", "macro_f1", "ece"))
            cover = f"{_percent(one['coverage_at_90'])} / {_percent(one['coverage_at_95'])}"
            times = f"{one['fit_s']:.1f} | {one['ms_p50']:.2f} / {one['ms_p99']:.1f}"
            yield f"| {place} | {kind} | {' | '.join(cells)} | {cover} | {times} |"
    yield ""
    yield "| set | features | AUROC near / far | right of what is acted on, near / far (target 95) | accuracy |"
    yield "|---|---|---|---|---|"
    for name, one in found.items():
        place, kind = name.split(" · ")
        if "near" in one:
            told = f"{one['near']['oos_auroc']:.3f} / {one['far']['oos_auroc']:.3f}"
            right = f"{_percent(one['near']['accept_precision'])} / {_percent(one['far']['accept_precision'])}"
            yield f"| {place} | {kind} | {told} | {right} | {_percent(one['accuracy'])} |"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def report(data: Path, embed: Embed | None, seeds: int, *, few: bool, kind: str) -> dict[str, dict[str, Any]]:
    """Measure all settings and return their figures by name."""
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="frontdesk-route-") as folder:
        for name, several in settings(data, Path(folder) / "p.jsonl", seeds, few=few):
            _say(f"{name}, {kind}")
            found[f"{name} · {kind}"] = averaged([evaluate(one, None, embed, lambda line: None) for one in several])
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the report; 2 when something is wrong with what was given."""
    parser = argparse.ArgumentParser(description="Figures of the router on the public sets.")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("FRONTDESK_DATA", DATA)))
    parser.add_argument("--embeddings", default="minilm", help="measured beside words alone; empty for words alone")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="of the settings with few examples")
    parser.add_argument("--few", action="store_true", help=f"only the settings with {FEW} examples per intent")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE}")
    options = parser.parse_args(arguments)
    try:
        found = report(options.data, None, options.seeds, few=options.few, kind="words")
        if options.embeddings:
            with embedding(options.embeddings) as embed:
                asked = remembering(embed) if embed else None
                found |= report(options.data, asked, options.seeds, few=options.few, kind=options.embeddings)
        print(json.dumps(found, ensure_ascii=False))  # noqa: T201 - for programs
        if options.write:
            put(PAGE, MARK, table(found))
    except ConfigurationError as error:
        _say(f"error: {error}")
        return 2
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - progress, beside the figures


if __name__ == "__main__":
    sys.exit(main())
