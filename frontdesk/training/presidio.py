"""The fit part of presidio_research, on which thresholds are chosen; nothing is trained on it."""

from __future__ import annotations

from pathlib import Path

from frontdesk.errors import ConfigurationError
from frontdesk.evals.scrub.data import read_texts
from frontdesk.evals.scrub.labels import ours
from frontdesk.training.sentences import Sentence


def presidio_fit(data: Path) -> list[Sentence]:
    """Return the texts, names and addresses with our labels, all else with the data's.

    Raises:
        ConfigurationError: The data is not there.
    """
    path = data / "presidio_research" / "dev.jsonl"
    if not path.is_file():
        raise ConfigurationError(f"no file {path}: set FRONTDESK_DATA or --data to the folder with the data sets")
    return [
        Sentence(text.text, tuple((span.start, span.end, ours(span.label) or span.label) for span in text.spans or ()))
        for text in read_texts(path, "fit")
    ]
