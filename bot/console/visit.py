"""A request was let in: who asks, with which session, and what they sent. Nothing else opens a page."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.console.access import POLICY, Access
from bot.console.ports import Console
from bot.console.show import Pages
from bot.handoff.staff import Role, Staff

SESSION: Final = "lotse_staff"
BEFORE_SESSION: Final = "lotse_sign_in"
LARGEST_FORM: Final = 64 * 1024
#: A file with rules; no form of ours is larger.
LARGEST_FILE: Final = 2 * 1024 * 1024
NO_FILE: Final = ("", b"")
FILE_ROUTES: Final = frozenset({"POST /regeln/{county}/einspielen"})


class Forbidden(Exception):
    """This colleague's role does not open this page."""


class NotOurForm(Exception):
    """What was sent does not come from a form of this session."""


class SignInNeeded(Exception):
    """There is no session, or it has ended."""


class TooLarge(Exception):
    """The form is larger than any form of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request of somebody who may make it. `staff` is None only on pages that anyone may open."""

    request: Request
    console: Console
    pages: Pages
    staff: Staff | None
    session: str
    fields: Mapping[str, str]
    now: datetime
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: bytes = b""
    file_name: str = ""

    @property
    def colleague(self) -> Staff:
        if self.staff is None:
            raise SignInNeeded
        return self.staff

    def with_session(self, session: str) -> Visit:
        """The same visit with the session that its forms belong to from now on."""
        return replace(self, session=session)

    def field(self, name: str) -> str:
        return self.fields.get(name, "")

    def ticked(self, name: str) -> tuple[str, ...]:
        """Everything that was sent under this name, as boxes that were ticked are."""
        return self.lists.get(name, ())

    def path(self, page: str) -> str:
        """The path of a page of the console, wherever the console is mounted."""
        return f"{self.request.scope.get('root_path', '')}{page}"

    def page(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        shown = {"visit": self, "staff": self.staff, "now": self.now, "path": self.path, "csrf": csrf_of(self.session)}
        return HTMLResponse(self.pages.render(template, **shown, **values), status_code=status)

    def redirect(self, page: str) -> RedirectResponse:
        return RedirectResponse(self.path(page), status_code=303)

    def keep(self, response: Response, name: str, value: str) -> None:
        """Sets a cookie that lives as long as the browser and that no script can read."""
        response.set_cookie(
            name, value, path=self.path("") or "/", httponly=True, samesite="strict", secure=self.console.secure
        )

    def forget(self, response: Response, name: str) -> None:
        response.delete_cookie(
            name, path=self.path("") or "/", httponly=True, samesite="strict", secure=self.console.secure
        )


async def admit(request: Request) -> None:
    """Lets a request in by the policy of its route, or raises why not."""
    console, pages = request.app.state.console, request.app.state.pages
    access = POLICY[f"{request.method} {request.scope['route'].path}"]
    token = request.cookies.get(SESSION, "")
    lists, (file_name, file) = await _checked_form(request, token) if request.method == "POST" else ({}, NO_FILE)
    now = console.now()
    staff, console = await run_in_threadpool(_who, console, token, now) if token else (None, console)
    if staff is None and access is not Access.ANYONE:
        raise SignInNeeded
    if access is Access.COORDINATOR and (staff is None or staff.role is not Role.COORDINATOR):
        raise Forbidden
    request.state.visit = Visit(
        request=request,
        console=console,
        pages=pages,
        staff=staff,
        session=token or request.cookies.get(BEFORE_SESSION, ""),
        fields={name: values[-1] for name, values in lists.items()},
        now=now,
        lists=lists,
        file=file,
        file_name=file_name,
    )


def visit_of(request: Request) -> Visit:
    visit: Visit = request.state.visit
    return visit


Here = Annotated[Visit, Depends(visit_of)]


def csrf_of(session: str) -> str:
    """The token that every form of a session carries; nobody can make it without the session's cookie."""
    return hmac.new(session.encode(), b"a form of the console", hashlib.sha256).hexdigest() if session else ""


def _who(console: Console, token: str, now: datetime) -> tuple[Staff | None, Console]:
    """Who asks, and the console as it is for them at this moment."""
    with console.store.transaction() as tx:
        staff = tx.staff.session(token, now=now)
        return staff, console.renewed(console, tx, now) if staff else console


async def _checked_form(request: Request, token: str) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, bytes]]:
    """What was sent, by name; and the name and body of the file that was sent with it."""
    takes_file = f"POST {request.scope['route'].path}" in FILE_ROUTES
    _check_size(request.headers.get("content-length", ""), LARGEST_FILE if takes_file else LARGEST_FORM)
    _check_where_from(request)
    sent: dict[str, tuple[str, ...]] = {}
    file = NO_FILE
    async with request.form(max_files=1, max_part_size=LARGEST_FILE) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                sent[name] = (*sent.get(name, ()), value)
            elif takes_file:
                file = (value.filename or "", await value.read())
    expected = csrf_of(token or request.cookies.get(BEFORE_SESSION, ""))
    if not expected or not hmac.compare_digest(sent.get("csrf", ("",))[-1].encode(), expected.encode()):
        raise NotOurForm
    return sent, file


def _check_size(length: str, largest: int) -> None:
    if not length.isdecimal() or int(length) > largest:
        raise TooLarge


def _check_where_from(request: Request) -> None:
    """Refuses another site's form even before its token is looked at.

    A browser that is told to send no referrer says `Origin: null` for our own forms too; then only
    `Sec-Fetch-Site` tells, where the browser sends it.
    """
    origin = request.headers.get("origin", "null")
    if origin != "null" and urlsplit(origin).netloc != request.headers.get("host"):
        raise NotOurForm
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise NotOurForm
