"""Telegram shows the bot's words in nine languages; a second time nothing is sent."""

from __future__ import annotations

import pytest

from bot.channels import telegram_words
from bot.dialogs.commands import COMMANDS
from bot.i18n.languages import LANGUAGES
from tests.talk import premises
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


def test_every_command_in_the_menu_is_one_of_the_dialog() -> None:
    assert set(telegram_words.COMMANDS) <= set(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_the_words_fit(language: object) -> None:
    catalogue = premises().catalogues[getattr(language, "tag", "")]
    words = telegram_words.presented(catalogue.render)
    assert len(words.description) <= telegram_words.LONGEST_DESCRIPTION
    assert len(words.short) <= telegram_words.LONGEST_SHORT
    assert all(1 <= len(said) <= telegram_words.LONGEST_COMMAND for said in words.commands.values())
