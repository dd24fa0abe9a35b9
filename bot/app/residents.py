"""The residents' bot is put together here: what comes in, what goes out, what Telegram shows of it.

aiogram costs two seconds and 165 MB, so it is imported when a token is there and not before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Any, Final

from bot.app.bells import Bells
from bot.app.counter import offered_file, said
from bot.app.house import Premises
from bot.app.mailbox import InboxMailbox
from bot.app.pace import Limits, Pace, allowed
from bot.app.polling import Poller
from bot.app.sending import Sender
from bot.channels.render import render
from bot.channels.telegram_callbacks import Callbacks
from bot.channels.telegram_edge import Edge
from bot.channels.telegram_look import contact_keyboard, parts
from bot.channels.telegram_person import Persons
from bot.channels.telegram_port import File, Hook, Parcel, Postman, Read, Words
from bot.channels.telegram_words import Presented, presented
from bot.clock import Clock
from bot.config import Settings
from bot.dialogs.screen import Asks
from bot.dialogs.screens.every import SCREENS
from bot.handoff.recordings import Recordings
from bot.storage.outbox import LEASE, Message
from bot.storage.shown import Standing
from bot.storage.store import Store, Transaction
from bot.turns.handle import UNDER
from bot.turns.messages import Outgoing

CHANNEL: Final = "telegram"
PATH: Final = "/telegram/residents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Residents:
    """One process's part in the residents' bot."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    person_key: bytes = field(repr=False)
    api: str
    store: Store
    premises: Premises
    bells: Bells
    clock: Clock
    redis: str | None = field(default=None, repr=False)
    limits: Limits = field(default_factory=Limits)
    shortest_pause: float = 1.0
    lease: timedelta = LEASE

    @property
    def persons(self) -> Persons:
        return Persons(self.person_key)

    @property
    def callbacks(self) -> Callbacks:
        return Callbacks(self.person_key, (*SCREENS, "reminder"))

    def edge(self) -> Edge:
        """The endpoint of the webhook."""
        return Edge(secret=self.secret.encode(), read=self._reader(), mailbox=self._mailbox())

    def sender(self) -> Sender:
        """Sends what waits in the outbox for this bot."""

        return Sender(
            channel=CHANNEL,
            store=self.store,
            bells=self.bells,
            clock=self.clock,
            compose=Composer(self.premises, self.callbacks),
            new_postman=self._postman,
            pace=lambda: Pace("residents", self.redis, self.limits),
            shortest_pause=self.shortest_pause,
            lease=self.lease,
        )

    async def poll(self, stop: Event, held_open: int | None = None) -> None:
        """Fetch updates instead of having them delivered."""
        from bot.channels.telegram_residents_line import HELD_OPEN, ResidentsLine
        from bot.channels.telegram_residents_post import residents_bot

        line = ResidentsLine(residents_bot(self.token, self.api), HELD_OPEN if held_open is None else held_open)
        await Poller(line, self._reader(), self._mailbox()).run(stop)

    def present(self, webhook: str | None) -> int:
        """Telegram knows the bot's words in nine languages and, with an address, where to deliver. Raises `NotNow`."""
        from bot.channels.telegram_residents_presents import present

        hook = Hook(webhook, self.secret) if webhook else None
        return asyncio.run(present(self.token, self.api, _languages(self.premises), hook))

    def recordings(self) -> Recordings:
        """Voice messages and pictures that residents have sent to this bot."""
        from bot.channels.telegram_files import TelegramRecordings

        return TelegramRecordings(self.token, self.api)

    def _postman(self) -> Postman:
        from bot.channels.telegram_residents_post import ResidentsPostman, residents_bot

        return ResidentsPostman(residents_bot(self.token, self.api))

    def _reader(self) -> Read:
        from bot.channels.telegram_residents import ResidentsReader

        return ResidentsReader(self.persons, self.callbacks)

    def _mailbox(self) -> InboxMailbox:
        return InboxMailbox(self.store, self.bells, self.clock)


@dataclass(frozen=True, slots=True)
class Composer:
    """Puts a message of the outbox together, in the words and with the files of this moment."""

    premises: Premises
    callbacks: Callbacks

    def __call__(self, tx: Transaction, message: Message, now: datetime) -> Parcel | None:
        outgoing = said(message, tx, now)
        if outgoing is None:
            return None
        stands, under = tx.shown.of(message.person), message.content.get(UNDER) or {}
        files = self._files(tx, message.person, outgoing, now)
        page = parts(render(outgoing, self.premises.catalogues), message.person, self.callbacks, files)
        shown = (*self._keyboard(outgoing, stands), *page)
        edits = _edited(shown, outgoing, under, stands.page)
        return Parcel(
            chat=int(message.address or 0),
            parts=shown,
            is_page=bool(outgoing.nav),
            edits=edits,
            clears=_cleared(outgoing, under, stands.page) if edits is None else (),
            after=max((one for one in (stands.last, under.get("message"), message.after) if one), default=None),
            uncertain=message.uncertain,
        )

    def _keyboard(self, outgoing: Outgoing, stands: Standing) -> tuple[Words, ...]:
        """A message between two screens neither brings nor takes it."""
        if not outgoing.nav:
            return ()
        catalogue = self.premises.catalogues[outgoing.language]
        return contact_keyboard(outgoing.asks is Asks.PHONE, stands.keyboard is not None, catalogue)

    def _files(self, tx: Transaction, person: str, outgoing: Outgoing, now: datetime) -> tuple[File, ...]:
        offered = [(one, one is outgoing.picture) for one in (outgoing.picture, outgoing.file) if one]
        made = [(offered_file(tx, person, one.id, self.premises, now), picture) for one, picture in offered]
        return tuple(File(name=file[0], body=file[1], picture=picture) for file, picture in made if file)


def _edited(
    shown: tuple[Words | File, ...], outgoing: Outgoing, under: Mapping[str, Any], page: int | None
) -> int | None:
    """A tap that leaves the person on the same screen changes the message it was made on, if that is the screen."""
    number = under.get("message")
    same = len(shown) == 1 and under.get("screen") == outgoing.screen
    return number if same and isinstance(number, int) and page in (None, number) else None


def _cleared(outgoing: Outgoing, under: Mapping[str, Any], page: int | None) -> tuple[int, ...]:
    """The screen before has no buttons any more, however much came after it, and no more has what was tapped.

    A message between two screens takes none away, and keeps its own for later.
    """
    tapped = under.get("message") if "screen" in under else None
    return tuple(sorted({number for number in (page, tapped) if number})) if outgoing.nav else ()


def residents(settings: Settings, store: Store, premises: Premises, bells: Bells, clock: Clock) -> Residents | None:
    """The bot that the settings describe; none without a token. Raises `ValueError` naming what is missing."""
    if settings.residents_token is None:
        return None
    if settings.person_key is None or settings.residents_secret is None:
        raise ValueError("LOTSE_RESIDENTS_TOKEN needs LOTSE_PERSON_KEY and LOTSE_RESIDENTS_SECRET too")
    return Residents(
        token=settings.residents_token.get_secret_value(),
        secret=settings.residents_secret.get_secret_value(),
        person_key=settings.person_key.get_secret_value().encode(),
        api=settings.telegram_api,
        store=store,
        premises=premises,
        bells=bells,
        clock=clock,
        redis=settings.redis.get_secret_value() if settings.redis else None,
        limits=allowed(settings.sends_per_second, settings.sends_per_chat),
    )


def _languages(premises: Premises) -> Mapping[str, Presented]:
    return {tag: presented(catalogue.render) for tag, catalogue in premises.catalogues.items()}
