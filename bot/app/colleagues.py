"""The staff bot is put together here: what comes in, what goes out, what is announced.

python-telegram-bot is imported when a token is there and not before.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from threading import Event
from typing import Final

from bot.app.bells import Bells
from bot.app.house import Premises
from bot.app.mailbox import InboxMailbox
from bot.app.pace import Limits, Pace, allowed
from bot.app.patience import unless_away
from bot.app.polling import Poller
from bot.app.sending import Sender
from bot.channels.telegram_edge import Edge
from bot.channels.telegram_person import Persons
from bot.channels.telegram_port import Hook, Key, Parcel, Postman, Read, Words
from bot.clock import Clock
from bot.colleagues.announce import announce
from bot.colleagues.cards import Signs
from bot.colleagues.commands import MENU
from bot.colleagues.fullness import announce_fullness
from bot.colleagues.moment import Desk
from bot.colleagues.notes import CHANNEL, UNDER, read_note
from bot.config import Settings
from bot.storage.outbox import Message
from bot.storage.store import Store, Transaction

PATH: Final = "/telegram/staff"
REALM: Final = "staff"
ANNOUNCE_EVERY: Final = 5.0
#: Every so many rounds of announcements somebody looks whether there is still room.
FULLNESS_EVERY: Final = 120
LONGEST_TEXT: Final = 4096
HELD_OPEN: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleagues:
    """One process's part in the staff bot."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    person_key: bytes = field(repr=False)
    api: str
    store: Store
    desk: Desk
    bells: Bells
    clock: Clock
    redis: str | None = field(default=None, repr=False)
    limits: Limits = field(default_factory=Limits)
    shortest_pause: float = 1.0
    announce_every: float = ANNOUNCE_EVERY

    def edge(self) -> Edge:
        """The endpoint of the webhook."""
        return Edge(secret=self.secret.encode(), read=self._reader(), mailbox=self._mailbox())

    def sender(self) -> Sender:
        return Sender(
            channel=CHANNEL,
            store=self.store,
            bells=self.bells,
            clock=self.clock,
            compose=compose,
            new_postman=self._postman,
            pace=lambda: Pace(REALM, self.redis, self.limits),
            shortest_pause=self.shortest_pause,
        )

    def announcing(self, stop: Event) -> None:
        """New and unanswered cards go out, again and again."""
        for turn in count():
            if stop.is_set():
                return
            unless_away(self._announce, None, "announcements")
            if turn % FULLNESS_EVERY == 0:
                unless_away(self._announce_fullness, None, "announcements")
            stop.wait(self.announce_every)

    async def poll(self, stop: Event, held_open: int = HELD_OPEN) -> None:
        from bot.channels.telegram_staff import StaffLine, staff_bot

        line = StaffLine(staff_bot(self.token, self.api), held_open)
        await Poller(line, self._reader(), self._mailbox()).run(stop)

    def present(self, webhook: str | None) -> int:
        """Telegram knows the bot's German words and, with an address, where to deliver. Raises `NotNow`."""
        from bot.channels.telegram_staff_presents import present

        hook = Hook(webhook, self.secret) if webhook else None
        return asyncio.run(present(self.token, self.api, MENU, hook))

    def _announce_fullness(self) -> None:
        self.store.run(lambda tx: announce_fullness(tx, self.desk, self.clock()))
        self.bells.ring(CHANNEL)

    def _announce(self) -> None:
        self.store.run(lambda tx: announce(tx, self.desk, self.clock()))
        self.bells.ring(CHANNEL)

    def _postman(self) -> Postman:
        from bot.channels.telegram_staff import staff_bot
        from bot.channels.telegram_staff_post import StaffPostman

        return StaffPostman(staff_bot(self.token, self.api))

    def _reader(self) -> Read:
        from bot.channels.telegram_staff import StaffReader

        return StaffReader(Persons(self.person_key, REALM))

    def _mailbox(self) -> InboxMailbox:
        return InboxMailbox(self.store, self.bells, self.clock)


def compose(tx: Transaction, message: Message, now: datetime) -> Parcel | None:
    """A note as a message: one button a row, because German buttons are long."""
    note = read_note(message.content)
    rows = tuple((Key(act.label, act.data),) for act in note.acts)
    words = Words(text=note.text[:LONGEST_TEXT], rows=rows, guarded=True)
    known = (tx.shown.of(message.person).last, message.content.get(UNDER), message.after)
    after = max((number for number in known if number), default=None)
    return Parcel(chat=int(message.address or 0), parts=(words,), after=after, uncertain=message.uncertain)


def desk_of(premises: Premises, address: str) -> Desk:
    """What answering a colleague needs, from the tables."""
    know = premises.house.know
    signs = Signs(
        topics={topic.id: topic.german for topic in know.topics.values()},
        places={place.id: place.name for place in know.gazetteer.municipalities.values()},
        console=f"{address}/console",
    )
    uses = {desk.id: desk.telegram for desk in know.directory.desks()}
    return Desk(
        casework=premises.casework,
        guide=premises.guide,
        barrier_rules=premises.barrier_rules,
        signs=signs,
        uses=uses,
        rosters=premises.house.rosters,
    )


def colleagues(settings: Settings, store: Store, premises: Premises, bells: Bells, clock: Clock) -> Colleagues | None:
    """The bot that the settings describe; none without a token. Raises `ValueError` naming what is missing."""
    if settings.staff_token is None:
        return None
    if settings.person_key is None or settings.staff_secret is None:
        raise ValueError("LOTSE_STAFF_TOKEN needs LOTSE_PERSON_KEY and LOTSE_STAFF_SECRET too")
    if settings.residents_token and settings.residents_token == settings.staff_token:
        raise ValueError("LOTSE_STAFF_TOKEN and LOTSE_RESIDENTS_TOKEN must be two bots")
    return Colleagues(
        token=settings.staff_token.get_secret_value(),
        secret=settings.staff_secret.get_secret_value(),
        person_key=settings.person_key.get_secret_value().encode(),
        api=settings.telegram_api,
        store=store,
        desk=desk_of(premises, settings.address),
        bells=bells,
        clock=clock,
        redis=settings.redis.get_secret_value() if settings.redis else None,
        limits=allowed(settings.sends_per_second, settings.sends_per_chat),
    )
