"""The door for somebody who was invited, over the real application: looking uses nothing up, the button does, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from starlette.testclient import TestClient

from bot.app.bells import Bells
from bot.app.house import with_doors
from bot.app.site import site
from bot.app.worker import Worker
from bot.channels.web_person import person_of
from bot.handoff.invitations import token_digest
from bot.handoff.messages import Draft, write_relay
from bot.storage.store import Store
from tests.storage.builders import a_case
from tests.storage.test_persons import everything
from tests.talk import new_store, premises

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MAKER_SECRET = "m" * 43


class Chat:
    """A server, and one worker beside it."""

    def __init__(self, store: Store) -> None:
        self.store, self.bells = store, Bells()
        self.house = with_doors(premises(), "http://testserver")
        self.app = site(store, self.house, self.bells, lambda: NOW, None)

    @contextmanager
    def at_work(self) -> Iterator[Chat]:
        stop = Event()
        worker = Thread(target=Worker(self.store, self.house.house, self.bells, lambda: NOW).run, args=(stop,))
        worker.start()
        try:
            yield self
        finally:
            stop.set()
            self.bells.ring_work()
            worker.join()

    def browser(self, secret: str | None = None) -> TestClient:
        browser = TestClient(self.app, follow_redirects=False)
        if secret:
            browser.cookies.set("lotse_chat", secret)
        return browser

    def invites(self, language: str = "ar") -> str:
        with self.store.transaction() as tx:
            made = tx.invitations.make(person_of(MAKER_SECRET), language, NOW)
        assert made is not None
        return made[1]

    def opened(self, token: str, browser: TestClient) -> str:
        """What the person reads after the button."""
        answer = browser.post(f"/chat/invited/{token}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/chat")
        return str(browser.get("/chat").text)


@pytest.fixture
def chat() -> Iterator[Chat]:
    with new_store() as store, Chat(store).at_work() as chat:
        yield chat


def test_looking_at_a_link_uses_nothing_up_and_is_the_same_for_every_link(chat: Chat) -> None:
    token = chat.invites()
    browser = chat.browser()
    good, bad = (browser.get(f"/chat/invited/{one}") for one in (token, "made-up"))
    assert good.status_code == 200
    assert good.text == bad.text
    assert "set-cookie" not in good.headers
    assert chat.store.run(lambda tx: tx.invitations.redeem(token_digest(token), "guest", NOW)) is not None


def test_the_page_is_in_the_language_of_the_browser(chat: Chat) -> None:
    page = chat.browser().get("/chat/invited/x", headers={"accept-language": "fa-IR,fa;q=0.9"})
    assert '<html lang="fa" dir="rtl">' in page.text


def test_the_button_begins_the_conversation_in_the_language_of_the_invitation(chat: Chat) -> None:
    shown = chat.opened(chat.invites("uk"), chat.browser())
    assert 'lang="uk"' in shown
    assert 'value="go_on"' in shown


def test_the_second_who_opens_it_reads_the_same_as_with_a_made_up_link(chat: Chat) -> None:
    token = chat.invites()
    chat.opened(token, chat.browser())
    pages = [chat.opened(one, chat.browser()) for one in (token, "made-up", "x" * 32)]
    assert len({re.sub(r'name="(mark|key|seen)" value="[^"]*"', "", page) for page in pages}) == 1


def test_its_maker_reads_that_too_and_the_invitation_still_works(chat: Chat) -> None:
    token = chat.invites()
    chat.opened(token, chat.browser(MAKER_SECRET))
    assert 'lang="ar"' in chat.opened(token, chat.browser())


def test_another_sites_form_opens_nothing(chat: Chat) -> None:
    token = chat.invites()
    headers = {"sec-fetch-site": "cross-site", "origin": "https://elsewhere.example"}
    assert chat.browser().post(f"/chat/invited/{token}", headers=headers).status_code == 403
    assert "'invited': '" not in everything(chat.store), "no letter says so"
    assert 'lang="ar"' in chat.opened(token, chat.browser())


def test_the_token_goes_no_further_than_the_door(chat: Chat) -> None:
    token = chat.invites()
    chat.browser().post(f"/chat/invited/{token}")
    assert token not in everything(chat.store)


@pytest.mark.parametrize("odd", ["%00", "..%2f", "a" * 5000, "%F0%9F%98%80", "<b>"])
def test_an_odd_link_is_just_one_that_does_not_work(chat: Chat, odd: str) -> None:
    browser = chat.browser()
    assert browser.get(f"/chat/invited/{odd}").status_code in (200, 307, 404)
    assert browser.post(f"/chat/invited/{odd}").status_code in (303, 307, 404)


def test_no_page_of_an_invitation_is_kept_in_a_cache_or_tells_where_one_came_from(chat: Chat) -> None:
    headers = chat.browser().get("/chat/invited/x").headers
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")


def test_the_qr_code_is_its_makers_alone(chat: Chat) -> None:
    token = chat.invites()
    picture = chat.browser(MAKER_SECRET).get(f"/chat/file/qr.{token}")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert picture.content.startswith(b"\x89PNG")
    assert chat.browser("o" * 43).get(f"/chat/file/qr.{token}").status_code == 404
    assert chat.browser(MAKER_SECRET).get("/chat/file/qr.made-up").status_code == 404


def test_a_colleagues_message_comes_beside_the_screen_and_can_be_answered_without_a_script(chat: Chat) -> None:
    browser = chat.browser("g" * 43)
    chat.opened(chat.invites("en"), browser)
    person = person_of("g" * 43)
    with chat.store.transaction() as tx:
        tx.cases.add(a_case("RBK-AAAAA", person=person, target_id="rbk_kuerten", consents=("contact", "pass_on")))
        number = tx.messages.add("RBK-AAAAA", "k1", "anna", Draft(words="Guten Tag <b>"), NOW)
        assert number is not None
        tx.outbox.put(person, write_relay(number), key="relay:1", now=NOW)
    page = browser.get("/chat").text
    assert "A person from the counselling team writes:" in page
    assert "Guten Tag &lt;b&gt;" in page
    assert re.search(r'value="nav.answer.RBK-AAAAA" form="talk">', page)
    assert 'value="nav.person"' in page
    hidden = dict(re.findall(r'name="(mark|key|seen|on)" value="([^"]*)"', page))
    browser.post("/chat", data={**hidden, "tap": "nav.answer.RBK-AAAAA"})
    assert "Please write your answer now" in browser.get("/chat").text
