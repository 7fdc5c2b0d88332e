"""What several commands begin with: settings, desk, demo customer."""

from __future__ import annotations

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.load import Desk
from frontdesk.graph.identity import Principal
from frontdesk.settings import Settings, load_settings, quiet_environment


def load(desk_name: str | None) -> tuple[Desk, Settings]:
    """Return the desk and the settings; telemetry is off before anything else is imported.

    Args:
        desk_name: A folder or the name of a desk that ships; by default the one that the settings name.

    Raises:
        SettingsError: A variable is wrong.
        DeskError: The desk has faults; all of them are listed.
    """
    quiet_environment()
    settings = load_settings()
    return Desk.load(desk_name or settings.desk), settings


def demo_principal(desk: Desk, customer: str) -> Principal:
    """Return the desk's demo customer, or the named one with the same scopes; anonymous when the desk has none."""
    demo = desk.config.demo
    return signed_in(desk.config, customer or (demo.subject if demo else ""))


def signed_in(config: DeskConfig, customer: str) -> Principal:
    """Return a customer with the rights of the desk's demo customer (none where the desk has no such customer).

    Args:
        config: The desk's.
        customer: The customer's id; empty for a caller who has not signed in.
    """
    if not customer:
        return Principal(tenant=config.name)
    if config.demo is None:
        return Principal(customer, config.name)
    demo = config.demo
    return Principal(customer, config.name, frozenset(demo.scopes), roles=frozenset(demo.roles), verified=demo.verified)
