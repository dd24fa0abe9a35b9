"""Tests speak to this machine only."""

from __future__ import annotations

import socket

import pytest


def test_a_test_that_speaks_to_another_machine_is_stopped() -> None:
    with socket.socket() as client, pytest.raises(Exception, match=r"socket\.connect to 192\.0\.2\.1"):
        client.connect(("192.0.2.1", 80))


def test_a_test_that_asks_for_the_address_of_another_machine_is_stopped() -> None:
    with pytest.raises(Exception, match=r"the address of 'api\.telegram\.org' was asked for"):
        socket.getaddrinfo("api.telegram.org", 443)


def test_this_machine_may_be_spoken_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
