"""What must be true of every screen: ways out, choices that lead somewhere, sentences in every complete catalogue."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.booking.appointment import Appointment, AppointmentState
from bot.booking.slot import Slot
from bot.dialogs.answers import Matter, Tapped
from bot.dialogs.engine import page, respond
from bot.dialogs.screen import STEPS, Page, View
from bot.dialogs.screens.every import SCREENS
from bot.dialogs.session import Hold, Purpose, Reach, Session, Told, read_session, write_session
from bot.handoff.case import CaseState
from bot.i18n.text import Text
from bot.vocabulary.facts import County, Facts
from bot.vocabulary.ways import Booking, Suggestion, TargetKind
from tests.talk import ROOT, Talk, new_store, premises

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SLOT = Slot(desk="rbk_kuerten", starts_at=NOW + timedelta(days=4), ends_at=NOW + timedelta(days=4, hours=1))
DATE = Appointment(
    id="a1", case="RBK-AAAAA", desk=SLOT.desk, starts_at=SLOT.starts_at, ends_at=SLOT.ends_at,
    state=AppointmentState.BOOKED, sequence=0, uid="u1",
)  # fmt: skip
COMPLETE = tomllib.loads((ROOT / "locales" / "complete.toml").read_text(encoding="utf-8"))["complete"]


def views(screen: str) -> Iterator[View]:
    """A screen in different moments of a conversation: at its very beginning, full of answers, with cases."""
    nothing = Session(language="en", screen=screen)
    told = Session(
        language="ar",
        screen=screen,
        agreed=frozenset(Purpose),
        facts=Facts(county=County.RBK, municipality="rbk_kuerten", needs=("housing_search", "debt")),
        told=(Told("housing_search", ("flat", "landlord")), Told("debt")),
        kept=("voice-1",),
        places=("rbk_kuerten", "rbk_overath"),
        guesses=("debt",),
        interpreter=True,
        reach=Reach("phone", "0151 23456789"),
        name="Sample",
        offered=(SLOT,),
        hold=Hold("a1", SLOT),
    )
    elsewhere = replace(told, facts=Facts(county=County.RSK, municipality="rsk_hennef", needs=("naturalisation",)))
    for session in (nothing, told, elsewhere, replace(elsewhere, agreed=frozenset({Purpose.CONTACT}), hold=None)):
        yield View(session=session, know=premises().house.know, now=NOW)
        yield View(session=replace(session, moving="RBK-AAAAA"), know=premises().house.know, now=NOW, matters=matters())


def matters() -> tuple[Matter, ...]:
    dated = Matter(
        code="RBK-AAAAA", target_kind=TargetKind.DESK, target="rbk_kuerten", booking=Booking.APPOINTMENT,
        state=CaseState.RECEIVED, suggestion=Suggestion.CASE_MANAGEMENT, appointment=DATE, answer_by=NOW,
    )  # fmt: skip
    return (dated, replace(dated, code="RBK-BBBBB", appointment=None))


def can_be_shown(view: View) -> bool:
    """Screens after the place and the need are only reached with both."""
    needs_place = view.session.screen in ("suggestion", "suggestion.other", "summary", "slots", "slots.none")
    needs_place = needs_place or view.session.screen.split(".")[0] in ("how", "name")
    return not needs_place or view.facts.municipality is not None


def pages(screen: str) -> list[tuple[View, Page]]:
    return [(view, page(view)) for view in views(screen) if can_be_shown(view)]


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_every_screen_has_a_way_to_a_person_to_the_emergency_numbers_and_back(screen: str) -> None:
    for view, shown in pages(screen):
        nav = {choice.id: choice for choice in shown.nav}
        for id, leads_to in (("nav.person", "person"), ("nav.emergency", "emergency"), ("nav.help", "help")):
            assert id in nav
            assert respond(view, Tapped(id)).session.screen == leads_to
        assert respond(view, Tapped("nav.back")).session.screen in SCREENS


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_every_choice_leads_somewhere_and_no_screen_is_silent(screen: str) -> None:
    for view, shown in pages(screen):
        assert shown.says, screen
        assert all(text.source for text in shown.says), screen
        assert shown.choices, screen
        for choice in shown.choices:
            step = respond(view, Tapped(choice.id, on=screen))
            assert step.session.screen in SCREENS, f"{screen}: {choice.id} leads to {step.session.screen}"
            changed = step.session != view.session or step.events
            assert changed, f"{screen}: {choice.id} does nothing"


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_every_sentence_of_a_screen_is_in_every_complete_catalogue(screen: str) -> None:
    for _, shown in pages(screen):
        for text in (*shown.says, *(choice.label for choice in (*shown.choices, *shown.nav))):
            for inner in nested(text):
                for language in COMPLETE:
                    assert premises().catalogues[language].knows(inner), f"{language}: {inner.source}"


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_every_session_survives_storage(screen: str) -> None:
    for view in views(screen):
        if view.session.consented:
            assert read_session(write_session(view.session)) == view.session


def test_before_consent_only_language_and_screen_are_stored() -> None:
    curious = Session(language="en", screen="consent", trail=("welcome",), client_language="ar", guesses=("debt",))
    assert write_session(curious) == {"language": "en", "screen": "consent"}


@pytest.mark.parametrize("seed", range(6))
def test_tapping_at_random_never_ends_in_a_dead_end(seed: int) -> None:
    chance = random.Random(seed)
    with new_store() as store:
        talk = Talk(store)
        for _ in range(120):
            if chance.random() < 0.1:
                talk.types(
                    chance.choice(["Kürten", "I have no flat and many debts", "?", "12", "Jobcenter", "/mydata"])
                )
            else:
                buttons = talk.last.choices if chance.random() < 0.9 else talk.last.nav
                talk.taps(chance.choice(buttons).id)


def nested(text: Text) -> Iterator[Text]:
    yield text
    for _, value in text.values:
        if isinstance(value, Text):
            yield from nested(value)


def test_the_steps_go_on_to_the_last_one_which_is_a_single_screen() -> None:
    steps = [screen.step for screen in SCREENS.values() if screen.step is not None]
    assert {*steps} == {*range(1, STEPS + 1)}
    assert [screen.id for screen in SCREENS.values() if screen.step == STEPS] == ["summary"]
