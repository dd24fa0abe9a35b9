"""What colleagues may do with a case, in which state, and what the resident is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.handoff.acts import (
    LONGEST_REASON,
    Acted,
    NewsKind,
    Outcome,
    Refused,
    accept,
    cancel,
    close,
    decide_otherwise,
    decline,
    escalate,
    hand_to_desk,
    propose_date,
)
from bot.handoff.case import Case, CaseState, read_case, write_case
from bot.vocabulary.ways import Suggestion, TargetKind
from tests.casework import KUERTEN, NOW, OVERATH, a_case

LATER = NOW + timedelta(days=7)

ENDED = (CaseState.DECLINED, CaseState.CLOSED, CaseState.CANCELLED)


def acted(outcome: Outcome) -> Acted:
    assert isinstance(outcome, Acted), outcome
    return outcome


def why(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.why


def every_act(case: Case) -> dict[str, Outcome]:
    return {
        "accept": accept(case, "sara", NOW),
        "propose_date": propose_date(case, NOW, NOW + timedelta(hours=1), None, "sara", NOW),
        "hand_to_desk": hand_to_desk(case, OVERATH, "umgezogen", "sara", NOW, NOW),
        "decline": decline(case, "schon beraten", "sara", NOW),
        "decide_otherwise": decide_otherwise(case, Suggestion.REFERRAL, "ein Anliegen", "sara", NOW),
        "close": close(case, "Erstgespräch geführt", "sara", NOW),
        "cancel": cancel(case, NOW),
    }


def test_a_new_case_can_be_accepted_and_the_person_hears_of_it() -> None:
    outcome = acted(accept(a_case(), "sara", NOW))
    assert outcome.case.state is CaseState.ACCEPTED
    assert (outcome.entry.actor, outcome.entry.at) == ("sara", NOW)
    assert outcome.news is not None
    assert outcome.news.content() == {"news": {"kind": "accepted", "case": "K7M4Q2"}}


def test_a_case_cannot_be_accepted_twice() -> None:
    once = acted(accept(a_case(), "sara", NOW)).case
    assert why(accept(once, "sara", NOW)) == "Der Fall ist schon angenommen und kann nicht mehr angenommen werden."


@pytest.mark.parametrize("state", ENDED)
def test_nothing_can_be_done_with_a_case_that_has_ended(state: CaseState) -> None:
    for act, outcome in every_act(a_case(state=state)).items():
        assert isinstance(outcome, Refused), act
        assert outcome.why.endswith("."), act


def test_every_act_makes_a_new_version_and_leaves_a_line_in_the_history() -> None:
    case = a_case(state=CaseState.ACCEPTED)
    done = {act: outcome for act, outcome in every_act(case).items() if isinstance(outcome, Acted)}
    assert done.keys() == {"propose_date", "hand_to_desk", "decline", "decide_otherwise", "close", "cancel"}
    for act, outcome in done.items():
        assert outcome.case.version == case.version + 1, act
        assert outcome.entry.action, act


@pytest.mark.parametrize("reason", ["", "  \n", "x" * (LONGEST_REASON + 1)])
def test_an_act_that_needs_a_reason_is_refused_without_a_good_one(reason: str) -> None:
    case = a_case(state=CaseState.ACCEPTED)
    for outcome in (
        decline(case, reason, "sara", NOW),
        decide_otherwise(case, Suggestion.REFERRAL, reason, "sara", NOW),
        hand_to_desk(case, OVERATH, reason, "sara", NOW, NOW),
        close(case, reason, "sara", NOW),
    ):
        assert "Begründung" in why(outcome)


def test_the_reason_stays_with_the_colleagues() -> None:
    outcome = acted(decline(a_case(), "Die Person wohnt nicht mehr hier.", "sara", NOW))
    assert outcome.entry.reason == "Die Person wohnt nicht mehr hier."
    assert outcome.news is not None
    assert "wohnt" not in str(outcome.news.content())


def test_declining_lets_the_appointment_go_and_says_so() -> None:
    outcome = acted(decline(a_case(appointment="a-1"), "schon beraten", "sara", NOW))
    assert outcome.case.appointment is None
    assert outcome.news is not None
    assert outcome.news.content()["news"]["appointment_cancelled"] is True


def test_another_desk_gets_the_case_as_new_and_with_its_own_deadline() -> None:
    until = NOW + timedelta(days=3)
    outcome = acted(hand_to_desk(a_case(state=CaseState.ACCEPTED), OVERATH, "umgezogen", "sara", until, NOW))
    assert (outcome.case.state, outcome.case.target_id) == (CaseState.RECEIVED, OVERATH)
    assert outcome.case.deadline == until
    assert outcome.news is not None
    assert outcome.news.kind is NewsKind.DESK_CHANGED


def test_a_case_is_not_handed_to_the_desk_where_it_lies() -> None:
    assert "schon bei dieser Stelle" in why(hand_to_desk(a_case(), KUERTEN, "umgezogen", "sara", NOW, NOW))


def test_a_case_that_lies_with_the_coordination_can_be_handed_to_a_desk() -> None:
    case = a_case(target_kind=TargetKind.COORDINATION, target_id="rbk_coordination")
    outcome = acted(hand_to_desk(case, KUERTEN, "Anbindung vor Ort", "kim", NOW, NOW))
    assert outcome.case.target_kind is TargetKind.DESK


def test_a_colleague_who_decides_otherwise_is_named_with_the_reason_and_the_suggestion_stays_visible() -> None:
    outcome = acted(decide_otherwise(a_case(), Suggestion.SHORT_CONSULTATION, " ein Anliegen ", "sara", NOW))
    assert outcome.case.suggestion is Suggestion.CASE_MANAGEMENT
    assert outcome.case.decided is not None
    assert (outcome.case.decided.suggestion, outcome.case.decided.reason) == ("short_consultation", "ein Anliegen")


def test_deciding_for_what_already_counts_is_no_other_decision() -> None:
    assert "schon der geltende Weg" in why(decide_otherwise(a_case(), Suggestion.CASE_MANAGEMENT, "so", "sara", NOW))
    once = acted(decide_otherwise(a_case(), Suggestion.REFERRAL, "so", "sara", NOW)).case
    assert isinstance(decide_otherwise(once, Suggestion.REFERRAL, "so", "sara", NOW), Refused)
    assert isinstance(decide_otherwise(once, Suggestion.CASE_MANAGEMENT, "doch", "sara", NOW), Acted)


def test_an_unanswered_case_goes_to_the_coordination_once_its_deadline_has_passed() -> None:
    case = a_case(deadline=NOW)
    outcome = acted(escalate(case, NOW, LATER))
    assert outcome.case.state is CaseState.WITH_COORDINATION
    assert outcome.case.target_id == KUERTEN
    assert outcome.news is not None
    assert outcome.news.kind is NewsKind.WITH_COORDINATION
    assert isinstance(escalate(outcome.case, NOW, LATER), Refused)


def test_a_case_does_not_go_to_the_coordination_before_its_deadline_or_after_an_answer() -> None:
    assert isinstance(escalate(a_case(), NOW, LATER), Refused)
    assert isinstance(escalate(a_case(state=CaseState.ACCEPTED, deadline=NOW), NOW, LATER), Refused)


def test_where_the_coordination_itself_is_late_the_person_is_told_the_new_day() -> None:
    case = a_case(target_kind=TargetKind.COORDINATION, target_id="rbk_coordination", deadline=NOW)
    outcome = acted(escalate(case, NOW, LATER))
    assert outcome.news is not None
    assert (outcome.news.kind, outcome.news.until) == (NewsKind.TAKES_LONGER, LATER)
    assert outcome.case.deadline == LATER


def test_only_an_accepted_case_can_be_closed() -> None:
    assert "angenommener Fall" in why(close(a_case(), "geführt", "sara", NOW))
    assert acted(close(a_case(state=CaseState.ACCEPTED), "geführt", "sara", NOW)).case.state is CaseState.CLOSED


def test_the_news_of_a_new_date_carry_both_times() -> None:
    before, starts = NOW + timedelta(days=1), NOW + timedelta(days=2)
    outcome = acted(propose_date(a_case(), starts, starts + timedelta(minutes=45), before, "sara", NOW))
    assert outcome.news is not None
    assert outcome.news.content() == {
        "news": {
            "kind": "date_proposed",
            "case": "K7M4Q2",
            "starts_at": "2026-08-13T10:00:00+00:00",
            "ends_at": "2026-08-13T10:45:00+00:00",
            "before": "2026-08-12T10:00:00+00:00",
            "desk": KUERTEN,
        }
    }


def test_a_case_survives_being_written_and_read() -> None:
    decided = acted(decide_otherwise(a_case(appointment="a-1"), Suggestion.REFERRAL, "so", "sara", NOW)).case
    for case in (a_case(), decided, a_case(contact=None, name=None, person=None, needs=(), note=("photo-1",))):
        assert read_case(write_case(case)) == case
