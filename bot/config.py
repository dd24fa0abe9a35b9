"""The one reader of the environment: settings begin with LOTSE_ and can stand in a file `.env`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, PositiveFloat, PositiveInt, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.vocabulary.mail import is_mail_address


def _shaped(shape: str, allowed: str) -> AfterValidator:
    """A secret of this shape; what is wrong is said without the secret."""

    def check(secret: SecretStr) -> SecretStr:
        if re.fullmatch(shape, secret.get_secret_value()) is None:
            raise ValueError(f"allowed is {allowed}")
        return secret

    return AfterValidator(check)


def _mail_address(words: str) -> str:
    if not is_mail_address(words):
        raise ValueError("allowed is an address such as lotse@kreis.example")
    return words


MailAddress: TypeAlias = Annotated[str, AfterValidator(_mail_address)]
BotToken: TypeAlias = Annotated[SecretStr, _shaped(r"\d+:[A-Za-z0-9_-]{20,}", "a token as BotFather gives it")]
WebhookSecret: TypeAlias = Annotated[SecretStr, _shaped(r"[A-Za-z0-9_-]{32,256}", "32 to 256 of A-Z a-z 0-9 _ -")]
LongSecret: TypeAlias = Annotated[SecretStr, _shaped(r".{32,}", "at least 32 characters")]


class Settings(BaseSettings):
    """How this process runs. Secrets never print."""

    model_config = SettingsConfigDict(
        env_prefix="LOTSE_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    #: SQLAlchemy address of the database: `sqlite:///file` or `postgresql+psycopg://…`.
    database: SecretStr = SecretStr("sqlite:///.demo/lotse.sqlite")
    #: Redis only wakes workers up and may be away.
    redis: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    #: The address under which browsers reach this server; links in messages begin with it.
    public_url: str | None = None
    #: Where `counties/` and `locales/` lie.
    root: Path = Path(__file__).resolve().parent.parent
    #: Where the demo keeps its data.
    demo_folder: Path = Path(".demo")
    #: Handled keys and empty sessions are forgotten after so many days.
    keep_days: int = 180

    #: The residents' bot and the staff bot, as BotFather gave them. Without a token there is no such bot.
    residents_token: BotToken | None = None
    staff_token: BotToken | None = None
    #: The residents' bot's user name, without @: invitations then have a link into Telegram too.
    residents_name: str | None = None
    #: What Telegram's webhooks bring along, so that nobody else is heard.
    residents_secret: WebhookSecret | None = None
    staff_secret: WebhookSecret | None = None
    #: Telegram users are known by a hash with this key. Another key, and nobody is known any more.
    person_key: LongSecret | None = None
    #: Where the Bot API is; another address for a Bot API server of one's own.
    telegram_api: str = "https://api.telegram.org"
    #: Messages a second that a bot may send, in all and to one chat, where Telegram has allowed more than to everybody.
    sends_per_second: PositiveFloat | None = None
    sends_per_chat: PositiveFloat | None = None
    #: The mail server that takes invitations for the calendars of desks. Without a host none are sent.
    smtp_host: str | None = None
    #: Left out: 587 with `starttls`, 465 with `tls`, 25 with `none`.
    smtp_port: int | None = None
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    #: The mailbox that invites; answers to it are read by nobody.
    smtp_sender: MailAddress | None = None
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    #: A file with certificates to trust besides those of the system, for a mail server with one of its own.
    smtp_authority: Path | None = None
    #: A table of the calendars that colleagues keep elsewhere, each with a file that holds its password.
    calendars: Path | None = None
    #: They are read so often.
    calendars_minutes: PositiveInt = 10
    #: `work` and `poll` tell their numbers on this port of this machine; `serve` tells them at /metrics.
    metrics_port: int | None = None

    @property
    def address(self) -> str:
        return self.public_url or f"http://{self.host}:{self.port}"


def read_settings() -> Settings:
    """The settings of this process; raises `pydantic.ValidationError` that names the setting and what is allowed."""
    return Settings()
