"""A town with all its doors: the residents' bot, the web chat, the console and the staff bot, over one store.

with Quarter() as quarter:
    ada = TelegramTalk(quarter)              # in Telegram
    bo = WebTalk(quarter)                    # in a browser
    anna = quarter.console()                 # a colleague, signed in
    ole = quarter.colleague()                # the same colleague, linked in Telegram
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from starlette.applications import Starlette

from bot.app.colleagues import Colleagues, desk_of
from bot.app.house import with_doors
from bot.app.residents import PATH
from bot.app.site import site
from bot.app.worker import Worker
from bot.handoff.staff import Role, Staff
from bot.routing.desks import TelegramUse
from tests.pages import Page, Visitor
from tests.talk import premises
from tests.telegram.city import free_port
from tests.telegram.person import Person
from tests.telegram.town import HURRIED, Town

ANNA: Final = Staff(
    id="anna", name="Anna Beispiel", role=Role.CASE_MANAGER, desks=frozenset({"rbk_kuerten"}), sample=True
)
SECRET_OF_STAFF: Final = "another-secret-of-the-webhook-0123456789"
KEY_OF_STAFF: Final = b"key-of-colleagues-0123456789abcdefgh"


class Quarter(Town):
    """`web` is the address of the web chat, which the links of invitations begin with."""

    def __init__(self) -> None:
        super().__init__()
        self._port = free_port()
        self.web = f"http://127.0.0.1:{self._port}"
        self.premises = with_doors(premises(), self.web, "lotse_test_bot")
        full = dict.fromkeys(desk_of(self.premises, self.web).uses, TelegramUse.FULL)
        self.desk = replace(desk_of(self.premises, self.web), uses=full)

    def __enter__(self) -> Quarter:
        super().__enter__()
        with self.store.transaction() as tx:
            tx.staff.put(ANNA)
        self.staff_bot = self.telegram.new_bot("lotse_staff_test_bot")
        return self

    def new_worker(self) -> Worker:
        return Worker(self.store, self.premises.house, self.bells, self.clock, self.desk)

    def console(self) -> Console:
        """Anna's browser, signed in by a link of her own."""
        with self.store.transaction() as tx:
            link = tx.staff.new_link(ANNA.id, self.clock())
        visitor = Visitor(self._site(), mounted_at="/console")
        assert "Posteingang" in visitor.send(visitor.get(f"/anmelden/{link}")).text
        return Console(visitor)

    def colleague(self) -> Person:
        """Anna's telephone, linked to the staff bot, which works from now on."""
        bot = self._colleagues()
        self.starts(lambda stop: asyncio.run(bot.poll(stop, 1)))
        for run in (bot.sender().run, bot.announcing):
            self.starts(run)
        with self.store.transaction() as tx:
            code = tx.lines.new_code(ANNA.id, self.clock())
        phone = self.telegram.person(self.staff_bot, "de")
        phone.types(f"/start {code}")
        return phone.waits(lambda one: any("Verbunden mit" in message.text for message in one.heard))

    def _door(self) -> Starlette:
        return self._site()

    def _listens(self, app: Starlette, port: int = 0) -> str:
        return super()._listens(app, port or self._port)

    def _site(self) -> Starlette:
        edges = {PATH: self.residents.edge()}
        return site(self.store, self.premises, self.bells, self.clock, self.web, edges=edges)

    def _colleagues(self) -> Colleagues:
        return Colleagues(
            token=self.staff_bot.token,
            secret=SECRET_OF_STAFF,
            person_key=KEY_OF_STAFF,
            api=self.telegram.base,
            store=self.store,
            desk=self.desk,
            bells=self.bells,
            clock=self.clock,
            limits=HURRIED,
            shortest_pause=0.1,
            announce_every=0.1,
        )


class Console:
    """A colleague at the console."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor

    def card(self, code: str) -> str:
        return self._visitor.get(f"/karten/{code}").text

    def writes(self, code: str, **answers: str) -> Page:
        return self._visitor.send(self._visitor.get(f"/karten/{code}/nachricht"), **answers)
