"""Every id that a card can hold has a German word."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.console import words
from bot.console.show import fact_value
from bot.dialogs.session import Purpose
from bot.handoff.acts import Action
from bot.handoff.case import BOT, RESIDENT, CaseState, ContactKind, Outcome
from bot.handoff.staff import Role
from bot.vocabulary.facts import (
    NAMES,
    County,
    LivingFrom,
    NextSteps,
    Office,
    ResidenceDocument,
    StatusChange,
    Tried,
)
from bot.vocabulary.ways import Booking, Suggestion, TargetKind

SHOWN_OTHERWISE = {"county", "municipality", "needs"}
VALUES = {
    "offices": Office,
    "living_from": LivingFrom,
    "status_change": StatusChange,
    "next_steps_alone": NextSteps,
    "tried": Tried,
    "residence_document": ResidenceDocument,
}


@pytest.mark.parametrize(
    ("table", "ids"),
    [
        (words.STATES, {*CaseState}),
        (words.SUGGESTIONS, {*Suggestion}),
        (words.TARGETS, {*TargetKind}),
        (words.BOOKINGS, {*Booking}),
        (words.OUTCOMES, {*Outcome}),
        (words.OUTCOME_SIGNS, {*Outcome}),
        (words.CONTACTS, {*ContactKind}),
        (words.CONSENTS, {*Purpose}),
        (words.COUNTIES, {*County}),
        (words.ROLES, {*Role}),
        (words.ACTIONS, {*Action}),
        (words.ACTORS, {BOT, RESIDENT}),
        (words.QUESTIONS, {*NAMES}),
        (words.FACTS, {*NAMES} - SHOWN_OTHERWISE),
        (words.VALUES, {*VALUES}),
    ],
)
def test_a_table_of_words_has_exactly_the_ids_that_there_are(table: Mapping[str, object], ids: set[str]) -> None:
    assert set(table) == ids


@pytest.mark.parametrize(("fact", "value"), [(fact, value) for fact, kind in VALUES.items() for value in kind])
def test_every_value_of_a_fact_has_a_word(fact: str, value: str) -> None:
    assert value in words.VALUES[fact]


def test_truth_and_numbers_are_said_in_german() -> None:
    assert fact_value("newly_assigned", True) == "ja"
    assert fact_value("children", 3) == "3"
    assert fact_value("offices", ()) == "keine"
