"""What a prompt file may hold: its front matter, its template, and what can be wrong with them."""

from __future__ import annotations

from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.desk.files import Document
from frontdesk.desk.names import choose, listed
from frontdesk.errors import Fault
from frontdesk.tools.contract import NAME

RENDERING = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What a template that is no plain filling-in can raise."""
_RESERVED = frozenset({"name", "self"})
"""Parameters of ``PromptBook.render``."""


class PromptHeader(BaseModel):
    """The front matter of a prompt file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=NAME)
    """The file's name without ``.md``."""
    description: str = Field(min_length=5)
    """What the prompt is for, and who fills it."""
    variables: list[str] = Field(default_factory=list)
    """Everything that the template may use; all of them are given at each rendering."""


def environment() -> ImmutableSandboxedEnvironment:
    """Return the sandbox: no globals, no auto-escaping (the text goes to a model), undefined names are errors."""
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)
    made.globals.clear()
    return made


def template_faults(header: PromptHeader, document: Document) -> list[Fault]:
    """Return what is wrong with a prompt file beyond its front matter: name, syntax, undeclared variables."""
    faults = []
    stem = Path(document.file).stem
    if header.name != stem:
        faults.append(document.fault(("name",), f"`name` is `{header.name}`", f"name it `{stem}`, as the file"))
    for index, variable in enumerate(header.variables):
        if not variable.isidentifier() or variable in _RESERVED or variable in header.variables[:index]:
            problem = f"the variable `{variable}` stands twice, is reserved, or is no identifier"
            remedy = f"use letters, digits and _, each name once, and none of {listed(sorted(_RESERVED))}"
            faults.append(document.fault(("variables", index), problem, remedy))
    if not document.body:
        faults.append(Fault(document.file, document.body_line, "the prompt has no text", "write it below the `---`"))
    return [*faults, *_text_faults(header, document)]


def _text_faults(header: PromptHeader, document: Document) -> list[Fault]:
    made = environment()
    try:
        template = made.from_string(document.body)
        undeclared = meta.find_undeclared_variables(made.parse(document.body)) - set(header.variables)
    except TemplateSyntaxError as error:
        line = document.body_line + error.lineno - 1
        return [Fault(document.file, line, f"template syntax: {error.message}", "check braces, tags and filters")]
    faults = []
    for name in sorted(undeclared):
        problem = f"the template uses `{name}`, which is not declared"
        remedy = f"add it to `variables`, or {choose(name, header.variables)}"
        faults.append(Fault(document.file, _line_of(name, document), problem, remedy))
    if not faults:
        try:
            template.render(dict.fromkeys(header.variables, "x"))
        except RENDERING as error:
            problem = f"the template cannot be filled with text ({type(error).__name__})"
            faults.append(
                Fault(document.file, document.body_line, problem, "use `{{ name }}` and `{% if name %}` only")
            )
    return faults


def _line_of(name: str, document: Document) -> int:
    for offset, line in enumerate(document.body.split("\n")):
        if name in line:
            return document.body_line + offset
    return document.body_line
