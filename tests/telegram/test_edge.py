"""The webhook: nobody but Telegram is heard, nothing is lost, nothing can stop it."""

from __future__ import annotations

import atexit
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.channels.telegram_callbacks import Callbacks
from bot.channels.telegram_edge import LARGEST
from bot.channels.telegram_person import Persons
from bot.channels.telegram_port import Arrived, Unreadable
from bot.channels.telegram_residents import ResidentsReader
from bot.dialogs.screens.every import SCREENS
from bot.storage.store import Store
from bot.storage.tables import inbox
from tests.telegram.person import Person
from tests.telegram.town import KEY, SECRET, Town

#: One for all: each new client reads all certificates of the machine.
HTTP = httpx.Client(verify=False)
atexit.register(HTTP.close)
READ = ResidentsReader(Persons(KEY), Callbacks(KEY, SCREENS))
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture(scope="module")
def quiet() -> Iterator[Town]:
    """A town in which nobody works: what comes in stays where it is."""
    with Town(works=False, sends=False) as town:
        yield town


@pytest.fixture
def town(quiet: Town) -> Town:
    with quiet.store.engine.begin() as connection:
        connection.execute(inbox.delete())
    quiet.bot.waiting.clear()
    return quiet


def letters(town: Town, state: str = "waiting") -> list[dict[str, Any]]:
    with town.store.engine.connect() as connection:
        query = select(inbox.c.content).where(inbox.c.state == state).order_by(inbox.c.seq)
        return list(connection.execute(query).scalars())


def delivered(town: Town, number: int, times: int = 1) -> None:
    world = town.telegram.world
    with world.changed:
        assert world.changed.wait_for(lambda: world.deliveries.count((number, 200)) == times, 8)


def private(text: str = "hello", **more: Any) -> dict[str, Any]:
    who = {"id": 42, "is_bot": False, "first_name": "Canary"}
    chat = {"id": 42, "type": "private", "first_name": "Canary"}
    return {"update_id": 1, "message": {"message_id": 7, "date": 1, "chat": chat, "from": who, "text": text, **more}}


def post(town: Town, body: Any, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HTTP.post(town.address, content=content, headers={HEADER: SECRET, **headers})


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper()])
def test_a_wrong_secret_is_refused_before_anything_is_read(town: Town, secret: str) -> None:
    assert HTTP.post(town.address, content=b"{", headers={HEADER: secret}).status_code == 401
    assert HTTP.post(town.address, content=b"{").status_code == 401
    assert letters(town) == []


def test_a_secret_that_is_not_ascii_is_refused_and_no_error(town: Town) -> None:
    """hmac.compare_digest raises for such strings; bytes are compared here."""
    answer = HTTP.post(town.address, content=b"{}", headers=[(HEADER.encode(), "geheim-ü".encode())])
    assert answer.status_code == 401


def test_a_secret_that_is_given_twice_is_refused(town: Town) -> None:
    assert HTTP.post(town.address, content=b"{}", headers=[(HEADER, SECRET), (HEADER, SECRET)]).status_code == 401


def test_a_body_that_is_too_long_is_refused_also_without_a_length(town: Town) -> None:
    assert post(town, b"x" * (LARGEST + 1)).status_code == 413
    pieces = (b"x" * 65_536 for _ in range(LARGEST // 65_536 + 2))
    assert HTTP.post(town.address, content=pieces, headers={HEADER: SECRET}).status_code == 413


def test_an_update_that_comes_three_times_at_once_is_there_once(town: Town) -> None:
    town.telegram.world.deliver_times = 3
    ada = town.person()
    delivered(town, ada.types("once"), times=3)
    town.telegram.world.deliver_times = 1
    assert [one["text"] for one in letters(town)] == ["once"]


POISON: dict[str, dict[str, Any]] = {
    "a hidden sender without a name": private(forward_origin={"type": "hidden_user", "date": 1}),
    "an origin of a new kind": private(forward_origin={"type": "from_the_future", "date": 1}),
    "a rich block of a new kind": private(rich_message={"blocks": [{"type": "hologram"}]}),
    "an entity of a new kind": private(entities=[{"type": "glow", "offset": 0, "length": 1}]),
    "a reply to something odd": private(reply_to_message={"message_id": "x"}),
}


@pytest.mark.parametrize("update", POISON.values(), ids=POISON.keys())
def test_a_part_that_no_library_can_read_does_not_hide_the_words(town: Town, update: dict[str, Any]) -> None:
    """Such updates raise in aiogram; with long polling they would come again for ever."""
    assert post(town, update).status_code == 200
    assert [one["text"] for one in letters(town)] == ["hello"]


BROKEN: dict[str, Any] = {
    "a message that is a number": {"update_id": 1, "message": 7},
    "a message without a chat": {"update_id": 1, "message": {"message_id": 1, "date": 1, "text": "x"}},
    "a number that is a word": {"update_id": "one", "message": private()["message"]},
    "no number at all": {"message": private()["message"]},
    "a text that is a list": private(text=["a"]),  # type: ignore[arg-type]  # on purpose
    "a tap without a sender": {"update_id": 1, "callback_query": {"id": "1"}},
    "a change of nothing": {"update_id": 1, "my_chat_member": {}},
}


@pytest.mark.parametrize("update", BROKEN.values(), ids=BROKEN.keys())
def test_what_cannot_be_read_is_put_aside_and_not_delivered_again(town: Town, update: dict[str, Any]) -> None:
    assert post(town, update).status_code == 200
    assert post(town, update).status_code == 200
    (aside,) = letters(town, "quarantined")
    assert "Canary" not in json.dumps(aside)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"null", b"\xff", b"[" * 100_000])
def test_what_is_no_update_at_all_is_answered_and_forgotten(town: Town, body: bytes) -> None:
    assert post(town, body).status_code == 200
    assert letters(town) == letters(town, "quarantined") == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
odd_parts = st.dictionaries(
    st.sampled_from(["from", "chat", "text", "photo", "voice", "contact", "date", "data", "message", "id", "caption"]),
    json_values | st.dictionaries(st.sampled_from(["id", "type", "is_bot", "file_id"]), json_values),
)


@given(
    st.dictionaries(
        st.sampled_from(["update_id", "message", "callback_query", "my_chat_member"]), json_values | odd_parts
    )
)
@settings(max_examples=150)
def test_reading_never_raises(update: dict[str, Any]) -> None:
    assert isinstance(READ(update), Arrived | Unreadable)


def test_characters_that_no_database_takes_are_replaced(town: Town) -> None:
    assert post(town, private("a\x00b\ud800c")).status_code == 200
    assert [one["text"] for one in letters(town)] == ["a\ufffdb\ufffdc"]


def test_in_a_group_the_bot_says_nothing_and_leaves(town: Town) -> None:
    ada = town.person()
    delivered(town, ada.adds_to_group())
    delivered(town, ada.types_in_group("canary words"))
    town.waits(lambda: not town.bot.groups)
    assert letters(town) == []
    assert {call.method for call in town.telegram.calls()} >= {"leaveChat"}


def test_another_bot_and_another_chat_than_the_persons_own_are_not_heard(town: Town) -> None:
    robot, elsewhere = private(), private()
    robot["message"]["from"]["is_bot"] = True
    elsewhere["message"]["chat"]["id"] = 43
    assert (post(town, robot).status_code, post(town, elsewhere).status_code) == (200, 200)
    assert letters(town) == []


def test_a_tap_is_answered_before_anybody_has_worked_on_it(town: Town) -> None:
    ada = with_a_button(town)
    ada.presses("anything")
    town.waits(lambda: all(query.answered for query in town.bot.queries.values()))
    assert town.states(inbox) == {"waiting": 2}


def with_a_button(town: Town) -> Person:
    ada = town.person()
    delivered(town, ada.starts())
    town.telegram.dispatch(town.bot, "sendMessage", {"chat_id": str(ada.id), "text": "a"})
    return ada


def test_what_a_person_types_and_taps_keeps_its_order(town: Town) -> None:
    ada = with_a_button(town)
    for number in range(5):
        delivered(town, ada.types(f"text {number}"))
        delivered(town, ada.presses(f"tap {number}"))
    kinds = [{"text", "tap"} & set(one) for one in letters(town)[1:]]
    assert kinds == [{"text"}, {"tap"}] * 5


def test_while_the_database_is_away_telegram_is_asked_to_come_again(town: Town) -> None:
    away = Store("sqlite:////nowhere/at/all.sqlite")
    edge = replace(town.residents, store=away).edge()
    client = TestClient(Starlette(routes=[Route("/", edge.__call__, methods=["POST"])]))
    answer = client.post("/", content=json.dumps(private()), headers={HEADER: SECRET})
    away.close()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


def test_a_voice_message_a_photo_with_words_and_an_own_number_become_letters(town: Town) -> None:
    ada = town.person()
    for number in (ada.sends("voice", "v1"), ada.sends("photo", "p1", caption="a letter"), ada.shares_contact("+49 1")):
        delivered(town, number)
    delivered(town, ada.shares_contact("+49 2", own=False))
    found = [{key: one[key] for key in ("media", "reference", "text", "phone") if key in one} for one in letters(town)]
    assert found == [
        {"media": "voice", "reference": "telegram:voice:v1"},
        {"media": "photo", "reference": "telegram:photo:p1"},
        {"text": "a letter"},
        {"media": "contact", "phone": "+49 1"},
        {"media": "contact", "reference": None},
    ]


def test_start_says_hello_in_the_language_of_the_telephone_and_a_token_is_never_stored(town: Town) -> None:
    ada = town.person("uk")
    token = "T" * 43
    delivered(town, ada.starts())
    delivered(town, ada.starts(token))
    hello, invited = letters(town)
    assert hello["hello"] == {"language": "uk"}
    assert invited.keys() >= {"invited"}
    assert invited["language"] == "uk"
    assert token not in json.dumps(invited)


def test_no_name_of_a_person_reaches_the_inbox(town: Town) -> None:
    ada = town.person()
    for number in (ada.starts(), ada.types("hi"), ada.sends("contact"), ada.sends("document")):
        delivered(town, number)
    assert "canary" not in json.dumps(letters(town)).lower()
