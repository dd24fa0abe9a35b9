"""Writing to a person from the card, their answers on it, and what is unread in the inbox."""

from __future__ import annotations

from typing import Any

import pytest

from bot.handoff.case import RESIDENT, CaseState, Contact, ContactKind
from bot.handoff.messages import LONGEST, Draft, Reply
from tests.casework import NOW, a_case
from tests.console.desk_work import DeskWork
from tests.pages import Visitor

CARD = "/karten/K7M4Q2"
FORM = f"{CARD}/nachricht"


def a_desk(**changes: Any) -> tuple[DeskWork, Visitor]:
    work = DeskWork(a_case(**{"person": "p1", **changes}))
    return work, work.signed_in("sara")


def answered(work: DeskWork, words: str, key: str = "a1") -> None:
    with work.store.transaction() as tx:
        tx.messages.add("K7M4Q2", key, RESIDENT, Draft(words=words), NOW)


def drafts(work: DeskWork) -> list[Draft]:
    return [one.draft for one in work.store.rows.messages.values()]


def test_own_words_go_to_the_chat_and_stand_on_the_card() -> None:
    work, sara = a_desk()
    card = sara.send(sara.get(FORM), nachricht="Guten Tag.\r\nBitte bringen Sie den Bescheid mit.")
    assert "Die Nachricht ist unterwegs." in card.text
    assert "Sara Beispiel Guten Tag. Bitte bringen Sie den Bescheid mit." in card.text
    assert "Nachricht an die Person geschrieben" in card.text
    assert drafts(work) == [Draft(words="Guten Tag.\nBitte bringen Sie den Bescheid mit.")]
    assert work.store.rows.outbox == {"relay:1": ("p1", {"relay": {"message": 1}})}


def test_a_reply_is_chosen_and_stands_on_the_card_in_german() -> None:
    work, sara = a_desk()
    card = sara.send(sara.get(FORM), antwort="bring", mit_passport="ja", mit_letters="ja")
    assert "Bitte bringen Sie mit: Pass oder Ausweis, die Briefe, um die es geht" in card.text
    assert drafts(work)[0].reply is Reply.BRING


def test_only_replies_that_fit_the_case_are_offered() -> None:
    work, sara = a_desk()
    assert "Wir rufen Sie an" not in sara.get(FORM).text
    assert "Der Termin passt" not in sara.get(FORM).text
    work.store.rows.cases["K7M4Q2"] = a_case(
        person="p1", appointment="a1", contact=Contact(kind=ContactKind.PHONE, value="0")
    )
    assert "Wir rufen Sie an" in sara.get(FORM).text
    assert "Der Termin passt" in sara.get(FORM).text


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({}, "Bitte schreiben Sie eine Nachricht"),
        ({"nachricht": " \r\n "}, "Bitte schreiben Sie eine Nachricht"),
        ({"nachricht": "x" * (LONGEST + 1)}, "höchstens 1000 Zeichen"),
        ({"nachricht": "Hallo", "antwort": "need_time"}, "nicht beides zugleich"),
        ({"antwort": "bring"}, "was die Person mitbringen soll"),
        ({"antwort": "we_call"}, "passt nicht zum Fall"),
        ({"antwort": "no_such_reply"}, "aus der Liste"),
    ],
)
def test_a_slip_is_said_nothing_is_sent_and_the_words_are_kept(answers: dict[str, str], fault: str) -> None:
    work, sara = a_desk()
    again = sara.send(sara.get(FORM), **answers)
    assert again.status == 422
    assert fault in again.text
    assert again.form.fields["nachricht"].strip() == answers.get("nachricht", "").strip()
    assert not work.store.rows.outbox
    assert sara.send(again, nachricht="Jetzt richtig.", antwort="").status == 200
    assert len(work.store.rows.outbox) == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"consents": ("contact",)}, "in die Weitergabe nicht eingewilligt"),
        ({"person": None}, "in die Weitergabe nicht eingewilligt"),
        ({"state": CaseState.CANCELLED}, "Der Fall ist beendet."),
    ],
)
def test_nobody_writes_without_consent_or_about_an_ended_case(changes: dict[str, Any], why: str) -> None:
    work, sara = a_desk(**changes)
    page = sara.get(FORM)
    assert why in page.text
    assert "Nachricht senden" not in page.text
    refused = sara.post(FORM, {**page.form.fields, "nachricht": "Hallo"})
    assert refused.status == 422
    assert not work.store.rows.outbox
    assert FORM not in sara.get(CARD).links


def test_a_form_that_is_sent_twice_says_it_once() -> None:
    work, sara = a_desk()
    form = sara.get(FORM)
    sara.send(form, nachricht="Hallo")
    sara.send(form, nachricht="Hallo")
    assert len(work.store.rows.outbox) == 1
    sara.send(sara.get(FORM), nachricht="Hallo")
    assert len(work.store.rows.outbox) == 2


def test_somebody_elses_case_cannot_be_written_to() -> None:
    work, sara = a_desk()
    form = sara.get(FORM)
    ole = work.signed_in("ole")
    assert ole.get(FORM).status == 404
    fields = {**form.form.fields, "csrf": ole.get("/posteingang").forms[0].fields["csrf"], "nachricht": "Hallo"}
    assert ole.post(FORM, fields).status == 404
    assert not work.store.rows.messages


def test_an_answer_is_unread_until_the_card_is_opened() -> None:
    work, sara = a_desk()
    answered(work, "نعم، سآتي")
    inbox = sara.get("/posteingang")
    assert "1 ungelesene Antwort" in inbox.text
    assert "1 neue Antwort" in inbox.text
    card = sara.get(CARD)
    assert "Die Person selbst neu نعم، سآتي" in card.text
    assert "neu نعم" not in sara.get(CARD).text
    assert "ungelesene" not in sara.get("/posteingang").text


def test_the_conversation_stands_in_order() -> None:
    work, sara = a_desk()
    sara.send(sara.get(FORM), nachricht="Erstens")
    answered(work, "Zweitens")
    sara.send(sara.get(FORM), nachricht="Drittens")
    text = sara.get(CARD).text
    assert text.index("Erstens") < text.index("Zweitens") < text.index("Drittens")


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "</bdi><h1>Zwei</h1>", "{{ 7*7 }}", "A\u202eB\u2067"])
def test_an_answer_is_text_and_never_markup(typed: str) -> None:
    work, sara = a_desk()
    answered(work, typed)
    card = sara.get(CARD)
    assert typed.replace("\u202e", "").replace("\u2067", "") in card.text
    assert "<script>alert" not in card.html
    assert "\u202e" not in card.html


def test_the_card_says_who_comes_along_and_how_the_consent_was_given() -> None:
    _, sara = a_desk(escort=True, spoken=True)
    card = sara.get(CARD)
    assert "Begleitperson kommt mit" in card.text
    assert "Mündlich gegeben" in card.text
    _, sara = a_desk()
    assert "Begleitperson nicht gesagt" in sara.get(CARD).text
    assert "Mündlich" not in sara.get(CARD).text
