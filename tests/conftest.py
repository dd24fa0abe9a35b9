"""What holds for every test: no network beyond this machine, and a run that can be repeated."""

from __future__ import annotations

import sys
from ipaddress import ip_address

from hypothesis import settings

HERE = frozenset({"localhost", "localhost.localdomain", "", "0.0.0.0", "::"})


class NetworkInTest(Exception):
    """A test spoke to another machine. Tests speak to this one only."""


def _is_here(host: object) -> bool:
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return name in HERE or ip_address(name).is_loopback
    except ValueError:
        return False


def _refuse_other_machines(event: str, given: tuple[object, ...]) -> None:
    """Sees what Python's own sockets are about to do; a Unix socket's address is a path, not a pair."""
    if event in ("socket.connect", "socket.sendto"):
        address = given[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise NetworkInTest(f"{event} to {address[0]}")
    if event == "socket.getaddrinfo" and not _is_here(given[0]):
        raise NetworkInTest(f"the address of {given[0]!r} was asked for")


sys.addaudithook(_refuse_other_machines)
settings.register_profile("lotse", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("lotse")
