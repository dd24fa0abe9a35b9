"""The calendar that a colleague subscribes to: what is booked is in it, and the address is its only key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from starlette.testclient import TestClient

from bot.app.bells import Bells
from bot.app.site import site
from bot.booking.appointment import Appointment
from bot.storage.store import Store
from tests.calendars.office import DESK, SARA, a_feed, a_slot, book, read_by_vdirsyncer, read_by_vobject
from tests.talk import new_store, premises

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Subscriber:
    """A calendar program that fetches; `now` is the clock of the server."""

    def __init__(self, store: Store, token: str = "") -> None:
        self.store, self.now = store, NOW
        self.browser = TestClient(site(store, premises(), Bells(), lambda: self.now, None))
        self.token = token or a_feed(store, NOW)

    def fetches(self, **headers: str) -> httpx.Response:
        answer: httpx.Response = self.browser.get(f"/calendar/{self.token}.ics", headers=headers)
        return answer


@pytest.fixture
def store() -> Iterator[Store]:
    with new_store() as store:
        yield store


def test_what_is_booked_is_in_it_with_the_code_alone(store: Store) -> None:
    booked = book(store, TUESDAY)
    answer = Subscriber(store).fetches()
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    for read in (read_by_vobject, read_by_vdirsyncer):
        method, (one,) = read(answer.content)
        assert method == "PUBLISH"
        assert (one.uid, one.sequence, one.status) == (booked.uid, 0, "CONFIRMED")
        assert one.summary == "Termin K7M4Q2"
        assert (one.starts_at, one.ends_at) == (TUESDAY, TUESDAY + timedelta(minutes=45))
    assert b"URL:http://127.0.0.1:8000/console/karten/K7M4Q2" in answer.content
    assert b"person-" not in answer.content


def test_an_empty_calendar_is_a_calendar(store: Store) -> None:
    answer = Subscriber(store).fetches()
    assert read_by_vobject(answer.content) == ("PUBLISH", [])
    assert read_by_vdirsyncer(answer.content) == ("PUBLISH", [])


def test_what_is_only_held_or_absent_is_not_in_it(store: Store) -> None:
    with store.transaction() as tx:
        tx.allocations.hold(a_slot(TUESDAY), "p1", "k1", NOW)
        tx.away.begin(DESK, (DESK,), TUESDAY + timedelta(hours=2), TUESDAY + timedelta(hours=4), "sara", NOW)
    assert read_by_vobject(Subscriber(store).fetches().content)[1] == []


def test_a_moved_date_is_the_same_entry_and_a_cancelled_one_is_gone(store: Store) -> None:
    moved, cancelled = book(store, TUESDAY), book(store, TUESDAY + timedelta(hours=1), "ZWEI22")
    subscriber = Subscriber(store)
    assert len(read_by_vobject(subscriber.fetches().content)[1]) == 2
    with store.transaction() as tx:
        assert isinstance(tx.allocations.move(moved.id, a_slot(TUESDAY + timedelta(days=2)), NOW), Appointment)
        tx.allocations.cancel(cancelled.id, NOW)
    (one,) = read_by_vobject(subscriber.fetches().content)[1]
    assert (one.uid, one.sequence, one.starts_at) == (moved.uid, 1, TUESDAY + timedelta(days=2))


def test_who_has_it_already_is_told_so_until_something_changes(store: Store) -> None:
    booked = book(store, TUESDAY)
    subscriber = Subscriber(store)
    first = subscriber.fetches()
    subscriber.now += timedelta(hours=2)
    tag, since = {"If-None-Match": f'"other", W/{first.headers["etag"]}'}, first.headers["last-modified"]
    assert since == "Fri, 20 Nov 2026 09:00:00 GMT"
    for headers in (tag, {"If-None-Match": "*"}, {"If-Modified-Since": since}):
        again = subscriber.fetches(**headers)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    for headers in ({"If-None-Match": '"other"', "If-Modified-Since": since}, {"If-Modified-Since": "gestern"}):
        assert subscriber.fetches(**headers).content == first.content
    with store.transaction() as tx:
        tx.allocations.move(booked.id, a_slot(TUESDAY + timedelta(days=2)), NOW)
    changed = subscriber.fetches(**tag)
    assert changed.status_code == 200
    assert changed.headers["last-modified"] == "Fri, 20 Nov 2026 11:00:00 GMT"


def test_asking_for_the_headers_alone_is_answered(store: Store) -> None:
    subscriber = Subscriber(store)
    answer = subscriber.browser.head(f"/calendar/{subscriber.token}.ics")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == subscriber.fetches().headers["etag"]


def test_an_address_that_is_none_opens_nothing(store: Store) -> None:
    subscriber = Subscriber(store)
    for token in ("", "x", f"{subscriber.token}x", "..%2fhealth", "\u0661"):
        assert subscriber.browser.get(f"/calendar/{token}.ics").status_code == 404


def test_a_renewed_or_revoked_address_ends_at_once(store: Store) -> None:
    old = Subscriber(store)
    new = Subscriber(store)
    assert old.fetches().status_code == 404
    assert new.fetches().status_code == 200
    with store.transaction() as tx:
        (mine,) = tx.feeds.of("sara")
        assert mine.seen_at == NOW
        tx.feeds.revoke("ole", mine.id)
        assert tx.feeds.find(new.token)
        tx.feeds.revoke("sara", mine.id)
    assert new.fetches().status_code == 404


def test_a_colleague_without_the_desk_no_longer_sees_its_dates(store: Store) -> None:
    book(store, TUESDAY)
    mine = Subscriber(store, a_feed(store, NOW, desk=DESK))
    assert len(read_by_vobject(mine.fetches().content)[1]) == 1
    with store.transaction() as tx:
        tx.staff.put(replace(SARA, desks=frozenset({"rbk_overath"})))
    assert read_by_vobject(mine.fetches().content)[1] == []
    with store.transaction() as tx:
        tx.staff.remove("sara")
    assert mine.fetches().status_code == 404


def test_the_token_is_not_stored_anywhere(store: Store) -> None:
    token = a_feed(store, NOW)
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM feed").all()
    assert token not in str(rows)
