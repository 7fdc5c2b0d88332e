"""``/why``: how the last turn went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from frontdesk.cli.text import plain, shortened
from frontdesk.reply import Reply

BAR = 20
"""Columns of the bar of the slowest stage."""
SUMMARY = 200
"""Characters of the summary that are shown."""

Facts = Mapping[str, Any]


def show_why(console: Console, facts: Facts, last: Reply | None) -> None:
    """Print how the last turn went.

    Args:
        console: Where to.
        facts: What ``FrontDesk.explain`` returned.
        last: The turn's reply, which alone knows what was cited; None where this process did not see it.
    """
    seen = last if last and last.turn_id == (facts.get("turn") or {}).get("id") else None
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _rows(facts, seen):
        table.add_row(name, plain(value))
    console.print(table)
    checks = (facts.get("verdict") or {}).get("checks") or ()
    if checks and any(step["stage"] == "guard" for step in facts.get("path") or ()):
        console.print(_checks(checks))
    console.print(_path(facts.get("path") or ()))


def _checks(checks: Sequence[Facts]) -> Table:
    """Return what each input check said; one in shadow changed nothing."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("check")
    table.add_column("score", justify="right")
    table.add_column("ms", justify="right")
    table.add_column("outcome")
    table.add_column("if it fires")
    table.add_column("rules", overflow="fold")
    for check in checks:
        outcome = f"{check['outcome']} (shadow)" if check["shadow"] else str(check["outcome"])
        numbers = f"{check['score']:.2f}", f"{check['ms']:.1f}"
        rules = plain(", ".join(check["rules"]))
        table.add_row(plain(check["check"]), *numbers, plain(outcome), plain(check["action"]), rules)
    return table


def _path(steps: Sequence[Facts]) -> Table:
    longest = max((step["ms"] for step in steps), default=0.0) or 1.0
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("path")
    table.add_column("ms", justify="right")
    table.add_column("outcome")
    table.add_column("")
    for step in steps:
        bar = "▇" * round(BAR * step["ms"] / longest)
        table.add_row(plain(step["stage"]), f"{step['ms']:.1f}", plain(step["note"]), plain(bar, "cyan"))
    return table


def _rows(facts: Facts, seen: Reply | None) -> Iterator[tuple[str, str]]:
    ran = {step["stage"] for step in facts.get("path") or ()}
    yield "status", _words(facts.get("status"))
    # A record of a stage that did not run is an earlier turn's: a person owned the conversation.
    if "guard" in ran:
        yield "guard", _verdict(facts.get("verdict") or {})
    yield from _withheld(facts)
    if "route" in ran:
        yield from _route(facts.get("route") or {})
    if "decide" in ran:
        yield from _decision(facts.get("decision") or {})
        yield from _understood(facts)
    yield from _cache(facts)
    if "recall" in ran:
        found = (f"{page['page']} {page['score']:.2f}" for page in facts.get("pages") or ())
        yield "pages", ", ".join(found) or "none covers it"
    yield "personal data", _placeholders((facts.get("turn") or {}).get("placeholders") or {})
    yield from _usage(facts.get("usage") or {})
    if "respond" in ran and (shown := facts.get("context")):
        yield "shown", _shown(shown)
    if seen:
        yield "citations", ", ".join(page["id"] for page in seen.citations) or "none"
    yield from _pending(facts)
    overlap = "; guard, route and recall overlap" if "guard" in ran else ""
    yield "time", f"{sum(step['ms'] for step in facts.get('path') or ()):.0f} ms in stages{overlap}"


def _verdict(verdict: Facts) -> str:
    rules = f"; rules {', '.join(verdict['rules'])}" if verdict.get("rules") else ""
    said = [verdict[name] for name in ("category", "reason") if verdict.get(name)]
    rules += f"; {', '.join(said)}" if said else ""
    rules += f"; in shadow {', '.join(verdict['shadow'])}" if verdict.get("shadow") else ""
    return f"{_words(verdict.get('outcome'))}, score {verdict.get('score', 0):.2f}{rules}"


def _withheld(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield what the quarantine took out of what others wrote, in this turn."""
    found = facts.get("withheld")
    if found and found["turn"] == (facts.get("turn") or {}).get("id"):
        channels, rules = ", ".join(found["channels"]), ", ".join(found["rules"])
        yield "withheld", f"{found['pieces']} of {channels}, score {found['score']:.2f}; rules {rules}"


def _route(route: Facts) -> Iterator[tuple[str, str]]:
    accepted = "accepted" if route.get("accepted") else "not accepted"
    yield "intent", f"{_words(route.get('intent'))}, confidence {route.get('confidence', 0):.2f}, {accepted}"
    others = ", ".join(f"{name} {share:.2f}" for name, share in route.get("alternatives", [])[:3])
    yield "alternatives", others or "none"


def _decision(decision: Facts) -> Iterator[tuple[str, str]]:
    served = [decision.get("stage"), decision.get("intent") or "no intent"]
    if decision.get("stage") == "respond":
        served.append(f"tier {decision.get('tier')}")
    yield "served by", " · ".join(_words(part) for part in served)
    yield "because", ", ".join(decision.get("reasons") or ()) or "none"


def _understood(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield what the message did to the conversation, its language, and the requests that wait."""
    commands = facts.get("commands") or ()
    told = (" ".join(filter(None, (c["kind"], c.get("intent"), c.get("slot")))) for c in commands)
    yield "commands", ", ".join(told) or "none"
    if language := (facts.get("route") or {}).get("language"):
        yield "language", str(language)
    if waiting := facts.get("waiting"):
        yield "waiting", ", ".join(task["intent"] for task in waiting)


def _usage(usage: Facts) -> Iterator[tuple[str, str]]:
    calls = usage.get("calls", 0)
    yield "model", f"{usage['model']}, {calls} call{'' if calls == 1 else 's'}" if calls else "none was asked"
    if usage.get("failures"):
        yield "failed", ", ".join(usage["failures"])
    cached = f" ({usage['cached_tokens']} cached)" if usage.get("cached_tokens") else ""
    yield "tokens", f"{usage.get('input_tokens', 0)} in{cached}, {usage.get('output_tokens', 0)} out"
    if usage.get("cost"):
        yield "cost", f"{usage['cost']:.6f}"


def _shown(context: Facts) -> str:
    """Say what the model was shown: tokens of its budget, per part, and what there was no room for."""
    parts = ", ".join(f"{name} {tokens}" for name, tokens in context["parts"].items() if tokens)
    left = f"; left out {', '.join(context['left_out'])}" if context["left_out"] else ""
    return f"{context['tokens']} of {context['budget']} tokens: {parts}{left}"


def _cache(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield what the answer cache said: `cache:hit:exact:hour` (the answer's age in the end) or `cache:miss:…`."""
    for step in facts.get("path") or ():
        if step["stage"] == "cached":
            yield "cache", f"cache:{step['note']}"


def _pending(facts: Facts) -> Iterator[tuple[str, str]]:
    if task := facts.get("task"):
        yield "task", f"{task['intent']}, turn {task['turns']}"
    if proposal := facts.get("proposal"):
        yield "waits for a yes", str(proposal["tool"])
    if ticket := facts.get("ticket"):
        yield "ticket", f"{ticket['id']} ({ticket['reason']})"
    if summary := facts.get("summary"):
        yield "summary", shortened(str(summary), SUMMARY)


def _placeholders(found: Mapping[str, int]) -> str:
    return ", ".join(f"{label} ×{count}" for label, count in found.items()) or "none found"


def _words(value: Any) -> str:
    return str(value or "none")
