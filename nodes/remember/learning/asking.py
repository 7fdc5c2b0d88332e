"""What a model reads in the customer's words: in a strict form, and only what those words support."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Annotated, Any, Final, Literal

from langchain_core.messages import HumanMessage, SystemMessage
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from frontdesk.graph.deps import Models, Prompts
from frontdesk.graph.memories import Note
from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.graph.values import AnswerForm
from frontdesk.models.keyless.words import stem
from frontdesk.nodes.remember.learning.clauses import statements
from frontdesk.nodes.remember.learning.keeping_out import is_order, plain

PROMPT: Final = "learn"
MAX_TOKENS: Final = 600
"""Tokens that the answer may have."""
MOST: Final = 5
"""Notes of one message."""
CONFIDENCE: Final = 0.7
"""Of a note that the words support."""
SUPPORTED: Final = 1.0
"""Share of a note's content words that must stand in the customer's own statements: all of them."""
_EMPTY_WORDS = (
    "a an and are as at be by customer do does for from has have he her his i in is it its like likes "
    "live lives my no not of on or our prefer prefers she that the their them they this to user wants was "
    "we with work works you your "
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
_WORD = re.compile(r"[^\W_]+")


class _Learnt(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    kind: Literal["preference", "fact"]
    about: Annotated[str, StringConstraints(pattern=r"^[a-z]+(\.[a-z_]+){0,2}$", max_length=40)]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]
    ended: bool


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    notes: Annotated[list[_Learnt], Field(max_length=MOST)]


def form() -> AnswerForm:
    """Return the form for a provider, in the strict subset of JSON schema."""
    fields: dict[str, Any] = {
        "kind": {"type": "string", "enum": ["preference", "fact"]},
        "about": {"type": "string"},
        "text": {"type": "string"},
        "ended": {"type": "boolean"},
    }
    note = {"type": "object", "properties": fields, "required": [*fields], "additionalProperties": False}
    schema = {
        "type": "object",
        "properties": {"notes": {"type": "array", "items": note}},
        "required": ["notes"],
        "additionalProperties": False,
    }
    return AnswerForm(name="notes_of_customer", schema=schema, max_tokens=MAX_TOKENS)


async def read_by_model(models: Models, prompts: Prompts, text: str, seconds: float) -> list[Note] | None:
    """Have the ``summary`` role read a message.

    Args:
        models: The chains.
        prompts: With the prompt ``learn``.
        text: The customer's masked message. Only its statements are shown: what they quote, ask or suppose is not.
        seconds: What it may take.

    Returns:
        What the words support; None where no hosted model answered in the form.
    """
    own = " ".join(clause.text + "." for clause in statements(text))
    if not own:
        return []
    messages = [SystemMessage(prompts.render(PROMPT)), HumanMessage(own)]
    completion = await models.complete("summary", messages, seconds=seconds, form=form())
    if completion.model == "keyless" or completion.message.tool_calls:
        return None
    said = str(completion.message.text)
    begins, ends = said.find("{"), said.rfind("}")
    try:
        answer = _Answer.model_validate_json(said[begins : ends + 1] if begins >= 0 else said)
    except ValidationError:
        return None
    known = _stems(own)
    return [note for each in answer.notes if (note := _note(each, own, known)) is not None]


def _note(said: _Learnt, own: str, known: Collection[str]) -> Note | None:
    """Return a note whose words are all the customer's; None for any other, and for what is no note of a customer."""
    if is_order(said.text) or not set(PLACEHOLDER.findall(said.text)) <= set(PLACEHOLDER.findall(own)):
        return None
    content = [word for word in _stems(said.text) if word not in _EMPTY]
    if not content or sum(word in known for word in content) < SUPPORTED * len(content):
        return None
    text = plain(said.text)
    if text is None:
        return None
    note = Note(
        kind=said.kind, about=said.about, text="" if said.ended else text, confidence=CONFIDENCE, source="model"
    )
    return Note(**{**note, "ended": True}) if said.ended else note


def _stems(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", PLACEHOLDER.sub(" ", text)).casefold()
    return [word if word in _EMPTY else stem(word) for word in _WORD.findall(folded)]


__all__ = ["MOST", "form", "read_by_model"]
