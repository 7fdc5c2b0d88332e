"""Tier 2: a separate classification model, asked when tier 1 is suspicious. It sees the masked message only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from langchain_core.messages import HumanMessage, SystemMessage
from pydantic import BaseModel, ConfigDict, ValidationError

from frontdesk.errors import ModelError
from frontdesk.graph.deps import Models, Prompts
from frontdesk.graph.state import Channel, Verdict


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    verdict: Literal["allow", "refuse"]
    category: Literal["none", "override", "extraction", "persona", "forgery", "misuse"]


@dataclass(frozen=True)
class ModelSecondTier:
    """Asks the model of the role ``guard``. Implements ``SecondTier``."""

    models: Models
    prompts: Prompts
    business: str
    seconds: float
    """What a call may take; the tier's own ``timeout`` in the desk's policy counts as well."""

    async def judge(self, text: str, channel: Channel, first: Verdict) -> Verdict:
        """Return the model's verdict in place of tier 1's, with the rules of both.

        Raises:
            ModelError: No model answered, or its answer is not the JSON object that was asked for. The policy of the
                tier (``guards.tier2.on_unavailable``) then applies.
        """
        system = self.prompts.render("guard", business=self.business)
        asked = [SystemMessage(system), HumanMessage(f'<message channel="{channel}">\n{text}\n</message>')]
        completion = await self.models.complete("guard", asked, seconds=self.seconds)
        if completion.model == "keyless":
            raise ModelError("the guard's model did not answer")
        try:
            answer = _Answer.model_validate_json(str(completion.message.text).strip())
        except ValidationError:
            # Not repaired and not quoted: an answer that was talked out of its form is no verdict.
            raise ModelError("the guard's model did not answer in the form asked for") from None
        rule = f"tier2:{answer.category}"
        if answer.verdict == "refuse":
            return Verdict(outcome="refuse", rules=[rule, *first["rules"]], score=1.0)
        return Verdict(outcome="allow", rules=[rule, *first["rules"]], score=first["score"])
