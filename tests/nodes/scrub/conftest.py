"""What the scrub tests share: one scrubber (it is stateless) and a caller."""

from __future__ import annotations

import pytest

from frontdesk.graph.identity import Caller, Principal
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber


@pytest.fixture(scope="session")
def scrubber() -> PersonalDataScrubber:
    """All registered detectors."""
    return PersonalDataScrubber()


@pytest.fixture
def caller() -> Caller:
    """A signed-in customer on a thread."""
    principal = Principal(subject="C-1042", tenant="retail")
    return Caller(principal=principal, thread_id="0f0e0d0c0b0a09080706050403020100", turn_id="t1")
