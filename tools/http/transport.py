"""A client whose connections go to checked addresses only: the address that was judged is the one connected to.

A name is resolved once per connection and the TCP connection goes to that very address, so a name that resolves to
something else a moment later (DNS rebinding) reaches nothing. TLS still verifies the name.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any

import httpcore
import httpx

from frontdesk.errors import ConfigurationError
from frontdesk.tools.http.addresses import may_reach
from frontdesk.tools.http.options import HttpConnection, Tls

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Host and port to addresses; OSError: the name cannot be resolved."""


class ForbiddenAddressError(httpcore.ConnectError):
    """The name leads to an address that the connection may not reach; nothing was sent."""


async def resolve(host: str, port: int) -> list[str]:
    """Return a name's addresses in the order of the system's resolver, which runs in a thread."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Opens TCP connections to addresses that :func:`may_reach` allows."""

    def __init__(self, *, private: bool, lookup: Resolve = resolve) -> None:
        """Take whether private addresses are allowed, and the resolver."""
        self._private = private
        self._lookup = lookup
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """See httpcore. One forbidden address among several forbids the name: it is not what the operator meant."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._lookup(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout from None
        except OSError:
            raise httpcore.ConnectError from None
        if not addresses or not all(may_reach(address, private=self._private) for address in addresses):
            raise ForbiddenAddressError
        error: httpcore.ConnectError = httpcore.ConnectError()
        for address in addresses:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as failure:
                error = failure
        raise error

    async def sleep(self, seconds: float) -> None:
        """See httpcore."""
        await self._network.sleep(seconds)


class _Answer(httpx.AsyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> Any:
        async for chunk in self._stream:
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class GuardedTransport(httpx.AsyncBaseTransport):
    """Carries httpx's requests over guarded connections; its exceptions are httpcore's. Nothing is ever sent again."""

    def __init__(self, options: HttpConnection, context: ssl.SSLContext, lookup: Resolve = resolve) -> None:
        """Take a connection's options and its TLS context. No proxy of the environment is used."""
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=options.pool,
            max_keepalive_connections=options.pool,
            keepalive_expiry=5.0,
            retries=0,
            network_backend=GuardedNetwork(private=options.private, lookup=lookup),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx."""
        assert isinstance(request.stream, httpx.AsyncByteStream)
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Answer(answer.stream))

    async def aclose(self) -> None:
        """See httpx."""
        await self._pool.aclose()


def open_client(options: HttpConnection, root: Path, lookup: Resolve = resolve) -> httpx.AsyncClient:
    """Return a client for one connection; it keeps no cookies, follows nothing and reads no environment.

    Args:
        options: The connection's.
        root: The desk's folder, against which files are resolved.
        lookup: Resolver.

    Raises:
        ConfigurationError: A certificate's file cannot be read.
    """
    parts = options.timeouts
    return httpx.AsyncClient(
        transport=GuardedTransport(options, _context(options.tls, root), lookup),
        timeout=httpx.Timeout(parts.read, connect=parts.connect, pool=parts.pool),
        headers={"accept": "application/json", "accept-encoding": "identity", "user-agent": "frontdesk"},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
        trust_env=False,
    )


def _context(files: Tls, root: Path) -> ssl.SSLContext:
    try:
        if files.ca:
            context = ssl.create_default_context(cafile=str(root / files.ca))
        else:
            context = httpx.create_ssl_context(trust_env=False)
        if files.cert:
            context.load_cert_chain(root / files.cert, root / files.key if files.key else None)
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(f"a file under `tls` cannot be used ({type(error).__name__})") from None
    return context
