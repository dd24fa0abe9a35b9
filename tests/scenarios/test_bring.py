"""Somebody brings somebody: two people over one store, and neither learns of the other what they need not know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.handoff.invitations import token_digest
from tests.storage.test_persons import everything
from tests.talk import Talk, new_store

MAKER = "volunteer"
GUEST = "guest-7f3a"
DEAD = "This invitation does not work."


@pytest.fixture
def volunteer() -> Iterator[Talk]:
    with new_store() as store:
        yield Talk(store, person=MAKER).taps("en", "help").sees("bring")


def token_of(talk: Talk) -> str:
    """The token in the link that the maker was shown."""
    link = next(line for line in talk.text().splitlines() if line.startswith("🔗"))
    return link.rsplit("/", 1)[1].strip("\u2069")


def makes(volunteer: Talk, language: str = "ar") -> str:
    volunteer.types("/bring").taps("make").sees("bring.language").taps(language).sees("bring.made")
    return token_of(volunteer)


def opens(volunteer: Talk, token: str, person: str = GUEST) -> Talk:
    """Somebody comes over the link of the web chat."""
    guest = Talk(volunteer.store, person=person, on=volunteer.now.replace(tzinfo=None).isoformat())
    guest.now = volunteer.now
    return guest.says({"invited": token_digest(token)})


def comes(volunteer: Talk) -> Talk:
    return opens(volunteer, makes(volunteer)).sees("invited").taps("go_on").sees("welcome").taps("go_on", "agree")


def books(guest: Talk) -> Talk:
    guest.lives_in("rbk_kuerten").types("I am looking for a flat").taps("right").answers().taps("go_on")
    return guest.books()


@contextmanager
def nothing_new_for(maker: Talk) -> Iterator[None]:
    """The maker hears nothing, and their list looks as before."""
    maker.types("/bring").taps("mine")
    before = maker.text()
    yield
    maker.types("/bring").taps("mine")
    assert maker.text() == before


def test_a_person_comes_with_an_invitation_and_goes_the_usual_way(volunteer: Talk) -> None:
    token = makes(volunteer)
    volunteer.is_told("works for one person and only once, until")
    assert volunteer.last.file is not None
    assert volunteer.last.picture is not None
    guest = opens(volunteer, token).sees("invited").is_told("Somebody who is helping you")
    assert guest.last.language == "ar"
    guest.taps("go_on").sees("welcome").taps("go_on", "agree").sees("invited.tell").taps("nothing").sees("place")
    books(guest)
    assert guest.cases()[0].person == GUEST


def test_the_maker_learns_nothing_by_default(volunteer: Talk) -> None:
    token = makes(volunteer)
    with nothing_new_for(volunteer):
        guest = opens(volunteer, token).taps("go_on", "go_on", "agree").taps("nothing")
        books(guest)
    assert "invitation" not in repr([page.notices for page in volunteer.shown])
    assert guest.session.invitation is None


def test_opened_is_told_only_if_the_person_wants_it(volunteer: Talk) -> None:
    guest = comes(volunteer).taps("opened").sees("place")
    volunteer.hears().is_told("was opened. The person wants you to know")
    volunteer.types("/bring").taps("mine").is_told("It was opened.").is_not_told("appointment.")
    with nothing_new_for(volunteer):
        books(guest)


def test_booked_is_told_only_if_the_person_wants_it_and_never_when_or_where(volunteer: Talk) -> None:
    guest = comes(volunteer).taps("booked")
    volunteer.hears()
    books(guest)
    volunteer.hears().is_told("has an appointment now")
    desk, day = guest.cases()[0].target_id, guest.text()
    assert desk not in volunteer.text()
    assert all(word not in volunteer.text() for word in ("Kürten", guest.cases()[0].code, "flat", "9:00"))
    assert day
    volunteer.types("/bring").taps("mine").is_told("There is an appointment.")


def test_what_the_maker_may_know_is_a_consent_of_its_own_and_can_be_taken_back(volunteer: Talk) -> None:
    guest = comes(volunteer).taps("booked")
    with guest.store.transaction() as tx:
        assert "inviter" in tx.consents.of(GUEST)
    volunteer.hears()
    guest.types("/mydata").taps("withdraw.inviter").is_told("I have taken it back").taps("close")
    with guest.store.transaction() as tx:
        assert "inviter" not in tx.consents.of(GUEST)
    with nothing_new_for(volunteer):
        books(guest)


def test_before_consent_nothing_is_stored_but_language_screen_and_the_number_of_the_invitation(volunteer: Talk) -> None:
    guest = opens(volunteer, makes(volunteer)).taps("go_on")
    assert guest.stored().keys() == {"language", "screen", "turn", "invitation"}
    guest.taps("go_on", "refuse").sees("refused")
    with guest.store.transaction() as tx:
        assert tx.consents.of(GUEST) == {}


def test_a_link_that_was_opened_gives_nothing_away_to_whoever_comes_next(volunteer: Talk) -> None:
    token = makes(volunteer)
    opens(volunteer, token).sees("invited")
    opens(volunteer, token, "thief").sees("language").is_told(DEAD)
    opens(volunteer, token).is_told(DEAD)


def test_every_link_that_does_not_work_says_the_same(volunteer: Talk) -> None:
    used, revoked, late = makes(volunteer), makes(volunteer), makes(volunteer)
    opens(volunteer, used)
    with volunteer.store.transaction() as tx:
        number = tx.invitations.open_of(MAKER, volunteer.now)[1].id
    volunteer.taps("mine", f"revoke.{number}").is_told("nobody can do so any more")
    said = {opens(volunteer, token, f"g{n}").text() for n, token in enumerate((used, revoked, "x" * 32))}
    volunteer.on("2026-12-05T10:00")
    said.add(opens(volunteer, late, "g4").text())
    assert len(said) == 1


def test_its_maker_opens_it_for_nothing_and_it_still_works(volunteer: Talk) -> None:
    token = makes(volunteer)
    volunteer.says({"invited": token_digest(token)}).sees("bring.made").is_told(DEAD)
    opens(volunteer, token).sees("invited")


def test_a_used_invitation_can_be_taken_back_like_any_other(volunteer: Talk) -> None:
    guest = comes(volunteer)
    volunteer.types("/bring").taps("mine")
    revoke = next(button.id for button in volunteer.last.choices if button.id.startswith("revoke."))
    volunteer.taps(revoke).is_told("Done.").is_told("You have no open invitation.")
    guest.taps("nothing").sees("place")


def test_the_token_is_stored_nowhere_once_the_link_was_shown(volunteer: Talk) -> None:
    token = makes(volunteer)
    opens(volunteer, token).taps("go_on")
    assert token not in everything(volunteer.store)


def test_the_number_of_an_invitation_does_not_lead_from_its_maker_to_the_guest(volunteer: Talk) -> None:
    comes(volunteer).taps("nothing")
    with volunteer.store.transaction() as tx:
        assert GUEST not in repr(tx.export(MAKER))
        assert MAKER not in repr(tx.export(GUEST))


@pytest.mark.parametrize("typed", ["Her name is Layla Beispiel, 0151 23456789", "Layla", "@layla", "+49 151 23456789"])
def test_a_name_that_is_typed_is_not_stored_and_an_invitation_is_offered_instead(volunteer: Talk, typed: str) -> None:
    volunteer.types(typed).sees("bring.language").is_told("I do not store names").taps("uk").sees("bring.made")
    assert "Layla" not in everything(volunteer.store)
    assert "23456789" not in everything(volunteer.store)


def test_a_forwarded_contact_is_not_stored_and_an_invitation_is_offered_instead(volunteer: Talk) -> None:
    volunteer.says({"media": "contact", "reference": "contact-7f3a"}).sees("bring.language").is_told("I do not store")
    assert "contact-7f3a" not in everything(volunteer.store)


def test_a_picture_of_somebodys_papers_is_not_kept_here_even_after_consent(volunteer: Talk) -> None:
    volunteer.taps("myself").sees("welcome").taps("go_on", "agree").types("/bring")
    volunteer.sends("photo", "photo-7f3a").sees("bring.language")
    assert "photo-7f3a" not in everything(volunteer.store)


def test_distress_is_recognised_here_too(volunteer: Talk) -> None:
    volunteer.types("She wants to kill herself").sees("urgent.self_harm")


def test_a_start_link_of_a_messenger_does_the_same_as_the_page(volunteer: Talk) -> None:
    token = makes(volunteer)
    guest = Talk(volunteer.store, person=GUEST).types(f"/start {token}").sees("invited")
    assert token not in everything(guest.store)
    Talk(volunteer.store, person="thief").types(f"/start {token}").sees("language").is_told(DEAD)


def test_somebody_who_is_here_already_is_asked_when_they_open_an_invitation(volunteer: Talk) -> None:
    guest = Talk(volunteer.store, person=GUEST).consents().lives_in("rbk_kuerten")
    guest.says({"invited": token_digest(makes(volunteer))}).sees("invited").taps("go_on").sees("invited.tell")
    guest.taps("nothing").sees("need")


def test_one_who_agrees_purpose_by_purpose_is_asked_as_well(volunteer: Talk) -> None:
    guest = opens(volunteer, makes(volunteer)).taps("go_on", "go_on", "one_by_one", "yes", "no", "no")
    guest.sees("invited.tell").taps("nothing").sees("place")


def test_sitting_together_the_spoken_yes_is_on_record_as_such(volunteer: Talk) -> None:
    volunteer.taps("together").sees("together").is_told("the person decides").taps("said_yes").sees("place")
    with volunteer.store.transaction() as tx:
        consents = tx.export(MAKER)["consent"]
    assert {row["how"] for row in consents} == {"spoken, typed by a helper"}
    assert len(consents) == 3
    books(volunteer)
    assert volunteer.cases()[0].spoken


def test_the_person_can_say_no_aloud_to_each_purpose(volunteer: Talk) -> None:
    volunteer.taps("together", "one_by_one", "yes", "no", "no").sees("place")
    assert volunteer.session.agreed == {"contact"}
    other = Talk(volunteer.store, person="other").taps("en", "help", "together", "said_no").sees("refused")
    assert other.stored().keys() == {"language", "screen", "turn"}


def test_somebody_with_an_own_matter_does_not_type_for_another_in_the_same_chat(volunteer: Talk) -> None:
    volunteer.taps("myself").taps("go_on", "agree").types("/bring")
    assert "together" not in {button.id for button in volunteer.last.choices}


def test_an_escort_is_on_the_card_without_a_name(volunteer: Talk) -> None:
    guest = comes(volunteer).taps("nothing")
    guest.lives_in("rbk_kuerten").types("I am looking for a flat").taps("right").answers().taps("go_on")
    guest.taps("appointment", "yes", "chat", "without")
    guest.taps(guest.last.choices[0].id)
    guest.sees("summary").taps("escort").is_told("Somebody comes with you").taps("alone").taps("escort", "confirm")
    assert guest.cases()[0].escort is True
