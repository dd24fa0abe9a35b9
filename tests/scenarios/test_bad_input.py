"""What goes wrong gets a clear sentence, loses nothing, and the conversation goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.app.bells import Bells
from bot.app.worker import Worker
from bot.booking.appointment import Appointment
from bot.channels.render import render
from tests.storage.test_persons import everything
from tests.talk import Talk, new_store, premises


@pytest.fixture
def talk() -> Iterator[Talk]:
    with new_store() as store:
        yield Talk(store)


def test_an_unknown_town_is_asked_again_and_can_be_chosen_from_a_list(talk: Talk) -> None:
    talk.consents().types("Xqzptown").sees("place").is_told("I did not find this place")
    talk.taps("rbk", "rbk_kuerten").sees("need")


def test_a_town_outside_gets_an_honest_answer_and_the_person_can_correct_it(talk: Talk) -> None:
    talk.consents().types("Berlin").sees("place.outside").is_told("Migrationsberatung").types("Overath").sees("need")


def test_an_empty_message_says_that_it_is_empty(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").types("   ").sees("need").is_told("Your message is empty")
    talk.types("I am looking for a flat").sees("need.understood")


def test_five_thousand_characters_are_read_to_their_end(talk: Talk) -> None:
    long = "Good morning, I would like to tell you about my first days in this town. " * 67 + "I am looking for a flat."
    assert len(long) > 4_900
    talk.consents().lives_in("rbk_kuerten").types(long).sees("need.understood")
    talk.is_told("Thank you for telling me so much").is_told("Looking for a flat")


def test_emoji_alone_are_asked_back(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").types("😀🙏🙏").sees("need.vague").is_told("choose from the list")
    talk.taps("topics", "housing", "housing_search", "done").sees("need.understood")


@pytest.mark.parametrize("medium", ["sticker", "document", "location"])
def test_what_is_not_text_is_declined_in_words_and_the_screen_stays(talk: Talk, medium: str) -> None:
    talk.consents().lives_in("rbk_kuerten").sends(medium).sees("need").is_told("I can only read text")


def test_a_voice_message_is_kept_for_the_card_after_consent(talk: Talk) -> None:
    talk.sends("voice", "v0").sees("language").is_told("I can only read text")
    talk.consents().lives_in("rbk_kuerten").sends("voice", "v1").is_told("I keep it for the case manager")
    assert talk.session.kept == ("v1",)


def test_a_button_of_an_old_screen_changes_nothing_and_says_so(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").says({"tap": "agree", "on": "consent"})
    talk.sees("need").is_told("This button belongs to an earlier message")


def test_two_taps_at_once_count_once(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat").sees("need.understood")
    before = len(talk.shown)
    with talk.store.transaction() as tx:
        for key in ("tap-1", "tap-2", "tap-1"):
            tap = {"tap": "right", "on": "need.understood", "channel": "terminal"}
            tx.inbox.put(key, talk.person, tap, talk.now)
    talk.hears()
    assert before == 1
    assert len(talk.shown) == 2  # the second of the two hears that it came late, the repeated one is not heard
    talk.is_told("This button belongs to an earlier message")


def test_a_slot_that_somebody_else_just_took_brings_near_ones(talk: Talk) -> None:
    needs(talk, "rbk_kuerten").taps("go_on", "appointment", "yes", "chat", "without").sees("slots")
    wanted, slot = talk.last.choices[0].id, talk.session.offered[0]
    with talk.store.transaction() as tx:
        rival = tx.allocations.hold(slot, "somebody else", "rival", talk.now)
    assert isinstance(rival, Appointment)
    talk.taps(wanted).sees("slots").is_told("somebody else has just taken this date")
    talk.taps(talk.last.choices[0].id).sees("summary").taps("confirm").sees("mine").is_told(
        "Your appointment is booked"
    )


def test_a_hold_that_ran_out_is_won_again_while_nobody_was_faster(talk: Talk) -> None:
    needs(talk, "rbk_kuerten").taps("go_on", "appointment", "yes", "chat", "without")
    talk.taps(talk.last.choices[0].id).sees("summary").on("2026-11-20T11:00").taps("confirm")
    talk.sees("mine").is_told("Your appointment is booked")


def test_a_hold_that_ran_out_and_was_taken_offers_other_dates_and_keeps_all_answers(talk: Talk) -> None:
    needs(talk, "rbk_kuerten").taps("go_on", "appointment", "yes", "chat", "without")
    slot = talk.session.offered[0]
    talk.taps(talk.last.choices[0].id).sees("summary").on("2026-11-20T11:00")
    with talk.store.transaction() as tx:
        tx.allocations.hold(slot, "somebody else", "rival", talk.now)
    talk.taps("confirm").sees("slots").is_told("somebody else has just taken this date")
    talk.taps(talk.last.choices[0].id, "confirm").sees("mine")
    assert len(talk.cases()) == 1


def test_a_word_where_a_number_is_asked_gets_an_example(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").taps("topics", "housing", "housing_search", "other_groups")
    talk.taps("money", "debt", "other_groups", "health", "health_care", "done").sees("need.understood").taps("right")
    while talk.last.screen != "ask.tried":
        talk.taps("dont_know")
    talk.taps("waiting").sees("ask.waiting_months").types("very long").is_told("Please write only a number")
    talk.types("٦ months")
    assert talk.session.facts.waiting_months == 6


def test_a_phone_number_that_is_none_is_asked_again(talk: Talk) -> None:
    needs(talk, "rbk_kuerten").taps("go_on", "appointment", "yes", "phone").types("later").is_told("not a phone number")
    talk.types("+49 151 23456789").sees("name").types("x" * 200).is_told("too long for a name").types("Sample").sees(
        "slots"
    )


def test_an_unknown_command_points_to_help(talk: Talk) -> None:
    talk.consents().types("/nothing").sees("place").is_told("/help")


def test_a_message_of_no_known_kind_goes_to_quarantine_and_the_next_one_is_answered(talk: Talk) -> None:
    talk.consents()
    worker = Worker(talk.store, premises().house, Bells(), lambda: talk.now)
    with talk.store.transaction() as tx:
        tx.inbox.put("poison", talk.person, {"nonsense": 1}, talk.now)
        tx.inbox.put("good", talk.person, {"text": "Kürten", "channel": "terminal"}, talk.now)
    for minute in range(10):
        talk.on(f"2026-11-20T10:{minute * 5:02d}")
        worker.work_off()
    talk.hears().sees("need")
    assert [one.screen for one in talk.shown[-2:]] == ["sorry", "need"]
    with talk.store.transaction() as tx:
        (poisoned,) = tx.inbox.quarantined()
    assert poisoned.fault == "NotALetter"


def test_whoever_sent_what_could_not_be_handled_hears_it_in_their_language(talk: Talk) -> None:
    talk.consents()
    worker = Worker(talk.store, premises().house, Bells(), lambda: talk.now)
    with talk.store.transaction() as tx:
        tx.inbox.put("poison", talk.person, {"nonsense": 1}, talk.now)
    for minute in range(10):
        talk.on(f"2026-11-20T10:{minute * 5:02d}")
        worker.work_off()
    talk.hears().is_told("could not answer your last message").is_told("Please send it again")
    assert talk.last.language == "en"
    talk.types("Kürten").sees("need")


def needs(talk: Talk, municipality: str) -> Talk:
    """As far as the suggestion, with one need."""
    talk.consents().lives_in(municipality).types("I am looking for a flat").sees("need.understood").taps("right")
    return talk.answers()


def test_an_own_number_before_the_consent_is_not_stored_and_explained(talk: Talk) -> None:
    talk.says({"media": "contact", "phone": "+49 151 7777777"}).sees("language").is_told("I have not stored this phone")
    assert "7777777" not in everything(talk.store)


def test_a_contact_that_is_not_asked_for_is_not_stored_and_explained(talk: Talk) -> None:
    talk.consents().lives_in("rbk_kuerten").says({"media": "contact", "phone": "+49 151 7777777"}).sees("need")
    talk.is_told("I have not stored this phone number").sends("contact").sees("need").is_told("I have not stored this")
    assert "7777777" not in everything(talk.store)


@pytest.mark.parametrize(
    ("tag", "spoken"), [("fr", "de"), ("pt-br", "de"), ("en-US", "en"), ("fa_AF", "fa"), ("", "de")]
)
def test_a_telephone_in_a_language_that_we_do_not_speak_gets_the_languages_to_choose_from(
    talk: Talk, tag: str, spoken: str
) -> None:
    talk.says({"hello": {"language": tag}}).sees("language").is_offered("ar", "uk")
    assert talk.last.language == spoken
    assert "Bitte wählen Sie Ihre Sprache" in render(talk.last, premises().catalogues)["text"]
