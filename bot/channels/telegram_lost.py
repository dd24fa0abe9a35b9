"""A message that may have arrived is looked for, in the chats of either bot. No library is imported here.

Only a message of our own can be edited, and after the last one we know of there is at most the lost one. So its buttons
are set to what they should be: that shows nothing to the person, and says whether it is there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Final

#: How many numbers after the last known one a message that may have arrived is looked for: at least, and at most.
LOOK_FOR: Final = 8
LOOK_FAR: Final = 48
UNCHANGED: Final = "message is not modified"
_FIXED: Final = "message can't be edited"

#: Sets the buttons of the message with this number; what Telegram says against it, or nothing.
Edits = Callable[[int], Awaitable[str | None]]


async def arrived(edits: Edits, numbers: Iterable[int], *, fixed: bool = False) -> int | None:
    """The number of a message that Telegram took without our hearing of it.

    A message with a keyboard is `fixed`: it cannot be edited either. Should it be taken for one of the person's own,
    the keyboard is missing and the number can be typed.
    """
    there = _FIXED if fixed else UNCHANGED
    for number in numbers:
        against = await edits(number)
        if against is None or there in against.lower():
            return number
    return None


def numbers_after(known: int, until: int | None) -> range:
    """Where a lost message may be: not far after what was known before it, not far after what is known now."""
    last = min(max(known, until or 0) + LOOK_FOR, known + LOOK_FAR)
    return range(known + 1, last + 1)
