"""A token classifier of the transformers library (Apache-2.0), read from a folder: nothing is downloaded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from frontdesk.desk.scrubbing import OptionalDetector
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub.detection import Detector
from frontdesk.nodes.scrub.optional.adapter import Found, adapted, library, translation

NAME = "transformers"
TABLE = {
    "PER": "NAME",
    "PERSON": "NAME",
    "FIRSTNAME": "NAME",
    "LASTNAME": "NAME",
    "GIVENNAME": "NAME",
    "SURNAME": "NAME",
    "ADDRESS": "ADDRESS",
    "STREET": "ADDRESS",
    "STREET_ADDRESS": "ADDRESS",
    "ZIPCODE": "ADDRESS",
    "EMAIL": "EMAIL",
    "PHONE": "PHONE",
    "PHONE_NUMBER": "PHONE",
}
"""Names of entity groups that public models of this kind use; towns and organisations stay readable."""
_STRIDE = 32
"""Tokens that neighbouring windows share."""
_TOKENS = 512


def folder_of(name: str, options: OptionalDetector) -> Path:
    """Return the folder of a model.

    Raises:
        ConfigurationError: None is named, or it is not there.
    """
    folder = Path(options.model).expanduser()
    if not options.model or not folder.is_dir():
        raise ConfigurationError(
            f"scrub.detectors.{name}.model: name a folder that holds a model; nothing is downloaded"
        )
    return folder


def build(options: OptionalDetector, labels: Collection[str]) -> Detector:
    """Return a token classifier as a detector.

    Args:
        options: Of the desk; ``model`` is a folder that ``save_pretrained`` wrote, with its fast tokenizer.
        labels: Our labels.

    Raises:
        ConfigurationError: The library or the model is missing, cannot be read, or a label is none of ours.
    """
    loaded = library(NAME, "transformers")
    library(NAME, "torch")
    table = translation(NAME, TABLE, options, labels)
    folder = folder_of(NAME, options)
    classify = _pipeline(loaded, folder)

    def search(text: str) -> Iterator[Found]:
        for item in classify(text) if text.strip() else ():
            yield Found(int(item["start"]), int(item["end"]), str(item["entity_group"]), float(item["score"]))

    return adapted(NAME, search, table, options)


def _pipeline(loaded: Any, folder: Path) -> Any:
    try:
        tokenizer = loaded.AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
        model = loaded.AutoModelForTokenClassification.from_pretrained(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(
            f"scrub.detectors.{NAME}.model: the folder holds no token classifier that can be read "
            f"({type(error).__name__})"
        ) from None
    if not tokenizer.is_fast:
        raise ConfigurationError(f"scrub.detectors.{NAME}.model: a fast tokenizer is needed (tokenizer.json)")
    # without a bound a long text would be cut off silently, or fail inside the model
    longest = int(getattr(model.config, "max_position_embeddings", _TOKENS) or _TOKENS)
    tokenizer.model_max_length = min(tokenizer.model_max_length, longest, _TOKENS)
    stride = min(_STRIDE, tokenizer.model_max_length // 4)
    return loaded.pipeline(
        "token-classification", model=model, tokenizer=tokenizer, aggregation_strategy="first", stride=stride, device=-1
    )
