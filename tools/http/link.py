"""One back office over HTTP: its client, its circuit breaker, and who we are to it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpcore
import httpx

from frontdesk.errors import ConfigurationError
from frontdesk.models.breaker import CircuitBreaker
from frontdesk.models.causes import Cause, LinkError, retry_after
from frontdesk.tools.http.auth import NoTokenError, signing
from frontdesk.tools.http.filling import UnfitError
from frontdesk.tools.http.options import HttpConnection
from frontdesk.tools.http.outcomes import blame
from frontdesk.tools.http.sending import NotSentError, Sending
from frontdesk.tools.http.transport import ForbiddenAddressError, Resolve, open_client, resolve

logger = logging.getLogger(__name__)

REDIRECTS = 3
BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpx.HTTPError)
"""Ways in which no sound answer comes; httpx itself has only redirects to complain of."""


class Link:
    """Sends requests of one connection."""

    def __init__(
        self,
        name: str,
        options: HttpConnection,
        environment: Mapping[str, str],
        root: Path,
        lookup: Resolve = resolve,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the client; nothing is contacted.

        Args:
            name: The connection's, for log lines.
            options: Its options.
            environment: Where the secrets stand.
            root: The desk's folder.
            lookup: Resolver of names.
            clock: Seconds, for the breaker and tokens.

        Raises:
            ConfigurationError: A secret is not set, a certificate's file cannot be read, or the host is none.
        """
        self.options = options
        self._name = name
        self._base = options.url.rstrip("/")
        try:
            self._origin = httpx.URL(self._base)
        except httpx.InvalidURL:
            raise ConfigurationError("`url` has a host that no name and no address is written like") from None
        self._signing = signing(options.auth, environment, clock)
        self._client = open_client(options, root, lookup)
        self._breaker = CircuitBreaker(options.breaker, clock)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    @asynccontextmanager
    async def exchange(self, sending: Sending) -> AsyncIterator[httpx.Response]:
        """Send a request and give its answer, whose body is not read yet.

        Raises:
            NotSentError: Nothing was sent.
            UnfitError: The request would leave the connection's host or prefix; nothing was sent.
            httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException: The connection failed;
                ``sending.begun`` tells whether anything may have happened.
        """
        ticket = self._breaker.admit()
        if ticket is None:
            raise NotSentError
        began = time.monotonic()
        try:
            async with self._sent(sending) as response:
                self._answered(ticket, response)
                yield response
        except BROKEN as error:
            self._failed(ticket, _cause(error))
            raise
        except NoTokenError:
            self._failed(ticket, "auth")
            raise NotSentError from None
        except asyncio.CancelledError:
            # The contract's time is over, or the customer left: a long wait says something of the other side.
            if time.monotonic() - began >= self.options.timeouts.connect:
                self._failed(ticket, "timeout")
            raise
        finally:
            self._breaker.dropped(ticket)

    @asynccontextmanager
    async def _sent(self, sending: Sending) -> AsyncIterator[httpx.Response]:
        # a header of the contract never stands beside ours of the same name
        headers = httpx.Headers(self.options.headers)
        headers.update(sending.headers)
        headers.update(await self._signing.headers(self._client))
        request = self._request(sending, headers)
        response = await self._client.send(request, stream=True)
        try:
            for _ in range(REDIRECTS):
                onward = response.next_request
                if not sending.follow or onward is None or not _same_origin(onward.url, request.url):
                    break
                await response.aclose()
                response = await self._client.send(onward, stream=True)
            yield response
        finally:
            await response.aclose()

    def _request(self, sending: Sending, headers: httpx.Headers) -> httpx.Request:
        """Build a request. UnfitError: an argument would change where it goes, or it is too long."""
        try:
            request = self._client.build_request(
                sending.method,
                self._base + sending.target,
                headers=headers,
                content=sending.content,
                timeout=self._patience(sending.seconds),
                extensions={"trace": sending.trace},
            )
        except httpx.InvalidURL:
            raise UnfitError("no URL") from None
        wanted = f"{urlsplit(self._base).path}{sending.target}".encode("ascii")
        if not _same_origin(request.url, self._origin) or request.url.raw_path != wanted:
            raise UnfitError("the request would leave the connection's own place")
        return request

    def _patience(self, seconds: float) -> httpx.Timeout:
        parts = self.options.timeouts
        return httpx.Timeout(
            min(parts.read, seconds * 0.9),
            connect=min(parts.connect, seconds * 0.4),
            pool=min(parts.pool, seconds * 0.2),
        )

    def _answered(self, ticket: int, response: httpx.Response) -> None:
        cause = blame(response.status_code, response.headers)
        if cause == "auth" and self._signing.rejected():
            return
        if cause is None:
            self._breaker.succeeded(ticket)
        else:
            self._failed(ticket, cause, retry_after(response.headers))

    def _failed(self, ticket: int, cause: Cause, seconds: float | None = None) -> None:
        opened = self._breaker.failed(ticket, LinkError(cause, seconds))
        logger.warning("connection %s: %s%s", self._name, cause, "; left alone for a while" if opened else "")


def _cause(error: Exception) -> Cause:
    if isinstance(error, ForbiddenAddressError):
        logger.warning("a connection's name leads to an address that it may not reach")
    return "timeout" if isinstance(error, httpcore.TimeoutException) else "connection"


def _same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port) and not one.userinfo
