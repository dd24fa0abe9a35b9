"""Words of two directions in one line: what keeps a phone number from being read backwards.

Only isolates and marks are used: Telegram turns the older embedding controls into spaces.
"""

from __future__ import annotations

import unicodedata
from typing import Final

ISOLATE: Final = "\u2068"
END_OF_ISOLATE: Final = "\u2069"
RIGHT_TO_LEFT_MARK: Final = "\u200f"

#: Controls that somebody's words could use to turn round the words beside them.
CONTROLS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WITHOUT_CONTROLS: Final = {ord(control): None for control in CONTROLS} | {0x2028: "\n", 0x2029: "\n"}


def plain(words: str) -> str:
    """Words without any control of direction.

    >>> plain("A\\u202eB")
    'AB'
    """
    return words.translate(_WITHOUT_CONTROLS)


def isolated(words: str) -> str:
    """Words whose direction neither takes from nor gives to the sentence around them."""
    return f"{ISOLATE}{words}{END_OF_ISOLATE}" if words else words


def marked(words: str) -> str:
    """Each line begins from the right, even one that starts with a German name."""
    return "\n".join(RIGHT_TO_LEFT_MARK + line if line else line for line in words.split("\n"))


def runs_right_to_left(words: str) -> bool:
    """Some letter of these words belongs to a script that runs from right to left.

    >>> runs_right_to_left("Kürten"), runs_right_to_left("كورتن")
    (False, True)
    """
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)
