"""The web chat: one page without an account, a line to it, and forms where there is no script.

`chat_router(counter, speak=...)` is all that the application needs; it wraps itself in `headers.SafeHeaders`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from bot.channels.headers import UNCHANGING
from bot.channels.port import Counter
from bot.channels.web_frames import FRAME_BYTES, Refused, Said, said
from bot.channels.web_line import Line, read_body
from bot.channels.web_page import Page, Speak, asked_language
from bot.channels.web_person import Address, form_mark, new_secret, person_of, same
from bot.channels.web_recording import Recorded, is_script, recorded

#: A form writes each byte as up to three characters.
_FORM_BYTES: Final = 4 * FRAME_BYTES
_FORM_FIELDS: Final = 20
_KINDS: Final = {"ics": "text/calendar; charset=utf-8", "pdf": "application/pdf", "png": "image/png"}


def chat_router(
    counter: Counter,
    *,
    speak: Speak,
    public_url: str | None = None,
    look_again: float = 5.0,
    patience: float = 20.0,
    form_patience: float = 4.0,
) -> APIRouter:
    """The routes under `/chat`. `public_url` is the address people use, where a proxy stands in front.

    The times are seconds: until the counter is asked unrung, until a waiting browser gets an empty answer,
    and until a form is answered although nothing came.
    """
    address, page = Address(public_url), Page(speak=speak)
    line = Line(counter=counter, address=address, page=page, look_again=look_again, patience=patience)
    forms = Line(counter=counter, address=address, page=page, look_again=look_again, patience=form_patience)
    chat = _Chat(counter=counter, address=address, page=page, line=forms)
    router = APIRouter(prefix="/chat", include_in_schema=False)
    router.add_api_route("", chat.show, methods=["GET"])
    router.add_api_route("", chat.answer, methods=["POST"])
    router.add_api_route("/begin", chat.begin, methods=["POST"])
    router.add_api_route("/leave", chat.leave, methods=["POST"])
    router.add_api_route("/recording", chat.record, methods=["POST"])
    router.add_api_route("/file/{name}", chat.file, methods=["GET"])
    router.add_api_route("/static/{name}", chat.asset, methods=["GET"])
    router.add_api_route("/messages", line.tell, methods=["GET"])
    router.add_api_route("/messages", line.hear, methods=["POST"])
    router.add_api_websocket_route("/socket", line.socket)
    return router


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chat:
    """The pages and forms."""

    counter: Counter
    address: Address
    page: Page
    line: Line

    async def show(self, request: Request) -> Response:
        """The last screen, or the door where there is none yet. Reading it changes nothing."""
        secret = self.address.secret(request)
        return await self._shown(request, secret) if secret else self._door(request)

    async def begin(self, request: Request) -> Response:
        """The conversation begins, or goes on where the browser has brought its secret.

        The page that somebody reaches over a link of another site does not see a strict cookie; this request does.
        So a cookie is made here and nowhere else, and no link can replace the one that is there.
        """
        if not self.address.is_own_page(request):
            return _foreign()
        secret = self.address.secret(request) or new_secret()
        await self.line.greet(person_of(secret), asked_language(request).tag)
        answer: Response
        if "application/json" in request.headers.get("accept", ""):
            answer = JSONResponse({"mark": form_mark(secret)})
        else:
            await self.line.wait(person_of(secret))
            answer = _back_to_page()
        self.address.remember(request, answer, secret)
        return answer

    async def answer(self, request: Request) -> Response:
        """What a form of the page says: a tap or a text."""
        secret = self.address.secret(request)
        if secret is None or not self.address.is_own_page(request):
            return _foreign() if secret else self._door(request)
        body = await read_body(request, _FORM_BYTES)
        if body is None:
            return await self._shown(request, secret, notice="too_long", status=413)
        form = _fields(body)
        if not same(form.get("mark", ""), form_mark(secret)):
            return _foreign()
        match said(_frame(form)):
            case Said(key, content):
                await self._seen(person_of(secret), form.get("seen", ""))
                await self.line.arrived(person_of(secret), key, content)
                await self.line.wait(person_of(secret), after=_number(form.get("seen", "")))
                return _back_to_page()
            case Refused(why):
                return await self._shown(request, secret, notice=why, kept=form.get("text", ""), status=422)

    async def record(self, request: Request) -> Response:
        """A voice message or a picture: to a script with a word on what became of it, to a form with the page."""
        secret = self.address.secret(request)
        if secret is None or not self.address.is_own_page(request):
            return _foreign()
        person = person_of(secret)
        match await recorded(request, secret):
            case Recorded(key, upload, seen):
                await run_in_threadpool(self.counter.recorded, person, f"web:{person[:16]}:{key}", upload)
                if is_script(request):
                    return JSONResponse({"got": key})
                await self._seen(person, seen)
                await self.line.wait(person, after=_number(seen))
                return _back_to_page()
            case "foreign":
                return _foreign()
            case why:
                if is_script(request):
                    return JSONResponse({"why": why})
                return await self._shown(request, secret, notice=why, status=422)

    async def leave(self, request: Request) -> Response:
        """The browser forgets the person; what the person has asked for goes on."""
        secret = self.address.secret(request)
        if secret is not None:
            form = _fields(await read_body(request, _FORM_BYTES) or b"")
            if not self.address.is_own_page(request) or not same(form.get("mark", ""), form_mark(secret)):
                return _foreign()
        answer = _back_to_page()
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        self.address.forget(request, answer)
        return answer

    async def file(self, request: Request, name: str) -> Response:
        """A file that was offered to this person; to everybody else it does not exist."""
        person = self.address.person(request)
        found = await run_in_threadpool(self.counter.file, person, name) if person else None
        if found is None:
            return Response(status_code=404)
        filename, body = found
        kind = _KINDS.get(filename.rpartition(".")[2], "application/octet-stream")
        return Response(body, media_type=kind, headers={"Content-Disposition": _saved_as(filename)})

    async def asset(self, name: str) -> Response:
        """The style, a script or a picture of the page."""
        asset = self.page.assets.get(name)
        if asset is None:
            return Response(status_code=404)
        return Response(asset.body, media_type=asset.kind, headers={"Cache-Control": UNCHANGING})

    async def _shown(
        self, request: Request, secret: str, *, notice: str = "", kept: str = "", status: int = 200
    ) -> Response:
        deliveries = await self.line.opening(person_of(secret))
        if not deliveries:
            return self._door(request)
        return HTMLResponse(self.page.conversation(deliveries, form_mark(secret), notice, kept), status)

    def _door(self, request: Request) -> Response:
        return HTMLResponse(self.page.door(asked_language(request)))

    async def _seen(self, person: str, last: str) -> None:
        for one in await run_in_threadpool(self.counter.waiting, person):
            if one["id"] <= (_number(last) or 0):
                await run_in_threadpool(self.counter.acknowledged, person, one["id"])


def _fields(body: bytes) -> dict[str, str]:
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=_FORM_FIELDS)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def _frame(form: dict[str, str]) -> dict[str, str]:
    """The same object that a script would send; a form's line ends are two characters, a script's are one."""
    if "tap" in form:
        return {"tap": form["tap"], "on": form.get("on", ""), "key": form.get("key", "")}
    return {"text": form.get("text", "").replace("\r\n", "\n"), "key": form.get("key", "")}


def _number(digits: str) -> int | None:
    return int(digits) if re.fullmatch(r"\d{1,18}", digits) else None


def _saved_as(filename: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", filename)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


def _back_to_page() -> Response:
    return RedirectResponse("/chat", 303)


def _foreign() -> Response:
    return Response("This form was not sent by the page of this chat.", 403, media_type="text/plain")
