"""Pieces of HTML that the sections of the report share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

STYLE = """
:root{color-scheme:light dark;--ink:#1c2330;--soft:#5d6878;--line:#d8dde5;--paper:#fff;--card:#f6f7f9;--blue:#1f5fbf;
--good:#2f7d4f;--bad:#c8452f;--grey:#9aa3b0}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#a3adba;--line:#39414d;--paper:#14181e;--card:#1d232b;
--blue:#7fb0ff;--good:#63b98a;--bad:#f08a74;--grey:#77808d}}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:980px;margin:0 auto;padding:28px 20px 60px}
h1{font-size:26px;line-height:1.25;margin:0 0 8px}h2{font-size:19px;margin:36px 0 8px}h3{font-size:15px;margin:0 0 6px}
p{max-width:72ch;margin:8px 0}code,pre{font:13px ui-monospace,monospace}
pre{background:var(--card);padding:10px 14px;border-radius:6px;overflow:auto}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:12px;margin:16px 0}
.tile{background:var(--card);border-radius:8px;padding:12px 14px}.tile b{display:block;font-size:24px}
.tile span,figcaption,.soft{color:var(--soft);font-size:13px}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:8px 0;font-size:14px}
th,td{text-align:left;padding:5px 10px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--soft)}.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(420px,100%),1fr));gap:28px 24px}
figure{margin:0}svg{width:100%;height:auto;display:block}.warn{color:var(--bad);font-weight:600}
.grid{stroke:var(--line)}.tick,.name{font-size:11px;fill:var(--soft)}.axis{font-size:12px;fill:var(--ink)}
.name{fill:var(--ink)}.ideal{fill:none;stroke:var(--grey);stroke-dasharray:5 4}
.curve{fill:none;stroke:var(--blue);stroke-width:2}.span{stroke:var(--blue);stroke-width:1.5;opacity:.55}
.dot{fill:var(--blue);fill-opacity:.75}.mark{stroke:var(--ink);stroke-dasharray:2 3}
rect.right,.key.right{fill:var(--good);background:var(--good)}rect.wrong,.key.wrong{fill:var(--bad);background:var(--bad)}
rect.outside,.key.outside{fill:var(--grey);background:var(--grey)}
.key{display:inline-block;width:10px;height:10px;margin:0 2px 0 10px}
@media print{main{max-width:none}figure{break-inside:avoid}}
"""


def percent(value: float | None, digits: int = 1) -> str:
    """Return a share as a percentage; a dash where it is not known."""
    return "–" if value is None else f"{value:.{digits}%}".replace("%", " %")


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> str:
    """Return a table.

    Args:
        head: HTML of the cells of the first row.
        rows: HTML of the cells of the others.
        numbers: Columns that are set to the right.
    """
    right = set(numbers)

    def cells(row: Sequence[str], tag: str) -> str:
        return "".join(f"<{tag}{' class=n' if place in right else ''}>{cell}</{tag}>" for place, cell in enumerate(row))

    lines = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return f"<div class=scroll><table><thead><tr>{cells(head, 'th')}</tr></thead><tbody>{lines}</tbody></table></div>"
