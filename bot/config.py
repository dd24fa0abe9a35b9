"""The one reader of the environment: settings begin with LOTSE_ and can stand in a file `.env`."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """How this process runs. Secrets never print."""

    model_config = SettingsConfigDict(env_prefix="LOTSE_", env_file=".env", extra="ignore", frozen=True)

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

    @property
    def address(self) -> str:
        return self.public_url or f"http://{self.host}:{self.port}"


def read_settings() -> Settings:
    """The settings of this process; raises `pydantic.ValidationError` that names the setting and what is allowed."""
    return Settings()
