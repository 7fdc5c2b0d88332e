"""A loaded desk: everything that differs from one deployment to the next, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from frontdesk.desk.check import examine
from frontdesk.desk.config import DeskConfig, Intent, Page, ToolContract
from frontdesk.desk.draft import Entry
from frontdesk.desk.locate import locate
from frontdesk.errors import DeskError
from frontdesk.prompts.book import Prompt

R = TypeVar("R")


@dataclass(frozen=True)
class Desk:
    """A desk without faults. Implements ``frontdesk.graph.deps.DeskView``."""

    root: Path
    """The folder."""
    config: DeskConfig
    """desk.yaml."""
    intents: Mapping[str, Intent]
    """Intents by name, in the order of the file."""
    pages: Mapping[str, Page]
    """Knowledge pages by id, in the order of their files."""
    tools: Mapping[str, ToolContract]
    """Contracts by tool name, in the order of their files."""
    prompts: Mapping[str, Prompt]
    """The desk's own prompts by name: what ``PromptBook`` puts on top of the shipped ones."""

    @property
    def name(self) -> str:
        """The desk's short name, which is also the tenant."""
        return self.config.name

    @classmethod
    def load(cls, path: str | Path | None = None) -> Desk:
        """Read and check a desk. Nothing is built and nothing is contacted.

        Args:
            path: A folder, or the bare name of a shipped desk; None for the shipped ``retail``.

        Returns:
            The desk.

        Raises:
            DeskError: There is no such desk, or it has faults; all of them are listed with file, line and remedy.
        """
        root = locate(path)
        draft = examine(root)
        if draft.faults or draft.config is None:
            raise DeskError(str(path or root.name), draft.faults)
        return cls(
            root=root,
            config=draft.config.record,
            intents=_frozen({entry.record.name: entry for entry in draft.intents}),
            pages=_frozen({entry.record.id: entry for entry in draft.pages}),
            tools=_frozen({entry.record.name: entry for entry in draft.tools}),
            prompts=_frozen({entry.record.name: entry for entry in draft.prompts}),
        )


def _frozen(entries: Mapping[str, Entry[R]]) -> Mapping[str, R]:
    return MappingProxyType({name: entry.record for name, entry in entries.items()})
