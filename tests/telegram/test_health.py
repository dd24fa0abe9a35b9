"""Health and numbers: for machines, without anybody's name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bot.app.bells import Bells
from bot.app.residents import PATH
from bot.app.site import site
from bot.storage.store import Store
from tests.talk import premises
from tests.telegram.town import SECRET, Town


@pytest.fixture
def town() -> Iterator[Town]:
    with Town() as town:
        yield town


def test_the_whole_site_answers_machines_and_telegram_and_tells_its_numbers(town: Town) -> None:
    ada = town.person()
    ada.starts()
    town.settles()
    app = site(town.store, premises(), town.bells, town.clock, None, edges={PATH: town.residents.edge()})
    with TestClient(app) as client:
        assert client.get("/health/live").json() == {"process": "there"}
        assert client.get("/health/ready").json() == client.get("/health").json() == {"database": "there"}
        assert client.post(PATH, content=b"{}").status_code == 401
        assert client.get(PATH).status_code in (404, 405)
        secret = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        assert client.post(PATH, content=b'{"update_id": 1}', headers=secret).status_code == 200
        numbers = client.get("/metrics").text
    assert 'lotse_inbox{state="handled"} 1.0' in numbers
    assert 'lotse_outbox{state="sent"} 1.0' in numbers
    assert 'lotse_updates_total{kind="new"}' in numbers
    assert not [word for word in (str(ada.id), town.name(ada), "canary", SECRET) if word in numbers.lower()]


def test_without_its_database_a_process_lives_and_is_not_ready() -> None:
    away = Store("sqlite:////nowhere/at/all.sqlite")
    with (
        Town(works=False, sends=False) as town,
        TestClient(site(away, premises(), Bells(), town.clock, None)) as client,
    ):
        assert (client.get("/health/live").status_code, client.get("/health/ready").status_code) == (200, 503)
    away.close()
