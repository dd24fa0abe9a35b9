"""Typed words as values: a number, a phone number, an e-mail address."""

from __future__ import annotations

import re
from typing import Final

_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PHONE: Final = re.compile(r"\+?[\d ()/.-]{5,24}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


def plain(text: str) -> str:
    """Without characters that nobody sees, and with the digits 0 to 9 whatever the keyboard wrote.

    >>> plain("\\u2068٠٢٢٤١\\u2069 ")
    '02241'
    """
    visible = _INVISIBLE.sub("", text).strip()
    return "".join(str(int(char)) if char.isdecimal() else char for char in visible)


def a_number(text: str) -> int | None:
    """The whole number in a short answer, or none.

    >>> a_number("ungefähr ٦ Monate"), a_number("2 or 3"), a_number("many")
    (6, None, None)
    """
    numbers = re.findall(r"\d+", plain(text))
    return int(numbers[0]) if len(numbers) == 1 and len(numbers[0]) <= 4 else None


def a_phone_number(text: str) -> str | None:
    """A phone number as it was typed, in plain digits, or none.

    >>> a_phone_number("0228 / 12 34"), a_phone_number("call me")
    ('0228 / 12 34', None)
    """
    typed = plain(text)
    return typed if _PHONE.fullmatch(typed) and sum(char.isdigit() for char in typed) >= 5 else None


def an_email_address(text: str) -> str | None:
    """An e-mail address, or none.

    >>> an_email_address("a@b.de "), an_email_address("a@b")
    ('a@b.de', None)
    """
    typed = plain(text)
    return typed if len(typed) <= 254 and _EMAIL.fullmatch(typed) else None
