"""Intents as the router learns them: with masked utterances, because it sees masked messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from frontdesk.desk.config import Intent
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber


@dataclass(frozen=True)
class Masking:
    """The scrubber, for a cache: two that a desk asks for in the same words mask alike."""

    config: str
    scrubber: PersonalDataScrubber = field(compare=False)

    def masked(self, intent: Intent) -> Intent:
        """The router sees masked messages, so it learns from masked utterances."""
        utterances = [self.scrubber.scrub(utterance, {}).text for utterance in intent.utterances]
        return intent.model_copy(update={"utterances": utterances})


@lru_cache(maxsize=4)
def masked(intents: tuple[str, ...], masking: Masking) -> dict[str, Intent]:
    """Mask once per content: a process that opens a desk again (tests, Studio beside a server) waits once."""
    read = [masking.masked(Intent.model_validate_json(intent)) for intent in intents]
    return {intent.name: intent for intent in read}
