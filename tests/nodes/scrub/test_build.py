"""The scrubber of a desk: never silently weaker than what the desk asks for."""

from __future__ import annotations

import logging
from importlib.util import find_spec
from typing import Any

import pytest

from frontdesk.desk.scrubbing import Scrub
from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub.build import HEAD, build_scrubber, chosen
from frontdesk.nodes.scrub.optional import minilm
from frontdesk.nodes.scrub.registry import registered

LIBRARIES = {"presidio": "presidio_analyzer", "gliner": "gliner", "transformers": "transformers"}


def scrub(**given: Any) -> Scrub:
    return Scrub.model_validate({"head": "off", **given})


def test_the_core_always_runs() -> None:
    assert list(chosen(scrub())) == list(registered())
    assert build_scrubber(scrub()).scrub("4111 1111 1111 1111", {}).text == "<CARD_1>"


def test_detectors_can_be_used_alone() -> None:
    assert list(chosen(scrub(), only=("iban", "card"))) == ["card", "iban"]
    assert build_scrubber(scrub(), only=("iban",)).scrub("4111 1111 1111 1111", {}).findings == ()


def test_a_detector_that_is_not_in_use_is_told() -> None:
    with pytest.raises(ConfigurationError, match=r"no detector 'minilm' is in use; there are address, .*phone"):
        chosen(scrub(), only=("card", HEAD))


def test_a_head_that_is_asked_for_and_not_there_is_an_error() -> None:
    if minilm.available():
        assert HEAD in chosen(scrub(head="on"))
    else:
        with pytest.raises(ConfigurationError, match="pip install"):
            chosen(scrub(head="on"))
    assert (HEAD in chosen(scrub(head="auto"))) is minilm.available()


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_that_is_not_there_is_an_error(name: str) -> None:
    if find_spec(LIBRARIES[name]):
        pytest.skip(f"{LIBRARIES[name]} is installed")
    with pytest.raises(ConfigurationError) as caught:
        build_scrubber(scrub(detectors={name: {}}))
    assert f"scrub.detectors.{name}: {LIBRARIES[name]} is not installed" in str(caught.value)
    assert f"pip install 'frontdesk[{name}]'" in str(caught.value)


def test_only_a_desk_that_says_so_does_without_a_library(caplog: pytest.LogCaptureFixture) -> None:
    if find_spec("gliner"):
        pytest.skip("gliner is installed")
    with caplog.at_level(logging.WARNING, "frontdesk.scrub"):
        assert list(chosen(scrub(detectors={"gliner": {"on_unavailable": "open"}}))) == list(registered())
    assert ["detector=gliner skipped" in record.getMessage() for record in caplog.records] == [True]
