"""A colleague's calendar on a real CalDAV server keeps them from being booked, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.busy import BusyTimes
from bot.app.caldav import Source
from bot.app.metrics import metrics_text
from bot.booking.appointment import Appointment, SlotTaken
from bot.booking.reading import Fault, Reading
from bot.storage.store import Store
from tests.calendars.office import DESK, a_slot, book
from tests.calendars.radicale_server import PASSWORD, Radicale, a_radicale
from tests.talk import new_store, premises

#: A Thursday, two weeks and a half before the clocks go back.
NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
EVERY = timedelta(minutes=10)
MEETING = (
    "UID:jour-fixe\nSUMMARY:canary of a title\nLOCATION:canary of a place\nATTENDEE:mailto:canary@example.org\n"
    "DTSTART;TZID=Europe/Berlin:20261013T090000\nDTEND;TZID=Europe/Berlin:20261013T100000"
)


@pytest.fixture
def store() -> Iterator[Store]:
    with new_store() as store:
        yield store


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with a_radicale(tmp_path) as radicale:
        yield radicale


class Reader:
    """Reads at a time that a test can move."""

    def __init__(self, store: Store, *sources: Source) -> None:
        self.now = NOW
        self._store = store
        self._reader = BusyTimes(store, premises(), sources, lambda: self.now, EVERY)

    def reads(self, **later: float) -> int:
        self.now += timedelta(**later)
        return self._reader.once()

    def forgets(self) -> None:
        self._reader.forget_others()

    @property
    def reading(self) -> Reading:
        with self._store.transaction() as tx:
            (one,) = tx.readings.of([DESK])
        return one

    @property
    def times(self) -> list[str]:
        """When the colleague is away, in UTC."""
        with self._store.transaction() as tx:
            found = tx.away.standing([DESK], NOW)
        return [f"{one.starts_at:%m-%d %H:%M}/{one.ends_at:%d %H:%M}" for one in found]


def can_be_booked(store: Store, starts_at: datetime) -> bool:
    with store.transaction() as tx:
        held = tx.allocations.hold(a_slot(starts_at), "p9", f"key-{starts_at}", NOW)
        if isinstance(held, SlotTaken):
            return False
        tx.allocations.release(held.id)
    return True


def test_while_a_colleague_is_busy_there_nobody_is_booked_here(store: Store, radicale: Radicale) -> None:
    radicale.put("meeting", MEETING)
    assert Reader(store, radicale.source(DESK)).reads() == 1
    ten = datetime(2026, 10, 13, 8, 0, tzinfo=UTC)
    assert [can_be_booked(store, ten + timedelta(minutes=minutes)) for minutes in (-45, -15, 0)] == [False, False, True]


def test_a_series_with_an_exception_stays_at_its_hour_over_the_change_of_clocks(
    store: Store, radicale: Radicale
) -> None:
    series = (
        "UID:team\nDTSTART;TZID=Europe/Berlin:20261012T090000\nDTEND;TZID=Europe/Berlin:20261012T100000\n"
        "RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Berlin:20261019T090000"
    )
    moved = (
        "UID:team\nRECURRENCE-ID;TZID=Europe/Berlin:20261102T090000\n"
        "DTSTART;TZID=Europe/Berlin:20261103T140000\nDTEND;TZID=Europe/Berlin:20261103T150000"
    )
    radicale.put("series", series, moved)
    radicale.put("holiday", "UID:free\nDTSTART;VALUE=DATE:20261025\nDTEND;VALUE=DATE:20261026")
    radicale.put("birthday", "UID:bday\nDTSTART;VALUE=DATE:20261027\nTRANSP:TRANSPARENT")
    radicale.put("called off", "UID:off\nDTSTART:20261028T080000Z\nDURATION:PT1H\nSTATUS:CANCELLED")
    reader = Reader(store, radicale.source(DESK))
    reader.reads()
    assert reader.times == [
        "10-12 07:00/12 08:00",
        "10-24 22:00/25 23:00",
        "10-26 08:00/26 09:00",
        "11-03 13:00/03 14:00",
    ]


def test_what_is_changed_or_taken_out_there_is_so_here_after_the_next_reading(store: Store, radicale: Radicale) -> None:
    radicale.put("meeting", MEETING)
    radicale.put("other", "UID:other\nDTSTART:20261014T080000Z\nDURATION:PT1H")
    reader = Reader(store, radicale.source(DESK))
    reader.reads()
    radicale.put("meeting", MEETING.replace("1013T", "1015T"))
    radicale.take_out("other")
    assert reader.reads(minutes=9) == 0
    assert reader.times == ["10-13 07:00/13 08:00", "10-14 08:00/14 09:00"]
    assert reader.reads(minutes=1) == 1
    assert reader.times == ["10-15 07:00/15 08:00"]


def test_a_booked_date_is_not_lost_and_stands_as_a_conflict_until_somebody_has_moved_it(
    store: Store, radicale: Radicale
) -> None:
    date = book(store, datetime(2026, 10, 13, 7, 15, tzinfo=UTC))
    radicale.put("meeting", MEETING)
    reader = Reader(store, radicale.source(DESK))
    reader.reads()
    with store.transaction() as tx:
        assert [*tx.away.dates_by_absence([DESK], reader.now).values()] == [[date.id]]
        assert tx.allocations.get(date.id) == date
        tx.allocations.move(date.id, a_slot(datetime(2026, 10, 14, 7, 0, tzinfo=UTC)), reader.now)
        assert tx.away.dates_by_absence([DESK], reader.now) == {}


def test_our_own_dates_in_that_calendar_keep_nobody_away(store: Store, radicale: Radicale) -> None:
    date = book(store, datetime(2026, 10, 13, 7, 0, tzinfo=UTC))
    radicale.put("invitation", f"UID:{date.uid}\nDTSTART:20261013T070000Z\nDURATION:PT45M\nSUMMARY:Termin K7M4Q2")
    reader = Reader(store, radicale.source(DESK))
    reader.reads()
    assert reader.times == []


def test_with_a_wrong_password_or_address_the_last_times_stay(store: Store, radicale: Radicale) -> None:
    radicale.put("meeting", MEETING)
    reader = Reader(store, radicale.source(DESK))
    reader.reads()
    faults: list[tuple[Fault | None, datetime | None, list[str]]] = []
    for source in (
        radicale.source(DESK, password="wrong"),
        radicale.source(DESK, address=f"{radicale.calendar}nothing/"),
    ):
        other = Reader(store, source)
        other.reads(hours=1 + len(faults))
        faults.append((other.reading.fault, other.reading.read_at, other.times))
    assert faults == [(fault, NOW, ["10-13 07:00/13 08:00"]) for fault in (Fault.PASSWORD, Fault.ADDRESS)]
    assert reader.reads(hours=9) == 1
    assert (reader.reading.fault, reader.reading.read_at) == (None, reader.now)


def test_while_the_server_is_gone_people_see_how_old_its_times_are(store: Store, radicale: Radicale) -> None:
    radicale.put("meeting", MEETING)
    reader = Reader(store, radicale.source(DESK))
    reader.reads()
    radicale.stop()
    reader.reads(hours=2)
    assert (reader.reading.fault, reader.reading.is_old(reader.now), len(reader.times)) == (Fault.AWAY, True, 1)
    numbers = metrics_text(store, lambda: reader.now).decode()
    assert f'lotse_calendar_age_seconds{{post="{DESK}"}} 7200.0' in numbers
    assert 'lotse_calendars_total{outcome="away"}' in numbers
    radicale.start()
    reader.reads(hours=1)
    assert (reader.reading.fault, reader.reading.is_old(reader.now)) == (None, False)


def test_a_calendar_that_is_no_longer_named_keeps_nobody_away(store: Store, radicale: Radicale) -> None:
    radicale.put("meeting", MEETING)
    reader = Reader(store, radicale.source(DESK))
    reader.reads()
    reader.forgets()
    assert len(reader.times) == 1
    Reader(store).forgets()
    assert reader.times == []


def test_neither_titles_nor_places_nor_people_nor_the_password_are_kept(
    store: Store, radicale: Radicale, capsys: pytest.CaptureFixture[str]
) -> None:
    radicale.put("meeting", MEETING)
    reader = Reader(store, radicale.source(DESK))
    reader.reads()
    radicale.stop()
    reader.reads(hours=1)
    kept = Path(str(store.engine.url.database)).read_bytes() + "".join(capsys.readouterr()).encode()
    assert b"jour-fixe" not in kept
    assert b"canary" not in kept
    assert PASSWORD.encode() not in kept


def test_two_calendars_of_one_colleague_count_together(store: Store, radicale: Radicale) -> None:
    radicale.put("meeting", MEETING)
    reader = Reader(store, radicale.source(DESK), radicale.source(DESK))
    assert reader.reads() == 1
    assert reader.times == ["10-13 07:00/13 08:00"]
    assert isinstance(book(store, datetime(2026, 10, 13, 9, 0, tzinfo=UTC)), Appointment)
