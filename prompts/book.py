"""Prompts by name: one Markdown file each, variables declared, filled strictly.

A file's front matter says ``name``, ``description`` and ``variables``; the rest is a Jinja2 template in a sandbox
without globals. Values are inserted as they are and never evaluated again, so a customer's ``{{ x }}`` stays text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Template

from frontdesk.desk.files import Document, parse_markdown, read_text
from frontdesk.desk.names import choose, listed
from frontdesk.desk.records import build
from frontdesk.errors import ConfigurationError, DeskError, Fault
from frontdesk.prompts.template import RENDERING, PromptHeader, environment, template_faults


@dataclass(frozen=True)
class Prompt:
    """One prompt."""

    name: str
    description: str
    variables: frozenset[str]
    template: str
    """Jinja2 text without the front matter."""
    digest: str
    """First 12 hex digits of the SHA-256 of the whole file (line ends as ``\\n``)."""

    @classmethod
    def of(cls, header: PromptHeader, document: Document) -> Prompt:
        """Make a prompt of a file that :func:`template_faults` finds nothing wrong with."""
        digest = hashlib.sha256(document.source.encode()).hexdigest()[:12]
        return cls(header.name, header.description, frozenset(header.variables), document.body, digest)


class PromptBook:
    """The shipped prompts, with a desk's own on top. Implements ``frontdesk.graph.deps.Prompts``."""

    def __init__(self, overrides: Mapping[str, Prompt] | None = None) -> None:
        """Take the desk's own prompts by name."""
        self._prompts = {**shipped_prompts(), **(overrides or {})}
        self._environment = environment()
        self._compiled: dict[str, Template] = {}

    @property
    def names(self) -> list[str]:
        """The names of all prompts, sorted."""
        return sorted(self._prompts)

    def get(self, name: str) -> Prompt:
        """Return a prompt; an unknown name raises ConfigurationError with the names that exist."""
        if name not in self._prompts:
            raise ConfigurationError(f"unknown prompt `{name}`: {choose(name, self.names)}")
        return self._prompts[name]

    def render(self, name: str, **variables: str) -> str:
        """Fill a prompt.

        Args:
            name: The prompt's name.
            variables: Exactly the declared variables, as text.

        Returns:
            The text.

        Raises:
            ConfigurationError: Unknown name, or missing, unknown or non-text variables; all of them are named.
        """
        prompt = self.get(name)
        _check_variables(prompt, variables)
        try:
            if name not in self._compiled:  # compiling takes ten times as long as filling
                self._compiled[name] = self._environment.from_string(prompt.template)
            return self._compiled[name].render(variables)
        except RENDERING as error:
            # the class only: the message may quote a value, and values are customers' words
            raise ConfigurationError(f"prompt `{name}` cannot be filled: {type(error).__name__}") from None

    def digest(self, name: str) -> str:
        """Return the prompt's version: the first 12 hex digits of its SHA-256."""
        return self.get(name).digest


@lru_cache(maxsize=1)
def shipped_prompts() -> Mapping[str, Prompt]:
    """Read the prompts that ship with frontdesk. A fault in one of them raises DeskError (a fault of ours)."""
    prompts: dict[str, Prompt] = {}
    faults: list[Fault] = []
    for resource in sorted(files("frontdesk.prompts").iterdir(), key=lambda entry: entry.name):
        if not resource.name.endswith(".md"):
            continue
        found = _load(Path(str(resource)))
        if isinstance(found, Prompt):
            prompts[found.name] = found
        else:
            faults.extend(found)
    if faults:
        raise DeskError("frontdesk.prompts", faults)
    return prompts


def _load(path: Path) -> Prompt | list[Fault]:
    text = read_text(path, path.name)
    document = text if isinstance(text, Fault) else parse_markdown(text, path.name)
    if isinstance(document, Fault):
        return [document]
    header, faults = build(PromptHeader, document, document.data)
    faults = [*document.faults, *faults, *(template_faults(header, document) if header else ())]
    return Prompt.of(header, document) if header and not faults else faults


def _check_variables(prompt: Prompt, given: Mapping[str, str]) -> None:
    problems = []
    if missing := sorted(prompt.variables - given.keys()):
        problems.append(f"missing: {listed(missing)}")
    if unknown := sorted(given.keys() - prompt.variables):
        problems.append(f"unknown: {listed(unknown)}")
    if wrong := sorted(name for name, value in given.items() if not isinstance(value, str)):
        problems.append(f"not text: {listed(wrong)}")
    if problems:
        declared = listed(sorted(prompt.variables))
        raise ConfigurationError(f"prompt `{prompt.name}`: {'; '.join(problems)} (declared: {declared})")
