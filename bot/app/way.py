"""How one process sends: through a postman, at a pace, and with what it has learned of the numbers in a bot's chats."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Final

from bot.app.pace import Pace
from bot.channels.telegram_port import Delivered, Outcome, Parcel, Postman, Wait

#: A longer wait is not slept through: the message goes back and somebody takes it again.
SLEPT_THROUGH: Final = 5.0


@dataclass(slots=True)
class Way:
    """`newest` is the highest number of a message that this process knows of: in all chats of a bot they rise."""

    post: Postman
    pace: Pace
    newest: int | None = None

    async def turn(self, chat: str) -> float:
        """Waits for the chat's turn; what is left is too long to wait here."""
        waited = 0.0
        while (seconds := await self.pace.take(chat)) > 0:
            if waited + seconds > SLEPT_THROUGH:
                return seconds
            await asyncio.sleep(seconds)
            waited += seconds
        return 0.0

    async def deliver(self, parcel: Parcel, chat: str) -> Outcome:
        """What became of it; nothing more goes to this chat for as long as Telegram says."""
        outcome = await self.post.deliver(replace(parcel, until=self.newest))
        self._learn(parcel.after)
        match outcome:
            case Wait(seconds):
                await self.pace.pause(chat, seconds)
            case Delivered(last):
                self._learn(last)
            case _:
                pass
        return outcome

    async def close(self) -> None:
        await self.post.close()
        await self.pace.close()

    def _learn(self, number: int | None) -> None:
        self.newest = max(self.newest or 0, number or 0) or None
