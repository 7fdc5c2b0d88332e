"""``frontdesk serve``."""

from __future__ import annotations

import ipaddress

import uvicorn

from frontdesk.cli.opening import demo_principal, load
from frontdesk.errors import SettingsError
from frontdesk.server.app import create_app


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def run(desk_name: str | None, *, host: str, port: int, demo: bool) -> None:
    """Serve until stopped.

    Raises:
        SettingsError: ``demo`` on an address that others can reach.
    """
    desk, settings = load(desk_name)
    host = host or settings.host
    port = settings.port if port < 0 else port
    if demo and not _loopback(host):
        raise SettingsError(f"--demo signs every caller in, so it is allowed on a loopback address only, not on {host}")
    app = create_app(desk, settings, demo_principal(desk, "") if demo else None)
    # The access log would hold thread ids and addresses; stages are logged with turn ids instead.
    uvicorn.run(app, host=host, port=port, access_log=False, log_level=settings.log_level.lower(), server_header=False)
