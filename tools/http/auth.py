"""How a connection says who we are: secrets out of the environment, and OAuth tokens while they last."""

from __future__ import annotations

import asyncio
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

import httpcore
import httpx

from frontdesk.errors import ConfigurationError
from frontdesk.tools.http.names import header_value
from frontdesk.tools.http.options import Auth, ClientCredentials
from frontdesk.tools.http.reading import BadAnswerError, document

EARLY = 30.0
"""Seconds before its end at which a token is not used any more."""
UNSTATED = 300.0
"""Seconds that a token is used for where nothing is said (RFC 6749, 5.1 only recommends to say it)."""
_LIMIT = 100_000


class NoTokenError(Exception):
    """No access token could be had; nothing was sent to the back office."""


class Signing(Protocol):
    """Gives the headers that say who we are."""

    async def headers(self, client: httpx.AsyncClient) -> Mapping[str, str]:
        """Return them. NoTokenError: they could not be had."""
        ...

    def rejected(self) -> bool:
        """Note that the back office did not accept them; return whether the next ones may be others."""
        ...


def variables(auth: Auth | None) -> list[str]:
    """Return the environment variables that a connection names."""
    if auth is None:
        return []
    client = auth.oauth2_client
    return [
        *([auth.bearer] if auth.bearer else []),
        *(auth.basic or []),
        *(auth.header or {}).values(),
        *([client.client_id, client.client_secret] if client else []),
    ]


def signing(auth: Auth | None, environment: Mapping[str, str], clock: Callable[[], float] = time.monotonic) -> Signing:
    """Return how a connection signs.

    Raises:
        ConfigurationError: A variable is not set or empty, or what it holds cannot stand in a header. Names it.
    """
    secrets = {name: environment.get(name, "") for name in variables(auth)}
    for name, value in secrets.items():
        if not value:
            raise ConfigurationError(f"the environment variable {name} is not set")
        try:
            header_value(value)
        except ValueError:
            raise ConfigurationError(f"the environment variable {name} holds more than printable ASCII") from None
    if auth is None:
        return Fixed({})
    if auth.oauth2_client is not None:
        client = auth.oauth2_client
        return Tokens(client, secrets[client.client_id], secrets[client.client_secret], clock)
    if auth.bearer is not None:
        return Fixed({"Authorization": f"Bearer {secrets[auth.bearer]}"})
    if auth.basic is not None:
        user, password = (secrets[name] for name in auth.basic)
        return Fixed({"Authorization": _basic(user, password)})
    return Fixed({name: secrets[variable] for name, variable in (auth.header or {}).items()})


class Fixed:
    """The same headers each time."""

    def __init__(self, made: Mapping[str, str]) -> None:
        """Take them."""
        self._made = made

    async def headers(self, client: httpx.AsyncClient) -> Mapping[str, str]:
        """See :class:`Signing`."""
        return self._made

    def rejected(self) -> bool:
        """See :class:`Signing`."""
        return False


class Tokens:
    """Access tokens for client credentials (RFC 6749, 4.4), one at a time."""

    def __init__(self, options: ClientCredentials, user: str, password: str, clock: Callable[[], float]) -> None:
        """Take the options, the client's id and secret, and a clock in seconds."""
        self._options = options
        self._authorization = _basic(quote(user, safe=""), quote(password, safe=""))
        self._clock = clock
        self._lock = asyncio.Lock()
        self._token = ""
        self._until = 0.0

    async def headers(self, client: httpx.AsyncClient) -> Mapping[str, str]:
        """See :class:`Signing`. Whoever comes while a token is asked for waits for that one."""
        async with self._lock:
            if not self._token or self._clock() >= self._until:
                await self._ask(client)
            return {"Authorization": f"Bearer {self._token}"}

    def rejected(self) -> bool:
        """See :class:`Signing`. The token may have been withdrawn; the next call asks for another."""
        self._token = ""
        return True

    async def _ask(self, client: httpx.AsyncClient) -> None:
        form = {"grant_type": "client_credentials", **({"scope": self._options.scope} if self._options.scope else {})}
        headers = {"Authorization": self._authorization}
        try:
            async with client.stream("POST", self._options.token_url, data=form, headers=headers) as response:
                if response.status_code != 200:
                    raise NoTokenError
                answer = await document(response, _LIMIT)
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, BadAnswerError):
            raise NoTokenError from None
        self._token, seconds = _token(answer)
        self._until = self._clock() + seconds - min(EARLY, seconds / 2)


def _token(answer: Any) -> tuple[str, float]:
    """Return an answer's token and for how many seconds it lasts. NoTokenError: there is none that we can use."""
    record = answer if isinstance(answer, dict) else {}
    token, seconds = record.get("access_token"), record.get("expires_in", UNSTATED)
    if not isinstance(token, str) or not token or str(record.get("token_type", "")).lower() != "bearer":
        raise NoTokenError
    try:
        return header_value(token), min(float(seconds), 86_400.0)
    except (TypeError, ValueError):
        raise NoTokenError from None


def _basic(user: str, password: str) -> str:
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"
