"""GLiNER (Apache-2.0): finds what is named in words. Read from a folder: nothing is downloaded."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from frontdesk.desk.scrubbing import OptionalDetector
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub.detection import Detector
from frontdesk.nodes.scrub.optional.adapter import Found, adapted, library, translation, windows
from frontdesk.nodes.scrub.optional.transformers import folder_of

NAME = "gliner"
TABLE = {
    "person": "NAME",
    "street address": "ADDRESS",
    "phone number": "PHONE",
    "email": "EMAIL",
    "passport number": "PASSPORT",
    "driver's license number": "LICENCE",
    "date of birth": "DOB",
    "social security number": "NATIONAL_ID",
    "password": "SECRET",
}
"""What it is asked for; the wording matters to the model, so a desk may say it in other words (``labels``)."""
_WORDS = 384
_OVERLAP = 80
"""Characters that neighbouring windows share at most."""


def build(options: OptionalDetector, labels: Collection[str]) -> Detector:
    """Return GLiNER as a detector.

    Args:
        options: Of the desk; ``model`` is a folder with ``gliner_config.json`` and the weights.
        labels: Our labels.

    Raises:
        ConfigurationError: The library or the model is missing, cannot be read, or a label is none of ours.
    """
    table = translation(NAME, TABLE, options, labels)
    loaded = library(NAME, "gliner")
    folder = folder_of(NAME, options)
    try:
        model = loaded.GLiNER.from_pretrained(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(
            f"scrub.detectors.{NAME}.model: the folder holds no GLiNER model that can be read ({type(error).__name__})"
        ) from None
    wanted = list(table)
    # it reads so many words and leaves out the rest without an error; a word has a character at least
    longest = int(getattr(model.config, "max_len", _WORDS) or _WORDS)
    overlap = min(_OVERLAP, longest // 4)

    def search(text: str) -> Iterator[Found]:
        pieces = [piece for piece in windows(text, longest, overlap) if piece[1].strip()]
        answers = model.inference([piece for _, piece in pieces], wanted, threshold=options.threshold) if pieces else []
        for (offset, _), answer in zip(pieces, answers, strict=True):
            for item in answer:
                yield Found(item["start"] + offset, item["end"] + offset, item["label"], float(item["score"]))

    return adapted(NAME, search, table, options)
