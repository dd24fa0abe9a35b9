"""Two `serve` and two `work` on PostgreSQL and Redis: conversations go on whatever happens to a process."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest

from bot.storage.tables import inbox, outbox
from tests import servers
from tests.telegram.city import City
from tests.telegram.fake_faults import ServerError, TooManyRequests
from tests.telegram.telegram_talk import TelegramTalk

pytestmark = [pytest.mark.postgres, pytest.mark.redis]
PEOPLE = 3


def at_once(*works: Callable[[], object]) -> None:
    threads = [Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(150)
        assert not thread.is_alive()


def test_conversations_go_on_while_processes_are_killed_and_redis_forgets_everything(tmp_path: Path) -> None:
    with City(tmp_path) as city:
        city.telegram.world.plan.add("sendMessage", ServerError(502, accepted=True), times=3)
        city.telegram.world.plan.add("sendMessage", TooManyRequests(1), times=2)
        talks = [TelegramTalk(city) for _ in range(PEOPLE)]
        at_once(*(partial(books, talk) for talk in talks), partial(trouble, city))
        cases = [talk.cases() for talk in talks]
        assert [len(found) for found in cases] == [1] * PEOPLE
        assert len({case.appointment for (case,) in cases}) == PEOPLE
        for talk in talks:
            said = [message.text for message in talk.ada.heard if not message.file]
            assert [text for text, again in pairwise(said) if text == again] == []
            assert len(talk.ada.files) == 1
        assert set(city.states(inbox)) == {"handled"}
        assert set(city.states(outbox)) <= {"sent", "waiting"}  # reminders wait
        assert city.bot.impatient == 0
        written = city.logs()
        assert not [
            word for word in (city.bot.token, "Canary", *(str(talk.ada.id) for talk in talks)) if word in written
        ]


def books(talk: TelegramTalk) -> None:
    """All want the same date at the same time; whoever loses takes the next one."""
    talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat").taps("right").answers()
    talk.taps("go_on", "appointment", "yes", "chat", "without").sees("slots")
    while talk.last.screen == "slots":
        talk.taps(talk.last.choices[0].id)
    talk.sees("summary").taps("confirm").sees("mine")


def trouble(city: City) -> None:
    """Redis loses all it has, a worker and a server die and come back."""
    import redis

    here = redis.Redis.from_url(servers.redis_url())
    here.flushall()
    city.kills("work0")
    city.process("work2", "work")
    here.flushall()
    here.close()
