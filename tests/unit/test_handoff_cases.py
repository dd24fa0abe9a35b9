"""A colleague's act is one transaction: the case, its history, the appointment and the news belong together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.booking.appointment import AppointmentState
from bot.booking.slot import Consultation
from bot.cases import TAKEN, Asked, NoSuchCase, cancel_by_resident
from bot.handoff.acts import Acted, Refused
from bot.handoff.case import CaseState, Decided
from bot.handoff.ports import Stale
from bot.handoff.staff import Staff
from bot.vocabulary.ways import Suggestion
from tests.casework import KIM, KUERTEN, NIL, NOW, OLE, OVERATH, SARA, TROISDORF, a_case, a_casework
from tests.kept import MemoryStore

WORK = a_casework()
THURSDAY_9 = datetime(2026, 8, 13, 7, 0, tzinfo=UTC)
TUESDAY_10 = datetime(2026, 8, 18, 8, 0, tzinfo=UTC)


def asked(by: Staff = SARA, version: int = 1) -> Asked:
    return Asked(code="K7M4Q2", version=version, by=by, now=NOW)


def test_accepting_saves_the_case_writes_the_history_and_puts_the_news_once() -> None:
    store = MemoryStore(a_case())
    with store.transaction() as tx:
        WORK.accept(tx, asked())
    assert store.rows.cases["K7M4Q2"].state is CaseState.ACCEPTED
    assert [entry.action for _, entry in store.rows.log] == ["accepted"]
    assert store.rows.inbox.keys() == {"news:K7M4Q2:2"}
    assert store.rows.inbox["news:K7M4Q2:2"][0] == "person-K7M4Q2"


def test_of_two_colleagues_who_act_at_once_the_second_is_told() -> None:
    store = MemoryStore(a_case())
    with store.transaction() as tx:
        WORK.accept(tx, asked(SARA))
    with pytest.raises(Stale), store.transaction() as tx:
        WORK.decline(tx, asked(KIM), "nicht zuständig")
    assert store.rows.cases["K7M4Q2"].state is CaseState.ACCEPTED
    assert len(store.news) == 1


@pytest.mark.parametrize("stranger", [OLE, NIL])
def test_a_case_of_another_desk_or_county_is_as_if_it_did_not_exist(stranger: Staff) -> None:
    store = MemoryStore(a_case())
    with pytest.raises(NoSuchCase), store.transaction() as tx:
        WORK.accept(tx, asked(stranger))
    with store.transaction() as tx:
        assert WORK.inbox(tx, stranger, frozenset(CaseState)) == ()


def test_the_inbox_is_in_the_order_of_deadlines() -> None:
    late, soon = a_case("AAAAAA", deadline=NOW + timedelta(days=3)), a_case("BBBBBB", deadline=NOW)
    with MemoryStore(late, soon).transaction() as tx:
        assert [case.code for case in WORK.inbox(tx, SARA, frozenset({CaseState.RECEIVED}))] == ["BBBBBB", "AAAAAA"]


def test_another_date_moves_the_appointment_and_frees_the_old_time() -> None:
    store = MemoryStore(a_case())
    booked = store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    with store.transaction() as tx:
        WORK.propose_date(tx, asked(), TUESDAY_10)
        free = {slot.starts_at for slot in WORK.free_dates(tx, KUERTEN, NOW)}
    assert store.rows.appointments[booked].starts_at == TUESDAY_10
    assert THURSDAY_9 in free
    assert TUESDAY_10 not in free
    assert store.news[0]["before"] == THURSDAY_9.isoformat()


def test_a_short_consultation_that_is_moved_stays_as_short_as_it_was() -> None:
    store = MemoryStore(a_case())
    booked = store.book("K7M4Q2", KUERTEN, THURSDAY_9, Consultation.SHORT)
    with store.transaction() as tx:
        offered = WORK.dates_for(tx, store.rows.cases["K7M4Q2"], NOW)
        WORK.propose_date(tx, asked(), offered[-1].starts_at)
    assert {slot.ends_at - slot.starts_at for slot in offered} == {timedelta(minutes=30)}
    moved = store.rows.appointments[booked]
    assert (moved.kind, moved.ends_at - moved.starts_at) == (Consultation.SHORT, timedelta(minutes=30))


def test_a_first_date_is_as_long_as_what_was_decided_and_not_as_what_was_suggested() -> None:
    short, decided = (
        Suggestion.SHORT_CONSULTATION,
        Decided(suggestion=Suggestion.CASE_MANAGEMENT, reason="x", by="sara"),
    )
    store = MemoryStore(a_case(suggestion=short), a_case("BBBBBB", suggestion=short, decided=decided))
    with store.transaction() as tx:
        suggested = WORK.dates_for(tx, store.rows.cases["K7M4Q2"], NOW)
        otherwise = WORK.dates_for(tx, store.rows.cases["BBBBBB"], NOW)
    assert {slot.kind for slot in suggested} == {Consultation.SHORT}
    assert {slot.kind for slot in otherwise} == {Consultation.FIRST}


def test_a_second_date_leaves_the_first_which_is_over_where_it_was() -> None:
    store = MemoryStore(a_case(suggestion=Suggestion.SHORT_CONSULTATION))
    first = store.book("K7M4Q2", KUERTEN, NOW - timedelta(days=2), Consultation.SHORT)
    with store.transaction() as tx:
        offered = WORK.dates_for(tx, store.rows.cases["K7M4Q2"], NOW)
        WORK.propose_date(tx, asked(), offered[0].starts_at)
    second = store.rows.cases["K7M4Q2"].appointment
    assert second not in (None, first)
    assert store.rows.appointments[first].starts_at == NOW - timedelta(days=2)
    assert store.news[0].get("before") is None


def test_a_case_without_an_appointment_gets_its_first() -> None:
    store = MemoryStore(a_case())
    with store.transaction() as tx:
        WORK.propose_date(tx, asked(), TUESDAY_10)
    case = store.rows.cases["K7M4Q2"]
    assert case.appointment is not None
    assert store.rows.appointments[case.appointment].case == "K7M4Q2"


def test_a_date_that_somebody_else_has_taken_changes_nothing() -> None:
    store = MemoryStore(a_case(), a_case("BBBBBB"))
    store.book("BBBBBB", KUERTEN, TUESDAY_10)
    with store.transaction() as tx:
        assert WORK.propose_date(tx, asked(), TUESDAY_10) is TAKEN
    assert store.rows.cases["K7M4Q2"].version == 1
    assert not store.news


def test_a_time_outside_of_the_hours_cannot_be_booked() -> None:
    with MemoryStore(a_case()).transaction() as tx:
        assert WORK.propose_date(tx, asked(), TUESDAY_10 + timedelta(hours=9)) is TAKEN


def test_a_case_handed_on_loses_its_appointment_and_its_old_desk() -> None:
    store = MemoryStore(a_case())
    booked = store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    with store.transaction() as tx:
        WORK.hand_to_desk(tx, asked(), OVERATH, "Umzug nach Overath")
    assert store.rows.appointments[booked].state is AppointmentState.CANCELLED
    assert store.rows.cases["K7M4Q2"].deadline == datetime(2026, 8, 14, 15, tzinfo=UTC)
    with store.transaction() as tx:
        assert WORK.find(tx, "K7M4Q2", OLE).target_id == OVERATH
    with pytest.raises(NoSuchCase), store.transaction() as tx:
        WORK.find(tx, "K7M4Q2", SARA)


@pytest.mark.parametrize("desk", ["nowhere", TROISDORF, KUERTEN])
def test_a_case_goes_only_to_another_desk_of_its_county(desk: str) -> None:
    store = MemoryStore(a_case())
    with store.transaction() as tx:
        assert isinstance(WORK.hand_to_desk(tx, asked(), desk, "anders"), Refused)
    assert store.rows.cases["K7M4Q2"].version == 1


def test_overdue_cases_go_to_the_coordination_once() -> None:
    store = MemoryStore(a_case(deadline=NOW), a_case("BBBBBB"))
    with store.transaction() as tx:
        assert WORK.escalate_overdue(tx, NOW) == 1
        assert WORK.escalate_overdue(tx, NOW) == 0
    assert store.rows.cases["K7M4Q2"].state is CaseState.WITH_COORDINATION
    assert [news["kind"] for news in store.news] == ["with_coordination"]


def test_a_resident_who_cancels_frees_the_appointment_and_needs_no_reason() -> None:
    store = MemoryStore(a_case())
    booked = store.book("K7M4Q2", KUERTEN, THURSDAY_9)
    with store.transaction() as tx:
        assert isinstance(cancel_by_resident(tx, "K7M4Q2", NOW), Acted)
    assert store.rows.appointments[booked].state is AppointmentState.CANCELLED
    assert store.rows.cases["K7M4Q2"].state is CaseState.CANCELLED
    assert not store.news


def test_a_case_whose_person_is_erased_puts_no_news() -> None:
    store = MemoryStore(a_case(person=None))
    with store.transaction() as tx:
        assert isinstance(WORK.accept(tx, asked()), Acted)
    assert not store.news
