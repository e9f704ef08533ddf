"""Where in the internet an organizer's address may lead: to public addresses, never into the operator's own network."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

IP = IPv4Address | IPv6Address
PORTS = (80, 443)
# IPv6-only networks reach IPv4 through these (RFC 6052): the last 32 bits say whom.
TRANSLATED = IPv6Network("64:ff9b::/96")
# Of special use by IANA's registries, though some of the Python versions we run on take them for anybody's.
SPECIAL = (
    IPv4Network("192.0.0.0/24"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("2001::/23"),
    IPv6Network("3fff::/20"),
    IPv6Network("5f00::/16"),
    IPv6Network("fec0::/10"),
)

# Whether a connection to that address and port may be made.
Reach = Callable[[IP, int], bool]


class Unreachable(OSError):
    """The name leads to an address that may not be reached."""


def public(address: IP, port: int) -> bool:
    """The usual Reach: web ports of addresses that the whole internet can reach.

    An address that carries another inside is as good as that one.
    """
    return port in PORTS and everybodys(address)


def everybodys(address: IP) -> bool:
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return everybodys(inner)
    special = any(address in network for network in SPECIAL if network.version == address.version)
    return address.is_global and not (special or address.is_multicast or address.is_reserved)


class CarefulResolver(AbstractResolver):
    """Finds the addresses of a name, and refuses the name when one of them may not be reached.

    The connection is made to what was judged here: a name that says something else the next moment changes nothing.
    """

    def __init__(self, inner: AbstractResolver, reach: Reach) -> None:
        self._inner = inner
        self._reach = reach

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises Unreachable, or OSError for a name that is not known."""
        found = await self._inner.resolve(host, port, family)
        if not found or not all(self._reach(ip_address(one["host"]), port) for one in found):
            raise Unreachable(host)
        return found

    async def close(self) -> None:
        await self._inner.close()
