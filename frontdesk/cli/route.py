"""``frontdesk eval route``: from options to what is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from frontdesk.desk.load import Desk
from frontdesk.errors import DataError
from frontdesk.evals.route.desk import material_of_desk
from frontdesk.evals.route.embedding import embedding
from frontdesk.evals.route.run import Options, evaluate


def measured(
    options: Options, desk: str | None, spec: str, accept: float | None, progress: Callable[[str], None]
) -> dict[str, Any]:
    """Measure.

    Args:
        options: Of files and samples.
        desk: A desk whose intents are fitted on, instead of a training file.
        spec: Which embeddings; empty: words alone, or with a desk what it says.
        accept: Confidence from which a message is acted on; None: the desk's, or the default.
        progress: Takes a line for people now and then.

    Raises:
        DataError: Options contradict each other, or a file is wrong.
        ConfigurationError: The desk is faulty, or the embedder cannot be had.
    """
    loaded = Desk.load(desk) if desk is not None else None
    if loaded is not None and (options.train or options.shots or options.intents or options.split):
        raise DataError("--desk is fitted on whole: leave out --train, --shots, --intents and --split")
    if options.split and options.train is None:
        raise DataError("--split takes a share of the training file: name it with --train")
    if loaded is not None and accept is None:
        accept = loaded.config.routing.accept
    options = options if accept is None else replace(options, accept=accept)
    configured = loaded.config.routing.embeddings if loaded is not None and not spec else None
    with embedding(spec, configured) as embed:
        material = material_of_desk(loaded) if loaded is not None else None
        return evaluate(options, material, embed, progress)
