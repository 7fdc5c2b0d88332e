"""Where a connection may lead: judged on the address, whatever the name looked like."""

from __future__ import annotations

import socket

import pytest

from frontdesk.desk.connecting import Connection
from frontdesk.errors import ConfigurationError, ToolFailedError
from frontdesk.testing.backoffice import BackOffice
from frontdesk.tools.backend import Resources
from frontdesk.tools.connectors.http import HttpBackend, build
from frontdesk.tools.http.addresses import may_reach
from tests.support.backoffice import WRITE, ask

PUBLIC = ("8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")
PRIVATE = (
    "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "100.64.0.1", "198.18.0.1", "::1", "fd12::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::1", "2002:a00:1::",
    "::127.0.0.1", "fec0::1", "2001:db8::1", "240.0.0.1", "192.0.2.1", "2001:0:102:304:0:0:80ff:fffe",
)  # fmt: skip
NEVER = (
    "169.254.169.254", "169.254.1.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::", "fe80::1%eth0",
    "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254", "0.0.0.0", "::", "224.0.0.1", "ff02::1",
    "::ffff:0:169.254.169.254", "not an address", "",
)  # fmt: skip
LOOPBACKS = {
    "name": "localhost",
    "address": "127.0.0.1",
    "decimal": "2130706433",
    "octal": "0177.0.0.1",
    "hexadecimal": "0x7f.0.0.1",
    "short": "127.1",
    "IPv6": "[::1]",
    "mapped": "[::ffff:127.0.0.1]",
    "mapped, in hexadecimal": "[::ffff:7f00:1]",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert may_reach(address, private=False)
    assert may_reach(address, private=True)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_where_it_is_allowed(address: str) -> None:
    assert not may_reach(address, private=False)
    assert may_reach(address, private=True)


@pytest.mark.parametrize("address", NEVER)
def test_never(address: str) -> None:
    assert not may_reach(address, private=False)
    assert not may_reach(address, private=True)


def public_only(url: str, *answers: list[str]) -> HttpBackend:
    """A connector whose connection is not private, with a resolver of its own where answers are given."""
    given = iter(answers)

    async def lookup(host: str, port: int) -> list[str]:
        return next(given)

    resources = Resources(connections={"shop": Connection(kind="http", options={"url": url})})
    return build(resources, lookup) if answers else build(resources)


@pytest.mark.parametrize("host", LOOPBACKS.values(), ids=LOOPBACKS)
async def test_no_way_of_writing_it_reaches_this_machine(host: str) -> None:
    async with BackOffice() as office:
        with pytest.raises((ToolFailedError, ConfigurationError)):
            await ask(public_only(f"https://{host}:{office.url.rpartition(':')[2]}"), WRITE)
    assert office.connections == 0


@pytest.mark.parametrize(
    "answers",
    [[["127.0.0.1"]], [["8.8.8.8", "127.0.0.1"]], [["127.0.0.1", "8.8.8.8"]], [[]]],
    ids=["private", "private after public", "private before public", "nothing"],
)
async def test_one_forbidden_address_forbids_the_name(answers: list[list[str]]) -> None:
    async with BackOffice() as office:
        backend = public_only(f"https://crm.example:{office.url.rpartition(':')[2]}", *answers)
        with pytest.raises(ToolFailedError):
            await ask(backend, WRITE)
        await backend.close()
    assert office.connections == 0


async def test_the_address_that_was_judged_is_the_one_connected_to() -> None:
    """A name that resolves to something else at a second look (rebinding) gets no second look."""
    looks: list[str] = []

    async def lookup(host: str, port: int) -> list[str]:
        looks.append(host)
        return ["127.0.0.1"] if len(looks) == 1 else ["169.254.169.254"]

    async with BackOffice() as office:
        options = {"url": f"http://crm.example:{office.url.rpartition(':')[2]}", "private": True}
        backend = build(Resources(connections={"shop": Connection(kind="http", options=options)}), lookup)
        await ask(backend)
        await ask(backend)
        await backend.close()
    assert looks == ["crm.example"]
    assert office.requests[0].headers["host"].startswith("crm.example:")


async def test_an_address_that_does_not_answer_gives_way_to_the_next() -> None:
    with socket.socket(socket.AF_INET6) as closed:
        closed.bind(("::1", 0))
        async with BackOffice() as office:
            port = office.url.rpartition(":")[2]

            async def lookup(host: str, port: int) -> list[str]:
                return ["::1", "127.0.0.1"]

            options = {"url": f"http://crm.example:{port}", "private": True}
            backend = build(Resources(connections={"shop": Connection(kind="http", options=options)}), lookup)
            assert (await ask(backend))["order_id"] == "10482"
            await backend.close()
