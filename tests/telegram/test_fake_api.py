"""The fake refuses what Telegram refuses, in Telegram's words; all ways of calling it are understood."""

from __future__ import annotations

import atexit
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.telegram.fake_api import FakeTelegram
from tests.telegram.fake_faults import ServerError, TooManyRequests
from tests.telegram.fake_world import BotAccount
from tests.telegram.person import Person

#: One for all: each new client reads all certificates of the machine.
HTTP = httpx.Client(verify=False)
atexit.register(HTTP.close)


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture
def bot(telegram: FakeTelegram) -> BotAccount:
    return telegram.new_bot()


@pytest.fixture
def ada(telegram: FakeTelegram, bot: BotAccount) -> Person:
    ada = telegram.person(bot)
    ada.starts()
    return ada


def call(telegram: FakeTelegram, bot: BotAccount, method: str, **params: Any) -> dict[str, Any]:
    answer = HTTP.post(f"{telegram.base}/bot{bot.token}/{method}", json=params)
    found: dict[str, Any] = answer.json()
    assert answer.status_code == (200 if found["ok"] else found["error_code"])
    return found


def keys(*rows: list[dict[str, str]]) -> str:
    return json.dumps({"inline_keyboard": rows})


BUTTON = {"text": "Yes", "callback_data": "y"}
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "an empty text": ({"text": " "}, "message text is empty"),
    "a long text": ({"text": "x" * 4097}, "message is too long"),
    "a text that is long in UTF-16": ({"text": "📅" * 2049}, "message is too long"),
    "long data": ({"reply_markup": keys([{"text": "a", "callback_data": "ü" * 33}])}, "BUTTON_DATA_INVALID"),
    "empty data": ({"reply_markup": keys([{"text": "a", "callback_data": ""}])}, "BUTTON_DATA_INVALID"),
    "no data": ({"reply_markup": keys([{"text": "a"}])}, "Text buttons are unallowed in the inline keyboard"),
    "too many in a row": ({"reply_markup": keys([BUTTON] * 9)}, "too many buttons in a row"),
    "too many in all": ({"reply_markup": keys(*[[BUTTON]] * 101)}, "reply markup is too long"),
    "an unknown chat": ({"chat_id": 99}, "chat not found"),
    "an unclosed tag": ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
    "an invented tag": ({"text": "a <name>", "parse_mode": "HTML"}, "can't parse entities"),
    "a bare full stop": ({"text": "a.", "parse_mode": "MarkdownV2"}, "can't parse entities"),
    "an open asterisk": ({"text": "a*b", "parse_mode": "Markdown"}, "can't parse entities"),
    "an unknown parameter": ({"colour": "red"}, "sendMessage has no parameter colour"),
    "a wrong type": ({"entities": json.dumps([{"type": "bold"}])}, "offset"),
}


@pytest.mark.parametrize(("params", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_telegram_refuses_is_refused(
    telegram: FakeTelegram, bot: BotAccount, ada: Person, params: dict[str, Any], why: str
) -> None:
    answer = call(telegram, bot, "sendMessage", **{"chat_id": ada.id, "text": "Hello", **params})
    assert (answer["ok"], answer["error_code"]) == (False, 400)
    assert why in answer["description"]
    assert ada.heard == []


def test_a_message_arrives_by_query_form_json_and_multipart(
    telegram: FakeTelegram, bot: BotAccount, ada: Person
) -> None:
    address = f"{telegram.base}/bot{bot.token}/sendMessage"
    what = {"chat_id": str(ada.id), "text": "Hello"}
    HTTP.get(address, params=what)
    HTTP.post(address, data=what)
    HTTP.post(address, json=what)
    HTTP.post(address, files={key: (None, value) for key, value in what.items()})
    assert [message.text for message in ada.heard] == ["Hello"] * 4


def test_an_edit_that_changes_nothing_and_one_of_nothing_are_refused(
    telegram: FakeTelegram, bot: BotAccount, ada: Person
) -> None:
    number = call(telegram, bot, "sendMessage", chat_id=ada.id, text="a")["result"]["message_id"]
    same = {"chat_id": ada.id, "message_id": number, "text": "a"}
    assert "message is not modified" in call(telegram, bot, "editMessageText", **same)["description"]
    assert call(telegram, bot, "editMessageText", **{**same, "text": "b"})["ok"]
    gone = call(telegram, bot, "editMessageText", **{**same, "message_id": number + 1})
    assert gone["description"] == "Bad Request: message to edit not found"
    theirs = call(telegram, bot, "editMessageText", **{**same, "message_id": ada.chat[0].id})
    assert theirs["description"] == "Bad Request: message can't be edited"


def test_an_edit_without_keyboard_takes_the_keyboard_away(telegram: FakeTelegram, bot: BotAccount, ada: Person) -> None:
    sent = call(telegram, bot, "sendMessage", chat_id=ada.id, text="a", reply_markup=keys([BUTTON]))
    call(telegram, bot, "editMessageText", chat_id=ada.id, message_id=sent["result"]["message_id"], text="b")
    assert ada.last.keyboard == []


def test_a_tap_is_answered_once_and_within_150_seconds(telegram: FakeTelegram, bot: BotAccount, ada: Person) -> None:
    call(telegram, bot, "sendMessage", chat_id=ada.id, text="a", reply_markup=keys([BUTTON]))
    ada.taps("Yes")
    ada.taps("Yes")
    first, second = bot.queries
    assert call(telegram, bot, "answerCallbackQuery", callback_query_id=first)["ok"]
    again = call(telegram, bot, "answerCallbackQuery", callback_query_id=first)
    assert again["description"].startswith("Bad Request: query is too old")
    telegram.world.later(151)
    assert not call(telegram, bot, "answerCallbackQuery", callback_query_id=second)["ok"]
    kinds = [{*update} for update in call(telegram, bot, "getUpdates")["result"]]
    assert kinds == [{"update_id", "message"}]  # taps that nobody fetched are gone, messages are not


def test_who_blocks_the_bot_is_not_reached(telegram: FakeTelegram, bot: BotAccount, ada: Person) -> None:
    ada.blocks()
    answer = call(telegram, bot, "sendMessage", chat_id=ada.id, text="a")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")


def test_updates_are_confirmed_by_the_offset_and_not_given_beside_a_webhook(
    telegram: FakeTelegram, bot: BotAccount, ada: Person
) -> None:
    ada.types("one")
    first, second = call(telegram, bot, "getUpdates")["result"]
    assert second["message"]["text"] == "one"
    assert call(telegram, bot, "getUpdates", offset=first["update_id"] + 1)["result"] == [second]
    call(telegram, bot, "setWebhook", url="http://127.0.0.1:9/nowhere")
    assert call(telegram, bot, "getUpdates")["error_code"] == 409


def test_a_document_is_uploaded_and_a_file_fetched(telegram: FakeTelegram, bot: BotAccount, ada: Person) -> None:
    address = f"{telegram.base}/bot{bot.token}/sendDocument"
    HTTP.post(address, data={"chat_id": str(ada.id)}, files={"document": ("a.ics", b"BEGIN")}).raise_for_status()
    assert ada.files == [("a.ics", b"BEGIN")]
    bot.files["v1"] = b"voice"
    path = call(telegram, bot, "getFile", file_id="v1")["result"]["file_path"]
    assert HTTP.get(f"{telegram.base}/file/bot{bot.token}/{path}").content == b"voice"


def test_it_says_429_with_a_time_and_can_accept_and_then_fail(
    telegram: FakeTelegram, bot: BotAccount, ada: Person
) -> None:
    telegram.world.plan.add("sendMessage", TooManyRequests(7))
    answer = call(telegram, bot, "sendMessage", chat_id=ada.id, text="a")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 7})
    call(telegram, bot, "sendMessage", chat_id=ada.id, text="b")
    assert bot.impatient == 1
    telegram.world.plan.add("sendMessage", ServerError(502, accepted=True))
    said = HTTP.post(f"{telegram.base}/bot{bot.token}/sendMessage", json={"chat_id": ada.id, "text": "c"})
    assert (said.status_code, ada.last.text) == (502, "c")


def test_an_unknown_token_and_an_unknown_method_are_refused(telegram: FakeTelegram, bot: BotAccount) -> None:
    assert HTTP.get(f"{telegram.base}/bot1:wrong/getMe").json()["error_code"] == 401
    assert HTTP.get(f"{telegram.base}/bot{bot.token}/doMagic").json()["error_code"] == 404
    assert HTTP.get(f"{telegram.base}/bot{bot.token}/getMe").json()["result"]["is_bot"] is True
