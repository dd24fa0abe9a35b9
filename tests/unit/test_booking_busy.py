"""What takes time in somebody's own calendar, and what does not; when, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.busy import end_of_day, joined, read_entries

FIRST, LAST = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
MONDAY_9 = "DTSTART;TZID=Europe/Berlin:20261005T090000\nDTEND;TZID=Europe/Berlin:20261005T100000"


def a_file(*events: str, product: str = "-//Somebody//Else//DE") -> str:
    body = "".join(f"BEGIN:VEVENT\nUID:x\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:{product}\n{body}END:VCALENDAR\n".replace("\n", "\r\n")


def times(*events: str, first: datetime = FIRST, last: datetime = LAST) -> list[str]:
    """Beginnings and ends in UTC, in order."""
    found = read_entries([a_file(*events)], first, last)
    assert found.unread == 0
    return [
        f"{one.starts_at:%m-%d %H:%M}/{one.ends_at:%d %H:%M}"
        for one in sorted(found.entries, key=lambda one: one.starts_at)
    ]


def unread(file: str) -> int:
    found = read_entries([file, a_file(MONDAY_9)], FIRST, LAST)
    assert len(found.entries) == 1
    return found.unread


def test_a_series_with_exceptions_stays_at_its_hour_over_a_change_of_clocks() -> None:
    series = f"{MONDAY_9}\nRRULE:FREQ=WEEKLY;COUNT=6\nEXDATE;TZID=Europe/Berlin:20261012T090000"
    moved = (
        "RECURRENCE-ID;TZID=Europe/Berlin:20261026T090000\n"
        "DTSTART;TZID=Europe/Berlin:20261027T140000\nDTEND;TZID=Europe/Berlin:20261027T150000"
    )
    cancelled = (
        "RECURRENCE-ID;TZID=Europe/Berlin:20261102T090000\nSTATUS:CANCELLED\n"
        "DTSTART;TZID=Europe/Berlin:20261102T090000\nDTEND;TZID=Europe/Berlin:20261102T100000"
    )
    assert times(series, moved, cancelled) == [
        "10-05 07:00/05 08:00",
        "10-19 07:00/19 08:00",
        "10-27 13:00/27 14:00",
        "11-09 08:00/09 09:00",
    ]


def test_a_whole_day_is_one_of_our_wall_and_has_25_hours_when_the_clocks_go_back() -> None:
    assert times("DTSTART;VALUE=DATE:20261025") == ["10-24 22:00/25 23:00"]
    assert times("DTSTART;VALUE=DATE:20261116\nDTEND;VALUE=DATE:20261121") == ["11-15 23:00/20 23:00"]


def test_a_whole_day_counts_until_its_last_minute_and_no_longer() -> None:
    day = "DTSTART;VALUE=DATE:20261008"
    late = datetime(2026, 10, 8, 21, 59, tzinfo=UTC)
    assert times(day, first=late) == ["10-07 22:00/08 22:00"]
    assert times(day, first=late + timedelta(minutes=1)) == []


@pytest.mark.parametrize("free", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "transp:transparent"])
def test_what_is_marked_as_free_or_was_cancelled_takes_no_time(free: str) -> None:
    assert times(f"{MONDAY_9}\n{free}") == []


@pytest.mark.parametrize("busy", ["TRANSP:OPAQUE", "STATUS:TENTATIVE", "CLASS:CONFIDENTIAL", "SUMMARY:frei"])
def test_anything_else_takes_it_whatever_it_is_called(busy: str) -> None:
    assert times(f"{MONDAY_9}\n{busy}") == ["10-05 07:00/05 08:00"]


def test_one_day_of_a_series_can_be_free_alone() -> None:
    free = f"RECURRENCE-ID;TZID=Europe/Berlin:20261006T090000\nTRANSP:TRANSPARENT\n{MONDAY_9.replace('1005T', '1006T')}"
    assert times(f"{MONDAY_9}\nRRULE:FREQ=DAILY;COUNT=3", free) == ["10-05 07:00/05 08:00", "10-07 07:00/07 08:00"]


def test_a_length_instead_of_an_end_and_a_time_without_a_zone_are_understood() -> None:
    assert times("DTSTART:20261005T090000\nDURATION:PT90M") == ["10-05 07:00/05 08:30"]
    assert times("DTSTART:20261005T090000Z\nDTEND:20261005T100000Z") == ["10-05 09:00/05 10:00"]


def test_a_moment_without_a_length_takes_no_time() -> None:
    assert times("DTSTART:20261005T090000Z") == []


def test_what_came_from_us_is_not_read_back() -> None:
    assert read_entries([a_file(MONDAY_9, product="-//Lotse//Lotse//DE")], FIRST, LAST).entries == ()


def test_an_entry_of_one_calendar_does_not_spoil_the_others() -> None:
    assert unread("BEGIN:VCALENDAR\r\nnonsense") == 1
    assert unread(a_file("SUMMARY:never")) == 1


def test_a_zone_that_nobody_knows_is_not_guessed() -> None:
    assert unread(a_file(MONDAY_9.replace("Europe/Berlin", "Mars/Olympus"))) == 1


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=1,2;BYMINUTE=1,2", "COUNT=3"]
)
def test_a_series_without_end_within_a_day_is_not_followed(rule: str) -> None:
    begun = monotonic()
    assert unread(a_file(f"{MONDAY_9}\nRRULE:{rule}")) == 1
    assert monotonic() - begun < 1


def test_a_series_from_before_all_calendars_is_not_followed() -> None:
    assert unread(a_file("DTSTART:00010101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY")) == 1


@given(st.text(alphabet="0123456789TZ:;=,-+PDHMEVNTRULSABCGFQOXI/\r\n \x00ü", max_size=80), st.integers(0, 200))
def test_whatever_stands_in_a_file_it_is_read_or_counted(words: str, at: int) -> None:
    file = a_file(f"{MONDAY_9}\nRRULE:FREQ=DAILY;COUNT=3")
    found = read_entries([file[:at] + words + file[at:]], FIRST, LAST)
    assert all(one.starts_at < one.ends_at for one in found.entries)


def test_times_that_overlap_or_meet_are_one() -> None:
    eight, nine, ten, noon = (datetime(2026, 10, 5, hour, tzinfo=UTC) for hour in (8, 9, 10, 12))
    assert joined([(noon, noon + timedelta(hours=1)), (nine, ten), (eight, nine)]) == (
        (eight, ten),
        (noon, noon + timedelta(hours=1)),
    )


def test_the_horizon_moves_once_a_day() -> None:
    assert end_of_day(datetime(2026, 10, 24, 22, 0, tzinfo=UTC)) == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)
    assert end_of_day(datetime(2026, 10, 25, 22, 59, tzinfo=UTC)) == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)
