"""From the settings to the letter: the way that a county runs it, with STARTTLS, a password and a certificate."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from bot.app.mailing import Mailing, mailing
from bot.channels.mail_smtp import SmtpPostman
from bot.config import Settings
from tests.calendars.invited import MAILBOXES, SENDER, entry_of, with_mailboxes
from tests.calendars.office import DESK, book
from tests.calendars.post_office import PASSWORD, USER, PostOffice, a_certificate, post_office
from tests.talk import new_store, premises

NOW: Final = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def settings(office: PostOffice, **other: Any) -> Settings:
    given = {"smtp_host": "localhost", "smtp_port": office.port, "smtp_sender": SENDER}
    return Settings(_env_file=None, **{**given, "smtp_user": USER, "smtp_password": PASSWORD, **other})


def sends(post: Mailing) -> bool:
    post.tell()
    return asyncio.run(post.send_all(SmtpPostman(post.server)))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate is made with openssl")
def test_a_letter_goes_the_protected_way_and_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    certificate, moments = a_certificate(tmp_path), [NOW]
    with new_store() as store, post_office(certificate) as office:
        with_mailboxes(store, NOW)
        book(store, NOW + timedelta(days=4))
        for wrong in ({}, {"smtp_authority": certificate, "smtp_password": f"{PASSWORD}?"}):
            post = mailing(settings(office, **wrong), store, premises(), lambda: moments[-1])
            assert post is not None
            assert sends(post) is False
            moments.append(moments[-1] + timedelta(minutes=5))
        post = mailing(settings(office, smtp_authority=certificate), store, premises(), lambda: moments[-1])
        assert post is not None
        assert sends(post) is True
        (letter,) = office.letters
        assert (letter.recipient, entry_of(letter).short) == (MAILBOXES[DESK], ("REQUEST", 0))
        assert office.logins[-1] is True
        assert PASSWORD not in repr(post) + caplog.text + "".join(capfd.readouterr())


def test_without_a_mail_server_nobody_is_told_anything() -> None:
    with new_store() as store:
        assert mailing(Settings(_env_file=None), store, premises(), lambda: NOW) is None


def test_whoever_forgets_the_sender_hears_it_at_the_start() -> None:
    with new_store() as store, pytest.raises(ValueError, match="LOTSE_SMTP_SENDER"):
        mailing(Settings(_env_file=None, smtp_host="mail.example"), store, premises(), lambda: NOW)
