"""What goes to a hosted model besides messages: tools without our own ``x-`` keywords, and the form of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from langchain_core.language_models.chat_models import BaseChatModel

from frontdesk.graph.deps import AnswerForm

_NAMED = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
"""Keywords whose keys are names chosen by the author; a property may be called ``x-ray``."""


_LENGTH = {"BaseChatOpenAI": "max_tokens", "ChatAnthropic": "max_tokens", "ChatGoogleGenerativeAI": "max_output_tokens"}
"""What a client calls the bound of an answer, by the class that it descends from."""


def in_form(
    model: BaseChatModel, form: AnswerForm | None, tools: Sequence[Mapping[str, Any]] = (), **said: Any
) -> BaseChatModel:
    """Return ``model`` asked for one form of answer, as far as its client can say that; others read it in the prompt.

    Only clients of OpenAI's protocol take a schema as ``response_format``; the rest would answer with an error.

    Args:
        model: The client, as it was built.
        form: Of the answer; None: any.
        tools: OpenAI tool definitions that are offered.
        said: What is said beside all this.
    """
    if form is not None:
        kinds = {kind.__name__ for kind in type(model).__mro__}
        said |= {_LENGTH[kind]: form.max_tokens for kind in kinds & _LENGTH.keys() if form.max_tokens}
        if form.enforced and "BaseChatOpenAI" in kinds:
            shape = {"name": form.name, "strict": True, "schema": dict(form.schema)}
            said["response_format"] = {"type": "json_schema", "json_schema": shape}
    if tools:
        # at once: tools that are bound to a bound model take the place of what was bound before
        return cast("BaseChatModel", model.bind_tools([hosted_tool(tool) for tool in tools], **said))
    return cast("BaseChatModel", model.bind(**said)) if said else model


def hosted_tool(tool: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of an OpenAI tool definition in which every schema keyword that begins with ``x-`` is gone."""
    stripped = _strip(tool)
    assert isinstance(stripped, dict)
    return stripped


def _strip(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _entry(key, item) for key, item in value.items() if not str(key).startswith("x-")}
    if isinstance(value, list | tuple):
        return [_strip(item) for item in value]
    return value


def _entry(key: str, item: Any) -> Any:
    if key in {"const", "default", "enum", "examples"}:
        return item
    if key in _NAMED and isinstance(item, Mapping):
        return {name: _strip(schema) for name, schema in item.items()}
    return _strip(item)
