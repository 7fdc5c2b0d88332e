"""Tokens per turn against the whole history, as an SVG: no script, nothing loaded, readable without colours."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from statistics import mean

WIDE, HIGH = 640, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 36, 46
_STEPS = 5
_STYLE = (
    "text{font:12px sans-serif}.grid{stroke:#ccc}.ours{stroke:#06c;stroke-width:2}"
    ".whole{stroke:#a30;stroke-width:2;stroke-dasharray:6 4}"
)


def averaged(curves: Sequence[Sequence[float]]) -> list[float]:
    """Return the mean per turn, as far as all curves go."""
    return [mean(at) for at in zip(*curves, strict=False)]


def plotted(ours: Sequence[float], whole: Sequence[float], title: str) -> str:
    """Return the plot.

    Args:
        ours: Tokens of the prompt after each turn.
        whole: Tokens of the prompt with the whole history.
        title: What is shown.
    """
    across, upward = max(len(ours) - 1, 1), max([*ours, *whole, 1.0])

    def place(turn: float, tokens: float) -> tuple[float, float]:
        x = _LEFT + turn / across * (WIDE - _LEFT - _RIGHT)
        return round(x, 1), round(HIGH - _BOTTOM - tokens / upward * (HIGH - _TOP - _BOTTOM), 1)

    marks = []
    for step in range(_STEPS + 1):
        turn, tokens = across * step / _STEPS, upward * step / _STEPS
        (left, level), (right, _) = place(0, tokens), place(across, tokens)
        marks.append(f'<line class="grid" x1="{left}" x2="{right}" y1="{level}" y2="{level}"/>')
        marks.append(f'<text x="{left - 6}" y="{level + 4}" text-anchor="end">{tokens:.0f}</text>')
        x, floor = place(turn, 0)
        marks.append(f'<text x="{x}" y="{floor + 16}" text-anchor="middle">{turn + 1:.0f}</text>')
    lines = []
    for kind, curve in (("whole", whole), ("ours", ours)):
        points = " ".join("{},{}".format(*place(turn, each)) for turn, each in enumerate(curve))
        lines.append(f'<polyline class="{kind}" fill="none" points="{points}"/>')
    names = [
        _named(place(across, curve[-1]), name)
        for name, curve in (("whole history", whole), ("remembered", ours))
        if curve
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>{''.join(marks)}{''.join(lines)}{''.join(names)}"
        f'<text x="{_LEFT}" y="20">{escape(title)}</text>'
        f'<text x="{WIDE / 2}" y="{HIGH - 8}" text-anchor="middle">turn</text></svg>\n'
    )


def _named(at: tuple[float, float], name: str) -> str:
    return f'<text x="{at[0] - 4}" y="{max(at[1] - 8, _TOP + 4)}" text-anchor="end">{escape(name)}</text>'


__all__ = ["averaged", "plotted"]
