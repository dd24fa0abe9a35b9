"""A text is cut into paragraphs, lists and what can be tapped, and loses no word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web_parts import blocks, runs


def links(text: str) -> dict[str, str]:
    return {run["t"]: run["href"] for block in blocks(text) for line in block["lines"] for run in line if "href" in run}


@pytest.mark.parametrize(
    ("written", "shown", "called"),
    [
        ("\u2068+49 2241 000-000\u2069", "+49 2241 000-000", "tel:+492241000000"),
        ("\u2066+49 (0) 2241 000000\u2069", "+49 (0) 2241 000000", "tel:+492241000000"),
        ("اتصل: \u2068112\u2069.", "112", "tel:112"),
        ("\u2068116 117\u2069", "116 117", "tel:116117"),
        ("Tel. 02241 000-000, bitte", "02241 000-000", "tel:02241000000"),
        ("(+492241000000)", "+492241000000", "tel:+492241000000"),
    ],
)
def test_a_telephone_number_can_be_called_and_carries_no_marks(written: str, shown: str, called: str) -> None:
    assert links(written) == {shown: called}


@pytest.mark.parametrize(
    "words",
    ["112 Euro", "12.06.2026", "01/06/2026", "\u206801/06/2026\u2069", "53721 Siegburg", "\u206853721\u2069",
     "2026-06-02", "09:00", "K7-03-22", "\u2068Jobcenter\u2069", "§ 24", "A0123456789"],
)  # fmt: skip
def test_dates_postal_codes_and_amounts_are_not_called(words: str) -> None:
    assert links(words) == {}


def test_an_address_of_the_web_can_be_opened_without_the_full_stop_behind_it() -> None:
    assert links("See https://example.org/a?b=1.") == {"https://example.org/a?b=1": "https://example.org/a?b=1"}


def test_only_calls_and_web_addresses_become_links() -> None:
    assert links("javascript:alert(1) data:text/html,x <a href=x>") == {}


def test_lines_with_a_bullet_are_a_list() -> None:
    text = "Bring:\n• the card\n• the letter\n\nThank you.\nLotse"
    assert [(block["kind"], len(block["lines"])) for block in blocks(text)] == [("p", 1), ("ul", 2), ("p", 2)]


@given(st.text(alphabet="a1+0 -/().\u2068\u2069\n•hтps:", max_size=60))
def test_no_word_is_lost(text: str) -> None:
    line = text.replace("\n", " ")
    kept = "".join(run["t"] for run in runs(line))
    assert re.sub("[\u2066-\u2069]", "", kept) == re.sub("[\u2066-\u2069]", "", line)
    assert blocks(text) is not None
