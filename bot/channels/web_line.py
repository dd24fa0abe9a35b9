"""The line to a browser: a socket, or questions again and again where there is none. Both speak the same JSON."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from bot.channels.port import Content, Counter, Delivery
from bot.channels.web_frames import FRAME_BYTES, Hello, Refused, Said, Seen, read_frame
from bot.channels.web_page import Page
from bot.channels.web_person import Address

_POLICY_VIOLATION: Final = 1008


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How words go to and fro between one browser and the counter.

    `look_again` seconds after the last look the counter is asked without having rung, since a bell may be missed;
    `patience` is how long a browser without a socket is left waiting for an answer.
    """

    counter: Counter
    address: Address
    page: Page
    look_again: float
    patience: float

    async def socket(self, socket: WebSocket) -> None:
        """A WebSocket of our own page, for as long as it lasts."""
        person = self.address.person(socket)
        if person is None or not self.address.is_own_script(socket):
            await socket.close(_POLICY_VIOLATION)
            return
        await socket.accept()
        try:
            with self.bell(person) as bell:
                async with asyncio.TaskGroup() as both:
                    speaking = both.create_task(self._speak(socket, person, bell))
                    await self._listen(socket, person)
                    speaking.cancel()
        except* WebSocketDisconnect:
            pass

    async def hear(self, request: Request) -> Response:
        """POST of one frame, where there is no socket."""
        person = self.address.person(request)
        if person is None:
            return JSONResponse({"why": "unknown"}, 401)
        if not self.address.is_own_script(request):
            return JSONResponse({"why": "foreign"}, 403)
        body = await read_body(request, FRAME_BYTES)
        answer = await self.take(person, body.decode("utf-8", "replace")) if body is not None else _TOO_LONG
        return JSONResponse(answer or {})

    async def tell(self, request: Request) -> Response:
        """GET of what waits; without `first` it waits a while for something to come."""
        person = self.address.person(request)
        if person is None:
            return JSONResponse({"why": "unknown"}, 401)
        first = "first" in request.query_params
        deliveries = await self.opening(person) if first else await self.wait(person)
        return JSONResponse({"deliveries": [self.page.dressed(one) for one in deliveries]})

    async def opening(self, person: str) -> list[Delivery]:
        """What a page that has nothing yet must show: the last screen again, and whatever was never acknowledged.

        The last screen is looked up first. The other way round, an answer that comes between the two looks would
        be shown as one that needs no acknowledgement, and come back at the next reload as if it were the newest.
        """
        current = await run_in_threadpool(self.counter.current, person)
        waiting = await run_in_threadpool(self.counter.waiting, person)
        if current is None or current.get("id") in {one["id"] for one in waiting}:
            return list(waiting)
        return [{**current, "again": True}, *waiting]

    async def wait(self, person: str, after: int | None = None) -> Sequence[Delivery]:
        """What waits for the person (and came after a delivery), as soon as there is something, or nothing."""
        until = asyncio.get_running_loop().time() + self.patience
        with self.bell(person) as bell:
            while True:
                bell.clear()
                waiting = await run_in_threadpool(self.counter.waiting, person)
                news = [one for one in waiting if after is None or one["id"] > after]
                left = until - asyncio.get_running_loop().time()
                if news or left <= 0:
                    return news
                await _rung(bell, min(left, self.look_again))

    async def take(self, person: str, raw: str) -> dict[str, Any] | None:
        """The frame is at the counter before the browser hears that it arrived."""
        match read_frame(raw):
            case Said(key, content):
                await self.arrived(person, key, content)
                return {"got": key}
            case Seen(delivery):
                await run_in_threadpool(self.counter.acknowledged, person, delivery)
                return None
            case Hello(language):
                await self.greet(person, language)
                return None
            case Refused(why, key):
                return {"refused": key, "why": why}

    async def arrived(self, person: str, key: str, content: Content) -> None:
        """One person's keys never meet another's."""
        await run_in_threadpool(self.counter.arrived, person, f"web:{person[:16]}:{key}", content)

    async def greet(self, person: str, language: str) -> None:
        """A conversation begins where there is none."""
        if not await self.opening(person):
            await self.arrived(person, secrets.token_urlsafe(16), {"hello": {"language": language}})

    @contextmanager
    def bell(self, person: str) -> Iterator[asyncio.Event]:
        """An event that is set when something new waits for the person."""
        bell, loop = asyncio.Event(), asyncio.get_running_loop()

        def ring() -> None:
            loop.call_soon_threadsafe(bell.set)

        self.counter.subscribe(person, ring)
        try:
            yield bell
        finally:
            self.counter.unsubscribe(person, ring)

    async def _listen(self, socket: WebSocket, person: str) -> None:
        while (message := await socket.receive())["type"] != "websocket.disconnect":
            answer = await self.take(person, message.get("text") or "")
            if answer is not None:
                await socket.send_json(answer)

    async def _speak(self, socket: WebSocket, person: str, bell: asyncio.Event) -> None:
        told: set[int] = set()
        deliveries: Sequence[Mapping[str, Any]] = await self.opening(person)
        while True:
            bell.clear()
            for one in deliveries:
                if one["id"] not in told:
                    told.add(one["id"])
                    await socket.send_json(self.page.dressed(one))
            await _rung(bell, self.look_again)
            deliveries = await run_in_threadpool(self.counter.waiting, person)


_TOO_LONG: Final = {"refused": None, "why": "too_long"}


async def read_body(request: Request, limit: int) -> bytes | None:
    """The body, or none where it is longer than the limit; a longer one is not kept."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            return None
    return body


async def _rung(bell: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(bell.wait(), seconds)
    except TimeoutError:
        return
