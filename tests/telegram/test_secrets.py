"""Neither token, secret, key nor a person's name or number is in a log, an exception or the database."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.app.logs import FIELDS, allowed_only, log_carefully
from bot.config import Settings
from tests.scenarios.test_resident import has_booked
from tests.telegram.fake_faults import Refusal, ServerError, Silence, TooManyRequests
from tests.telegram.quarter import KEY_OF_STAFF, Quarter
from tests.telegram.telegram_talk import TelegramTalk
from tests.telegram.town import KEY, SECRET, Town

FAULTS = (
    TooManyRequests(1),
    ServerError(502),
    ServerError(502, accepted=True),
    Silence(0.05),
    Refusal("Unauthorized", 401),
)


def test_nothing_secret_is_written_anywhere_while_everything_goes_wrong(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with Town() as town:
        for fault in FAULTS:
            town.telegram.world.plan.add("", fault)
        talk = TelegramTalk(town)
        has_booked(talk)
        talk.ada.blocks()
        talk.ada.types("canary words of mine")
        town.settles()
        written = caplog.text + "".join(capfd.readouterr()) + repr(town.residents) + repr(town.residents.edge())
        canaries = [town.bot.token, SECRET, KEY.decode(), str(talk.ada.id), "canary words", "canary_user_name"]
        found = [canary for canary in canaries if canary.lower() in written.lower()]
        assert found == []
        town.store.tidy()
        file = Path(str(town.store.engine.url.database))
        kept = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*")).lower()
        assert not [
            name for name in ("canary-first-name", "canary_user_name", town.bot.token) if name.lower().encode() in kept
        ]


def test_the_colleagues_bot_writes_nothing_secret_either_while_everything_goes_wrong(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Its library's library would write each address, and the token is in it."""
    before = structlog.get_config()
    log_carefully()
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        with Quarter() as quarter:
            ole = quarter.colleague()
            for fault in FAULTS:
                quarter.telegram.world.plan.add("", fault)
            ole.types("/inbox")
            ole.types("canary words of mine")
            quarter.waits(lambda: not quarter.staff_bot.awaits(ole.id) and not quarter.open_work())
            ole.blocks()
            ole.types("canary words of mine")
            quarter.waits(lambda: not quarter.staff_bot.awaits(ole.id) and not quarter.open_work())
    finally:
        structlog.configure(**before)
        logging.basicConfig(force=True, level=logging.WARNING)
    written = "".join(capfd.readouterr())
    assert '"logger": "httpx"' in written
    canaries = [quarter.staff_bot.token, quarter.bot.token, KEY_OF_STAFF.decode(), str(ole.id), "canary words"]
    assert [canary for canary in canaries if canary.lower() in written.lower()] == []


def test_an_error_of_telegram_does_not_quote_the_token() -> None:
    from bot.channels.telegram_residents_post import ResidentsPostman, residents_bot

    post = ResidentsPostman(residents_bot("123:" + "Canary" * 6, "http://127.0.0.1:1"))
    assert "Canary" not in repr(post)


def test_a_setting_of_the_wrong_shape_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSE_RESIDENTS_TOKEN", "canary-token")
    with pytest.raises(ValueError, match="residents_token") as told:
        Settings(_env_file=None)
    assert [error["msg"] for error in told.value.errors()] == ["Value error, allowed is a token as BotFather gives it"]  # type: ignore[attr-defined]
    monkeypatch.setenv("LOTSE_RESIDENTS_TOKEN", "")
    assert Settings(_env_file=None).residents_token is None


def test_a_line_of_the_log_has_the_fields_of_the_list_and_no_others() -> None:
    line: dict[str, Any] = {"event": "e", "text": "canary", "person": "canary", "fault": "F\nforged", "why": object()}
    assert allowed_only(None, "info", line) == {"event": "e", "fault": "F\nforged", "why": "object"}
    assert not FIELDS & {"person", "chat", "address", "text", "name", "token"}


def test_a_librarys_line_is_logged_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    log_carefully()
    try:
        logging.getLogger("aiohttp").error("https://api/bot%s/x", "canary-token")
        structlog.get_logger("x").warning("odd\nline", person="canary")
    finally:
        structlog.configure(**before)
        logging.basicConfig(force=True)
    written = capsys.readouterr().err
    assert "canary" not in written
    assert len(written.splitlines()) == 2
