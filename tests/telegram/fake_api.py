"""A Bot API over real HTTP, as strict as Telegram's. aiogram and python-telegram-bot talk to it as they are.

    with FakeTelegram() as telegram:
        bot = telegram.new_bot()                    # bot.token; base address: telegram.base
        ada = telegram.person(bot)                  # types, taps, sends, blocks; sees the chat
        telegram.world.plan.add("sendMessage", TooManyRequests(2))

aiogram: `AiohttpSession(api=TelegramAPIServer.from_base(telegram.base))`.
python-telegram-bot: `.base_url(telegram.base + "/bot").base_file_url(telegram.base + "/file/bot")`.
"""

from __future__ import annotations

import asyncio
import json
from functools import partial
from http.client import HTTPConnection
from itertools import count
from threading import Event, Thread
from types import TracebackType
from typing import Any

from aiohttp import web

from tests.telegram.fake_delivery import Delivery, woken_within
from tests.telegram.fake_faults import Fault, Refusal, Refused, ServerError, Silence, Slow, TooManyRequests
from tests.telegram.fake_methods import METHODS
from tests.telegram.fake_shapes import check_shape, load
from tests.telegram.fake_world import BotAccount, Call, World
from tests.telegram.person import Person


class FakeTelegram:
    """Runs in a thread of its own, on a free port of this machine."""

    def __init__(self, *, second: float = 0.02) -> None:
        self.world = World()
        self.base = ""
        self._second = second
        self._numbers = count(1)
        self._ready, self._stop, self._put = Event(), asyncio.Event(), asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> FakeTelegram:
        load()
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def new_bot(self, username: str = "lotse_test_bot") -> BotAccount:
        number = 700_000 + next(self._numbers)
        bot = BotAccount(token=f"{number}:{'Canary_' + 'x' * 28}", username=username)
        with self.world.lock:
            self.world.bots[bot.token] = bot
        return bot

    def person(self, bot: BotAccount, language: str | None = "en") -> Person:
        return Person(self.world, bot, 4_000_000_000 + next(self._numbers), language)

    def answers(self) -> None:
        """Returns when the server has answered one more question: what came to it before that has been taken."""
        line = HTTPConnection(self.base.removeprefix("http://"), timeout=60)
        try:
            line.request("GET", "/botnobody/getMe")
            assert line.getresponse().status == 401
        finally:
            line.close()

    def calls(self, method: str = "") -> list[Call]:
        with self.world.lock:
            return [call for call in self.world.calls if method in ("", call.method)]

    def dispatch(self, bot: BotAccount, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """Carry out one call and answer as Telegram does."""
        with self.world.changed:
            call = Call(token=bot.token, method=method, params=params, at=self.world.now())
            self.world.calls.append(call)
            try:
                if method not in METHODS:
                    raise Refused(404, "Not Found")
                check_shape(method, params)
                call.answer = {"ok": True, "result": METHODS[method](self.world, bot, params)}
            except Refused as no:
                call.answer = no.as_json()
            if (chat := _number(params.get("chat_id"))) is not None:
                self.world.touched.add(chat)
            self.world.changed.notify_all()
            return call.answer

    # The server.

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    async def _serve(self) -> None:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        place = web.TCPSite(runner, "127.0.0.1", 0)
        await place.start()
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        deliverer = Delivery(self.world, self.dispatch, self._second)
        self.world.wakes.append(partial(self._ring, deliverer))
        delivery = asyncio.create_task(deliverer.run())
        self._ready.set()
        await self._stop.wait()
        delivery.cancel()
        await asyncio.gather(delivery, return_exceptions=True)
        await runner.cleanup()

    def _ring(self, deliverer: Delivery) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, deliverer)

    def _wake(self, deliverer: Delivery) -> None:
        deliverer.woken.set()
        self._put.set()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        bot = self.world.bots.get(request.match_info["token"])
        if bot is None:
            return _said(Refused(401, "Unauthorized").as_json())
        method, params = request.match_info["method"], await _params(request)
        return await self._with_faults(bot, method, params, request)

    async def _with_faults(
        self, bot: BotAccount, method: str, params: dict[str, Any], request: web.Request
    ) -> web.StreamResponse:
        chat = _number(params.get("chat_id"))
        self._note_impatience(bot, method, chat)
        with self.world.lock:
            fault = self.world.plan.for_call(method, chat)
        if fault is None:
            return _said(await self._carried_out(bot, method, params))
        if getattr(fault, "accepted", False):
            self.dispatch(bot, method, params)
        return await self._failed(bot, method, params, fault, request)

    async def _failed(
        self, bot: BotAccount, method: str, params: dict[str, Any], fault: Fault, request: web.Request
    ) -> web.StreamResponse:
        match fault:
            case TooManyRequests(seconds):
                if (chat := _number(params.get("chat_id"))) is not None:
                    bot.told_to_wait[chat] = self.world.now() + seconds
                no = Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
                return _said(no.as_json())
            case ServerError(code):
                return web.Response(status=code, text="<html><body>Bad Gateway</body></html>", content_type="text/html")
            case Silence(seconds):
                await asyncio.sleep(seconds)
                if request.transport is not None:  # else whoever asked is gone
                    request.transport.close()
                return web.Response()
            case Slow(seconds):
                await asyncio.sleep(seconds)
                return _said(await self._carried_out(bot, method, params))
            case Refusal(description, code):
                return _said(Refused(code, description).as_json())

    def _note_impatience(self, bot: BotAccount, method: str, chat: int | None) -> None:
        if chat is not None and method.startswith(("send", "edit")):
            bot.impatient += self.world.now() < bot.told_to_wait.get(chat, 0.0)

    async def _carried_out(self, bot: BotAccount, method: str, params: dict[str, Any]) -> dict[str, Any]:
        answer = self.dispatch(bot, method, params)
        if method == "getUpdates" and answer["ok"] and not answer["result"]:
            return await self._held_open(bot, params)
        return answer

    async def _held_open(self, bot: BotAccount, params: dict[str, Any]) -> dict[str, Any]:
        """Long polling: at most 50 seconds, and whoever asks later ends it."""
        bot.polls += 1
        mine, until = bot.polls, self._loop.time() + min(int(params.get("timeout", 0)), 50)
        conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        while self._loop.time() < until:
            self._put.clear()
            await woken_within(self._put, 0.05)
            if bot.polls != mine:
                return Refused(409, conflict).as_json()
            if bot.waiting or bot.webhook:
                break
        with self.world.lock:
            try:
                return {"ok": True, "result": METHODS["getUpdates"](self.world, bot, params)}
            except Refused as no:
                return no.as_json()

    async def _file(self, request: web.Request) -> web.Response:
        bot = self.world.bots.get(request.match_info["token"])
        name = request.match_info["path"].removeprefix("f/")
        if bot is None or name not in bot.files:
            return web.Response(status=404)
        return web.Response(body=bot.files[name])


async def _params(request: web.Request) -> dict[str, Any]:
    """Query, JSON, form or multipart; an uploaded file is a pair of its name and its bytes."""
    params: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        params.update(json.loads(await request.read() or b"{}"))
        return params
    for key, value in (await request.post()).items():
        params[key] = (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
    return params


def _said(answer: dict[str, Any]) -> web.Response:
    return web.json_response(answer, status=200 if answer["ok"] else answer["error_code"])


def _number(given: Any) -> int | None:
    try:
        return int(given)
    except (TypeError, ValueError):
        return None
