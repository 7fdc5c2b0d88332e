"""A heavy scrubber works in a thread; the core detectors do not."""

from __future__ import annotations

import threading

import pytest

from frontdesk.nodes.scrub.detection import Detector
from frontdesk.nodes.scrub.offload import unblocked
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber


@pytest.mark.parametrize("heavy", [False, True])
async def test_where_the_work_is_done(heavy: bool) -> None:
    slow = Detector(labels=("NAME",), find=lambda text: (), heavy=heavy)
    scrubber = PersonalDataScrubber({"slow": slow})
    assert scrubber.heavy is heavy
    here = threading.get_ident()
    assert (await unblocked(scrubber, threading.get_ident) != here) is heavy


def test_the_core_is_light() -> None:
    assert not PersonalDataScrubber().heavy
