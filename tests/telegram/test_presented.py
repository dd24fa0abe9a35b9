"""Telegram shows the bot's words in nine languages; a second time nothing is sent."""

from __future__ import annotations

import pytest

from bot.__main__ import main
from bot.channels import telegram_staff_presents, telegram_words
from bot.channels.telegram_raw import ALLOWED_UPDATES
from bot.colleagues.commands import COMMANDS as STAFF_COMMANDS
from bot.colleagues.commands import MENU
from bot.dialogs.commands import COMMANDS
from bot.i18n.languages import LANGUAGES
from tests.talk import premises
from tests.telegram.fake_api import FakeTelegram
from tests.telegram.fake_world import BotAccount
from tests.telegram.town import Town


def test_names_descriptions_commands_and_menu_are_registered_once_in_nine_languages() -> None:
    with Town(works=False, sends=False) as town:
        hook = "http://127.0.0.1:9/telegram/residents"
        assert town.residents.present(hook) > 1 + len(LANGUAGES)  # a sentence without translation is not sent again
        assert town.residents.present(None) == 0
        assert town.bot.webhook is not None
        assert (town.bot.webhook.url, town.bot.allowed) == (hook, ["message", "callback_query", "my_chat_member"])
        shown = town.bot.presented
        assert shown["name", ""] == "Lotse"
        assert shown["menu", ""] == {"type": "commands"}
        for language in LANGUAGES:
            assert [one["command"] for one in shown["commands", language.tag]] == [*telegram_words.COMMANDS]
        assert shown["commands", ""] == shown["commands", "en"]
        assert [call.answer for call in town.telegram.calls() if not call.answer["ok"]] == []


def test_one_command_presents_both_bots_and_tells_where_to_deliver_to_each(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeTelegram() as telegram:
        residents, staff = telegram.new_bot(), telegram.new_bot("lotse_staff_test_bot")
        for name, value in settings(telegram, residents, staff).items():
            monkeypatch.setenv(f"LOTSE_{name.upper()}", value)
        assert main(["telegram", "--webhook"]) == 0
        hooks = [(bot.webhook.url, bot.webhook.secret, bot.allowed) for bot in (residents, staff) if bot.webhook]
        assert hooks == [
            ("https://lotse.example.org/telegram/residents", "r" * 40, [*ALLOWED_UPDATES]),
            ("https://lotse.example.org/telegram/staff", "s" * 40, [*ALLOWED_UPDATES]),
        ]
        assert (residents.presented["name", ""], staff.presented["name", ""]) == ("Lotse", "Lotse für Fachkräfte")
        assert [one["command"] for one in staff.presented["commands", ""]] == [*MENU]
        assert main(["telegram"]) == 0
        assert capsys.readouterr().out.split("\n")[-3:] == ["residents: changed 0", "staff: changed 0", ""]
        assert [call.answer for call in telegram.calls() if not call.answer["ok"]] == []


def test_a_wrong_token_is_said_without_the_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeTelegram() as telegram:
        residents, staff = telegram.new_bot(), telegram.new_bot("lotse_staff_test_bot")
        del telegram.world.bots[staff.token]
        for name, value in settings(telegram, residents, staff).items():
            monkeypatch.setenv(f"LOTSE_{name.upper()}", value)
        assert main(["telegram"]) == 1
        said = "".join(capsys.readouterr())
        assert "Telegram does not take it: InvalidToken" in said
        assert "Canary" not in said


def settings(telegram: FakeTelegram, residents: BotAccount, staff: BotAccount) -> dict[str, str]:
    return {
        "telegram_api": telegram.base, "public_url": "https://lotse.example.org", "person_key": "k" * 40,
        "residents_token": residents.token, "residents_secret": "r" * 40,
        "staff_token": staff.token, "staff_secret": "s" * 40,
    }  # fmt: skip


def test_every_command_in_the_staff_bots_menu_is_one_of_its_own() -> None:
    assert {"start", *MENU} == set(STAFF_COMMANDS)
    assert max(map(len, MENU.values())) <= telegram_words.LONGEST_COMMAND
    assert len(telegram_staff_presents.DESCRIPTION) <= telegram_words.LONGEST_DESCRIPTION
    assert len(telegram_staff_presents.SHORT) <= telegram_words.LONGEST_SHORT


def test_every_command_in_the_menu_is_one_of_the_dialog() -> None:
    assert set(telegram_words.COMMANDS) <= set(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_the_words_fit(language: object) -> None:
    catalogue = premises().catalogues[getattr(language, "tag", "")]
    words = telegram_words.presented(catalogue.render)
    assert len(words.description) <= telegram_words.LONGEST_DESCRIPTION
    assert len(words.short) <= telegram_words.LONGEST_SHORT
    assert all(1 <= len(said) <= telegram_words.LONGEST_COMMAND for said in words.commands.values())
