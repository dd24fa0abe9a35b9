"""A desk's week as a picture, the day to print, and a free time chosen in the picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.booking.appointment import AppointmentState
from bot.booking.hours import Calendar
from bot.booking.slot import Consultation
from bot.console.blocks import Block, BlockKind
from bot.console.raster import MOST_STEPS, raster
from bot.console.site import console_site
from bot.console.week import Week, week
from bot.handoff.case import CaseState
from tests.casework import DIRECTORY, KUERTEN, NOW, OVERATH, SARA, a_calendar, a_case, a_casework
from tests.console.desk_work import DeskWork
from tests.kept import MemoryStore

MONDAY = date(2026, 8, 10)
THURSDAY_9 = datetime(2026, 8, 13, 7, 0, tzinfo=UTC)
PICTURE = f"/termine/woche?stelle={KUERTEN}&ab=2026-08-13"


def a_week(store: MemoryStore, first: date = MONDAY, calendar: Calendar | None = None, **closed: str) -> Week:
    desk = DIRECTORY.desk(KUERTEN)
    assert desk is not None
    casework = replace(a_casework(), calendars={KUERTEN: calendar or a_calendar(KUERTEN)})
    names = {date.fromisoformat(day.removeprefix("d").replace("_", "-")): name for day, name in closed.items()}
    with store.transaction() as tx:
        return week(tx, casework, SARA, desk, first, NOW, names)


def blocks(shown: Week, kind: BlockKind) -> list[Block]:
    return [block for day in shown.days for block in day.blocks if block.kind is kind]


def a_store() -> MemoryStore:
    store = MemoryStore(a_case())
    store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    return store


def test_blocks_stand_where_the_clock_on_the_wall_says() -> None:
    shown = a_week(a_store())
    (booked,) = blocks(shown, BlockKind.BOOKED)
    assert shown.hours == range(8, 16)
    assert (booked.begins, booked.ends, booked.lane) == (12, 21, 1)
    assert booked.case == a_case(appointment="a-K7M4Q2")
    assert [day.date.day for day in shown.days] == [10, 11, 12, 13, 14]


def test_the_picture_is_the_same_in_both_weeks_of_a_change_of_clocks() -> None:
    before, after = (a_week(MemoryStore(), day) for day in (date(2026, 10, 19), date(2026, 10, 26)))
    assert [one.begins for one in blocks(before, BlockKind.HOURS)] == [12, 12]
    assert [one.begins for one in blocks(after, BlockKind.HOURS)] == [12, 12]


def test_a_free_time_is_there_once_for_each_post_that_could_give_it() -> None:
    calendar = replace(a_calendar(KUERTEN), posts=(KUERTEN, f"{KUERTEN}#2"))
    shown = a_week(MemoryStore(), MONDAY, calendar)
    assert shown.lanes == 2
    assert {one.lane for one in blocks(shown, BlockKind.FREE)} == {1, 2}


def test_an_absence_of_all_posts_is_said_once_and_cut_at_midnight() -> None:
    store = MemoryStore()
    with store.transaction() as tx:
        tx.away.begin(KUERTEN, (KUERTEN,), THURSDAY_9, THURSDAY_9 + timedelta(days=1), "sara", NOW)
    shown = a_week(store)
    assert [(one.lane, one.begins, one.ends) for one in blocks(shown, BlockKind.ABSENT)] == [(0, 12, 96), (0, 0, 12)]


def test_a_closed_day_says_why() -> None:
    day = date(2026, 8, 11)
    calendar = replace(a_calendar(KUERTEN), closed=frozenset({day, date(2026, 8, 12)}))
    shown = a_week(MemoryStore(), MONDAY, calendar, d2026_08_11="Feiertag")
    assert [one.summary for one in shown.days] == ["–", "Feiertag", "geschlossen", "–", "–"]


def test_a_hold_is_shown_without_anything_about_the_person() -> None:
    store = a_store()
    held = store.rows.appointments["a-K7M4Q2"]
    store.rows.appointments["a-K7M4Q2"] = replace(held, case="", state=AppointmentState.HELD)
    (block,) = blocks(a_week(store), BlockKind.HELD)
    assert block.case is None


def test_the_week_reads_as_a_table_for_each_day() -> None:
    work = DeskWork(a_case())
    work.store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    page = work.signed_in("sara").get(PICTURE)
    assert "Kalenderwoche 33: Montag, 10. August 2026 bis Sonntag, 16. August 2026" in page.text
    assert "Zeit Was 09:00 –12:00 Termine möglich 09:00 –09:45 K7M4Q2 Arabisch, mit Dolmetschen" in page.text
    assert "/karten/K7M4Q2" in page.links


def test_a_date_of_a_case_that_is_not_ones_own_is_only_taken() -> None:
    work = DeskWork(a_case(target_id=OVERATH))
    work.store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    page = work.signed_in("sara").get(PICTURE)
    assert "09:00 –09:45 gebucht" in page.text
    assert "K7M4Q2" not in page.html


@pytest.mark.parametrize("start", ["2026-08-25", "gestern", "9999-12-31", "0001-01-01", ""])
def test_any_start_of_the_week_is_a_sound_page(start: str) -> None:
    assert DeskWork().signed_in("kim").get(f"/termine/woche?ab={start}").status == 200
    assert DeskWork().signed_in("kim").get(f"/termine/tag?tag={start}").status == 200


def test_a_foreign_desk_or_case_opens_nothing() -> None:
    sara = DeskWork(a_case("FREMD9", target_id=OVERATH)).signed_in("sara")
    assert "Overath" not in sara.get(f"/termine/woche?stelle={OVERATH}").text
    assert sara.get(f"{PICTURE}&fall=FREMD9").status == 404


def test_a_free_time_can_be_chosen_in_the_picture() -> None:
    work = DeskWork(a_case())
    work.store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    sara = work.signed_in("sara")
    form = sara.get("/karten/K7M4Q2/termin")
    picture = sara.get(next(link for link in form.links if "/termine/woche?stelle" in link))
    free = next(link for link in picture.links if "beginn=2026-08-13T08" in link)
    assert "Der neue Termin ist gebucht." in sara.send(sara.get(free)).text
    assert work.case().state is CaseState.DATE_PROPOSED
    assert work.store.rows.appointments["a-K7M4Q2"].starts_at == datetime(2026, 8, 13, 8, 45, tzinfo=UTC)


def test_the_sheet_of_a_day_names_nobody() -> None:
    work = DeskWork(a_case(escort=True))
    work.store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    page = work.signed_in("sara").get("/termine/tag?tag=2026-08-13")
    assert "Tagesplan Donnerstag, 13. August 2026" in page.text
    assert "09:00–09:45 K7M4Q2 Arabisch Dolmetschen: offen Begleitperson kommt mit" in page.text
    assert "ليلى" not in page.html


def test_the_sheet_of_a_day_names_rooms_as_people_call_them() -> None:
    work = DeskWork(a_case())
    work.console = replace(work.console, names=replace(work.console.names, rooms={"r1": "Beratungsraum 1"}))
    work.site = console_site(work.console)
    date = work.store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    work.store.rows.appointments[date] = replace(work.store.rows.appointments[date], room="r1")
    assert "an der Stelle Beratungsraum 1" in work.signed_in("sara").get("/termine/tag?tag=2026-08-13").text


def test_the_sheet_of_a_day_says_which_of_several_colleagues_gives_the_talk() -> None:
    work = DeskWork(a_case())
    date = work.store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    sheet = "/termine/tag?tag=2026-08-13"
    assert "Fachkraft" not in work.signed_in("sara").get(sheet).text
    second = f"{KUERTEN}#2"
    calendars = {KUERTEN: replace(a_calendar(KUERTEN), posts=(KUERTEN, second))}
    work.site.state.console = replace(work.console, casework=replace(a_casework(), calendars=calendars))
    work.store.rows.appointments[date] = replace(work.store.rows.appointments[date], post=second)
    assert "09:00–09:45 Fachkraft 2 K7M4Q2" in work.signed_in("sara").get(sheet).text


def test_a_free_time_for_a_short_consultation_is_short_in_the_picture_too() -> None:
    work = DeskWork(a_case())
    work.store.book("K7M4Q2", KUERTEN, THURSDAY_9, Consultation.SHORT)
    sara = work.signed_in("sara")
    picture = sara.get(f"{PICTURE}&fall=K7M4Q2")
    assert "09:30 –10:00 frei, nehmen" in picture.text
    free = next(link for link in picture.links if "beginn=2026-08-13T07%3A30" in link)
    assert "Der neue Termin ist gebucht." in sara.send(sara.get(free)).text
    moved = work.store.rows.appointments["a-K7M4Q2"]
    assert moved.ends_at - moved.starts_at == timedelta(minutes=30)


def test_the_raster_knows_each_place_of_the_picture() -> None:
    sheet = raster()
    for rule in (
        ".f0{grid-row-start:1}",
        f".u{MOST_STEPS}{{",
        ".n57{top:",
        ".high-108{",
        ".l3{grid-column:3}",
        ".days-7{",
    ):
        assert rule in sheet
    assert DeskWork().signed_in("sara").get("/termine/raster.css").headers["content-type"].startswith("text/css")
