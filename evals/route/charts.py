"""Diagrams of the report as inline SVG: no script, nothing loaded, readable without colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from frontdesk.evals.route.metrics import Bin, wilson

WIDE, HIGH = 420, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 14, 46
Point = tuple[float, float]
_TENTHS = ("0", ".2", ".4", ".6", ".8", "1")


def _x(value: float) -> float:
    return round(_LEFT + value * (WIDE - _LEFT - _RIGHT), 1)


def _y(value: float) -> float:
    return round(HIGH - _BOTTOM - value * (HIGH - _TOP - _BOTTOM), 1)


def _frame(
    title: str, names: tuple[str, str], body: Iterable[str], ticks: Sequence[str] = (), below: Sequence[str] = ()
) -> str:
    across, upward = names
    marks = []
    for number, (label, foot) in enumerate(zip(ticks or _TENTHS, below or _TENTHS, strict=True)):
        at = number / 5
        marks.append(f'<line class="grid" x1="{_x(0)}" x2="{_x(1)}" y1="{_y(at)}" y2="{_y(at)}"/>')
        marks.append(f'<text class="tick" x="{_x(0) - 6}" y="{_y(at) + 4}" text-anchor="end">{escape(label)}</text>')
        marks.append(f'<text class="tick" x="{_x(at)}" y="{_y(0) + 16}" text-anchor="middle">{escape(foot)}</text>')
    told = (
        f'<text class="axis" x="{_x(0.5)}" y="{HIGH - 8}" text-anchor="middle">{escape(across)}</text>'
        f'<text class="axis" x="14" y="{_y(0.5)}" text-anchor="middle" '
        f'transform="rotate(-90 14 {_y(0.5)})">{escape(upward)}</text>'
    )
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
        f"{''.join(marks)}{''.join(body)}{told}</svg>"
    )


def _line(points: Sequence[Point], kind: str) -> str:
    return f'<polyline class="{kind}" points="{" ".join(f"{_x(a)},{_y(b)}" for a, b in points)}"/>'


def reliability_diagram(bins: Sequence[Bin], title: str) -> str:
    """Return confidence against the share right: a dot per bin, as large as its share, with its 95 % interval."""
    body = [_line([(0, 0), (1, 1)], "ideal")]
    for one in bins:
        low, high = wilson(one.right, one.count)
        told = f"said {one.said:.2f}, right {one.right:.2f}, {one.count} messages"
        body.append(f'<line class="span" x1="{_x(one.said)}" x2="{_x(one.said)}" y1="{_y(low)}" y2="{_y(high)}"/>')
        size = round(2.5 + 11 * one.share**0.5, 1)
        body.append(
            f'<circle class="dot" cx="{_x(one.said)}" cy="{_y(one.right)}" r="{size}"><title>{told}</title></circle>'
        )
    return _frame(title, ("confidence", "share right"), body)


def histogram(groups: Sequence[tuple[str, Sequence[float]]], lines: Sequence[tuple[str, float]], title: str) -> str:
    """Return how confidence is spread.

    Args:
        groups: CSS class and share per bin of each, stacked; bins of equal width from 0 to 1.
        lines: Name and place of each threshold.
        title: What is shown.
    """
    count = len(groups[0][1])
    tallest = max((sum(shares[n] for _, shares in groups) for n in range(count)), default=0) or 1.0
    body = []
    for number in range(count):
        floor = 0.0
        for kind, shares in groups:
            top = floor + shares[number] / tallest
            left, right = _x(number / count), _x((number + 1) / count)
            if top > floor:
                body.append(
                    f'<rect class="{kind}" x="{left}" y="{_y(top)}" width="{right - left - 1:.1f}" '
                    f'height="{_y(floor) - _y(top):.1f}"/>'
                )
            floor = top
    for row, (name, at) in enumerate(lines):
        body.append(f'<line class="mark" x1="{_x(at)}" x2="{_x(at)}" y1="{_y(0)}" y2="{_y(1)}"/>')
        side, shift = ("end", -4) if at > 0.6 else ("start", 4)
        place = f'x="{_x(at) + shift}" y="{_y(1) + 11 + 13 * row}" text-anchor="{side}"'
        body.append(f'<text class="name" {place}>{escape(name)} {at:g}</text>')
    ticks = [f"{tallest * step / 5:.0%}" for step in range(6)]
    return _frame(title, ("confidence", "share of messages"), body, ticks)


def risk_curve(points: Sequence[Point], chosen: Point | None, target: float, title: str) -> str:
    """Return the share wrong of what is acted on, against the share of messages in scope that is acted on.

    Args:
        points: Coverage and risk, 0 to 1.
        chosen: The point of the threshold.
        target: Precision that was asked for.
        title: What is shown.
    """
    tallest = min(1.0, max([risk for _, risk in points] + [1.5 * (1 - target), 0.01]))
    body = [_line([(0, (1 - target) / tallest), (1, (1 - target) / tallest)], "ideal")]
    body.append(_line([(cover, min(risk / tallest, 1.0)) for cover, risk in points], "curve"))
    if chosen is not None:
        cover, risk = chosen[0], min(chosen[1] / tallest, 1.0)
        side = "end" if cover > 0.5 else "start"
        told = f"{chosen[0]:.0%} acted on, {chosen[1]:.1%} of it wrong"
        body.append(f'<circle class="dot" cx="{_x(cover)}" cy="{_y(risk)}" r="6"><title>{told}</title></circle>')
        body.append(f'<text class="name" x="{_x(cover)}" y="{_y(risk) - 12}" text-anchor="{side}">{told}</text>')
    ticks = [f"{tallest * step / 5:.0%}" for step in range(6)]
    return _frame(
        title, ("share of messages in scope that is acted on", "share wrong of what is acted on"), body, ticks
    )


def learning_diagram(curve: dict[str, Any], title: str) -> str:
    """Return the share wrong against the examples per intent; ``curve`` as :meth:`Curve.facts`."""
    points = [(float(count), float(wrong)) for count, wrong in curve["points"]]
    furthest = 2 * max(count for count, _ in points)
    tallest = min(1.0, 1.3 * max(max(wrong for _, wrong in points), 0.01))

    def place(count: float, wrong: float) -> Point:
        return count / furthest, min(wrong / tallest, 1.0)

    least = min(count for count, _ in points)
    steps = [least + (furthest - least) * step / 40 for step in range(41)]
    body = [_line([place(count, min(1.0, curve["scale"] * count ** -curve["slope"])) for count in steps], "curve")]
    for count, wrong in points:
        across, up = place(count, wrong)
        told = f"{count:g} examples per intent: {wrong:.1%} wrong"
        body.append(f'<circle class="dot" cx="{_x(across)}" cy="{_y(up)}" r="5"><title>{told}</title></circle>')
    ticks = [f"{tallest * step / 5:.0%}" for step in range(6)]
    return _frame(
        title,
        ("utterances per intent", "share wrong"),
        body,
        ticks,
        [f"{furthest * step / 5:.0f}" for step in range(6)],
    )
