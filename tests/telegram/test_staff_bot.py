"""Colleagues work on cards in Telegram: linked by a code, without anything personal, over python-telegram-bot."""

from __future__ import annotations

from datetime import timedelta

from bot.colleagues.handle import say_sorry
from bot.handoff.case import CaseState
from bot.routing.desks import TelegramUse
from bot.storage.inbox import Update
from tests.talk import Talk
from tests.telegram.fake_world import Sent
from tests.telegram.person import Person
from tests.telegram.team import Team, team


def sees(person: Person, words: str) -> Person:
    return person.waits(lambda one: any(words in message.text for message in one.heard))


def card(person: Person) -> Sent:
    return next(message for message in person.heard if message.text.startswith("Karte "))


def test_a_stranger_gets_a_polite_refusal_and_nothing_else() -> None:
    with team() as here:
        here.resident()
        stranger = here.person()
        stranger.types("/inbox")
        sees(stranger, "nur für Kolleginnen und Kollegen")
        stranger.types("/start wrongcode")
        stranger.waits(lambda one: len(one.heard) == 2)
        assert all("RBK-" not in message.text for message in stranger.heard)


def test_a_code_links_one_account_once_and_a_second_account_takes_over() -> None:
    with team() as here:
        code = here.code()
        first, second, third = here.person(), here.person(), here.person()
        first.types(f"/start {code}")
        sees(first, "Verbunden mit Fachkraft (Beispiel)")
        second.types(f"/start {code}")
        sees(second, "nur für Kolleginnen und Kollegen")
        third.types(f"/start {here.code()}")
        sees(third, "Verbunden")
        first.types("/inbox")
        sees(first, "nur für Kolleginnen und Kollegen")


def test_a_code_expires() -> None:
    with team() as here:
        code = here.code()
        here.now += timedelta(minutes=16)
        late = here.person()
        late.types(f"/start {code}")
        sees(late, "nur für Kolleginnen und Kollegen")


def test_a_new_card_comes_by_itself_and_holds_nothing_personal() -> None:
    with team() as here:
        colleague = here.linked()
        talk = here.resident()
        stored = here.case(talk)
        sees(colleague, f"Karte {stored.code} (neu)")
        text = card(colleague).text
        assert "Kürten, Englisch, Dolmetschen gewünscht" in text
        assert "Themen: Wohnungssuche und Wohnungsnot" in text
        assert "von 5 Kriterien" in text
        assert f"https://lotse.example/console/karten/{stored.code}" in text
        assert "flat" not in text


def test_a_card_says_that_there_is_something_to_hear_or_see_and_where() -> None:
    with team() as here:
        colleague, talk = here.linked(), Talk(here.store).consents().lives_in("rbk_kuerten")
        talk.sends("voice", "telegram:voice:canary").taps("housing", "housing_search", "done")
        talk.sends("voice", "telegram:voice:canary-2").sends("photo", "web:photo:canary-3")
        talk.taps("right").answers().taps("go_on").books()
        sees(colleague, "(neu)")
        text = card(colleague).text
        assert "Dazu 1 Bild und 2 Sprachnachrichten, nur in der Konsole" in text
        assert "canary" not in text


def test_a_card_is_accepted_and_the_resident_hears_it() -> None:
    with team() as here:
        colleague, talk = here.linked(), here.resident()
        sees(colleague, "(neu)").taps("Annehmen")
        sees(colleague, "Angenommen.")
        assert here.case(talk).state is CaseState.ACCEPTED
        talk.hears().is_told("the desk has accepted")


def test_a_card_that_somebody_else_changed_is_shown_anew_instead() -> None:
    with team() as here:
        colleague, talk = here.linked(), here.resident()
        sees(colleague, "(neu)")
        old = card(colleague)
        accept = next(button for button in old.buttons if button["text"] == "Annehmen")
        refuse = next(button for button in old.buttons if button["text"] == "Ablehnen")
        colleague.presses(accept["callback_data"], old)
        sees(colleague, "Angenommen.")
        colleague.presses(refuse["callback_data"], old)
        sees(colleague, "Warum lehnen Sie ab?")
        colleague.types("Falsche Stelle")
        sees(colleague, "inzwischen geändert")
        assert here.case(talk).state is CaseState.ACCEPTED


def test_another_date_is_chosen_from_the_free_ones() -> None:
    with team() as here:
        colleague, talk = here.linked(), here.resident()
        sees(colleague, "(neu)").taps("Anderer Termin")
        sees(colleague, "Welcher Termin")
        colleague.taps(colleague.labels[2])
        sees(colleague, "Der Termin ist verlegt")
        talk.hears().is_told("The desk has given you another date")


def test_declining_needs_a_reason_and_the_resident_never_reads_it() -> None:
    with team() as here:
        colleague, talk = here.linked(), here.resident()
        sees(colleague, "(neu)").taps("Ablehnen")
        sees(colleague, "Warum lehnen Sie ab?")
        colleague.types("x" * 1200)
        sees(colleague, "höchstens 1000 Zeichen")
        colleague.types("Eine andere Beratung ist schon tätig")
        sees(colleague, "Abgelehnt.")
        assert here.case(talk).state is CaseState.DECLINED
        talk.hears().is_told("cannot take on").is_not_told("andere Beratung")


def test_a_colleague_decides_otherwise_with_a_reason() -> None:
    with team() as here:
        colleague, talk = here.linked(), here.resident()
        sees(colleague, "(neu)").taps("Anders entscheiden")
        sees(colleague, "Wie entscheiden Sie")
        colleague.taps("Case Management")
        sees(colleague, "Warum entscheiden Sie anders?")
        colleague.types("Die Lage ist schwieriger als gedacht")
        sees(colleague, "Entschieden.")
        decided = here.case(talk).decided
        assert decided is not None
        assert decided.suggestion == "case_management"


def test_a_quick_reply_reaches_the_resident_in_their_language() -> None:
    with team() as here:
        colleague, talk = here.linked(), here.resident()
        sees(colleague, "(neu)").taps("Nachricht schreiben")
        sees(colleague, "Kurzantworten werden übersetzt")
        colleague.taps("Der Termin passt.")
        sees(colleague, "Gesendet.")
        talk.hears().is_told("The date is fine")


def test_a_barrier_is_noted_with_the_case() -> None:
    with team() as here:
        colleague, talk = here.linked(), here.resident()
        sees(colleague, "(neu)").taps("Hürde melden")
        sees(colleague, "Welche Hürde")
        colleague.types("Kein Sprachkurs mit Kinderbetreuung erreichbar")
        sees(colleague, "vermerkt")
        code = here.case(talk).code
        with here.store.transaction() as tx:
            history = tx.cases.history(code)
        assert [entry.reason for entry in history if entry.action == "barrier"] == [
            "Kein Sprachkurs mit Kinderbetreuung erreichbar"
        ]


def test_the_inbox_lists_cards_and_today_lists_dates() -> None:
    with team() as here:
        colleague, talk = here.linked(), here.resident()
        colleague.types("/inbox")
        sees(colleague, "1 offene Karte")
        colleague.types("/today")
        sees(colleague, "Heute gibt es keine Termine")
        here.now += timedelta(days=5)
        colleague.types("/today")
        sees(colleague, f"09:00 {here.case(talk).code}")


def test_an_absence_keeps_dates_from_being_booked_until_it_is_taken_back() -> None:
    with team() as here:
        colleague = here.linked()
        here.resident()
        colleague.types("/absence")
        sees(colleague, "So geht es")
        colleague.types("/absence 30.11.-4.12.")
        sees(colleague, "In dieser Zeit ist kein Termin gebucht.")
        later = here.resident("another")
        dates = {button.id[:8] for button in later.taps(f"move.{here.case(later).code}").last.choices}
        assert "20261130" not in dates
        colleague.types("/present 30.11.-4.12.")
        sees(colleague, "Zurückgenommen")
        colleague.types("/present 30.11.-4.12.")
        sees(colleague, "Eine solche Abwesenheit haben Sie nicht eingetragen.")


def test_an_absence_over_a_booked_date_lists_it_and_a_tap_moves_it_with_notice() -> None:
    with team() as here:
        colleague, talk = here.linked(), here.resident()
        code = here.case(talk).code
        colleague.types("/absence 25.11.")
        sees(colleague, "Niemand kann dann neu buchen.")
        sees(colleague, f"09:00 {code}")
        assert here.case(talk).state is CaseState.RECEIVED
        colleague.taps(next(label for label in colleague.labels if label.startswith(f"{code} auf ")))
        sees(colleague, f"{code} ist verlegt. Die Person erfährt es in ihrer Sprache.")
        sees(colleague, "In dieser Zeit ist kein Termin gebucht.")
        assert here.case(talk).state is CaseState.DATE_PROPOSED
        talk.hears().is_told("The desk has given you another date")


def test_an_absence_said_twice_stands_once_and_its_dates_are_listed_again() -> None:
    with team() as here:
        colleague = here.linked()
        here.resident()
        for times in (1, 2):
            colleague.types("/absence 25.11.")
            colleague.waits(lambda one, n=times: sum("Gebucht sind noch" in it.text for it in one.heard) == n)  # type: ignore[misc]  # a default
        with here.store.transaction() as tx:
            assert len(tx.away.standing({"rbk_kuerten"}, here.now)) == 1


def test_where_the_carrier_wants_only_hints_dates_in_an_absence_are_moved_in_the_console() -> None:
    with team({"rbk_kuerten": TelegramUse.NOTIFY_ONLY}) as here:
        colleague, talk = here.linked(), here.resident()
        colleague.types("/absence 25.11.")
        sees(colleague, "Andere Zeiten stehen in der Konsole: https://lotse.example/console/abwesenheiten/1")
        assert not [label for label in colleague.labels if here.case(talk).code in label]
        colleague.presses(f"move:1:{here.case(talk).code}:20261126T0800", colleague.last)
        sees(colleague, "Dieser Termin ist hier nicht mehr zu verlegen.")
        assert here.case(talk).state is CaseState.RECEIVED


def test_an_unanswered_card_is_named_once_more_before_its_deadline() -> None:
    with team() as here:
        colleague, talk = here.linked(), here.resident()
        sees(colleague, "(neu)")
        here.now = here.case(talk).deadline - timedelta(hours=1)
        sees(colleague, "Noch ohne Antwort")


def test_where_the_carrier_wants_only_hints_the_card_stays_in_the_console() -> None:
    with team({"rbk_kuerten": TelegramUse.NOTIFY_ONLY}) as here:
        colleague, talk = here.linked(), here.resident()
        sees(colleague, "Bitte in der Konsole ansehen")
        colleague.presses(f"acc:{here.case(talk).code}:1", colleague.last)
        colleague.waits(lambda one: len(one.heard) >= 3)
        assert here.case(talk).state is CaseState.RECEIVED
        assert all("Themen" not in message.text for message in colleague.heard)


def test_where_the_carrier_wants_no_telegram_nothing_comes() -> None:
    with team({"rbk_kuerten": TelegramUse.OFF}) as here:
        colleague = here.linked()
        here.resident()
        colleague.types("/help")
        sees(colleague, "/absence 24.11.")
        assert all("RBK-" not in message.text for message in colleague.heard)


def test_a_forged_button_of_another_desk_gives_nothing_away() -> None:
    with team() as here:
        colleague = here.linked()
        talk = here.resident("elsewhere")
        foreign = "RBK-ZZZZZ"
        sees(colleague, "(neu)")
        for data in (f"acc:{foreign}:1", f"card:{foreign}", "nonsense", "way:::", f"day:{here.case(talk).code}:1:x"):
            before = len(colleague.heard)
            colleague.presses(data, colleague.last)
            colleague.waits(lambda one, before=before: len(one.heard) > before)  # type: ignore[misc]  # a default
        assert here.case(talk).state is CaseState.RECEIVED


def test_a_link_into_the_console_and_the_end_of_the_line() -> None:
    with team() as here:
        colleague = here.linked()
        colleague.types("/konsole")
        sees(colleague, "https://lotse.example/console/anmelden/")
        colleague.types("/stop")
        sees(colleague, "nicht mehr verbunden")
        colleague.types("/inbox")
        sees(colleague, "nur für Kolleginnen und Kollegen")


def test_whoever_came_later_is_accepted_first_only_with_a_reason() -> None:
    with team() as here:
        colleague = here.linked()
        first, second = (waits_for_a_call(here, name, minute) for name, minute in (("first", 0), ("second", 7)))
        late = here.case(second).code
        sees(colleague, late)
        accept = next(button for button in card_of(colleague, late).buttons if button["text"] == "Annehmen")
        colleague.presses(accept["callback_data"], card_of(colleague, late))
        sees(colleague, "warum dieser zuerst an die Reihe kommt")
        assert here.case(second).state is CaseState.RECEIVED
        colleague.types("Die Wohnung ist zum Montag gekündigt")
        sees(colleague, "Angenommen.")
        assert here.case(second).state is CaseState.ACCEPTED
        assert here.case(first).state is CaseState.RECEIVED


def waits_for_a_call(here: Team, name: str, minute: int) -> Talk:
    talk = Talk(here.store, person=name, on=f"2026-11-20T10:{minute:02}").consents().lives_in("rbk_kuerten")
    talk.types("I am looking for a flat").taps("right").answers().taps("go_on").sees("how").taps("call_me")
    return talk.taps("yes").taps("chat").taps("without").sees("summary").taps("confirm").sees("mine")


def card_of(colleague: Person, code: str) -> Sent:
    return next(one for one in reversed(colleague.heard) if f"Karte {code} (neu)" in one.text)


def test_a_colleague_hears_that_what_they_sent_could_not_be_handled() -> None:
    with team() as here:
        colleague = here.linked()
        content = {"channel": "staff", "address": str(colleague.id), "text": "/inbox", "under": colleague.chat[0].id}
        with here.store.transaction() as tx:
            line = tx.lines.all()[0]
            say_sorry(Update(seq=99, key="k", person=line.person, content=content, attempts=5), tx, here.now)
        sees(colleague, "Das hat nicht geklappt.")
