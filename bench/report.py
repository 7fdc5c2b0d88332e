"""From samples to figures, and from figures to a table."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bench.pairs import SIDES, Sample

BESIDE = ("guard", "route", "recall")
"""Stages of one superstep."""
AIMS = {"ratio": 3.0, "growth": 1.2, "import_ms": 300.0}


def quantile(values: Iterable[float], share: float) -> float:
    """Return a quantile by linear interpolation, rounded to 0.01."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return round(ordered[low] + (ordered[high] - ordered[low]) * (place - low), 2)


def outside(sample: Sample) -> float:
    """Return the wall time of a turn that no stage accounts for: graph, checkpointer, inbox, lock.

    Of the stages that run side by side only the longest counts.
    """
    serial = sum(ms for stage, ms in sample.stages if stage not in BESIDE)
    return sample.ms - serial - max((ms for stage, ms in sample.stages if stage in BESIDE), default=0.0)


def by_point(samples: Sequence[Sample]) -> dict[str, Any]:
    """Return per point: each side's p50 and p95, the ratios to the stateful side, the stages of the stateful side."""
    return {
        str(point): _point([s for s in samples if s.point == point]) for point in sorted({s.point for s in samples})
    }


def growth(samples: Sequence[Sample]) -> dict[str, Any]:
    """Return last point through first, for each side: the median over pairs of the same message and conversation.

    ``unrolled`` is the stateful side without the turns that rolled the summary; ``rolled`` is the share of those.
    """
    points = sorted({sample.point for sample in samples})
    table: dict[str, Any] = {"from": points[0], "to": points[-1]}
    pairs: dict[str, list[tuple[Sample, Sample]]] = {side: [] for side in SIDES}
    for group in _groups(samples, "side", "conversation", "message"):
        ends = {sample.point: sample for sample in group}
        pairs[group[0].side].append((ends[points[-1]], ends[points[0]]))
    table |= {side: _ratio(taken) for side, taken in pairs.items()}
    plain = [pair for pair in pairs["stateful"] if not pair[0].rolled]
    table["unrolled"] = _ratio(plain) if plain else None
    table["rolled"] = round(1 - len(plain) / len(pairs["stateful"]), 2)
    return table


def aims(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each aim with its figure (the worst point counts) and whether it is met."""
    points = figures["points"]
    worst = max(point["ratio"]["graph"]["wall"] for point in points.values())
    found = {
        "ratio": worst,
        "growth": figures["growth"]["stateful"]["wall"],
        "import_ms": figures["imports"]["import frontdesk"]["ms"],
    }
    return [
        {"name": name, "below": AIMS[name], "is": value, "met": value < AIMS[name]} for name, value in found.items()
    ]


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """Yield the report for people, in Markdown."""
    machine, options = figures["machine"], figures["options"]
    yield (
        f"{machine['cpus']} cores, load {machine['load']}, Python {machine['python']}, Redis {machine['redis']}; "
        f"model {options['model']}, {options['repeats']} conversations, {figures['samples']} turns per cell"
    )
    yield "\n| turn | on Redis p50 / p95 | same graph, no checkpointer | stateless | ratio to graph | to stateless |"
    yield "|---|---|---|---|---|---|"
    for name, point in figures["points"].items():
        cells = [f"{point[side]['p50']:.1f} / {point[side]['p95']:.1f}" for side in SIDES]
        ratios = [f"{ratio['wall']:.2f} (CPU {ratio['cpu']:.2f})" for ratio in point["ratio"].values()]
        yield "| " + " | ".join([name, *cells, *ratios]) + " |"
    spent = [f"{name}: " + " / ".join(f"{p[s]['cpu_p50']:.1f}" for s in SIDES) for name, p in figures["points"].items()]
    yield f"\nmilliseconds; processor time p50 of the three: {'; '.join(spent)}"
    grown = figures["growth"]
    parts = (f"{side} {grown[side]['wall']:.2f} (CPU {grown[side]['cpu']:.2f})" for side in SIDES)
    yield f"growth, turn {grown['to']} / turn {grown['from']}: {', '.join(parts)}"
    if grown["unrolled"]:
        plain = f"{grown['unrolled']['wall']:.2f} (CPU {grown['unrolled']['cpu']:.2f})"
        yield f"stateful without the {grown['rolled']:.0%} of turns that rolled the summary: {plain}"
    yield from _stages(figures["points"])
    yield "\n| turn | round trips | commands | keys | kB of the conversation |\n|---|---|---|---|---|"
    for name, work in figures["redis"].items():
        yield f"| {name} | {work['round_trips']} | {work['commands']} | {work['keys']} | {work['bytes'] / 1000:.1f} |"
    yield "\n| import, fresh interpreter | ms | peak MB |\n|---|---|---|"
    for name, cost in figures["imports"].items():
        yield f"| `{name}` | {cost['ms']} | {cost['mb']} |"
    yield "\n" + "; ".join(
        f"{aim['name']} {aim['is']} (aim: below {aim['below']:g}{'' if aim['met'] else ', MISSED'})"
        for aim in figures["aims"]
    )


def _stages(points: dict[str, Any]) -> Iterator[str]:
    yield "\n| stage, ms p50 / p95 | " + " | ".join(f"turn {name}" for name in points) + " |"
    yield "|---" * (len(points) + 1) + "|"
    stages = list(dict.fromkeys(stage for point in points.values() for stage in point["stages"]))
    for stage in stages:
        cells = [point["stages"].get(stage) for point in points.values()]
        yield f"| {stage} | " + " | ".join(f"{c['p50']:.1f} / {c['p95']:.1f}" if c else "–" for c in cells) + " |"


def _point(samples: Sequence[Sample]) -> dict[str, Any]:
    sides = {side: [sample for sample in samples if sample.side == side] for side in SIDES}
    figures: dict[str, Any] = {
        side: {
            "p50": quantile((s.ms for s in taken), 0.5),
            "p95": quantile((s.ms for s in taken), 0.95),
            "cpu_p50": quantile((s.cpu_ms for s in taken), 0.5),
        }
        for side, taken in sides.items()
    }
    threes = [{s.side: s for s in group} for group in _groups(samples, "conversation", "message")]
    figures["ratio"] = {side: _ratio((three["stateful"], three[side]) for three in threes) for side in SIDES[1:]}
    figures["same_text"] = sum(three["stateful"].text == three["graph"].text for three in threes)
    steps: defaultdict[str, list[float]] = defaultdict(list)
    for sample in sides["stateful"]:
        for stage, ms in sample.stages:
            steps[stage].append(ms)
    steps["outside, stateful"] = [outside(sample) for sample in sides["stateful"]]
    steps["outside, graph"] = [outside(sample) for sample in sides["graph"]]
    figures["stages"] = {
        stage: {"p50": quantile(ms, 0.5), "p95": quantile(ms, 0.95), "runs": len(ms)} for stage, ms in steps.items()
    }
    return figures


def _ratio(pairs: Iterable[tuple[Sample, Sample]]) -> dict[str, float]:
    taken = list(pairs)
    return {
        "wall": round(statistics.median(a.ms / b.ms for a, b in taken), 2),
        "cpu": round(statistics.median(a.cpu_ms / b.cpu_ms for a, b in taken), 2),
    }


def _groups(samples: Iterable[Sample], *fields: str) -> Iterator[list[Sample]]:
    groups: defaultdict[tuple[Any, ...], list[Sample]] = defaultdict(list)
    for sample in samples:
        groups[tuple(getattr(sample, field) for field in fields)].append(sample)
    yield from groups.values()
