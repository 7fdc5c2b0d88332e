"""Which addresses a connection may reach. Pure; decided on the resolved address, whatever the name looked like."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

METADATA = frozenset(
    ip_address(text)
    for text in (
        "169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254",
        "fd20:ce::254",
    )
)  # fmt: skip
"""Metadata services of AWS, Azure, Google and others; Alibaba; Azure's wire server; Oracle; AWS, Google over IPv6."""
_NAT64: tuple[IPv6Network, ...] = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0:0/96")))
"""Of NAT64 (RFC 6052, RFC 8215), and of stateless translation (RFC 2765)."""
_SITE_LOCAL = ip_network("fec0::/10")


def may_reach(address: str, *, private: bool) -> bool:
    """Return whether a connection may be opened to an address.

    Args:
        address: IPv4 or IPv6 in the form that the resolver gives, with or without a zone. IPv4 within IPv6 (mapped,
            compatible, 6to4, Teredo, NAT64) is judged by the IPv4 address as well.
        private: Whether private networks and this machine itself are allowed. Link-local, multicast, unspecified and
            metadata addresses never are.
    """
    try:
        given = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    translated = _translated(given)
    if translated is not None:
        return _allowed(translated, private=private)
    return all(_allowed(one, private=private) for one in (given, *_embedded(given)))


def _allowed(address: IPv4Address | IPv6Address, *, private: bool) -> bool:
    if address in METADATA or address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    if private:
        return True
    inside = address.is_private or address.is_loopback or address.is_reserved or not address.is_global
    return not inside and address not in _SITE_LOCAL


def _translated(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address is only another way of writing."""
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return _low(address) if any(address in network for network in _NAT64) else None


def _embedded(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """Return the IPv4 addresses that a tunnel would lead to."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.sixtofour, *(address.teredo or ())]
    if int(address) >> 32 == 0 and int(address) > 1:
        found.append(_low(address))  # IPv4-compatible, deprecated by RFC 4291
    return [one for one in found if one is not None]


def _low(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)
