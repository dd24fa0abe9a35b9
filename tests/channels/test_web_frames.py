"""What a browser sends is read strictly, and nothing that it can send stops the program."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web_frames import FRAME_CHARACTERS, Hello, Refused, Said, Seen, read_frame

KEY = "0123456789abcdef"


def frame(**fields: object) -> str:
    return json.dumps({"key": KEY, **fields}, ensure_ascii=False)


@pytest.mark.parametrize(
    "content",
    [{"text": "Ich brauche Hilfe"}, {"tap": "rsk", "on": "place"}, {"press": 3}, {"media": "voice"}],
)
def test_each_kind_of_message_is_read(content: dict[str, object]) -> None:
    assert read_frame(frame(**content)) == Said(KEY, content)


def test_an_acknowledgement_and_a_greeting_need_no_key() -> None:
    assert read_frame('{"ack": 17}') == Seen(17)
    assert read_frame('{"hello": {"language": "ar-SY"}}') == Hello("ar-SY")


@pytest.mark.parametrize("letter", ["a", "ب", "ж"])
def test_five_thousand_characters_arrive_in_every_script(letter: str) -> None:
    read = read_frame(frame(text=letter * 5000))
    assert isinstance(read, Said)
    assert len(read.content["text"]) == 5000


def test_a_frame_that_is_too_long_is_refused_as_such() -> None:
    assert read_frame(frame(text="a" * FRAME_CHARACTERS)) == Refused("too_long")


@pytest.mark.parametrize(
    "raw",
    [
        "", "[]", "null", "{", "[" * 8000, '{"press": ' + "9" * 5000 + "}", frame(), frame(text=""),
        frame(text=" \x00 "),
        frame(press=0), frame(press=True), frame(press=1.5), frame(media="exe"), frame(tap="a"), frame(tap="", on="b"),
        frame(tap=["a"], on="b"), frame(text=["a"]), '{"text": "a"}', '{"text": "a", "key": "short"}',
        '{"ack": "1"}', '{"ack": true}', '{"ack": -1}', '{"hello": 1}',
    ],
)  # fmt: skip
def test_what_is_no_message_is_not_understood(raw: str) -> None:
    read = read_frame(raw)
    assert isinstance(read, Refused)
    assert read.why == "not_understood"


def test_a_half_character_and_a_nul_are_left_out() -> None:
    assert read_frame(f'{{"key": "{KEY}", "text": "a\\ud800\\u0000b"}}') == Said(KEY, {"text": "ab"})


@given(st.text(max_size=400) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_nothing_that_is_sent_raises(raw: str) -> None:
    assert isinstance(read_frame(raw), Said | Seen | Hello | Refused)
