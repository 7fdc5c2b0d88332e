"""Watching a process's network: an audit hook for Python's own sockets, the kernel's counters for everything else."""

from __future__ import annotations

import ctypes
import fcntl
import ipaddress
import re
import socket
import struct
import sys
from pathlib import Path
from typing import Any

EVENTS = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}
OUTSIDE = "192.0.2.1"
"""TEST-NET-1 (RFC 5737): nobody's address."""


def is_local(host: Any) -> bool:
    """Whether a host is this machine; a Unix socket's path is, a name that must be looked up is not."""
    if host is None or isinstance(host, bytes) or host in ("", "localhost") or str(host).startswith(("/", "\0")):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def watch() -> list[str]:
    """Record every attempt to reach another machine, and let none succeed. Returns the list that grows."""
    seen: list[str] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in EVENTS:
            return
        target = arguments[0] if event.startswith("socket.geta") or event.startswith("socket.geth") else arguments[1]
        host = target[0] if isinstance(target, tuple) else target
        if not is_local(host):
            seen.append(f"{event} {host}")
            raise OSError("not in this test")

    sys.addaudithook(hook)
    return seen


def raise_loopback() -> None:
    """Switch on ``lo`` in a fresh network namespace, which has nothing else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        # SIOCSIFFLAGS with IFF_UP | IFF_RUNNING
        fcntl.ioctl(control, 0x8914, struct.pack("16sh", b"lo", 0x41))


def interfaces() -> list[str]:
    """Names of this namespace's network interfaces."""
    return [name for _, name in socket.if_nameindex()]


def counters() -> dict[str, int]:
    """What the kernel counted in this namespace: packets without a way out, and datagrams sent.

    A connection or datagram to another machine has no route here and counts; so does a question to a name server,
    which is a datagram even where the server listens on loopback. Nothing here uses UDP otherwise.
    """
    lines = Path("/proc/net/snmp").read_text(encoding="ascii").splitlines()
    found: dict[str, int] = {}
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        protocol = names.split(":")[0]
        pairs = zip(names.split()[1:], values.split()[1:], strict=True)
        found |= {f"{protocol}.{name}": int(value) for name, value in pairs}
    v6 = dict(re.findall(r"(\w+)\s+(\d+)", Path("/proc/net/snmp6").read_text(encoding="ascii")))
    return {
        "Ip.OutNoRoutes": found["Ip.OutNoRoutes"],
        "Udp.OutDatagrams": found["Udp.OutDatagrams"],
        "Ip6.OutNoRoutes": int(v6["Ip6OutNoRoutes"]),
        "Udp6.OutDatagrams": int(v6["Udp6OutDatagrams"]),
    }


def connect_natively() -> None:
    """Connect to another machine as native code does, past Python's hooks. Only where there is no way out."""
    assert interfaces() == ["lo"]
    libc = ctypes.CDLL(None, use_errno=True)
    line = libc.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK, 0)
    address = struct.pack("=H", socket.AF_INET) + struct.pack("!H4s8x", 443, socket.inet_aton(OUTSIDE))
    assert libc.connect(line, address, len(address)) == -1
    libc.close(line)
