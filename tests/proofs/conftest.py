"""What the proofs share."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk import Settings
from tests.support.small import settings_for


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An embedded Redis of the test's own, in its own folder."""
    return settings_for(tmp_path)
