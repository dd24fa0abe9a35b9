"""`check` names a missing or odd setting, and never the secret in it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app.settings_check import odd_settings, worth_a_look
from bot.config import Settings

TOKENS = {name: f"70000{n}:{'canary' + 'x' * 29}" for n, name in enumerate(("residents", "staff"))}
WHOLE: dict[str, Any] = {
    "residents_token": TOKENS["residents"], "residents_secret": "canary-r" + "r" * 32, "residents_name": "lotse_bot",
    "staff_token": TOKENS["staff"], "staff_secret": "canary-s" + "s" * 32, "person_key": "canary-k" + "k" * 32,
    "public_url": "https://lotse.example.org",
}  # fmt: skip
MAIL: dict[str, Any] = {"smtp_host": "mail.example", "smtp_sender": "lotse@kim.example"}


def settings(**changes: Any) -> Settings:
    return Settings(_env_file=None, **{**WHOLE, **changes})


def test_settings_that_are_whole_are_no_fault() -> None:
    assert [*odd_settings(settings()), *worth_a_look(settings())] == []


def test_no_bot_at_all_is_no_fault() -> None:
    bare = Settings(_env_file=None)
    assert [*odd_settings(bare), *worth_a_look(bare)] == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"residents_secret": None}, "LOTSE_RESIDENTS_SECRET is missing"),
        ({"staff_secret": None}, "LOTSE_STAFF_SECRET is missing"),
        ({"person_key": None}, "LOTSE_PERSON_KEY is missing"),
        ({"staff_token": TOKENS["residents"]}, "LOTSE_RESIDENTS_TOKEN and LOTSE_STAFF_TOKEN are the same"),
        ({"staff_secret": WHOLE["residents_secret"]}, "LOTSE_RESIDENTS_SECRET and LOTSE_STAFF_SECRET are the same"),
        ({"public_url": "lotse.example.org"}, "LOTSE_PUBLIC_URL: allowed is"),
        ({"public_url": "https://lotse.example.org/"}, "LOTSE_PUBLIC_URL: only the server's address"),
        ({"public_url": "http://lotse.example.org"}, "LOTSE_PUBLIC_URL: must begin with https"),
        ({"residents_name": "@lotse_bot"}, "LOTSE_RESIDENTS_NAME: the user name without @"),
        ({"smtp_host": "mail.example"}, "LOTSE_SMTP_SENDER is missing"),
        ({**MAIL, "smtp_user": "lotse"}, "LOTSE_SMTP_USER and LOTSE_SMTP_PASSWORD"),
        ({**MAIL, "smtp_password": "canary"}, "LOTSE_SMTP_USER and LOTSE_SMTP_PASSWORD"),
        ({**MAIL, "smtp_security": "none"}, "LOTSE_SMTP_SECURITY: must be starttls or tls"),
        ({**MAIL, "smtp_authority": "/no/such/file.pem"}, "LOTSE_SMTP_AUTHORITY: there is no such file"),
    ],
)
def test_a_fault_is_named_alone_and_without_a_secret(changes: dict[str, Any], named: str) -> None:
    (fault,) = odd_settings(settings(**changes))
    assert fault.startswith(named)
    assert "canary" not in fault


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"residents_name": None}, "LOTSE_RESIDENTS_NAME is empty"),
        ({"public_url": None}, "LOTSE_PUBLIC_URL is empty"),
        ({"smtp_sender": "lotse@kim.example"}, "LOTSE_SMTP_SENDER, _USER or _PASSWORD is set without"),
        ({"staff_token": None}, "LOTSE_STAFF_SECRET is set without LOTSE_STAFF_TOKEN"),
    ],
)
def test_what_may_not_be_meant_is_told_and_is_no_fault(changes: dict[str, Any], named: str) -> None:
    (note,) = worth_a_look(settings(**changes))
    assert note.startswith(named)
    assert [*odd_settings(settings(**changes))] == []


def test_a_mail_server_that_is_whole_is_no_fault() -> None:
    whole = settings(**MAIL, smtp_user="lotse", smtp_password="canary")
    assert [*odd_settings(whole), *worth_a_look(whole)] == []


@pytest.mark.parametrize("sender", ["lotse", "Lotse <lotse@kim.example>", "lotse@kim", "kürten@kim.example"])
def test_whoever_invites_has_one_plain_address(sender: str) -> None:
    with pytest.raises(ValueError, match=r"allowed is an address such as lotse@kreis\.example"):
        settings(smtp_host="mail.example", smtp_sender=sender)
