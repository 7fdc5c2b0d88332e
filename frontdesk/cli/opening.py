"""What several commands begin with: settings, desk, demo customer."""

from __future__ import annotations

from frontdesk.desk.load import Desk
from frontdesk.graph.identity import Principal
from frontdesk.settings import Settings, load_settings, quiet_environment


def load(desk_name: str | None) -> tuple[Desk, Settings]:
    """Return the desk and the settings; telemetry is off before anything else is imported."""
    quiet_environment()
    settings = load_settings()
    return Desk.load(desk_name or settings.desk), settings


def demo_principal(desk: Desk, customer: str) -> Principal:
    """Return the desk's demo customer, or the named one with the same scopes; anonymous when the desk has none."""
    demo = desk.config.demo
    if demo is None:
        return Principal(tenant=desk.config.name)
    return Principal(customer or demo.subject, desk.config.name, frozenset(demo.scopes))
