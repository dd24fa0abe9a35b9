"""Which desk fits whom, and what is full: every point has its sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.handoff.fit import fits, other_counselling
from bot.handoff.load import Report, load_of
from bot.handoff.standing import AlarmKind, Standing, alarms, german
from bot.routing.desks import Focus
from bot.vocabulary.facts import Facts
from tests.casework import GUIDE, NOW, SampleDesk, a_case

TOMORROW = NOW + timedelta(days=1)


def a_standing(desk: str, cases: int | None = 10, **changes: Any) -> Standing:
    row: dict[str, Any] = {
        name: changes.pop(name) for name in ("region", "languages", "fits", "municipalities") if name in changes
    }
    given: dict[str, Any] = {"municipalities": ("rbk_kuerten",), **row}
    here = SampleDesk(id=desk, name=desk, county="rbk", **given)
    report = None if cases is None else Report(desk=desk, cases=cases, counted_on=NOW.date())
    known = {"first_free": TOMORROW, **changes}
    return Standing(desk=here, load=load_of(desk, 1.0, report, [], GUIDE), **known)


def best(*standings: Standing, **case: Any) -> list[str]:
    return [fit.standing.desk.id for fit in fits(a_case(**case), standings)]


def test_the_desk_of_the_town_comes_before_the_region_and_both_before_all_others() -> None:
    other = a_standing("other", municipalities=("rbk_overath",), languages=("ar",))
    assert best(other, a_standing("region", region=True), a_standing("town")) == ["town", "region", "other"]


def test_of_two_desks_the_one_that_speaks_the_language_comes_first() -> None:
    assert best(a_standing("a"), a_standing("b", languages=("ar", "tr"))) == ["b", "a"]
    fit = fits(a_case(), [a_standing("b", languages=("ar",))])[0]
    assert "spricht Arabisch" in fit.reasons


def test_a_focus_that_is_known_to_hold_counts_and_an_unknown_one_does_not() -> None:
    families = (Focus(when=(("children_at_least", 3),), because="große Familien"),)
    standing = a_standing("a", fits=families)
    assert "Schwerpunkt: große Familien" in fits(a_case(), [standing])[0].reasons
    assert not any("Schwerpunkt" in words for words in fits(a_case(facts=Facts()), [standing])[0].reasons)


def test_room_comes_before_full_and_a_desk_that_is_away_last() -> None:
    away = a_standing("a", away_until=TOMORROW)
    assert best(away, a_standing("b", cases=70), a_standing("c", cases=10)) == ["c", "b", "a"]
    full = fits(a_case(), [a_standing("b", cases=70)])[0]
    assert "am oder über dem Richtwert (70 von 50 bis 60 Fällen)" in full.against


def test_a_desk_that_has_not_reported_is_neither_praised_nor_blamed() -> None:
    fit = fits(a_case(), [a_standing("a", cases=None)])[0]
    assert "Auslastung nicht gemeldet" in fit.against
    assert not any("Richtwert" in words for words in fit.reasons)


def test_whether_another_counselling_is_in_charge_is_said_and_never_guessed() -> None:
    assert "nicht bekannt" in other_counselling(a_case())
    known = a_case(facts=Facts(other_counselling=True))
    assert other_counselling(known).startswith("Ja.")


def kinds(*standings: Standing) -> list[AlarmKind]:
    return [alarm.kind for alarm in alarms(standings)]


def test_nothing_is_full_as_long_as_there_are_dates_and_room() -> None:
    assert kinds(a_standing("a"), a_standing("b")) == []
    assert alarms(()) == ()


def test_a_town_without_any_date_is_named_once_and_not_desk_by_desk() -> None:
    free = a_standing("c", municipalities=("rbk_overath",))
    assert kinds(a_standing("a", first_free=None), a_standing("b", first_free=None), free) == [AlarmKind.TOWN]
    assert kinds(a_standing("a", first_free=None), a_standing("b"), free) == [AlarmKind.NO_DATE]


def test_a_county_without_any_date_is_one_alarm() -> None:
    full = [a_standing(name, first_free=None, municipalities=(f"rbk_{name}",)) for name in ("kuerten", "overath")]
    assert kinds(*full) == [AlarmKind.COUNTY]


def test_a_desk_without_hours_in_the_tables_is_not_full_but_unknown() -> None:
    assert kinds(a_standing("a", first_free=None, has_dates=False), a_standing("b")) == []


def test_an_alarm_is_a_sentence_for_the_coordination() -> None:
    over = a_standing("a", cases=75)
    (alarm,) = alarms((over, a_standing("b")))
    assert german(alarm, {}) == "a: 75 laufende Fälle, der Richtwert ist 50 bis 60."
    waiting = replace(a_standing("a", first_free=None), waiting=(a_case(),))
    (alarm,) = alarms((waiting, a_standing("b")))
    assert german(alarm, {}) == "a: In der buchbaren Zeit ist kein Termin frei, 1 Person wartet."
