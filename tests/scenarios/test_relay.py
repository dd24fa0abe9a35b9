"""A colleague writes, the resident reads it and answers; the answer is on the card."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.cases import Asked
from bot.channels.render import render
from bot.handoff.acts import Refused
from bot.handoff.messages import LONGEST, MOST_UNREAD, Draft, Reply, Thing
from bot.handoff.staff import Role, Staff
from tests.talk import Talk, new_store, premises

ANNA = Staff(id="anna", name="Anna Beispiel", role=Role.CASE_MANAGER, desks=frozenset({"rbk_kuerten"}), sample=True)


@pytest.fixture
def talk() -> Iterator[Talk]:
    with new_store() as store:
        talk = Talk(store).consents().lives_in("rbk_kuerten").types("I am looking for a flat")
        yield talk.taps("right").answers().taps("go_on").books()


def code(talk: Talk) -> str:
    return talk.cases()[0].code


def writes(talk: Talk, draft: Draft, key: str = "k1") -> Refused | None:
    asked = Asked(code=code(talk), version=1, by=ANNA, now=talk.now)
    with talk.store.transaction() as tx:
        return premises().casework.write(tx, asked, draft, key)


def answers(talk: Talk) -> list[str]:
    about = code(talk)
    with talk.store.transaction() as tx:
        return [one.draft.words for one in tx.messages.of(about) if one.by_resident]


def read(talk: Talk) -> None:
    (case,) = talk.cases()
    with talk.store.transaction() as tx:
        premises().casework.read_messages(tx, case, talk.now)


def test_own_words_come_as_from_a_person_with_a_note_that_they_are_german(talk: Talk) -> None:
    assert writes(talk, Draft(words="Guten Tag.\nBitte bringen Sie den Bescheid mit.")) is None
    talk.hears().sees("relay").is_told("A person from the desk has written this to you in German")
    talk.is_told("Guten Tag.\nBitte bringen Sie den Bescheid mit.").is_offered(f"nav.answer.{code(talk)}", "nav.case")
    assert render(talk.last, premises().catalogues)["from"] == "person"


def test_a_reply_is_read_in_the_language_of_the_person(talk: Talk) -> None:
    writes(talk, Draft(reply=Reply.BRING, things=(Thing.PASSPORT, Thing.LETTERS)))
    talk.hears().is_told("Please bring this to the meeting:").is_told("• your passport").is_not_told("in German")
    shown = render(talk.last, premises().catalogues)
    assert shown["from"] == "person"


def test_it_is_said_in_the_language_that_the_person_speaks_when_it_arrives(talk: Talk) -> None:
    writes(talk, Draft(words="Guten Tag"))
    talk.hears()
    talk.says({"text": "/language"}).taps("ar")
    writes(talk, Draft(words="Guten Tag"), "k2")
    assert talk.hears().last.language == "ar"


def test_the_conversation_stays_where_it_is(talk: Talk) -> None:
    talk.taps("new").sees("need")
    writes(talk, Draft(words="Guten Tag"))
    talk.hears().sees("relay").types("I have debts").sees("need.understood")


def test_the_answer_goes_back_to_the_card_and_is_unread_there(talk: Talk) -> None:
    writes(talk, Draft(words="Passt der Termin?"))
    talk.hears().taps(f"nav.answer.{code(talk)}").sees("relay.answer").is_told("It goes to")
    talk.types("Yes, I come.").sees("mine").is_told("Your answer is with the desk")
    assert answers(talk) == ["Yes, I come."]
    about = code(talk)
    with talk.store.transaction() as tx:
        assert tx.messages.unread({about}) == {about: 1}
        history = tx.cases.history(about)
    assert [entry.action for entry in history][-2:] == ["wrote", "answered"]
    assert all("Yes, I come" not in entry.reason for entry in history)


def test_the_messages_can_be_read_again_from_the_case(talk: Talk) -> None:
    writes(talk, Draft(words="Passt der Termin?"))
    talk.hears().taps(f"nav.answer.{code(talk)}").types("Yes, I come.").taps(f"messages.{code(talk)}").sees("relay")
    talk.is_told("The desk,").is_told("Passt der Termin?").is_told("You,").is_told("Yes, I come.")
    talk.taps("answer").types("And my brother comes too.").sees("mine")
    assert answers(talk) == ["Yes, I come.", "And my brother comes too."]


def test_distress_in_an_answer_gets_the_numbers_first_and_still_reaches_the_desk(talk: Talk) -> None:
    writes(talk, Draft(words="Wie geht es Ihnen?"))
    talk.hears().taps(f"nav.answer.{code(talk)}").types("I want to kill myself")
    talk.sees("urgent.self_harm").is_told("The desk gets your message too, but does not read it at once")
    assert answers(talk) == ["I want to kill myself"]
    talk.taps("go_on").sees("relay.answer")


def test_an_answer_can_be_left_out_and_every_way_out_works(talk: Talk) -> None:
    writes(talk, Draft(words="Hallo"))
    talk.hears().taps(f"nav.answer.{code(talk)}").taps("nav.emergency").taps("go_on").sees("relay.answer")
    talk.taps("mine").sees("mine")
    assert answers(talk) == []


def test_a_long_answer_is_asked_for_again_in_shorter_words(talk: Talk) -> None:
    writes(talk, Draft(words="Hallo"))
    talk.hears().taps(f"nav.answer.{code(talk)}").types("x " * LONGEST).sees("relay.answer").is_told("too long")
    assert answers(talk) == []
    talk.types("shorter").sees("mine")


def test_a_desk_that_has_not_read_is_not_buried(talk: Talk) -> None:
    writes(talk, Draft(words="Hallo"))
    talk.hears()
    for number in range(MOST_UNREAD + 1):
        talk.says({"tap": f"nav.answer.{code(talk)}", "on": "relay"}).types(f"answer {number}")
    talk.is_told("The desk has not read your last messages yet")
    assert len(answers(talk)) == MOST_UNREAD
    read(talk)
    talk.says({"tap": f"nav.answer.{code(talk)}", "on": "relay"}).types("now").is_told("Your answer is with the desk")


def test_without_consent_to_passing_on_nobody_writes_and_nothing_that_was_written_stays(talk: Talk) -> None:
    writes(talk, Draft(words="Hallo"))
    talk.hears().taps(f"nav.answer.{code(talk)}").types("Yes").types("/mydata")
    talk.taps("withdraw.pass_on", "yes")
    assert answers(talk) == []
    assert isinstance(writes(talk, Draft(words="Hallo?"), "k2"), Refused)
    # The message before has a button still.
    talk.says({"tap": f"nav.answer.{code(talk)}", "on": "relay"}).is_told("This question is closed")


def test_a_message_on_its_way_is_not_told_after_the_case_was_cancelled(talk: Talk) -> None:
    writes(talk, Draft(words="Hallo geheim"))
    with talk.store.transaction() as tx:
        assert "geheim" not in repr([one.content for one in tx.outbox.waiting(talk.person, talk.now)])
    talk.taps(f"cancel.{code(talk)}", "yes")
    assert all(page.speaker == "bot" for page in talk.shown)


def test_somebody_elses_case_cannot_be_answered(talk: Talk) -> None:
    writes(talk, Draft(words="Hallo"))
    other = Talk(talk.store, person="somebody-else").consents()
    other.says({"tap": f"nav.answer.{code(talk)}", "on": "relay"}).sees("place").types("Kürten")
    assert answers(talk) == []


def test_messages_are_in_the_export_and_gone_after_the_erasure(talk: Talk) -> None:
    writes(talk, Draft(words="Frage-7f3a"))
    talk.hears().taps(f"nav.answer.{code(talk)}").types("answer-7f3a")
    with talk.store.transaction() as tx:
        exported = repr(tx.export(talk.person))
    assert "Frage-7f3a" in exported
    assert "answer-7f3a" in exported
    talk.types("/mydata").taps("erase", "yes").sees("erased")
    with talk.store.engine.connect() as connection:
        assert "7f3a" not in repr(connection.exec_driver_sql("SELECT * FROM message").all())


def test_german_words_keep_their_direction_in_a_chat_from_right_to_left(talk: Talk) -> None:
    talk.types("/language").taps("ar")
    writes(talk, Draft(words="Guten Tag,\nbis Montag."))
    shown = render(talk.hears().last, premises().catalogues)
    assert "\u2068Guten Tag,\u2069" in shown["text"]
    assert "\u2068bis Montag.\u2069" in shown["text"]
