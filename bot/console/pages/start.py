"""Signing in by a link that works once. Looking at the link does not use it up: only the button does."""

from __future__ import annotations

import secrets
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.console.visit import BEFORE_SESSION, SESSION, Here

router = APIRouter()

NOTICES: Final = {
    "abgelaufen": "Ihre Sitzung ist abgelaufen. Es wurde nichts geändert. Bitte melden Sie sich neu an.",
    "abgemeldet": "Sie sind abgemeldet.",
}


@router.get("/")
def start(visit: Here, grund: str = "") -> Response:
    if visit.staff:
        return visit.redirect("/posteingang")
    return visit.page("start.html", notice=NOTICES.get(grund))


@router.get("/anmelden/{link}")
def ask(visit: Here, link: str) -> Response:
    """The link is not looked up here: the page is the same for a good and for a bad one."""
    before = visit.session or secrets.token_urlsafe(32)
    response = visit.with_session(before).page("sign_in.html", link=link, used=False)
    if not visit.session:
        visit.keep(response, BEFORE_SESSION, before)
    return response


@router.post("/anmelden/{link}")
def sign_in(visit: Here, link: str) -> Response:
    with visit.console.store.transaction() as tx:
        staff = tx.staff.use_link(link, now=visit.now)
        session = tx.staff.new_session(staff.id, now=visit.now) if staff else None
        if session and visit.staff:
            tx.staff.end_session(visit.session)
    if session is None:
        return visit.page("sign_in.html", status=410, link=link, used=True)
    response = visit.redirect("/posteingang")
    visit.keep(response, SESSION, session)
    visit.forget(response, BEFORE_SESSION)
    return response


@router.post("/abmelden")
def sign_out(visit: Here) -> Response:
    with visit.console.store.transaction() as tx:
        tx.staff.end_session(visit.session)
    response = visit.redirect("/?grund=abgemeldet")
    visit.forget(response, SESSION)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
