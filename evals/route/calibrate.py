"""``frontdesk calibrate route``: thresholds for a target, and a report on what customers would meet."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from frontdesk.desk.load import Desk
from frontdesk.errors import DataError
from frontdesk.evals.route.curve import learning_curve
from frontdesk.evals.route.data import Message, placed, read_messages
from frontdesk.evals.route.desk import masked, material_of_desk
from frontdesk.evals.route.embedding import embedding, remembering
from frontdesk.evals.route.fitting import Embed, Material, Scored, Vectors, fit, joined, score
from frontdesk.evals.route.markup import percent
from frontdesk.evals.route.metrics import Floats, reliability, weights_of
from frontdesk.evals.route.page import page
from frontdesk.evals.route.profile import headline, histograms, outcome, risks
from frontdesk.evals.route.suggest import learnable, suggestions
from frontdesk.evals.route.thresholds import NEAR_SHARE, Thresholds, pick, trade_off
from frontdesk.evals.route.unseen import Sample, unseen
from frontdesk.evals.route.writing import snippet, write_thresholds
from frontdesk.nodes.route.calibration import OUTSIDE_SHARE

Progress = Callable[[str], None]
LEAST = 0.5
"""Share of the messages in scope that must be acted on for thresholds to be put into a desk."""


@dataclass(frozen=True)
class Options:
    """What is calibrated."""

    desk: str | None
    data: Path | None
    target: float
    share: float | None
    """Assumed share of messages that belong to no intent; None: the data's strangers are taken for all there are, and
    without any the desk's own intents, left out in turn, for the near ones."""
    out: Path
    embeddings: str = ""
    seed: int = 0
    write: bool = False


@dataclass(frozen=True)
class _Found:
    """The samples, and where what was picked comes from."""

    material: Material
    own: Sample
    """The desk's utterances, unseen, and then as strangers."""
    sample: Sample
    """What thresholds are picked on."""
    vectors: Vectors | None
    share: float


def calibrate(options: Options, progress: Progress) -> dict[str, Any]:
    """Pick thresholds and write `report.html`, `report.json` and `desk.yaml` (the lines to paste).

    Args:
        options: Which desk, data and target. Without data the desk's own utterances are held back in turn, and its
            intents are left out in turn to play strangers.
        progress: Takes a line for people now and then.

    Returns:
        Thresholds, headline figures and the files.

    Raises:
        DataError: A line of the data is wrong, or a file cannot be written.
        ConfigurationError: The desk is faulty, or its embedder cannot be had.
    """
    desk = Desk.load(options.desk)
    _folder(options.out)
    with embedding(options.embeddings, desk.config.routing.embeddings) as embed:
        found = _sampled(options, desk, remembering(embed) if embed else None, progress)
    thresholds = pick(found.sample, options.target, found.share)
    report = _report(options, desk, found, thresholds, progress)
    values = _values(thresholds)
    files = {"report.json": json.dumps(report, ensure_ascii=False, indent=1) + "\n", "report.html": page(report),
             "desk.yaml": snippet(values)}  # fmt: skip
    for name, text in files.items():
        _written(options.out / name, text)
    written = [str(options.out / name) for name in files]
    if options.write:
        if not thresholds.accept.reached or (report["at_picked"]["in_scope_acted"] or 0) < LEAST:
            raise DataError(
                f"{desk.root / 'desk.yaml'}: left as it is: {percent(options.target)} right cannot be had, or would "
                f"leave most messages in scope unanswered; see {options.out / 'report.html'}, lower --target-precision"
            )
        written.append(str(write_thresholds(desk.root, values)))
    return {"capability": "calibrate route", "desk": desk.name, "target": options.target, **values,
            "reached": thresholds.accept.reached, **report["figures"], "files": written}  # fmt: skip


def _sampled(options: Options, desk: Desk, embed: Embed | None, progress: Progress) -> _Found:
    material = material_of_desk(desk)
    vectors = embed(material.texts) if embed else None
    own = unseen(material, vectors, options.seed, progress)
    if options.data is None:
        return _Found(material, own, own, vectors, NEAR_SHARE if options.share is None else options.share)
    messages = placed(options.data, read_messages(options.data), set(material.intents), set(material.intents))
    usual = OUTSIDE_SHARE if any(message.intent is None for message in messages) else NEAR_SHARE
    share = usual if options.share is None else options.share
    return _Found(material, own, _of_data(desk, messages, own, (material, vectors, embed)), vectors, share)


def _of_data(
    desk: Desk, messages: list[Message], own: Sample, how: tuple[Material, Vectors | None, Embed | None]
) -> Sample:
    """Score a file by the router of the desk; strangers are the desk's own where the file has none."""
    material, vectors, embed = how
    place = {name: number for number, name in enumerate(material.intents)}
    texts = masked(desk, [message.text for message in messages])
    truth = np.array([-1 if one.intent is None else place[one.intent] for one in messages], dtype=np.intp)
    scored = score(fit(material, vectors), texts, embed(texts) if embed else None, len(material.intents))
    if (truth < 0).any():
        return Sample(truth, scored)
    strange = own.outside
    strangers = Scored(own.scored.chances[strange], own.scored.scope[strange])
    return Sample(np.concatenate([truth, own.truth[strange]]), joined([scored, strangers]))


def _report(options: Options, desk: Desk, found: _Found, thresholds: Thresholds, progress: Progress) -> dict[str, Any]:
    """Return all that the page shows, as plain data. Of a data file no text is in it: customers wrote those."""
    material, sample = found.material, found.sample
    curve = learning_curve(material, found.vectors, options.seed, progress) if learnable(material) else None
    texts = material.texts[: material.utterances]
    inside = ~sample.outside
    weights = weights_of(sample.outside, found.share)
    advice = suggestions(_known(found.own, len(texts)), material.intents, texts, curve)
    routing = desk.config.routing
    current = {"accept": routing.accept, "clarify": routing.clarify, "pair": routing.pair}
    accept = thresholds.accept.threshold
    return {
        "desk": desk.name,
        "source": options.data.name if options.data else "the desk's utterances, held back in turn",
        "data": options.data is not None,
        "target": options.target,
        "oos_share": found.share,
        "embedded": found.vectors is not None,
        "intents": len(material.intents),
        "examples": material.utterances,
        "n": int(inside.sum()),
        "n_oos": int(sample.outside.sum()),
        "thresholds": thresholds.facts(),
        "trade_off": trade_off(sample, weights),
        "current": current,
        "at_current": outcome(sample, weights, current),
        "at_picked": outcome(sample, weights, _values(thresholds)),
        "figures": headline(sample, weights),
        "reliability": _bins(sample.scored.joint, sample.right, weights),
        "reliability_in_scope": _bins(sample.scored.confidence[inside], sample.right[inside], None),
        "histogram": histograms(sample, weights),
        "risk": risks(sample, weights, accept),
        "curve": curve.facts() if curve else None,
        "suggestions": advice.facts(),
        "texts": {str(row): texts[row] for row in _rows(advice.facts())},
    }


def _known(own: Sample, count: int) -> Sample:
    return Sample(own.truth[:count], Scored(own.scored.chances[:count], own.scored.scope[:count]))


def _rows(advice: Mapping[str, Any]) -> list[int]:
    return sorted({one["row"] for one in advice["move"]} | {row for one in advice["alike"] for row in one["rows"]})


def _bins(said: Floats, right: Any, weights: Floats | None) -> list[list[float]]:
    return [
        [one.low, one.high, round(one.share, 4), round(one.said, 4), round(one.right, 4), one.count]
        for one in reliability(said, right, weights)
    ]


def _values(thresholds: Thresholds) -> dict[str, float]:
    return {name: facts["threshold"] for name, facts in thresholds.facts().items()}


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"{path}: cannot be made ({type(error).__name__}); name a folder with --out") from None


def _written(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({type(error).__name__}); name a folder with --out") from None
