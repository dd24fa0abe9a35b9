"""What is missing or odd among the settings, in words, and never with a secret in them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.config import Settings

#: Names that only this machine knows; there Telegram does not deliver and nobody else looks.
#: Where a password may travel unencrypted.
HERE = ("127.0.0.1", "localhost", "::1")


def odd_settings(settings: Settings) -> Iterator[str]:
    """One line a fault, naming the setting and what to do."""
    yield from _missing(settings)
    yield from _twice(settings)
    yield from _address(settings)
    yield from _mail(settings)
    if settings.residents_name and settings.residents_name.startswith("@"):
        yield "LOTSE_RESIDENTS_NAME: the user name without @"


def worth_a_look(settings: Settings) -> Iterator[str]:
    """What works, and may still not be meant."""
    for name in ("residents", "staff"):
        if _secret(settings, f"{name}_secret") and not _secret(settings, f"{name}_token"):
            yield f"LOTSE_{name.upper()}_SECRET is set without LOTSE_{name.upper()}_TOKEN: there is no such bot"
    if settings.smtp_host is None and any((settings.smtp_sender, settings.smtp_user, settings.smtp_password)):
        yield "LOTSE_SMTP_SENDER, _USER or _PASSWORD is set without LOTSE_SMTP_HOST: no invitations are sent"
    if settings.residents_token and not settings.residents_name:
        yield "LOTSE_RESIDENTS_NAME is empty: invitations have no link into Telegram"
    if _bots(settings) and not settings.public_url:
        yield "LOTSE_PUBLIC_URL is empty: webhooks cannot be used (poll can), and links lead to this machine only"


def _missing(settings: Settings) -> Iterator[str]:
    """A bot needs its secret, and the key under which people are known."""
    for bot in _bots(settings):
        if _secret(settings, f"{bot}_secret") is None:
            yield f"LOTSE_{bot.upper()}_SECRET is missing beside LOTSE_{bot.upper()}_TOKEN: openssl rand -hex 32"
    if _bots(settings) and settings.person_key is None:
        yield "LOTSE_PERSON_KEY is missing beside the bots' tokens: openssl rand -hex 32, and never another one later"


def _twice(settings: Settings) -> Iterator[str]:
    """Two bots are two trust zones: who knows one's secret must not know the other's."""
    for what in ("token", "secret"):
        one, other = (_secret(settings, f"{bot}_{what}") for bot in ("residents", "staff"))
        if one is not None and one == other:
            yield f"LOTSE_RESIDENTS_{what.upper()} and LOTSE_STAFF_{what.upper()} are the same; they must be two"


def _mail(settings: Settings) -> Iterator[str]:
    """Whoever invites has an address, and its password goes nowhere in clear."""
    if settings.smtp_host is None:
        return
    if settings.smtp_sender is None:
        yield "LOTSE_SMTP_SENDER is missing beside LOTSE_SMTP_HOST: the mailbox that invites"
    if (settings.smtp_user is None) != (settings.smtp_password is None):
        yield "LOTSE_SMTP_USER and LOTSE_SMTP_PASSWORD: either both or neither"
    if settings.smtp_security == "none" and settings.smtp_host not in HERE:
        yield "LOTSE_SMTP_SECURITY: must be starttls or tls for a mail server on another machine"
    if settings.smtp_authority is not None and not settings.smtp_authority.is_file():
        yield "LOTSE_SMTP_AUTHORITY: there is no such file"


def _address(settings: Settings) -> Iterator[str]:
    if settings.public_url is None:
        return
    url = urlsplit(settings.public_url)
    if url.scheme not in ("http", "https") or not url.hostname:
        yield "LOTSE_PUBLIC_URL: allowed is an address such as https://lotse.example.org"
    elif url.path or url.query or url.fragment:
        yield "LOTSE_PUBLIC_URL: only the server's address, without anything behind it, not even /"
    elif url.scheme == "http" and url.hostname not in HERE:
        yield "LOTSE_PUBLIC_URL: must begin with https://, for Telegram's sake and the people's"


def _bots(settings: Settings) -> list[str]:
    return [bot for bot in ("residents", "staff") if _secret(settings, f"{bot}_token")]


def _secret(settings: Settings, name: str) -> str | None:
    found = getattr(settings, name)
    return found.get_secret_value() if isinstance(found, SecretStr) else None
