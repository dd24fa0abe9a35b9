"""What is known to go wrong with bots like this one (measured with aiogram), and does not go wrong here.

Poison updates, double delivery and odd secrets: test_edge. At-most-once polling: test_polling. 429 and crashes between
sending and noting: test_sending. Old, late and foreign buttons: test_buttons.
"""

from __future__ import annotations

import gc
from threading import Event

from bot.app.running import settle_down
from bot.app.worker import Worker
from bot.channels.telegram_callbacks import Pressed
from bot.storage.tables import inbox
from tests.talk import premises
from tests.telegram.telegram_talk import TelegramTalk
from tests.telegram.town import Town


def test_of_twenty_quick_taps_none_is_lost_though_several_workers_serve() -> None:
    """Without order and a lock per person, a mark that is read, changed and written ends anywhere."""
    with Town() as town:
        for _ in range(2):
            town.starts(Worker(town.store, premises().house, town.bells, town.clock).run)
        talk = TelegramTalk(town)
        talk.consents().lives_in("rbk_kuerten").types("I am looking for a flat, I have debts and I am ill")
        talk.taps("right").sees("ask.offices")
        data = town.residents.callbacks.write(talk.person, Pressed("jobcenter", "ask.offices"))
        page, edits = talk.ada.last, talk.ada.last.edits
        for _ in range(21):
            talk.ada.presses(data, page)
        town.settles()
        assert talk.session.marked == {"jobcenter"}
        assert (talk.ada.last.id, page.edits - edits) == (page.id, 21)


def test_twenty_quick_messages_are_answered_in_their_order() -> None:
    with Town() as town:
        town.starts(Worker(town.store, premises().house, town.bells, town.clock).run)
        talk = TelegramTalk(town).consents()
        assert isinstance(talk, TelegramTalk)
        before = len(talk.ada.heard)
        commands = ["/help", "/emergency", "/person", "/mydata"] * 5
        for command in commands:
            talk.ada.types(command)
        town.settles()
        seen = []
        for call in town.telegram.calls("sendMessage")[before:]:
            markup = call.params["reply_markup"]
            seen += [
                screen for screen in ("help", "emergency", "person", "mydata") if _is_of(town, talk, markup, screen)
            ]
        assert seen == [command[1:] for command in commands]


def _is_of(town: Town, talk: TelegramTalk, markup: str, screen: str) -> bool:
    return town.residents.callbacks.write(talk.person, Pressed("nav.back", screen)) in markup


def test_what_came_in_while_nobody_worked_and_before_a_process_ended_is_answered_later() -> None:
    with Town(works=False) as town:
        stop = Event()
        ada = town.person()
        ada.starts()
        ada.types("/help")
        town.waits(lambda: town.states(inbox) == {"waiting": 2})
        first = town.starts(Worker(town.store, premises().house, town.bells, town.clock).run, stop)
        stop.set()  # at once: what it has begun it ends, what it has not begun waits
        first.join(5)
        town.starts(Worker(town.store, premises().house, town.bells, town.clock).run)
        town.settles()
        assert town.states(inbox) == {"handled": 2}
        assert len(ada.heard) == 2


def test_after_the_start_the_collector_looks_at_little() -> None:
    """A full collection among everything that aiogram brings takes a seventh of a second."""
    try:
        settle_down()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
