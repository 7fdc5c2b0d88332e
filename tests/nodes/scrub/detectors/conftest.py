"""A scrubber with the structured detectors alone: what they find does not depend on names and addresses."""

from __future__ import annotations

import pytest

from frontdesk.nodes.scrub.registry import registered
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

STRUCTURED = "birth card email iban ip licence mac national_id number passport phone secret".split()  # noqa: SIM905 - as in prose


@pytest.fixture(scope="session")
def structured() -> PersonalDataScrubber:
    """All detectors but those of names and addresses."""
    return PersonalDataScrubber({name: item for name, item in registered().items() if name in STRUCTURED})
