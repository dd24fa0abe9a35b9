"""What an e-mail address looks like here: plain letters, so that every mail server on the way takes it."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 254
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_SHAPE: Final = re.compile(
    rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*@{_LABEL}(?:\.{_LABEL})+"
)


def is_mail_address(words: str) -> bool:
    """Whether it is one address and nothing else.

    >>> is_mail_address("kalender@stadt.example"), is_mail_address("Kürten <kalender@stadt.example>")
    (True, False)
    """
    return len(words) <= LONGEST and _SHAPE.fullmatch(words) is not None
