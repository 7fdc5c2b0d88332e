"""Deps for tests of single nodes: a tiny desk, and collaborators that must not be touched unless a test names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from frontdesk.desk.config import DeskConfig, Intent, Page
from frontdesk.graph.deps import Deps, DeskView, Past
from frontdesk.graph.state import Channel, Verdict
from frontdesk.tools.contract import ToolContract


class Untouched:
    """Stands for a collaborator that the node under test has no business with."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"this node must not use {name}")


class Allowing:
    """A guard that finds nothing: any node may ask one."""

    async def check(self, text: str, channel: Channel, past: Past | None = None) -> Verdict:
        return Verdict(outcome="allow", rules=[], score=0.0)


@dataclass(frozen=True)
class TinyDesk:
    """Implements DeskView."""

    config: DeskConfig
    intents: Mapping[str, Intent] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    tools: Mapping[str, ToolContract] = field(default_factory=dict)


def tiny_desk(
    *, intents: Iterable[Intent] = (), pages: Iterable[Page] = (), tools: Iterable[ToolContract] = (), **config: Any
) -> TinyDesk:
    """A desk of the given parts; ``config`` goes into desk.yaml's record."""
    return TinyDesk(
        config=DeskConfig.model_validate({"name": "shop", "business": "Shop", **config}),
        intents={intent.name: intent for intent in intents},
        pages={page.id: page for page in pages},
        tools={tool.name: tool for tool in tools},
    )


def deps_with(desk: DeskView | None = None, **parts: Any) -> Deps:
    """Deps with the given parts; every other collaborator fails the test when it is used."""
    untouched = cast("Any", Untouched())
    names = (
        "scrubber vault guard router knowledge archive models gateway reviewer handoff prompts".split()  # noqa: SIM905
    )
    return Deps(desk=desk or tiny_desk(), **{**dict.fromkeys(names, untouched), "guard": Allowing(), **parts})
