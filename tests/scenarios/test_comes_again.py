"""Who comes for the third time after short consultations is asked the open criteria again (seed 004 chapter 8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.storage.store import Store
from bot.vocabulary.ways import Suggestion
from tests.talk import Talk, new_store

FLAT = "I am looking for a flat"
HEAVY = {
    "offices": ["jobcenter", "abh", "jugendamt"],
    "contradictory_demands": True,
    "living_from": "sgb2",
    "status_change": "recent",
    "next_steps_alone": "no",
    "tried": "refused",
}


@pytest.fixture
def store() -> Iterator[Store]:
    with new_store() as opened:
        yield opened


EASY = {"offices": [], "next_steps_alone": "yes", "tried": "not_yet", "living_from": "wages", "status_change": "none"}
ALL = ["offices", "contradictory_demands", "living_from", "status_change", "next_steps_alone", "tried"]


def asks_about_a_flat(talk: Talk, **facts: Any) -> list[str]:
    """Answers up to the suggestion; returns what was asked."""
    talk.types(FLAT).taps("right")
    asked = []
    while talk.last.screen.startswith("ask."):
        asked.append(talk.last.screen.removeprefix("ask."))
        talk._answer(asked[-1], facts)
    talk.sees("suggestion")
    return asked


def had_short_consultations(store: Store, times: int) -> Talk:
    talk = Talk(store).consents().lives_in("rbk_kuerten")
    for number in range(times):
        assert len(asks_about_a_flat(talk, **EASY)) < len(ALL)
        talk.taps("go_on").books().on(f"2026-11-20T1{number + 1}:00").taps("new").sees("need")
    return talk


def test_the_first_two_times_only_what_can_still_change_the_suggestion_is_asked(store: Store) -> None:
    talk = had_short_consultations(store, 2)
    assert [case.suggestion for case in talk.cases()] == [Suggestion.SHORT_CONSULTATION] * 2
    assert [case.facts.short_consultations_before for case in talk.cases()] == [None, 1]


def test_the_third_time_every_open_criterion_is_asked_and_it_is_said_why_once(store: Store) -> None:
    talk = had_short_consultations(store, 2).types(FLAT).taps("right")
    talk.sees("ask.offices").is_told("You have had short consultations here before.")
    talk.taps("none").is_not_told("You have had short consultations here before.")
    talk.taps("nav.back", "dont_know")
    asked = ["offices"]
    while talk.last.screen.startswith("ask."):
        asked.append(talk.last.screen.removeprefix("ask."))
        talk._answer(asked[-1], EASY)
    assert {"status_change", "next_steps_alone", "tried"} <= {*asked}


def test_whoever_needs_more_the_third_time_is_suggested_case_management_and_the_card_says_so(store: Store) -> None:
    talk = had_short_consultations(store, 2)
    asks_about_a_flat(talk, **HEAVY)
    talk.is_told("I suggest case management").taps("go_on").books()
    newest = max(talk.cases(), key=lambda case: case.received_at)
    assert newest.suggestion is Suggestion.CASE_MANAGEMENT
    assert newest.facts.short_consultations_before == 2
    assert "O_repeat_short" in [point.id for point in newest.orientation]
    assert newest.missing == ()


def test_whoever_needs_no_more_gets_a_short_consultation_again_and_nothing_stays_open(store: Store) -> None:
    talk = had_short_consultations(store, 2)
    asks_about_a_flat(talk, **EASY)
    talk.is_told("I suggest a short consultation").taps("go_on").books()
    newest = max(talk.cases(), key=lambda case: case.received_at)
    assert (newest.suggestion, newest.missing) == (Suggestion.SHORT_CONSULTATION, ())


def test_every_question_can_still_be_left_open(store: Store) -> None:
    asked = asks_about_a_flat(had_short_consultations(store, 2))
    assert len(asked) == len({*asked})


def test_what_was_withdrawn_was_no_consultation(store: Store) -> None:
    talk = had_short_consultations(store, 2)
    code = min(talk.cases(), key=lambda case: case.received_at).code
    talk.taps("nav.back").sees("mine").taps(f"cancel.{code}", "yes").sees("mine").taps("new").types(FLAT).taps("right")
    talk.is_not_told("You have had short consultations here before.")
    assert talk.session.facts.short_consultations_before == 1


def test_somebody_else_s_consultations_are_not_mine(store: Store) -> None:
    had_short_consultations(store, 2)
    other = Talk(store, person="another").consents().lives_in("rbk_kuerten").types(FLAT).taps("right")
    other.sees("ask.offices").is_not_told("You have had short consultations here before.")
