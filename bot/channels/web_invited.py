"""The page behind the link of an invitation, or of a passage from another channel.

Looking at it changes nothing and is the same for every link. A preview or a curious glance uses nothing up: only the
button does. The token goes no further than this file: the house gets its digest.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.port import Counter
from bot.channels.web_line import Line
from bot.channels.web_page import Page, Speak, asked_language
from bot.channels.web_person import Address, new_secret, person_of
from bot.handoff.invitations import is_token, token_digest
from bot.handoff.passages import passage_digest


def invited_router(
    counter: Counter, *, speak: Speak, public_url: str | None = None, patience: float = 4.0
) -> APIRouter:
    """The routes under `/chat/invited`, and `/chat/moved` for who comes from another channel.

    `patience` is how long (seconds) the button waits for an answer.
    """
    address, page = Address(public_url), Page(speak=speak)
    line = Line(counter=counter, address=address, page=page, look_again=0.5, patience=patience)
    router = APIRouter(prefix="/chat", include_in_schema=False)
    for why, digest in (("invited", token_digest), ("moved", passage_digest)):
        door = _Door(address=address, page=page, line=line, why=why, digest=digest)
        router.add_api_route(f"/{why}/{{token}}", door.show, methods=["GET"])
        router.add_api_route(f"/{why}/{{token}}", door.open, methods=["POST"])
    return router


@dataclass(frozen=True, slots=True, kw_only=True)
class _Door:
    """`why` is the word of the letter that goes to the house, and of the page's sentences."""

    address: Address
    page: Page
    line: Line
    why: str
    digest: Callable[[str], str]

    async def show(self, request: Request, token: str) -> Response:
        """Who is invited by whom is not said, since nobody stored it."""
        return HTMLResponse(self.page.invited(asked_language(request), self.why))

    async def open(self, request: Request, token: str) -> Response:
        """The conversation begins, or goes on, with the link; whether it works is said there."""
        if not self.address.is_own_page(request):
            return Response("This form was not sent by the page of this chat.", 403, media_type="text/plain")
        secret = self.address.secret(request) or new_secret()
        person = person_of(secret)
        shown = await self.line.opening(person)
        if not shown:
            await self.line.greet(person, asked_language(request).tag)
            shown = list(await self.line.wait(person))
        digest = self.digest(token) if is_token(token) else ""
        letter = {self.why: digest, "language": asked_language(request).tag}
        await self.line.arrived(person, secrets.token_urlsafe(16), letter)
        await self.line.wait(person, after=max((one["id"] for one in shown), default=None))
        answer = RedirectResponse("/chat", 303)
        self.address.remember(request, answer, secret)
        return answer
