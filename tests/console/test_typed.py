"""What people typed is shown without anything invisible in it, and otherwise as they wrote it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.typed import plain, typed


@pytest.mark.parametrize("words", ["Łódź", "می‌خواهم", "Київ", "İstanbul", "ليلى", "Ana María", "O’Brien", "👩‍👧"[:1]])
def test_a_name_in_any_of_the_languages_stays_as_it_is(words: str) -> None:
    assert plain(words) == words


@pytest.mark.parametrize("letter", ["\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\u0000", "\u001b", "\U000e0041"])
def test_an_invisible_letter_is_left_out(letter: str) -> None:
    assert plain(f"A{letter}B") == "AB"


def test_marks_cannot_pile_up_over_the_line_above() -> None:
    assert plain("Z" + "\u0301" * 50) == "Z" + "\u0301" * 3


@given(st.text())
def test_nothing_invisible_is_ever_left(words: str) -> None:
    assert all(
        unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or letter in "\u200c\u200d"
        for letter in plain(words)
    )


@given(st.text(alphabet="<>&\"'ab"))
def test_typed_words_are_never_markup(words: str) -> None:
    inside = str(typed(words, "ar")).removeprefix('<bdi dir="auto" lang="ar">').removesuffix("</bdi>")
    assert not {"<", ">", '"', "'"} & set(inside)
