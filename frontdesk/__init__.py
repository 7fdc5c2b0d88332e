"""frontdesk: an open customer-service agent as a LangGraph application.

The public names load what they need when they are first used; ``import frontdesk`` alone loads none of the libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontdesk.assembly import open_desk as open_desk
    from frontdesk.desk.load import Desk as Desk
    from frontdesk.errors import DeskError as DeskError
    from frontdesk.errors import FrontdeskError as FrontdeskError
    from frontdesk.graph.deps import Deps as Deps
    from frontdesk.graph.identity import Principal as Principal
    from frontdesk.graph.state import DeskState as DeskState
    from frontdesk.graph.wiring import build_graph as build_graph
    from frontdesk.reply import Reply as Reply
    from frontdesk.reply import RetractEvent as RetractEvent
    from frontdesk.reply import StageEvent as StageEvent
    from frontdesk.reply import TextEvent as TextEvent
    from frontdesk.service import FrontDesk as FrontDesk
    from frontdesk.settings import Settings as Settings

__version__ = "0.1.0"

_HOME = {
    "Deps": "frontdesk.graph.deps",
    "Desk": "frontdesk.desk.load",
    "DeskError": "frontdesk.errors",
    "DeskState": "frontdesk.graph.state",
    "FrontDesk": "frontdesk.service",
    "FrontdeskError": "frontdesk.errors",
    "Principal": "frontdesk.graph.identity",
    "Reply": "frontdesk.reply",
    "RetractEvent": "frontdesk.reply",
    "Settings": "frontdesk.settings",
    "StageEvent": "frontdesk.reply",
    "TextEvent": "frontdesk.reply",
    "build_graph": "frontdesk.graph.wiring",
    "open_desk": "frontdesk.assembly",
}

__all__ = [
    "Deps",
    "Desk",
    "DeskError",
    "DeskState",
    "FrontDesk",
    "FrontdeskError",
    "Principal",
    "Reply",
    "RetractEvent",
    "Settings",
    "StageEvent",
    "TextEvent",
    "build_graph",
    "open_desk",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module (PEP 562)."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'frontdesk' has no attribute {name!r}; public names are {', '.join(__all__)}")


def __dir__() -> list[str]:
    """List the public names."""
    return sorted([*__all__, "__version__"])
