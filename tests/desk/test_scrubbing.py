"""The section ``scrub`` of desk.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.desk.load import Desk
from frontdesk.desk.schemas import desk_schemas
from frontdesk.desk.scrubbing import OptionalDetector, Scrub

INTENTS = "intents:\n  - {name: hours, title: opening hours, description: Hours, utterances: [when open, open now]}\n"


def loaded(folder: Path, scrub: str) -> Scrub:
    (folder / "desk.yaml").write_text(f"name: corner\nbusiness: Corner Shop\n{scrub}")
    (folder / "intents.yaml").write_text(INTENTS)
    return Desk.load(folder).config.scrub


@pytest.mark.parametrize(
    ("word", "yaml", "record"),
    [
        ("nothing said", "", Scrub()),
        ("off", "scrub: {head: off, detectors: {presidio: off, gliner: null}}", Scrub(head="off")),
        ("on", "scrub: {head: on}", Scrub(head="on")),
    ],
)
def test_off_is_the_default_and_a_word(word: str, yaml: str, record: Scrub, tmp_path: Path) -> None:
    assert loaded(tmp_path, yaml) == record, word


def test_a_detector_is_a_mapping(tmp_path: Path) -> None:
    yaml = "scrub: {detectors: {gliner: {model: models/g, labels: {person: NAME, town: off}, on_unavailable: open}}}"
    assert loaded(tmp_path, yaml).detectors.gliner == OptionalDetector(
        model="models/g", labels={"person": "NAME", "town": "off"}, on_unavailable="open"
    )


def test_unavailable_is_closed_unless_the_desk_says_otherwise(tmp_path: Path) -> None:
    detector = loaded(tmp_path, "scrub: {detectors: {presidio: {}}}").detectors.presidio
    assert detector is not None
    assert (detector.on_unavailable, detector.threshold, detector.language) == ("closed", 0.5, "en")


def test_editors_are_told_of_off() -> None:
    definitions = desk_schemas()["desk.schema.json"]["$defs"]
    allowed = definitions["OptionalDetectors"]["properties"]["presidio"]["anyOf"]
    assert {"const": "off", "type": "string"} in allowed
    assert {"$ref": "#/$defs/OptionalDetector"} in allowed
