"""How full a desk is, who waits there and in which order: pure, with the numbers of the concept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.handoff.case import CaseState, Decided
from bot.handoff.guide import Range, read_guide
from bot.handoff.line import is_waiting, line, overtaken
from bot.handoff.load import Level, Report, fault_of_report, load_of
from bot.vocabulary.ways import Suggestion
from tests.casework import GUIDE, KUERTEN, NOW, OVERATH, a_case

LONG_AGO = NOW - timedelta(days=9)
TODAY = date(2026, 8, 11)


def a_report(cases: int, on: date = TODAY - timedelta(days=3)) -> Report:
    return Report(desk=KUERTEN, cases=cases, counted_on=on)


@pytest.mark.parametrize(
    ("vzae", "expected"),
    [
        (1.0, Range(50, 60)),
        (0.5, Range(20, 30)),
        (0.77, Range(20, 30)),  # 004 §11.4 and §11.7 measure 0.77 by the value for part time
        (1.5, Range(70, 90)),
        (2.0, Range(100, 120)),
        (2.51, Range(120, 150)),
        (0.0, Range(0, 0)),
    ],
)
def test_the_guide_value_follows_the_posts_004_9_1(vzae: float, expected: Range) -> None:
    assert GUIDE.for_posts(vzae) == expected


def test_without_a_report_nobody_says_that_there_is_room() -> None:
    load = load_of(KUERTEN, 1.0, None, [a_case(appointment="a-1")], GUIDE)
    assert (load.cases, load.level) == (1, Level.UNKNOWN)


@pytest.mark.parametrize(
    ("cases", "level"), [(49, Level.ROOM), (50, Level.IN_RANGE), (59, Level.IN_RANGE), (60, Level.FULL)]
)
def test_a_report_tells_room_from_full(cases: int, level: Level) -> None:
    assert load_of(KUERTEN, 1.0, a_report(cases), [], GUIDE).level is level


def test_what_came_after_the_count_is_added_and_what_came_before_is_in_it() -> None:
    new = a_case("AAAAAA", state=CaseState.ACCEPTED)
    old = a_case("BBBBBB", state=CaseState.ACCEPTED, received_at=LONG_AGO)
    elsewhere = a_case("CCCCCC", state=CaseState.ACCEPTED, target_id=OVERATH)
    load = load_of(KUERTEN, 1.0, a_report(40), [new, old, elsewhere], GUIDE)
    assert (load.came, load.cases) == (1, 41)


def test_short_consultations_count_as_cases_and_referrals_do_not() -> None:
    short = a_case("AAAAAA", appointment="a-1", suggestion=Suggestion.SHORT_CONSULTATION)
    sent_on = Decided(suggestion=Suggestion.REFERRAL, reason="Jobcenter", by="sara")
    load = load_of(KUERTEN, 1.0, None, [short, a_case("BBBBBB", state=CaseState.ACCEPTED, decided=sent_on)], GUIDE)
    assert (load.came, load.came_short) == (1, 1)


def test_who_has_a_date_does_not_wait_and_who_was_answered_neither() -> None:
    assert is_waiting(a_case())
    assert is_waiting(a_case(state=CaseState.WITH_COORDINATION))
    assert not is_waiting(a_case(appointment="a-1"))
    assert not is_waiting(a_case(state=CaseState.ACCEPTED))


def test_the_line_is_in_the_order_of_coming() -> None:
    first, second = a_case("ZZZZZZ", received_at=LONG_AGO), a_case("AAAAAA")
    assert line([second, a_case("BBBBBB", target_id=OVERATH), first], KUERTEN) == (first, second)


def test_a_later_case_overtakes_those_who_wait_longer_and_an_earlier_one_nobody() -> None:
    first, second = a_case("ZZZZZZ", received_at=LONG_AGO), a_case("AAAAAA")
    assert overtaken(second, [first, second]) == (first,)
    assert overtaken(first, [first, second]) == ()


def test_whoever_has_a_date_overtakes_nobody() -> None:
    assert overtaken(a_case(appointment="a-1"), [a_case("ZZZZZZ", received_at=LONG_AGO)]) == ()


@pytest.mark.parametrize(
    ("cases", "managed"), [("", ""), ("-1", ""), ("1001", ""), ("3,5", ""), ("10", "11"), ("10", "x"), ("²", "")]
)
def test_a_report_that_cannot_be_is_refused_in_words(cases: str, managed: str) -> None:
    assert fault_of_report(cases, managed)


def test_a_report_with_or_without_its_share_of_case_management_is_fine() -> None:
    assert fault_of_report("0", "") is None
    assert fault_of_report("65", "19") is None


def test_an_old_count_is_stale_and_a_fresh_one_is_not() -> None:
    fresh = load_of(KUERTEN, 1.0, a_report(10), [], GUIDE)
    old = load_of(KUERTEN, 1.0, a_report(10, TODAY - timedelta(days=43)), [], GUIDE)
    assert not fresh.is_stale(TODAY, GUIDE)
    assert old.is_stale(TODAY, GUIDE)


def test_a_guide_whose_least_is_above_its_most_names_the_row() -> None:
    with pytest.raises(ValueError, match="guide, full_time"):
        read_guide({"origin": {"source": "x"}, "report": {"fresh_days": 1}, "full_time": {"least": 9, "most": 3}})
