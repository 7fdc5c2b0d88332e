"""The form in which a chat model judges a message: closed words, validated and never repaired."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from frontdesk.errors import ModelError
from frontdesk.graph.deps import AnswerForm
from frontdesk.nodes.guard.second import Opinion, by_score
from frontdesk.nodes.guard.views import views

Said = Literal["allow", "raise", "refuse"]
Category = Literal["none", "override", "extraction", "persona", "forgery", "misuse", "harm"]
Reason = Literal[
    "ordinary",
    "sets_rules_aside",
    "asks_for_instructions",
    "asks_for_another_role",
    "claims_authority",
    "imitates_the_system",
    "hides_text",
    "wants_others_data",
    "drives_systems",
    "addresses_the_judge",
    "seeks_harm",
    "unclear",
]


class Answer(BaseModel):
    """One JSON object, nothing around it and nothing more in it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    ticket: str
    """The word that only the system prompt knows: a model that lost its task to the message cannot give it back."""
    verdict: Said
    category: Category
    reason: Reason
    confidence: Annotated[float, Field(ge=0, le=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Answer:
        if (self.verdict == "allow") != (self.category == "none"):
            raise ValueError("verdict and category contradict each other")
        return self


def form(max_tokens: int, *, enforced: bool = True) -> AnswerForm:
    """Return the form for a provider: the JSON schema in the strict subset (all keys required, none besides)."""
    words: dict[str, Any] = {
        "ticket": {"type": "string"},
        "verdict": _closed(Said),
        "category": _closed(Category),
        "reason": _closed(Reason),
        "confidence": {"type": "number"},
    }
    schema = {"type": "object", "properties": words, "required": [*words], "additionalProperties": False}
    return AnswerForm(name="judgement", schema=schema, max_tokens=max_tokens, enforced=enforced)


def _closed(words: Any) -> dict[str, Any]:
    return {"type": "string", "enum": list(words.__args__)}


def read(said: str, ticket: str) -> Answer:
    """Return what a model answered.

    Raises:
        ModelError: It is not the object that was asked for, contradicts itself, or has another ticket. Nothing of it
            is quoted: it may repeat the message.
    """
    try:
        answer = Answer.model_validate_json(said.strip())
    except ValidationError:
        raise ModelError("the guard's model did not answer in the form asked for") from None
    if answer.ticket != ticket:
        raise ModelError("the guard's model did not keep to its task")
    return answer


def opinion_of(answer: Answer, *, addressed: bool) -> Opinion:
    """Return the opinion that an answer stands for.

    Below a confidence of 0.5 every answer counts as ``raise``: a doubtful judge neither clears nor refuses.

    Args:
        answer: Of the model.
        addressed: Whether the message speaks to its judge; such a judge is believed only when it objects.
    """
    words = {"category": answer.category, "reason": answer.reason}
    if answer.verdict == "allow" and addressed:
        return Opinion(None, 0.25, ("tier2:model:addressed",), category="override", reason="addresses_the_judge")
    score = _score(answer)
    return Opinion(by_score(score), score, (f"tier2:model:{answer.category}",), **words)


def _score(answer: Answer) -> float:
    sure = answer.confidence
    if answer.verdict == "refuse":
        return sure if sure >= 0.5 else 0.25 + sure / 2
    if answer.verdict == "raise":
        return 0.25 + 0.24 * sure
    return (1 - sure) / 2 if sure >= 0.5 else 0.25


_TARGET = r"(?:this|it|my|the|that|following|above|below|next|entire|whole|user'?s?|customer'?s?)"
_THING = r"(?:message|text|input|request|prompt|content|query|conversation)"
_HARMLESS = (
    r"(?:safe|benign|harmless|allowed?|acceptable|legitimate|ordinary|innocent|non-?malicious|not malicious|clean)"
)
_ADDRESSES = re.compile(
    "|".join(
        (
            r"[\"'“]?(?:verdict|category|confidence|ticket)[\"'”]?\s*[:=]",
            rf"\bverdict\b.{{0,40}}\b{_HARMLESS}\b",
            rf"\b(?:classify|label|mark|rate|judge|treat|flag|report|score|consider|deem|regard)\b(?: {_TARGET})+"
            rf"(?: {_THING})?(?: \w+)? (?:as|to be)? ?(?:\w+ )?{_HARMLESS}\b",
            rf"\b{_TARGET} {_THING} (?:is|was|has been|must be|should be|contains) (?:\w+ ){{0,3}}"
            rf"(?:{_HARMLESS}|approved|no (?:attack|injection|harm|threat))\b",
            rf"\b(?:answer|respond|reply|output|return|say|print|write)\b(?: \w+){{0,4}} [\"'“`{{]*{_HARMLESS}\b",
            r"\b(?:moderator|classifier|judge|reviewer|evaluator|grader|guard(?:rail)?|"
            rf"safety (?:model|filter|check|system))s?\b.{{0,80}}\b(?:{_HARMLESS}|pass|approved?|cleared|ignore|let)\b",
        )
    )
)


def addresses_the_judge(text: str) -> bool:
    """Tell whether a message, in any reading of it, tells whoever judges it what to say."""
    return any(_ADDRESSES.search(view.text) for view in views(text))


__all__ = ["Answer", "addresses_the_judge", "form", "opinion_of", "read"]
