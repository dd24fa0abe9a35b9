"""Every screen in every language is something that Telegram takes, and reads in the right direction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.render import render
from bot.channels.telegram_callbacks import Callbacks
from bot.channels.telegram_limits import LONGEST_TEXT, pieces, rows, units
from bot.channels.telegram_look import parts
from bot.channels.telegram_port import File, Key, Words
from bot.dialogs.screens.every import SCREENS
from bot.i18n.languages import LANGUAGES, Language
from bot.i18n.text import data
from bot.turns.messages import Outgoing, outgoing
from tests.rules.test_every_screen import pages
from tests.talk import premises
from tests.telegram import fake_rules
from tests.telegram.town import KEY

OURS = Callbacks(KEY, (*SCREENS, "reminder"))


def shown(message: Outgoing, tag: str) -> tuple[Words | File, ...]:
    in_language = Outgoing(
        screen=message.screen, notices=message.notices, says=message.says, choices=message.choices, nav=message.nav,
        step=message.step, language=tag,
    )  # fmt: skip
    return parts(render(in_language, premises().catalogues), "ada", OURS)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_telegram_takes_every_screen(language: Language) -> None:
    for screen in SCREENS:
        _, *others = pages(screen)
        for _, page in others[:2]:
            look = shown(outgoing(page), language.tag)
            for part in look:
                assert isinstance(part, Words)
                assert fake_rules.checked_text(part.text) == part.text.strip()
                lines = [line for line in part.text.split("\n") if line]
                assert language.direction == "ltr" or all(line.startswith("\u200f") for line in lines)
            *before, last = look
            assert not any(isinstance(part, Words) and part.rows for part in before)
            assert isinstance(last, Words)
            keyboard = [[{"text": key.label, "callback_data": key.data} for key in row] for row in last.rows]
            assert fake_rules.keyboard({"inline_keyboard": keyboard}) == keyboard


@given(st.text(alphabet="ab 📅\n.ü", max_size=400), st.integers(8, 60))
def test_a_text_is_cut_between_its_words_and_nothing_of_it_is_lost(text: str, limit: int) -> None:
    cut = pieces(text, limit)
    assert all(0 < units(piece) <= limit for piece in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


def test_a_very_long_text_comes_in_several_messages_with_the_buttons_under_the_last() -> None:
    message = Outgoing(screen="need", says=tuple(data("word " * 300) for _ in range(9)), language="ar")
    look = shown(message, "ar")
    assert len(look) > 2
    assert all(isinstance(part, Words) and units(part.text) <= LONGEST_TEXT for part in look)


@given(st.text(alphabet="<>&*_[]()~`#+-=|{}.!\\\"'@/:abc", min_size=1, max_size=60))
def test_a_name_is_shown_as_it_is_whatever_is_in_it(name: str) -> None:
    message = Outgoing(screen="mydata", says=(data(f"x{name}x"),), language="en")
    (only,) = shown(message, "en")
    assert isinstance(only, Words)
    assert name in only.text


def test_a_phone_number_in_arabic_stands_for_itself() -> None:
    page = next(page for _, page in pages("emergency"))
    (only,) = shown(outgoing(page), "ar")
    assert isinstance(only, Words)
    assert "\u2068112\u2069" in only.text


def test_short_buttons_share_a_row_and_rows_are_never_too_wide() -> None:
    wide = rows([Key("x" * 40, "1"), Key("y", "2")])
    assert [len(row) for row in wide] == [1, 1]
    assert max(len(row) for row in rows([Key("1", "1")] * 40)) <= 8


def test_what_somebody_told_is_not_forwarded_by_mistake_and_a_file_can_be_kept() -> None:
    page = next(page for _, page in pages("mydata"))
    delivery = render(outgoing(page), premises().catalogues)
    file, words = parts(delivery, "ada", OURS, [File(name="a.json", body=b"{}")])
    assert isinstance(file, File)
    assert isinstance(words, Words)
    assert words.guarded
