"""What was read in colleagues' own calendars: shown where it meets a date, and how old it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.booking.away import Away, Origin
from bot.booking.reading import Fault, Reading
from tests.casework import KUERTEN, NOW
from tests.console.desk_work import DeskWork
from tests.console.test_absence_pages import THURSDAY_9, some_work


def from_calendar(work: DeskWork, starts_at: datetime, hours: int = 1) -> Away:
    """What was read in the calendar of the desk's only colleague."""
    number, ends_at = len(work.store.rows.times_away) + 1, starts_at + timedelta(hours=hours)
    times = {"starts_at": starts_at, "ends_at": ends_at, "made_at": NOW}
    one = Away(id=number, desk=KUERTEN, posts=(KUERTEN,), origin=Origin.CALENDAR, author="calendar", **times)
    work.store.rows.times_away.append(one)
    return one


def test_of_what_a_calendar_says_only_what_meets_a_date_is_listed_and_it_is_changed_there() -> None:
    work = some_work()
    conflict, quiet = from_calendar(work, THURSDAY_9), from_calendar(work, THURSDAY_9.replace(hour=9))
    sara = work.signed_in("sara")
    listed = sara.get("/abwesenheiten")
    assert "1 Termin ist noch umzulegen" in listed.text
    assert f"/abwesenheiten/{conflict.id}" in listed.links
    assert f"/abwesenheiten/{quiet.id}" not in listed.links
    page = sara.get(f"/abwesenheiten/{conflict.id}")
    assert "aus dem Kalender der Stelle gelesen: dort ändern" in page.text
    assert "Di 18.08., 09:00 (Vorschlag)" in page.text
    assert sara.get(f"/abwesenheiten/{conflict.id}/beenden").status == 404
    picture = sara.get(f"/termine/woche?stelle={KUERTEN}&ab=2026-08-13").text
    assert "im eigenen Kalender belegt. 1 Termin ist noch umzulegen" in picture
    assert "umlegen!" in picture


def test_a_date_that_two_absences_meet_is_counted_once_in_the_inbox() -> None:
    work = some_work()
    from_calendar(work, THURSDAY_9)
    from_calendar(work, THURSDAY_9, 2)
    assert "2 Termine" in work.signed_in("sara").get("/posteingang").text
    assert "3 Termine" not in work.signed_in("sara").get("/posteingang").text


def test_a_conflict_with_a_calendar_is_rebooked_like_any_other() -> None:
    work = some_work()
    conflict = from_calendar(work, THURSDAY_9)
    sara = work.signed_in("sara")
    assert "1 Termin ist umgelegt." in sara.send(sara.get(f"/abwesenheiten/{conflict.id}")).text
    assert [news["kind"] for news in work.store.news] == ["date_proposed"]


@pytest.mark.parametrize(
    ("reading", "sentence"),
    [
        ({"read_at": NOW - timedelta(minutes=5)}, "Stand Di 11.08., 11:55 (vor 5 Minuten)."),
        ({"read_at": NOW, "unread": 2}, "(gerade eben). 2 Einträge wurden nicht verstanden."),
        (
            {"read_at": NOW - timedelta(hours=3), "fault": Fault.AWAY},
            "(vor 3 Stunden), der Server antwortet nicht. Bitte vor einer Zusage dort nachsehen.",
        ),
        ({"fault": Fault.PASSWORD}, "noch nie gelesen, der Server nimmt das Passwort nicht an."),
        ({"read_at": NOW - timedelta(days=2)}, "(vor 2 Tagen), wird gerade nicht gelesen."),
    ],
)
def test_people_see_how_old_is_what_a_calendar_says(reading: dict[str, Any], sentence: str) -> None:
    work = some_work()
    work.store.rows.readings.append(Reading(post=KUERTEN, tried_at=NOW, **reading))
    sara = work.signed_in("sara")
    for page in ("/abwesenheiten", f"/termine/woche?stelle={KUERTEN}"):
        text = sara.get(page).text
        assert "Kalender Case Management Kürten: " in text
        assert sentence in text
    assert "Kalender Case" not in work.signed_in("ole").get("/abwesenheiten").text
