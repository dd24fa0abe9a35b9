"""The public form for structural barriers: for counselling bodies, without an account, without a cookie, in German.

It asks for nothing about anybody, and looks through what is typed for what looks like a person. Nothing says who sent
it: the address of the sender is neither stored nor logged, only remembered as a fingerprint for some minutes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from bot.barriers.barrier import LONGEST, Draft, Origin
from bot.barriers.form import KEY, LOOKED_THROUGH, WORDS, Choices, read_form
from bot.barriers.report import Doubtful, Faulty, Reported
from bot.channels.rate import Rate
from bot.channels.web_page import Page
from bot.channels.web_person import Address
from bot.vocabulary.german import VALUES

PATH: Final = "/huerde"
LARGEST_FORM: Final = 16 * 1024
#: A field that nobody sees; only a program fills it in.
TRAP: Final = "webseite"
LATER: Final = "Von hier kamen gerade sehr viele Meldungen. Bitte versuchen Sie es in einer Viertelstunde noch einmal."


@dataclass(frozen=True, slots=True)
class TooMany:
    """So many reports came in the last hour that somebody has to look first."""


class BarrierDesk(Protocol):
    """Whoever keeps the reports."""

    @property
    def choices(self) -> Choices: ...

    def report(self, draft: Draft, key: str, looked_through: bool, /) -> Reported | Doubtful | Faulty | TooMany: ...


def barrier_router(
    desk: BarrierDesk, page: Page, clock: Callable[[], datetime], public_url: str | None = None
) -> APIRouter:
    form = _Form(desk=desk, page=page, address=Address(public_url), clock=clock)
    router = APIRouter(include_in_schema=False)
    router.add_api_route(PATH, form.show, methods=["GET"])
    router.add_api_route(PATH, form.send, methods=["POST"])
    return router


def _five_in_ten_minutes() -> Rate:
    return Rate(most=5, within=timedelta(minutes=10))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    desk: BarrierDesk
    page: Page
    address: Address
    clock: Callable[[], datetime]
    rate: Rate = field(default_factory=_five_in_ten_minutes)

    async def show(self, request: Request) -> Response:
        return self._page({}, done="danke" in request.query_params)

    async def send(self, request: Request) -> Response:
        if not self.address.is_own_page(request):
            return PlainTextResponse("Dieses Formular kam nicht von unserer Seite.", 403)
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LARGEST_FORM:
            return PlainTextResponse("Das Formular ist zu groß.", 413)
        given = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        if given.get(TRAP):
            return _thanks()
        return await self._kept(request, given)

    async def _kept(self, request: Request, given: Mapping[str, str]) -> Response:
        draft = read_form(given, self.desk.choices, Origin.FORM)
        if isinstance(draft, dict):
            return self._page(given, faults=draft)
        if not self.rate.allows(request.client.host if request.client else "", self.clock()):
            return self._page(given, faults={"": LATER}, status=429)
        looked_through = bool(given.get(LOOKED_THROUGH))
        found = await run_in_threadpool(self.desk.report, draft, f"form:{given.get(KEY, '')}", looked_through)
        match found:
            case Reported():
                return _thanks()
            case Doubtful(hints):
                return self._page(given, hints=hints)
            case Faulty(why):
                return self._page(given, faults={WORDS: why})
            case TooMany():
                return self._page(given, faults={"": LATER}, status=429)

    def _page(self, given: Mapping[str, str], *, status: int = 422, done: bool = False, **found: Any) -> Response:
        shown = {"faults": {}, "hints": (), **found}
        body = self.page.fill_german(
            "barrier.html",
            path=PATH,
            given=given,
            done=done,
            choices=self.desk.choices,
            offices=VALUES["offices"],
            longest=LONGEST,
            trap=TRAP,
            key=given.get(KEY) or secrets.token_urlsafe(16),
            **shown,
        )
        return HTMLResponse(body, status if found else 200)


def _thanks() -> Response:
    return RedirectResponse(f"{PATH}?danke", 303)
