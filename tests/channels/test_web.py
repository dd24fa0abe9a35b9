"""The web chat on the wire: who gets in, what leaves, and that nothing is lost or doubled."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.requests import HTTPConnection
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from bot.channels.headers import SAFE
from bot.channels.page_words import WORDS
from bot.channels.web_person import Address
from tests.channels.house import application
from tests.channels.scripted_counter import ICS, ScriptedCounter

OWN = {"origin": "http://testserver"}
KEY = "k" * 16


@pytest.fixture
def counter() -> ScriptedCounter:
    return ScriptedCounter()


@pytest.fixture
def client(counter: ScriptedCounter) -> Iterator[TestClient]:
    with TestClient(application(counter), follow_redirects=False, headers={"accept-language": "en"}) as client:
        yield client


def begun(client: TestClient) -> str:
    """The mark of the page's forms, after the conversation has begun."""
    return str(client.post("/chat/begin", headers={"accept": "application/json", **OWN}).json()["mark"])


def hears(socket: WebSocketTestSession) -> dict[str, Any]:
    said: dict[str, Any] = socket.receive_json()
    return said


def posted(client: TestClient, **frame: object) -> Any:
    return client.post("/chat/messages", content=json.dumps(frame), headers=OWN)


def form(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


# -- who a person is


def test_opening_the_page_makes_nobody_known(client: TestClient, counter: ScriptedCounter) -> None:
    page = client.get("/chat")
    assert "set-cookie" not in page.headers
    assert "Start" in page.text
    assert counter.people == []


def test_the_secret_is_a_strict_cookie_and_the_house_knows_only_its_hash(
    client: TestClient, counter: ScriptedCounter
) -> None:
    cookie = client.post("/chat/begin", headers=OWN).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    secret = client.cookies["lotse_chat"]
    assert len(secret) == 43
    assert counter.people == [hashlib.sha256(secret.encode()).hexdigest()]


def test_behind_https_the_cookie_is_secure(counter: ScriptedCounter) -> None:
    client = TestClient(application(counter), base_url="https://lotse.test", follow_redirects=False)
    answer = client.post("/chat/begin", headers={"origin": "https://lotse.test"})
    assert answer.headers["set-cookie"].startswith("__Host-lotse_chat=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


def test_beginning_again_keeps_the_person(client: TestClient, counter: ScriptedCounter) -> None:
    begun(client)
    secret = client.cookies["lotse_chat"]
    begun(client)
    assert client.cookies["lotse_chat"] == secret
    assert len(counter.people) == 1


def test_the_first_words_are_in_the_language_of_the_browser(counter: ScriptedCounter) -> None:
    client = TestClient(application(counter), headers={"accept-language": "xx, ar-SY;q=0.9, de;q=0.8"})
    assert '<html lang="ar" dir="rtl">' in client.get("/chat").text
    client.post("/chat/begin", headers=OWN)
    assert counter.visitors[counter.people[0]].heard == [{"hello": {"language": "ar"}}]


def test_leaving_makes_the_browser_forget(client: TestClient) -> None:
    mark = begun(client)
    answer = client.post("/chat/leave", data={"mark": mark}, headers=OWN)
    assert answer.status_code == 303
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert "lotse_chat" not in client.cookies


# -- who gets in


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.test"}])
@pytest.mark.parametrize("path", ["/chat", "/chat/begin", "/chat/leave", "/chat/messages"])
def test_another_sites_page_changes_nothing(
    client: TestClient, counter: ScriptedCounter, path: str, headers: dict[str, str]
) -> None:
    mark = begun(client)
    before = repr(counter.visitors)
    data = {"mark": mark, "text": "hello", "key": KEY}
    answer = client.post(path, data=data, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert repr(counter.visitors) == before


def test_a_form_without_our_mark_changes_nothing(client: TestClient, counter: ScriptedCounter) -> None:
    begun(client)
    answer = client.post("/chat", data={"mark": "0" * 64, "text": "hello", "key": KEY}, headers={"origin": "null"})
    assert answer.status_code == 403
    assert counter.heard == []


@pytest.mark.parametrize("origin", ["https://elsewhere.test", "null", "", "http://testserver.elsewhere.test"])
def test_a_socket_of_another_origin_is_refused(client: TestClient, origin: str) -> None:
    begun(client)
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/chat/socket", headers={"origin": origin}):
        pass


def test_without_a_person_there_is_no_line(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/chat/socket", headers=OWN):
        pass
    assert client.get("/chat/messages").status_code == 401
    assert posted(client, text="hello", key=KEY).status_code == 401


@pytest.mark.parametrize(
    ("origin", "own"),
    [("https://chat.lotse.test", True), ("http://chat.lotse.test", False), ("http://inside:8000", False)],
)
def test_behind_a_proxy_the_public_address_counts(origin: str, own: bool) -> None:
    headers = [(b"host", b"inside:8000"), (b"origin", origin.encode())]
    inside = HTTPConnection({"type": "http", "scheme": "http", "path": "/chat", "headers": headers})
    address = Address("https://chat.lotse.test/chat")
    assert address.is_own_script(inside) is own
    assert address.is_own_page(inside) is own
    assert address.is_secure(inside)


# -- the line


def test_a_message_is_confirmed_and_answered(client: TestClient, counter: ScriptedCounter) -> None:
    begun(client)
    with client.websocket_connect("/chat/socket", headers=OWN) as socket:
        assert hears(socket)["screen"] == "welcome"
        socket.send_json({"tap": "go", "on": "welcome", "key": KEY})
        answers = [hears(socket), hears(socket)]
    assert {"got": KEY} in answers
    place = next(one for one in answers if "screen" in one)
    assert place["screen"] == "place"
    assert len(place["choices"]) == 27
    assert place["dir"] == "ltr"
    assert place["ui"].keys() == WORDS.keys()
    assert place["parts"] == [{"kind": "p", "lines": [[{"t": "Where do you live?"}]]}]


def test_the_same_key_is_one_message_on_the_socket_and_beside_it(client: TestClient, counter: ScriptedCounter) -> None:
    begun(client)
    with client.websocket_connect("/chat/socket", headers=OWN) as socket:
        hears(socket)
        for _again in range(3):
            socket.send_json({"tap": "go", "on": "welcome", "key": KEY})
            while hears(socket) != {"got": KEY}:
                pass
    posted(client, tap="go", on="welcome", key=KEY)
    assert counter.heard == [{"tap": "go", "on": "welcome"}]


def test_after_a_break_only_what_was_not_acknowledged_comes_and_the_screen_again(
    client: TestClient, counter: ScriptedCounter
) -> None:
    begun(client)
    with client.websocket_connect("/chat/socket", headers=OWN) as socket:
        first = hears(socket)
        socket.send_json({"ack": first["id"]})
        socket.send_json({"hello": {"language": "de"}})  # changes nothing: the conversation has begun
    counter.colleague_writes(counter.people[0])
    with client.websocket_connect("/chat/socket", headers=OWN) as socket:
        again, colleague = hears(socket), hears(socket)
    assert (again["id"], again["again"]) == (first["id"], True)
    assert colleague["from"] == "person"
    assert "again" not in colleague


def test_what_cannot_be_read_is_refused_and_the_socket_lives_on(client: TestClient, counter: ScriptedCounter) -> None:
    begun(client)
    with client.websocket_connect("/chat/socket", headers=OWN) as socket:
        hears(socket)
        socket.send_text("{" * 3)
        assert hears(socket) == {"refused": None, "why": "not_understood"}
        socket.send_bytes(b"\xff")
        assert hears(socket)["why"] == "not_understood"
        socket.send_json({"text": "a" * 9000, "key": KEY})
        assert hears(socket)["why"] == "too_long"
        socket.send_json({"text": "ب" * 5000, "key": KEY})
        assert any(hears(socket).get("screen") == "heard" for _n in range(2))
    assert [len(one["text"]) for one in counter.heard] == [5000]


def test_without_a_socket_the_same_words_go_by_question_and_answer(client: TestClient) -> None:
    begun(client)
    first = client.get("/chat/messages?first=1").json()["deliveries"]
    assert [one["screen"] for one in first] == ["welcome"]
    assert posted(client, ack=first[0]["id"]).json() == {}
    assert posted(client, tap="go", on="welcome", key=KEY).json() == {"got": KEY}
    assert [one["screen"] for one in client.get("/chat/messages").json()["deliveries"]] == ["place"]
    assert posted(client, text="a" * 40_000, key=KEY).json()["why"] == "too_long"


# -- without a script


def test_the_conversation_works_with_forms_alone(client: TestClient, counter: ScriptedCounter) -> None:
    assert client.post("/chat/begin", headers={"origin": "null"}).headers["location"] == "/chat"
    page = client.get("/chat").text
    assert "I help you to find the right office." in page
    answer = client.post("/chat", data={**form(page), "tap": "go"}, headers={"origin": "null"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat")
    page = client.get("/chat").text
    assert page.count('class="choice"') == 27
    assert "find the right office" not in page.split("<main")[1]
    again = {**form(page), "text": "Housing,\r\nplease"}
    client.post("/chat", data=again, headers={"origin": "null"})
    client.post("/chat", data=again, headers={"origin": "null"})
    assert counter.heard == [{"tap": "go", "on": "welcome"}, {"text": "Housing,\nplease"}]


def test_a_phone_number_has_a_field_of_its_own_without_a_script_too(
    client: TestClient, counter: ScriptedCounter
) -> None:
    begun(client)
    posted(client, text="call me", key=KEY)
    page = client.get("/chat").text
    assert '<input id="say" name="text" type="tel"' in page
    assert "<textarea" not in page


def test_a_text_that_is_too_long_for_a_form_stays_in_the_field(client: TestClient, counter: ScriptedCounter) -> None:
    begun(client)
    page = client.get("/chat").text
    answer = client.post("/chat", data={**form(page), "text": "b" * 9000}, headers=OWN)
    assert answer.status_code == 422
    assert "too long" in answer.text
    assert "b" * 9000 in answer.text
    assert counter.heard == []
    client.post("/chat", data={**form(answer.text), "text": "ب" * 5000}, headers=OWN)
    assert "I have read 5000 characters." in client.get("/chat").text


def test_words_are_never_markup(client: TestClient, counter: ScriptedCounter) -> None:
    begun(client)
    page = client.get("/chat").text
    answer = client.post("/chat", data={**form(page), "text": "</textarea><script>" * 600}, headers=OWN)
    assert "<script>" not in answer.text


# -- files and headers


def test_the_calendar_file_is_there_for_its_person_only(client: TestClient, counter: ScriptedCounter) -> None:
    begun(client)
    posted(client, text="a flat", key=KEY)
    answer = client.get("/chat/file/s3cret")
    assert answer.content == ICS
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="termin.ics"')
    assert client.get("/chat/file/other").status_code == 404
    client.cookies.clear()
    assert client.get("/chat/file/s3cret").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/chat"), ("POST", "/chat"), ("POST", "/chat/begin"), ("POST", "/chat/leave"),
        ("GET", "/chat/messages"), ("POST", "/chat/messages"), ("GET", "/chat/file/x"),
        ("GET", "/chat/static/chat.js"), ("GET", "/nowhere"),
        ("PUT", "/chat"), ("GET", "/chat/static/..%2fweb.py"), ("GET", "/chat/static/chat.html"),
    ],
)  # fmt: skip
def test_every_answer_carries_the_headers(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path)
    caches = path == "/chat/static/chat.js"
    for name, value in SAFE.items():
        assert answer.headers[name] == value or (caches and name == "Cache-Control")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.status_code < 500
    assert not path.startswith("/chat/static/") or caches or answer.status_code == 404
