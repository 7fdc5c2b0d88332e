"""What the desk says it can help with when no intent fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.desk.load import Desk
from frontdesk.graph.state import Route
from frontdesk.nodes.clarify.node import question

NOWHERE = Route(intent="", confidence=0.0, accepted=False, alternatives=[])
HOURS = """
  - {name: hours, title: find out when we are open, description: Opening hours, utterances: [are you open, opening hours]}
"""
PERSON = """
  - {name: person, title: talk to a person, description: A person, handoff: true, utterances: [a person, an agent]}
"""
PARCEL = """
  - {name: parcel, title: find a parcel, description: Parcels, tools: [find], utterances: [my parcel, a package]}
"""
TOOL = """
name: find
description: Finds a parcel.
effect: read
input: {type: object, properties: {}, additionalProperties: false}
output: {type: object, properties: {}}
connector: {kind: python, options: {function: "parcels.py:find"}}
"""


@pytest.mark.parametrize(
    ("intents", "topics"),
    [
        (HOURS + PERSON, "find out when we are open."),  # pages only: the intents without tools are all there is
        (HOURS + PARCEL, "find a parcel."),  # what can be done here, rather than what can be asked
    ],
    ids=["pages", "tools"],
)
def test_the_topics_are_never_empty(tmp_path: Path, intents: str, topics: str) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "desk.yaml").write_text("name: corner\nbusiness: Corner Shop\n")
    (tmp_path / "intents.yaml").write_text(f"intents:{intents}")
    if "parcel" in intents:
        (tmp_path / "tools" / "find.yaml").write_text(TOOL)
    said = question(Desk.load(tmp_path), ["route:out_of_scope"], NOWHERE)
    assert said.endswith(f"I can help with: {topics}")
