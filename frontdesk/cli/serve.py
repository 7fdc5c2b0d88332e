"""``frontdesk serve``."""

from __future__ import annotations

import ipaddress
import socket
import warnings
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

import uvicorn
from rich.console import Console

from frontdesk import __version__
from frontdesk.cli.logs import begin
from frontdesk.cli.opening import demo_principal, load
from frontdesk.errors import SettingsError
from frontdesk.settings import Settings

_REACHED = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - names, not a bind
"""Where this machine reaches a server that listens on every interface."""


class DeskServer(uvicorn.Server):
    """A server that opens the desk itself, so that what is wrong with it is an error and not a logged stack trace."""

    def __init__(self, config: uvicorn.Config, lifespan: AbstractAsyncContextManager[Any], console: Console) -> None:
        """Take the configuration (with ``lifespan="off"``), the app's lifespan, and where to say the addresses."""
        super().__init__(config)
        self._lifespan = lifespan
        self._console = console
        self._stack = AsyncExitStack()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the desk, listen, and say where.

        Raises:
            ConfigurationError: The desk cannot be opened.
        """
        await self._stack.enter_async_context(self._lifespan)
        try:
            await super().startup(sockets)
        finally:
            # not started: the port is taken (uvicorn has logged it and raises SystemExit), or a signal came
            if not self.started:
                await self._stack.aclose()
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._console.print(addresses(host, port), highlight=False)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, finish what runs, close the desk."""
        await super().shutdown(sockets)
        await self._stack.aclose()


def addresses(host: str, port: int) -> str:
    """Return where everything is, for a person who reads the terminal."""
    shown = f"[{host}]" if ":" in host else host
    base = f"http://{_REACHED.get(host, shown)}:{port}"
    places = {"chat API": "/chat/invoke", "playground": "/chat/playground/", "reference": "/docs", "health": "/readyz"}
    return "\n".join([*(f"{name:<11} {base}{path}" for name, path in places.items()), "Ctrl-C stops the server."])


def loopback(host: str) -> bool:
    """Tell whether only this machine can reach ``host``; a name other than localhost counts as reachable."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def run(desk_name: str | None, *, host: str, port: int, demo: bool) -> None:
    """Serve until stopped.

    Args:
        desk_name: A folder or the name of a desk that ships; by default the one that the settings name.
        host: Address to listen on; empty for that of the settings.
        port: Port; 0 for any free one, negative for that of the settings.
        demo: Callers without a token are the desk's demo customer.

    Raises:
        SettingsError: ``demo`` on an address that others can reach.
        ConfigurationError: The desk has faults, a setting is wrong, or there is no usable Redis.
    """
    console = Console(highlight=False)
    desk, settings = load(desk_name)
    host = host or settings.host
    if demo and not loopback(host):
        raise SettingsError(f"--demo signs every caller in, so it is allowed on a loopback address only, not on {host}")
    console.print(f"frontdesk {__version__}: opening the desk {desk.config.name} …", markup=False)
    begin(console, settings)
    from frontdesk.server.app import create_app  # seconds of imports, after the first line

    # LangServe's playground asks for stream_log; the operator cannot change that
    warnings.filterwarnings("ignore", message="astream_log is deprecated")
    app = create_app(desk, settings, demo_principal(desk, settings.demo_subject or "") if demo else None)
    config = configured(app, settings, host, settings.port if port < 0 else port)
    server = DeskServer(config, app.router.lifespan_context(app), console)
    try:
        server.run()
    except KeyboardInterrupt:  # the server has stopped in good order and hands the signal on
        return
    if not server.started:
        raise SystemExit(1)


def configured(app: Any, settings: Settings, host: str, port: int) -> uvicorn.Config:
    """Return uvicorn's configuration."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        lifespan="off",
        access_log=False,  # it would hold thread ids and addresses; stages are logged with turn ids instead
        log_level=settings.log_level.lower(),
        server_header=False,
    )
