"""A memory that everybody agreed to, for tests that are about something else."""

from __future__ import annotations

from frontdesk.desk.config import Purpose
from frontdesk.graph.persistence.life.consent_memory import MemoryConsents
from frontdesk.nodes.recall.memory import MemoryArchive

OPT_OUT = {"memory": Purpose(default="granted")}


def remembering() -> MemoryArchive:
    """An archive at a desk that remembers until somebody objects."""
    return MemoryArchive(MemoryConsents(OPT_OUT))
