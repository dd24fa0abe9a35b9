"""Where a town's desk has Telegram switched off, its residents go on in the web chat and take along what they said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from bot.app.site import site
from bot.channels.web_person import person_of
from bot.dialogs.session import read_session
from bot.handoff.roster import DeskVersion
from bot.storage.tables import passage
from bot.vocabulary.facts import County
from tests.scenarios.test_resident import has_booked
from tests.storage.test_persons import everything
from tests.talk import premises
from tests.telegram.telegram_talk import TelegramTalk
from tests.telegram.town import Town

BUSY = "another conversation already"


@pytest.fixture(scope="module")
def house() -> Iterator[Town]:
    with Town() as town:
        yield town


@pytest.fixture
def town(house: Town) -> Town:
    house.forgets()
    switches(house, "rbk_kuerten", "off")
    return house


def switches(town: Town, desk: str, telegram: str) -> None:
    """The coordination changes the desk's row in the console."""
    row = premises().house.rosters.embedded(desk)
    assert row is not None
    with town.store.transaction() as tx:
        number = len(tx.desks.versions(desk)) + 1
        document = {**row.document, "telegram": telegram}
        tx.desks.put(
            DeskVersion(
                desk=desk, number=number, county=County.RBK, document=document, author="anna", at=town.clock(),
                reason="Der Träger erlaubt Telegram nicht.",
            )
        )  # fmt: skip


def names_kuerten(town: Town) -> TelegramTalk:
    talk = TelegramTalk(town)
    talk.consents().taps("rbk", "rbk_kuerten").sees("moved")
    return talk


def token_of(talk: TelegramTalk) -> str:
    found = re.search(r"/chat/moved/([0-9a-f]+)", talk.ada.last.text)
    assert found is not None, talk.ada.last.text
    return found[1]


def browser(town: Town, secret: str = "") -> TestClient:
    app = site(town.store, premises(), town.bells, town.clock, None)
    client = TestClient(app, follow_redirects=False, headers={"accept-language": "en"})
    if secret:
        client.cookies.set("lotse_chat", secret, domain="testserver.local", path="/")
    return client


def opens(town: Town, client: TestClient, token: str) -> str:
    """What somebody reads after the button behind the link; it counts as seen."""
    answer = client.post(f"/chat/moved/{token}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat")
    page = str(client.get("/chat").text)
    with town.store.transaction() as tx:
        for one in tx.outbox.waiting(person_of(client.cookies["lotse_chat"]), town.clock()):
            tx.outbox.sent(one.id, town.clock())
    return page


def test_naming_the_town_leads_to_the_web_chat_in_words_and_leaves_nothing_in_telegram(town: Town) -> None:
    talk = names_kuerten(town)
    talk.is_told("The desk for Kürten does not use Telegram").is_told("/chat/moved/").is_told("works once, until")
    assert talk.stored().keys() <= {"language", "screen", "turn", "ruled_by"}
    with town.store.transaction() as tx:
        assert tx.consents.of(talk.person) == {}
    assert token_of(talk) not in everything(town.store)


def test_what_was_said_goes_along_once(town: Town) -> None:
    talk = names_kuerten(town)
    token, phone = token_of(talk), browser(town)
    assert "What do you need help with?" in opens(town, phone, token)
    person = person_of(phone.cookies["lotse_chat"])
    with town.store.transaction() as tx:
        stored = tx.sessions.load(person)
        assert stored is not None
        assert stored.channel == "web"
        assert tx.consents.of(person).keys() == {"contact", "pass_on", "reminders"}
    session = read_session(stored.document)
    assert (session.language, session.facts.municipality, session.screen) == ("en", "rbk_kuerten", "need")
    assert "This link does not work any more" in opens(town, browser(town), token)
    with town.store.engine.connect() as connection:
        assert connection.execute(passage.select()).all() == []


def test_looking_at_the_link_uses_nothing_up(town: Town) -> None:
    talk, phone = names_kuerten(town), browser(town)
    seen = phone.get(f"/chat/moved/{token_of(talk)}")
    assert (seen.status_code, seen.text) == (200, phone.get("/chat/moved/made-up").text)
    assert "Here you go on with your conversation" in seen.text
    assert "What do you need help with?" in opens(town, phone, token_of(talk))


def test_another_town_stays_in_telegram(town: Town) -> None:
    talk = TelegramTalk(town)
    talk.consents().lives_in("rbk_overath")


def test_a_switch_in_the_middle_of_a_conversation_takes_the_answers_along(town: Town) -> None:
    switches(town, "rbk_kuerten", "notify_only")
    talk = TelegramTalk(town)
    talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat").sees("need.understood")
    switches(town, "rbk_kuerten", "off")
    talk.taps("right").sees("moved")
    assert "housing_search" not in everything(town.store).replace(str(luggage(town)), "")
    phone = browser(town)
    opens(town, phone, token_of(talk))
    with town.store.transaction() as tx:
        stored = tx.sessions.load(person_of(phone.cookies["lotse_chat"]))
    assert stored is not None
    session = read_session(stored.document)
    assert [one.topic for one in session.told] == ["housing_search"]
    assert session.screen.startswith("ask.")


def luggage(town: Town) -> object:
    with town.store.engine.connect() as connection:
        return connection.execute(passage.select()).all()


def test_after_a_day_the_link_is_worth_nothing_and_what_was_packed_is_gone(town: Town) -> None:
    talk = names_kuerten(town)
    town.sets_clock(town.clock() + timedelta(days=1, minutes=1))
    assert "This link does not work any more" in opens(town, browser(town), token_of(talk))
    with town.store.transaction() as tx:
        assert tx.passages.prune(town.clock()) == 1


def test_two_peoples_words_are_never_mixed_in_one_browser(town: Town) -> None:
    talk, secret = names_kuerten(town), "s" * 43
    with town.store.transaction() as tx:
        said = {"language": "en", "screen": "need", "agreed": ["contact"]}
        tx.sessions.save(person_of(secret), "web", None, "en", said, town.clock())
    assert BUSY in opens(town, browser(town, secret), token_of(talk))
    assert "What do you need help with?" in opens(town, browser(town), token_of(talk))  # and it was not used up


def test_deleting_everything_in_telegram_deletes_what_was_packed(town: Town) -> None:
    talk = names_kuerten(town)
    with town.store.transaction() as tx:
        tx.erase(talk.person)
    assert "This link does not work any more" in opens(town, browser(town), token_of(talk))


def test_a_date_that_was_booked_before_stays_in_reach(town: Town) -> None:
    switches(town, "rbk_kuerten", "notify_only")
    talk = TelegramTalk(town)
    has_booked(talk)
    (case,) = talk.cases()
    switches(town, "rbk_kuerten", "off")
    talk.taps("new").sees("moved").is_told("/chat/moved/")
    talk.types("/appointment").sees("mine").taps(f"cancel.{case.code}", "yes").sees("mine")
    with town.store.transaction() as tx:
        assert tx.consents.of(talk.person).keys() == {"contact", "pass_on", "reminders"}


def test_numbers_for_an_emergency_come_first_here_too(town: Town) -> None:
    talk = names_kuerten(town)
    talk.types("/emergency").sees("emergency").is_told("112")
