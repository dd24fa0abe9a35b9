"""The six stories of the concept and the whole way of a resident, all at once, over two processes of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest

from bot.handoff.case import CaseState
from tests.scenarios.test_golden_stories import STORIES, tells
from tests.talk import Talk
from tests.telegram.bookkeeping import ledger_of
from tests.telegram.city import City, at_once
from tests.telegram.fake_faults import ServerError, TooManyRequests
from tests.telegram.ledger import judge, repetitions
from tests.telegram.telegram_talk import TelegramTalk

pytestmark = [pytest.mark.postgres, pytest.mark.redis]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with City(tmp_path_factory.mktemp("city")) as city:
        yield city


def goes_the_whole_way(talk: Talk) -> None:
    """Books, moves, cancels. Nobody else wants a date at this desk."""
    talk.consents().lives_in("rsk_siegburg").types("I am looking for a flat").taps("right").answers().taps("go_on")
    (case,) = talk.books().cases()
    assert talk.last.file is not None
    talk.taps(f"move.{case.code}").sees("slots").taps(talk.last.choices[1].id).sees("mine").is_told("new date")
    talk.taps(f"cancel.{case.code}").sees("mine.cancel").taps("no").is_told("everything stays")
    talk.taps(f"cancel.{case.code}", "yes").is_told("nothing bad happens")
    assert talk.cases()[0].state is CaseState.CANCELLED


def all_at_once(city: City) -> None:
    city.telegram.world.plan.add("sendMessage", ServerError(502, accepted=True), times=3)
    city.telegram.world.plan.add("sendMessage", TooManyRequests(1), times=2)
    talks = [TelegramTalk(city) for _ in range(len(STORIES) + 1)]
    stories = [partial(tells, talk, story) for talk, story in zip(talks[1:], STORIES, strict=True)]
    at_once(partial(goes_the_whole_way, talks[0]), *stories)
    city.settles()
    ledger = ledger_of(city)
    assert len(ledger.updates) > 15 * len(talks)
    assert (judge(ledger), repetitions(ledger)) == (Counter(), 0)
    # A calendar file for each date, and one that takes the cancelled date out again.
    assert [len(talk.ada.files) for talk in talks] == [3] + [1] * len(STORIES)
    assert all(query.answered for query in city.bot.queries.values())
    assert (city.bot.impatient, city.gives_away()) == (0, [])


def test_all_conversations_pass_by_webhook_and_everybodys_messages_are_handled_in_order(city: City) -> None:
    all_at_once(city)


def test_all_conversations_pass_by_polling_and_everybodys_messages_are_handled_in_order(city: City) -> None:
    city.polls()
    all_at_once(city)
