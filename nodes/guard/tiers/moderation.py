"""OpenAI's moderation endpoint as a judge of harm. It knows nothing of injections, so it never clears a message."""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from frontdesk.desk.tiers import Harm, ModerationTier
from frontdesk.errors import ConfigurationError, ModelError
from frontdesk.graph.state import Channel, Outcome
from frontdesk.nodes.guard.second import Opinion

PIECE = 4_000
"""Characters of one input; a longer text is sent as several inputs of one request, and the worst of them counts."""
_UNKNOWN = "other"
KNOWN: frozenset[str] = frozenset(get_args(Harm))
"""The endpoint's categories; what it may add later is ``other``."""
_SCORE: dict[Outcome, float] = {"refuse": 0.9, "unsure": 0.4, "raise": 0.3}
"""On the common scale; ``unsure`` takes the conversation to a person and is no attack."""


class _Result(BaseModel):
    model_config = ConfigDict(strict=True)

    flagged: bool
    categories: dict[str, bool | None] = Field(min_length=1)
    category_scores: dict[str, float | None] = Field(min_length=1)


class _Answer(BaseModel):
    model_config = ConfigDict(strict=True)

    results: list[_Result]


def client_of(base_url: str | None, seconds: float) -> Any:
    """Return an ``AsyncOpenAI`` client that asks once. Imports openai: up to a second.

    Args:
        base_url: The desk's OpenAI-compatible endpoint, or None for OpenAI's own.
        seconds: What a request may take.

    Raises:
        ConfigurationError: OpenAI's own endpoint, and no key in the environment.
    """
    key = os.environ.get("OPENAI_API_KEY") or ("unused" if base_url else "")
    if not key:
        raise ConfigurationError("guards.tier2: the judge `moderation` needs OPENAI_API_KEY, or `models.base_url`")
    openai = importlib.import_module("openai")
    return openai.AsyncOpenAI(api_key=key, base_url=base_url, timeout=seconds, max_retries=0)


@dataclass(frozen=True)
class ModerationJudge:
    """Asks the endpoint. Implements ``Judge``."""

    client: Any
    """An ``openai.AsyncOpenAI``; whoever made it closes it."""
    options: ModerationTier

    @property
    def kind(self) -> str:
        """``moderation``."""
        return self.options.kind

    @property
    def seconds(self) -> float:
        """What an opinion may take."""
        return self.options.seconds

    async def opinion(self, text: str, channel: Channel, *, clearing: bool = False) -> Opinion:
        """Return what the desk makes of the categories that were found; none: no opinion.

        Raises:
            ModelError: The endpoint's answer is not one result per input.
            openai.APIError: It could not be asked.
        """
        pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
        raw = await self.client.moderations.with_raw_response.create(input=pieces, model=self.options.model)
        return self._opinion(_read(raw.content, len(pieces)))

    def _opinion(self, results: list[_Result]) -> Opinion:
        found = sorted({name for result in results for name in self._found(result)})
        if not found:
            return Opinion(None)
        ranked = [(outcome, name) for outcome, names in self._policy() for name in found if name in names]
        rules = tuple(f"tier2:moderation:{_word(name)}" for _, name in ranked)
        noted = tuple(f"tier2:moderation:{_word(name)}" for name in found if name not in {name for _, name in ranked})
        if not ranked:
            # flagged for a category that the desk leaves to its people's patience
            return Opinion(None, 0.0, noted)
        outcome, name = ranked[0]
        return Opinion(outcome, _SCORE[outcome], (*rules, *noted), category=_word(name), reason="moderation")

    def _policy(self) -> tuple[tuple[Outcome, tuple[str, ...]], ...]:
        """Most severe first. What the endpoint flags under a name that we do not know keeps the turn from writing."""
        chosen = self.options
        return (
            ("refuse", tuple(chosen.refuses)),
            ("unsure", tuple(chosen.hands_over)),
            ("raise", (*chosen.raises, _UNKNOWN)),
        )

    def _found(self, result: _Result) -> list[str]:
        limit = self.options.threshold
        if limit is None:
            names = [name for name, hit in result.categories.items() if hit]
        else:
            names = [name for name, score in result.category_scores.items() if score is not None and score >= limit]
        known = [name for name in names if name in KNOWN]
        return known if len(known) == len(names) and (names or not result.flagged or limit) else [*known, _UNKNOWN]


def _word(name: str) -> str:
    return name.replace("/", "_").replace("-", "_")


def _read(content: bytes, expected: int) -> list[_Result]:
    try:
        results = _Answer.model_validate_json(content).results
    except ValidationError:
        raise ModelError("the moderation endpoint answered in another form") from None
    if len(results) != expected:
        raise ModelError("the moderation endpoint did not judge every part of the text")
    return results


__all__ = ["KNOWN", "PIECE", "ModerationJudge", "client_of"]
