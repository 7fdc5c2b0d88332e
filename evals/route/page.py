"""The calibration report as one HTML page: nothing is loaded, nothing runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from frontdesk.evals.route.advice import advice
from frontdesk.evals.route.charts import histogram, learning_diagram, reliability_diagram, risk_curve
from frontdesk.evals.route.markup import STYLE, percent, table
from frontdesk.evals.route.metrics import Bin
from frontdesk.evals.route.writing import snippet

Report = Mapping[str, Any]


def page(report: Report) -> str:
    """Return the page of a report (see :func:`frontdesk.evals.route.calibrate.calibrate`)."""
    title = f"Routing of {report['desk']}: calibration"
    body = "".join((_top(report), _thresholds(report), _charts(report), advice(report)))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>\n"
    )


def _top(report: Report) -> str:
    found = report["figures"]
    kind = "words and embeddings" if report["embedded"] else "words alone"
    tiles = (
        ("accuracy in scope", percent(found["accuracy"])),
        ("calibration error in scope", percent(found["ece"])),
        ("told from strangers (AUROC)", "–" if found["oos_auroc"] is None else f"{found['oos_auroc']:.3f}"),
        ("coverage at 95 % right", percent(found["coverage_at_95"])),
    )
    boxes = "".join(f"<div class=tile><b>{value}</b><span>{name}</span></div>" for name, value in tiles)
    note = (
        ""
        if report["data"]
        else (
            "<p class=soft>A desk’s own utterances are harder than its customers’ messages: each was written because "
            "the others did not cover it; left-out intents are the nearest strangers there are. Expect more of "
            "messages that people labelled: <code>--data</code>.</p>"
        )
    )
    return (
        f"<p>{report['intents']} intents, {report['examples']} utterances, {kind}. Measured on {report['n']} messages "
        f"in scope and {report['n_oos']} of no intent ({escape(report['source'])}); strangers are weighted to "
        f"{percent(report['oos_share'], 0)} of all messages.</p>{note}<div class=tiles>{boxes}</div>"
    )


def _thresholds(report: Report) -> str:
    told = {
        "accept": "acted on, from this confidence; right:",
        "clarify": "asked “do you mean …?”, from this; names what was meant:",
        "pair": "asked “this or that?”, from this joint confidence; names what was meant:",
    }
    rows = []
    for name, meaning in told.items():
        one = report["thresholds"][name]
        interval = f"{percent(one['interval'][0])} to {percent(one['interval'][1])}" if one["part"] else "–"
        now = f"{report['current'][name]:g}"
        rows.append(
            [f"<code>{name}</code>", meaning, now, f"<b>{one['threshold']:g}</b>", percent(one["right"]), interval]
        )
    lines = snippet({name: report["thresholds"][name]["threshold"] for name in told})
    reached = report["thresholds"]["accept"]["reached"]
    warning = (
        ""
        if reached
        else f"<p class=warn>No threshold holds {percent(report['target'])}; this is the best there is.</p>"
    )
    return (
        f"<h2>Thresholds for {percent(report['target'])} right of what is acted on</h2>{warning}"
        f"{table(['', 'messages', 'now', 'picked', 'share', '95 % interval'], rows, (2, 3, 4, 5))}"
        f"<pre>{escape(lines)}</pre>{_outcomes(report)}"
    )


def _outcomes(report: Report) -> str:
    names = {
        "acted": "acted on", "acted_right": "… rightly", "asked": "asked about",
        "asked_right": "… naming what was meant", "turned_down": "turned down", "turned_down_rightly": "… rightly",
        "in_scope_acted": "of messages in scope acted on", "strangers_acted": "of strangers acted on",
    }  # fmt: skip
    rows = [
        [told, percent(report["at_current"][key]), percent(report["at_picked"][key])] for key, told in names.items()
    ]
    head = ["share of messages", "with the desk’s thresholds now", "with those picked"]
    return _trade_off(report) + table(head, rows, (1, 2))


def _trade_off(report: Report) -> str:
    rows = []
    for one in report["trade_off"]:
        accept = f"{one['accept']:g}" if one["reached"] else "–"
        rows.append([percent(one["target"], 0), accept, percent(one["right"]), percent(one["acted"])])
    head = ["target", "<code>accept</code>", "right of what is acted on", "acted on of messages in scope"]
    return table(head, rows, (0, 1, 2, 3))


def _charts(report: Report) -> str:
    groups = [(kind, report["histogram"][kind]) for kind in ("outside", "wrong", "right")]
    lines = [(name, report["thresholds"][name]["threshold"]) for name in ("clarify", "accept")]
    chosen = report["risk"]["chosen"]
    drawn = [
        ("Is confidence right?", reliability_diagram(_bins(report["reliability"]), "Reliability, strangers among them"),
         "Strangers among them. On the diagonal what is said is what happens; below it the router is too sure. "
         "Dots are as large as their share; lines are 95 % intervals."),
        ("… of messages in scope", reliability_diagram(_bins(report["reliability_in_scope"]), "Reliability in scope"),
         "Confidence in the intent, given that the message belongs to one."),
        ("How sure is it?", histogram(groups, lines, "Confidence of all messages"),
         "<i class='key right'></i> right <i class='key wrong'></i> wrong <i class='key outside'></i> stranger"),
        ("What does acting on more cost?",
         risk_curve(report["risk"]["points"], tuple(chosen) if chosen else None, report["target"], "Risk and coverage"),
         "The dashed line is the target."),
    ]  # fmt: skip
    if report["curve"]:
        drawn.append(("Would more utterances help?", learning_diagram(report["curve"], "Learning curve"),
                      "Share wrong with 40, 70 and 100 % of the utterances; an inverse power law."))  # fmt: skip
    figures = "".join(
        f"<figure><h3>{name}</h3>{svg}<figcaption>{told}</figcaption></figure>" for name, svg, told in drawn
    )
    return f"<h2>Diagrams</h2><div class=charts>{figures}</div>"


def _bins(rows: Iterable[Sequence[float]]) -> list[Bin]:
    return [Bin(row[0], row[1], row[2], row[3], row[4], int(row[5])) for row in rows]
