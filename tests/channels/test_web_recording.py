"""A voice message or a picture from a browser: who may send one, what is taken, and what becomes of it in the house."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from bot.app.bells import Bells
from bot.app.counter import export_file
from bot.app.recordings import MOST_STORED, StoredPlace
from bot.app.site import site
from bot.app.worker import Chores, Worker
from bot.channels.web_person import form_mark, person_of
from bot.handoff.recordings import Kind, Missing, Opened, Recording
from bot.handoff.uploads import LARGEST, read_upload
from bot.storage.store import Store
from tests.channels.house import application
from tests.channels.scripted_counter import ScriptedCounter
from tests.talk import Talk, new_store, premises

OWN = {"origin": "http://testserver", "accept": "application/json"}
SECRET, KEY = "s" * 43, "k" * 16
VOICE = b"OggS" + b"sound" * 20
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", comment=b"Canary")
    return out.getvalue()


def sends(client: TestClient, body: bytes, **changes: Any) -> Any:
    fields = {"mark": form_mark(SECRET), "key": KEY, **changes}
    return client.post("/chat/recording", data=fields, files={"file": ("x", body)}, headers=OWN)


@pytest.fixture
def counter() -> ScriptedCounter:
    return ScriptedCounter()


@pytest.fixture
def client(counter: ScriptedCounter) -> Iterator[TestClient]:
    with TestClient(application(counter), follow_redirects=False) as client:
        client.cookies.set("lotse_chat", SECRET)
        yield client


def test_a_recording_arrives_once_however_often_it_is_sent(client: TestClient, counter: ScriptedCounter) -> None:
    assert sends(client, VOICE).json() == {"got": KEY}
    assert sends(client, VOICE).json() == {"got": KEY}
    assert counter.heard == [{"media": "voice"}]


def test_nobody_elses_page_and_nobody_without_the_mark_sends_one(client: TestClient, counter: ScriptedCounter) -> None:
    assert sends(client, VOICE, mark="0" * 64).status_code == 403
    foreign = {"sec-fetch-site": "cross-site", **OWN}
    files, fields = {"file": ("x", VOICE)}, {"mark": form_mark(SECRET), "key": KEY}
    assert client.post("/chat/recording", data=fields, files=files, headers=foreign).status_code == 403
    client.cookies.clear()
    assert sends(client, VOICE).status_code == 403
    assert counter.uploads == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html>", "file_odd"),
        (b"", "file_odd"),
        (b"OggS" + b"x" * LARGEST, "file_too_large"),
        (b"x" * 4_000_000, "file_too_large"),
    ],
    ids=["a page", "nothing", "a little too large", "much too large"],
)
def test_what_is_not_taken_is_told_in_a_word(
    client: TestClient, counter: ScriptedCounter, body: bytes, why: str
) -> None:
    assert sends(client, body).json() == {"why": why}
    assert counter.uploads == []


@pytest.mark.parametrize("body", [b"", b"--x", b"\xff" * 100])
def test_a_body_that_is_no_form_changes_nothing(client: TestClient, counter: ScriptedCounter, body: bytes) -> None:
    headers = {**OWN, "content-type": "multipart/form-data; boundary=x"}
    assert client.post("/chat/recording", content=body, headers=headers).status_code == 403
    assert counter.uploads == []


# -- in the real house


class Web(Talk):
    """A conversation over the real application; recordings come in as browsers send them."""

    def __init__(self, store: Store) -> None:
        self.bells = Bells()
        self.app = site(store, premises(), self.bells, lambda: NOW, None)
        self.worker = Worker(store, premises().house, self.bells, lambda: NOW)
        super().__init__(store, person_of(SECRET))

    def uploads(self, body: bytes, key: str = KEY) -> Web:
        client = TestClient(self.app)
        client.cookies.set("lotse_chat", SECRET)
        assert sends(client, body, key=key).json() == {"got": key}
        self.hears()
        return self

    @property
    def kept(self) -> int:
        with self.store.transaction() as tx:
            return tx.recordings.count(self.person)


@pytest.fixture
def web() -> Iterator[Web]:
    with new_store() as store:
        yield Web(store)


def test_before_the_consent_nothing_is_stored(web: Web) -> None:
    web.uploads(VOICE).sees("language").is_told("I can only read text")
    assert web.kept == 0


def test_a_voice_message_answers_the_need_and_is_on_the_card(web: Web) -> None:
    web.consents().lives_in("rbk_kuerten")
    web.uploads(VOICE).sees("need.topics").is_told("I keep it for the case manager")
    web.taps("housing", "housing_search", "done").sees("need.understood")
    web.uploads(jpeg(), "l" * 16).taps("right").answers().taps("go_on").books()
    (case,) = web.cases()
    assert [re.sub(r"[0-9a-f]{32}$", "…", one) for one in case.note] == ["web:voice:…", "web:photo:…"]
    assert web.kept == 2


@pytest.mark.anyio
async def test_the_console_gives_it_out_as_what_it_is() -> None:
    with new_store() as store:
        web = Web(store)
        web.consents().lives_in("rbk_kuerten")
        web.uploads(VOICE)
        place, name = StoredPlace(store), web.session.kept[0].rpartition(":")[2]
        opened = await place.open(Recording(place="web", kind=Kind.VOICE, name=name))
        assert isinstance(opened, Opened)
        assert (opened.media_type, [piece async for piece in opened.body]) == ("audio/ogg", [VOICE])
        assert isinstance(await place.look(Recording(place="web", kind=Kind.VOICE, name="0" * 32)), Missing)


def test_it_is_in_the_export_and_gone_after_the_erasure(web: Web) -> None:
    web.consents().lives_in("rbk_kuerten")
    web.uploads(VOICE)
    with web.store.transaction() as tx:
        _, body = export_file(tx, web.person)
    assert json.loads(body)["recording"][0]["body"].startswith("T2dnU")  # OggS in base64
    web.says({"text": "/mydata"}).taps("erase", "yes").sees("erased")
    assert web.kept == 0


@pytest.mark.parametrize("way", ["stop", "bring"])
def test_what_belongs_to_no_question_any_more_is_forgotten_at_once(web: Web, way: str) -> None:
    web.consents().lives_in("rbk_kuerten")
    if way == "stop":
        web.uploads(VOICE)
        assert web.kept == 1
        web.says({"text": "/stop"}).taps("yes").sees("stopped")
    else:
        web.says({"text": "/bring"}).sees("bring")
        web.uploads(VOICE).sees("bring.language")
    assert web.kept == 0


def test_taking_back_the_passing_on_takes_the_recordings_from_the_card(web: Web) -> None:
    web.consents().lives_in("rbk_kuerten")
    web.uploads(VOICE).taps("housing", "housing_search", "done", "right").answers().taps("go_on").books()
    assert web.kept == 1
    web.says({"text": "/mydata"}).taps("withdraw.pass_on", "yes")
    assert (web.kept, web.cases()[0].note) == (0, ())


def test_nobody_fills_the_database(web: Web) -> None:
    web.consents().lives_in("rbk_kuerten")
    for number in range(MOST_STORED + 3):
        web.uploads(VOICE, f"{number:016}")
    assert web.kept <= MOST_STORED
    web.is_told("I have kept enough voice messages and pictures")


def test_whoever_has_no_room_left_is_told_so_and_not_that_only_text_is_read(web: Web) -> None:
    web.consents().lives_in("rbk_kuerten")
    with web.store.transaction() as tx:
        for _ in range(MOST_STORED):
            tx.recordings.put(web.person, read_upload(VOICE), NOW)
    web.uploads(VOICE).is_told("I have kept enough voice messages and pictures").is_not_told("I can only read text")


def test_what_nobody_named_for_a_month_is_forgotten_and_what_a_card_names_is_not(web: Web) -> None:
    """A letter that failed for ever leaves its recording behind."""
    web.consents().lives_in("rbk_kuerten")
    web.uploads(VOICE).taps("housing", "housing_search", "done", "right").answers().taps("go_on").books()
    with web.store.transaction() as tx:
        tx.recordings.put(web.person, read_upload(VOICE), NOW)
        assert tx.recordings.count(web.person) == 2
    later = [NOW + timedelta(days=29)]
    chores = Chores(web.store, premises(), web.bells, lambda: later[0], timedelta(days=180))
    chores.once()
    assert web.kept == 2
    later[0] += timedelta(days=2)
    chores.once()
    assert web.kept == 1
    named = web.cases()[0].note[0].rpartition(":")[2]
    with web.store.transaction() as tx:
        assert tx.recordings.has(named)


def test_it_goes_when_the_person_has_not_written_for_half_a_year(web: Web) -> None:
    web.consents().lives_in("rbk_kuerten")
    web.uploads(VOICE)
    days = timedelta(days=180)
    Chores(web.store, premises(), web.bells, lambda: NOW + days + timedelta(days=1), days).once()
    assert web.kept == 0
