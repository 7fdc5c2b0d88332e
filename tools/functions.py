"""Options of the python connector, and what a function's exception means."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from frontdesk.errors import ToolRefusedError
from frontdesk.tools.contract import NAME
from frontdesk.tools.reasons import refused

REASON = "not_possible"


class FunctionOptions(BaseModel):
    """See ``tools/connectors/python.py``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    function: str = ""
    """``file.py:function`` or ``module:function``."""
    factory: str = ""
    """The same form; what it returns has the tools as methods."""
    method: str = Field(default="", pattern=r"^([A-Za-z]\w*)?$")
    """Of the factory's object; empty: the tool's name."""
    constants: dict[str, Any] = Field(default_factory=dict, alias="with")
    """Given by name to the function or the factory."""
    spread: bool = False
    """Arguments by name instead of a dict and the call."""
    into: str = Field(default="", pattern=r"^([A-Za-z_]\w*)?$")
    """Field under which the result is put; empty: it is the result."""
    refuses: dict[str, str] = Field(default_factory=dict)
    """Exception's class to the closed reason."""
    message: str = "That is not possible. Nothing was changed."
    """What the customer reads then."""
    messages: list[str] = Field(default_factory=list)
    """Texts of exceptions that the customer may read as they are."""

    @field_validator("refuses", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return dict.fromkeys(value, REASON) if isinstance(value, list) else value

    @model_validator(mode="after")
    def _one(self) -> FunctionOptions:
        if bool(self.function) == bool(self.factory):
            raise ValueError("exactly one of function, factory")
        if self.method and not self.factory:
            raise ValueError("a method needs a factory")
        if [reason for reason in self.refuses.values() if not _named(reason)]:
            raise ValueError("a reason is a name")
        return self


def declined(options: FunctionOptions, tool: str, error: Exception) -> ToolRefusedError | None:
    """Return the refusal that a function's exception stands for; None: it declared nothing of that class.

    The exception's text is a program's and may hold anything: it is told only where ``messages`` has it word for word.
    """
    for cls in type(error).__mro__:
        if cls.__name__ in options.refuses:
            text = str(error.args[0]) if error.args else ""
            return refused(tool, options.refuses[cls.__name__], text if text in options.messages else options.message)
    return None


def _named(reason: str) -> bool:
    return re.fullmatch(NAME, reason) is not None
