"""The postman hands mail in to a real server, and says truly what became of it, whatever the server does."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from bot.channels.mail_port import Later, Mail, MailServer, Outcome, Rejected, Security, Shut, Taken
from bot.channels.mail_smtp import SmtpPostman
from tests.calendars.post_office import DROPS, PASSWORD, USER, PostOffice, a_certificate, post_office

MAIL: Final = Mail(
    sender="lotse@kim.example", recipient="kalender@stelle.example", body=b"Subject: Termin\r\n\r\n.hidden?\r\n"
)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("a certificate is made with openssl, which is not here")
    return a_certificate(tmp_path_factory.mktemp("certificate"))


def hand_in(server: MailServer, mails: int = 1, patience: float = 5.0) -> list[Outcome]:
    async def all_of_them() -> list[Outcome]:
        postman = SmtpPostman(server, patience, patience)
        outcomes = [await postman.deliver(MAIL) for _ in range(mails)]
        await postman.close()
        return outcomes

    return asyncio.run(all_of_them())


def test_what_is_handed_in_arrives_as_it_was(office: PostOffice) -> None:
    assert hand_in(office.access()) == [Taken()]
    (letter,) = office.letters
    assert (letter.sender, letter.recipient) == (MAIL.sender, MAIL.recipient)
    assert letter.body == MAIL.body


def test_many_go_over_one_connection(office: PostOffice) -> None:
    assert hand_in(office.access(), 5) == [Taken()] * 5
    assert (len(office.letters), office.connections) == (5, 1)


@pytest.mark.parametrize(
    ("command", "answer", "outcome"),
    [
        ("rcpt", "450 4.2.1 try later", Later("450 4.2.1 try later")),
        ("rcpt", "452 4.2.2 mailbox full", Later("452 4.2.2 mailbox full")),
        ("rcpt", "550 5.1.1 no such mailbox", Rejected("550 5.1.1 no such mailbox")),
        ("data", "451 4.3.0 come back", Later("451 4.3.0 come back")),
        ("data", "554 5.7.1 we do not like it", Rejected("554 5.7.1 we do not like it")),
        ("rcpt", "421 4.3.2 closing", Later("421 4.3.2 closing")),
        ("mail", "550 5.7.1 sender not known", Shut("550 5.7.1 sender not known")),
        ("mail", "451 4.7.1 not now", Shut("451 4.7.1 not now")),
    ],
)
def test_a_refusal_is_for_now_or_for_ever_or_none_of_the_letters_fault(
    office: PostOffice, command: str, answer: str, outcome: Outcome
) -> None:
    office.refuses(command, answer)
    assert hand_in(office.access()) == [outcome]
    assert office.letters == []
    assert hand_in(office.access()) == [Taken()]


@pytest.mark.parametrize(("command", "sure"), [("rcpt", True), ("data", False), ("taken", False)])
def test_without_an_answer_nobody_is_sure_once_the_message_was_under_way(
    office: PostOffice, command: str, sure: bool
) -> None:
    office.refuses(command, DROPS)
    (outcome,) = hand_in(office.access())
    assert isinstance(outcome, Later)
    assert outcome.sure is sure
    assert len(office.letters) == (command == "taken")


def test_a_connection_that_ended_meanwhile_is_made_anew(office: PostOffice) -> None:
    postman = SmtpPostman(office.access(), 5.0)

    async def two() -> list[Outcome]:
        first = await postman.deliver(MAIL)
        office.refuses("mail", DROPS)
        second = await postman.deliver(MAIL)
        await postman.close()
        return [first, second]

    assert asyncio.run(two()) == [Taken(), Taken()]
    assert office.connections == 2


def test_a_server_that_is_not_there_takes_nothing() -> None:
    with post_office() as office:
        access = office.access()
    (outcome,) = hand_in(access)
    assert isinstance(outcome, Shut)


def test_a_server_that_says_nothing_is_not_waited_for_long(office: PostOffice) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        access = MailServer(host="127.0.0.1", port=silent.getsockname()[1], security=Security.NONE)
        (outcome,) = hand_in(access, patience=0.3)
    assert outcome == Shut("no answer in time")


@pytest.mark.parametrize(("security", "at_once"), [(Security.STARTTLS, False), (Security.TLS, True)])
def test_a_protected_way_with_a_password(certificate: Path, security: Security, at_once: bool) -> None:
    with post_office(certificate, from_the_first_word=at_once) as office:
        given: dict[str, Any] = {"user": USER, "password": PASSWORD, "authority": certificate}
        assert hand_in(office.access(security, **given)) == [Taken()]
        assert office.logins == [True]
        (wrong,) = hand_in(office.access(security, **{**given, "password": "guessed"}))
        (stranger,) = hand_in(office.access(security, **{**given, "authority": None}))
        assert isinstance(wrong, Shut)
        assert wrong.why.startswith("535")
        assert isinstance(stranger, Shut)
        assert len(office.letters) == 1
        assert PASSWORD not in repr(office.access(security, **given))


def test_a_password_never_goes_out_in_clear(office: PostOffice) -> None:
    """This server offers no TLS: whoever wants it gets nothing through, and has said no password."""
    (outcome,) = hand_in(office.access(Security.STARTTLS, user=USER, password=PASSWORD))
    assert isinstance(outcome, Shut)
    assert (office.letters, office.logins) == ([], [])
