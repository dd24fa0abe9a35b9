"""Two real `work` processes on one PostgreSQL, across a change of clocks: each reminder comes once, and on time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from bot.booking.hours import BERLIN
from bot.cases import Asked
from bot.channels.telegram_person import Persons
from bot.handoff.staff import Role, Staff
from bot.storage.store import Store, Transaction
from bot.turns import reminders
from tests import servers
from tests.calendars.office import book
from tests.scenarios.test_waiting import DESK
from tests.talk import Talk, premises
from tests.telegram.city import laid
from tests.telegram.fake_api import FakeTelegram
from tests.telegram.other_time import WallClock, at_work
from tests.telegram.person import Person
from tests.telegram.town import KEY, SECRET

COLLEAGUE: Final = Staff(id="c", name="Sample", role=Role.CASE_MANAGER, desks=frozenset({DESK}), sample=True)
CROWD: Final = 24
PATIENCE: Final = 60.0
#: How long nothing more must come: more than two rounds of a sender.
QUIET: Final = 2.5


class ChatTalk(Talk):
    """A conversation whose answers would go into a chat of Telegram, if a sender were there already."""

    def __init__(self, store: Store, ada: Person, on: str) -> None:
        self.ada = ada
        ada.starts()
        super().__init__(store, Persons(KEY).name(ada.id), on)

    def says(self, content: dict[str, Any]) -> Talk:
        with self.store.transaction() as tx:
            key = f"test:{self.person}:{next(self._keys)}"
            tx.inbox.put(key, self.person, {**content, "channel": "telegram", "address": str(self.ada.id)}, self.now)
        return self.hears()

    def booked_for(self, day: str) -> ChatTalk:
        """A first consultation on this day."""
        self.consents().lives_in(DESK).types("I am looking for a flat").taps("right").answers().taps("go_on")
        self.taps("appointment", "yes", "chat", "without").sees("slots")
        self.taps(self.slot_on(day)).sees("summary").taps("confirm").sees("mine")
        return self

    def slot_on(self, day: str) -> str:
        while True:
            for choice in self.last.choices:
                if choice.id.startswith(day.replace("-", "")):
                    return choice.id
            self.taps("next")


@dataclass
class Reminded:
    """What each chat has heard from the senders."""

    telegram: FakeTelegram
    store: Store
    clock: WallClock
    chats: list[Person] = field(default_factory=list)

    def person(self) -> Person:
        self.chats.append(self.telegram.person(next(iter(self.telegram.world.bots.values()))))
        return self.chats[-1]

    def heard(self) -> dict[int, list[str]]:
        with self.telegram.world.lock:
            return {one.id: [sent.text for sent in one.chat if sent.by_bot] for one in self.chats}

    def comes(self, moment: datetime, wanted: dict[int, int]) -> dict[int, list[str]]:
        """At this moment each chat has heard so much, and a while later no more."""
        self.clock.sets(moment)
        until = time.monotonic() + PATIENCE
        while {one: len(texts) for one, texts in self.heard().items()} != wanted and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(QUIET)
        heard = self.heard()
        assert {one: len(texts) for one, texts in heard.items()} == wanted, list(heard.values())[:4]
        return heard


@contextmanager
def house(folder: Path, at: datetime) -> Iterator[tuple[Reminded, dict[str, str]]]:
    url = servers.postgres().copy_of("city", laid)
    store = Store(url)
    with FakeTelegram() as telegram:
        bot = telegram.new_bot()
        environment = {
            "DATABASE": store.engine.url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False),
            "RESIDENTS_TOKEN": bot.token,
            "RESIDENTS_SECRET": SECRET,
            "PERSON_KEY": KEY.decode(),
            "TELEGRAM_API": telegram.base,
            "SENDS_PER_SECOND": "1000",
            "SENDS_PER_CHAT": "50",
        }
        yield (
            Reminded(telegram, store, WallClock(folder / "clock", at)),
            {f"LOTSE_{name}": value for name, value in environment.items()},
        )
    store.close()
    servers.postgres().drop(url)


def crowd(here: Reminded, starts_at: datetime, booked_at: datetime) -> list[int]:
    """Many who all have a date at the same time, each at a desk of their own."""
    ids = []
    for number in range(CROWD):
        ada = here.person()
        ada.starts()
        date, name = book(here.store, starts_at, f"CROWD{number}", f"desk_{number}"), Persons(KEY).name(ada.id)
        with here.store.transaction() as tx:
            tx.sessions.save(name, "telegram", str(ada.id), "en", {"language": "en"}, booked_at)
            reminders.plan(tx.outbox, name, date.case, date, booked_at, premises().house.know.directory)
        ids.append(ada.id)
    return ids


def accepted(talk: ChatTalk) -> None:
    """A colleague has answered, so that nothing else is due until the date."""
    with talk.store.transaction() as tx:
        premises().casework.accept(tx, asked(talk, tx))
    talk.hears()


def moved_by_a_colleague(talk: ChatTalk, day: str) -> None:
    with talk.store.transaction() as tx:
        (case,) = tx.cases.of(talk.person)
        free = premises().casework.dates_for(tx, case, talk.now)
        there = next(one.starts_at for one in free if one.starts_at >= wall(day, "00:00"))
        premises().casework.propose_date(tx, asked(talk, tx), there)
    talk.hears().is_told("The desk has given you another date")


def asked(talk: ChatTalk, tx: Transaction) -> Asked:
    (case,) = tx.cases.of(talk.person)
    return Asked(code=case.code, version=case.version, by=COLLEAGUE, now=talk.now, first="Eilt.")


def wall(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("booked_on", "eve", "day", "later"),
    [
        ("2026-10-19", "2026-10-25", "2026-10-26", "2026-10-28"),
        ("2027-03-22", "2027-03-30", "2027-03-31", "2027-04-01"),
    ],
)
def test_each_reminder_comes_once_by_the_clock_on_the_wall_in_the_language_of_now(
    tmp_path: Path, booked_on: str, eve: str, day: str, later: str
) -> None:
    with house(tmp_path, wall(booked_on, "10:00")) as (here, environment):
        keeps, cancels, speaks, moves = (
            ChatTalk(here.store, here.person(), f"{booked_on}T10:00").booked_for(day) for _ in range(4)
        )
        cancels.taps(f"cancel.{cancels.cases()[0].code}", "yes")
        speaks.types("/language").taps("uk")
        moved_by_a_colleague(moves, later)
        accepted(keeps)
        accepted(speaks)
        many = crowd(here, wall(day, "10:00"), wall(booked_on, "10:00"))
        nothing = dict.fromkeys((one.id for one in here.chats), 0)
        on_the_eve = nothing | dict.fromkeys([keeps.ada.id, speaks.ada.id, *many], 1)
        with at_work(here.clock, environment):
            here.comes(wall(eve, "16:59"), nothing)
            heard = here.comes(wall(eve, "17:00"), on_the_eve)
            assert "This is a reminder of your appointment" in heard[keeps.ada.id][0]
            assert f"{keeps.date().starts_at.astimezone(BERLIN):%H:%M}" in heard[keeps.ada.id][0]
            assert "Нагадую про Вашу зустріч" in heard[speaks.ada.id][0]
            here.comes(
                wall(day, "07:59"), {**on_the_eve, **_two_hours_before(here, (keeps, speaks), wall(day, "07:59"))}
            )
            last = max(one.date().starts_at for one in (keeps, speaks))
            both = {**dict.fromkeys([keeps.ada.id, speaks.ada.id, *many], 2), cancels.ada.id: 0}
            here.comes(last - timedelta(minutes=30), both | {moves.ada.id: 0})
            its_eve = datetime.fromisoformat(later) - timedelta(days=1)
            here.comes(wall(f"{its_eve:%Y-%m-%d}", "17:00"), both | {moves.ada.id: 1})
            here.comes(moves.date().starts_at - timedelta(hours=1), both | {moves.ada.id: 2})


def _two_hours_before(here: Reminded, talks: tuple[ChatTalk, ...], moment: datetime) -> dict[int, int]:
    """Who has an earlier date than ten has heard of it already."""
    early = [one for one in talks if one.date().starts_at - timedelta(hours=2) <= moment]
    return {one.ada.id: 2 for one in early}
