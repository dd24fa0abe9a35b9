"""Whatever a calendar server answers, what is wrong is said in one word, and nothing it sends is run or followed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.app.caldav import LARGEST, NotRead, Source, files_of
from bot.app.calendars import read_sources
from bot.app.tables import BadTable
from bot.booking.reading import Fault

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
MULTISTATUS = """<?xml version="1.0" encoding="utf-8"?>{before}
<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><response><href>/a.ics</href>
<propstat><prop><C:calendar-data>{data}</C:calendar-data></prop></propstat></response></multistatus>"""


@contextmanager
def answering(status: int, body: bytes, **headers: str) -> Iterator[str]:
    """The address of a server that answers everything so."""

    class Handler(BaseHTTPRequestHandler):
        def do_REPORT(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(body))}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Not in the output of the tests."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def source(folder: Path, address: str) -> Source:
    (folder / "password").write_text("secret")
    return Source(post="desk_a", address=address, user="sara", password_file=folder / "password")


def fault(folder: Path, status: int, body: bytes, **headers: str) -> Fault:
    with answering(status, body, **headers) as address, pytest.raises(NotRead) as caught:
        files_of(source(folder, address), NOW, NOW + timedelta(days=1))
    return caught.value.fault


def test_files_are_read_from_an_answer_as_it_should_be(tmp_path: Path) -> None:
    body = MULTISTATUS.format(before="", data="BEGIN:VCALENDAR&#13;\nEND:VCALENDAR").encode()
    with answering(207, body) as address:
        assert files_of(source(tmp_path, address), NOW, NOW) == ["BEGIN:VCALENDAR\r\nEND:VCALENDAR"]


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (207, b"<html>no XML", Fault.UNREADABLE),
        (207, b"\xff\xfe<\x00", Fault.UNREADABLE),
        (207, MULTISTATUS.format(before='<!doctype a [<!ENTITY x "y">]>', data="&x;").encode(), Fault.UNREADABLE),
        (200, b"BEGIN:VCALENDAR", Fault.AWAY),
        (401, b"", Fault.PASSWORD),
        (403, b"", Fault.PASSWORD),
        (404, b"", Fault.ADDRESS),
        (405, b"", Fault.ADDRESS),
        (500, b"", Fault.AWAY),
        (207, b" " * (LARGEST + 1), Fault.TOO_LARGE),
    ],
)
def test_what_is_wrong_has_one_word(tmp_path: Path, status: int, body: bytes, expected: Fault) -> None:
    assert fault(tmp_path, status, body) is expected


def test_a_password_does_not_follow_to_another_place(tmp_path: Path) -> None:
    assert fault(tmp_path, 302, b"", location="http://127.0.0.1:1/elsewhere") is Fault.ADDRESS


def test_a_server_that_is_not_there_is_away(tmp_path: Path) -> None:
    with pytest.raises(NotRead, match=r"^away$"):
        files_of(source(tmp_path, "http://127.0.0.1:1/"), NOW, NOW)


def test_without_its_file_a_password_is_wrong(tmp_path: Path) -> None:
    missing = Source(post="a", address="http://127.0.0.1:1/", user="sara", password_file=tmp_path / "none")
    with pytest.raises(NotRead, match=r"^password$"):
        files_of(missing, NOW, NOW)


def a_table(folder: Path, address: str, password_file: str = "password", more: str = "") -> Path:
    (folder / "password").write_text("canary")
    table = folder / "calendars.toml"
    values = f'post = "desk_a#2"\naddress = "{address}"\nuser = "sara"\npassword_file = "{password_file}"\n{more}'
    table.write_text(f"[[calendar]]\n{values}")
    return table


def test_the_table_names_post_address_user_and_where_the_password_is(tmp_path: Path) -> None:
    (one,) = read_sources(a_table(tmp_path, "https://cloud.example.org/dav/sara/work/"))
    assert (one.post, one.user, one.password_file) == ("desk_a#2", "sara", tmp_path / "password")
    assert "canary" not in repr(one)
    assert read_sources(None) == ()


@pytest.mark.parametrize(
    ("address", "file", "more", "fault"),
    [
        ("http://cloud.example.org/dav/", "password", "", "calendar 1, address: allowed is .*https://"),
        ("https://sara:canary@cloud.example.org/", "password", "", "without a user or a password"),
        ("work", "password", "", "calendar 1, address: allowed is .*https://"),
        ("https://cloud.example.org/", "none", "", "calendar 1, password_file: allowed is the path of a file"),
        ("https://cloud.example.org/", "password", 'password = "canary"', "password: allowed is one of post"),
    ],
)
def test_a_fault_in_the_table_is_named_without_a_password(
    tmp_path: Path, address: str, file: str, more: str, fault: str
) -> None:
    with pytest.raises(BadTable, match=fault) as caught:
        read_sources(a_table(tmp_path, address, file, more))
    assert "canary" not in str(caught.value)
