"""How ``frontdesk audit`` puts what it found into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from frontdesk.tools.auditing.verifying import Told


def report(told: Told) -> dict[str, Any]:
    """Return what was found as plain JSON data; ``whole`` says whether the chain is unbroken."""
    fault = {**asdict(told.fault), "text": str(told.fault)} if told.fault else None
    return {"whole": told.fault is None, **asdict(told), "fault": fault}


def lines(told: Told) -> Iterator[str]:
    """Yield what was found for people."""
    counts = [f"{told.records} records"]
    counts += [f"{told.erased} erased under the deployment's key"] if told.erased else []
    counts += [f"{told.left_out} without their bodies"] if told.left_out else []
    counts += [f"{told.unchained} from before the chain, which nothing proves"] if told.unchained else []
    if told.first > 1:
        counts.append(f"the first {told.first - 1} were cut off by their age")
    if told.fault:
        yield f"BROKEN: {told.fault}"
        yield f"good up to record {told.seq}: {', '.join(counts)}"
        return
    yield f"whole: {', '.join(counts)}; last record {told.seq}, hash {told.hash}"
    if told.anchored is None:
        yield "a log that was put back as a whole to an earlier state is found with --anchor only"
    else:
        yield "the anchor's record is in it"


def told(record: Mapping[str, Any]) -> str:
    """Return a record on one line."""
    try:
        at = datetime.fromtimestamp(float(record.get("at", "")), UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        at = "?"
    what = record.get("tool") or "/".join(filter(None, (record.get("check"), record.get("channel"))))
    marks = [f"{name}={record[name][:8]}" for name in ("subject", "thread", "call", "by", "result") if record.get(name)]
    texts = (str(record["seq"] or "-"), at, record.get("decision", "?"), what, record.get("reason", ""), *marks)
    return "  ".join(text for text in texts if text)


__all__ = ["lines", "report", "told"]
