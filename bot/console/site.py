"""The console as a whole: its pages, who is let in, and what a fault looks like."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import Depends, FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from bot.capacity import NoSuchDesk
from bot.cases import NoSuchCase
from bot.console.access import check_policy
from bot.console.headers import WithHeaders
from bot.console.pages import PAGES
from bot.console.ports import Console
from bot.console.show import Pages
from bot.console.visit import SESSION, Forbidden, NotOurForm, SignInNeeded, TooLarge, Visit, admit
from bot.handoff.ports import Stale
from bot.rebooking import NoSuchAbsence

STATIC: Final = Path(__file__).parent / "static"


def console_site(console: Console) -> FastAPI:
    """The console, to be served on its own or mounted under a path; raises `UndeclaredRoute` at once."""
    site = FastAPI(dependencies=[Depends(admit)], openapi_url=None, docs_url=None, redoc_url=None)
    site.state.console = console
    site.state.pages = Pages(console.names)
    for page in PAGES:
        site.include_router(page)
    check_policy(route for router in (site.router, *PAGES) for route in router.routes)
    site.mount("/static", StaticFiles(directory=STATIC), name="static")
    site.add_middleware(WithHeaders, secure=console.secure)
    _say_what_went_wrong(site)
    return site


def _say_what_went_wrong(site: FastAPI) -> None:
    site.add_exception_handler(NoSuchCase, _not_found)
    site.add_exception_handler(NoSuchAbsence, _not_found)
    site.add_exception_handler(NoSuchDesk, _not_found)
    site.add_exception_handler(Forbidden, _forbidden)
    site.add_exception_handler(NotOurForm, _not_our_form)
    site.add_exception_handler(SignInNeeded, _sign_in_needed)
    site.add_exception_handler(TooLarge, _too_large)
    site.add_exception_handler(Stale, _stale)
    site.add_exception_handler(HTTPException, _refused)


def _not_found(request: Request, fault: Exception) -> Response:
    return _fault(
        request,
        404,
        "Diese Seite gibt es nicht",
        "Vielleicht ist der Link unvollständig, oder die Karte liegt nicht bei Ihren Stellen.",
    )


def _forbidden(request: Request, fault: Exception) -> Response:
    return _fault(
        request,
        403,
        "Diese Seite ist der Koordination vorbehalten",
        "Wenn Sie etwas von hier brauchen, fragen Sie bitte die Koordination Ihres Kreises.",
    )


def _not_our_form(request: Request, fault: Exception) -> Response:
    return _fault(
        request,
        403,
        "Das Formular gilt nicht mehr",
        "Es stammt nicht aus Ihrer jetzigen Sitzung. Es wurde nichts geändert. Bitte öffnen Sie die Seite neu.",
    )


def _too_large(request: Request, fault: Exception) -> Response:
    return _fault(request, 413, "Das Formular ist zu groß", "Bitte kürzen Sie den Text. Es wurde nichts geändert.")


def _stale(request: Request, fault: Exception) -> Response:
    return _fault(
        request,
        409,
        "Der Fall wurde inzwischen geändert",
        "Eine Kollegin oder ein Kollege war schneller. Ihre Änderung wurde nicht übernommen. "
        "Bitte öffnen Sie die Karte neu und prüfen Sie den jetzigen Stand.",
    )


def _refused(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 400
    if status == 404:
        return _not_found(request, fault)
    return _fault(request, status, "Das hat nicht geklappt", "Bitte gehen Sie zurück zum Posteingang.")


def _sign_in_needed(request: Request, fault: Exception) -> Response:
    visit = _visit(request)
    ended = "?grund=abgelaufen" if SESSION in request.cookies else ""
    response = visit.redirect(f"/{ended}")
    visit.forget(response, SESSION)
    return response


def _fault(request: Request, status: int, title: str, sentence: str) -> Response:
    visit = _visit(request)
    code = request.path_params.get("code") if status == 409 else None
    return visit.page("fault.html", status=status, title=title, sentence=sentence, code=code)


def _visit(request: Request) -> Visit:
    """The visit that was let in, or one of nobody."""
    if hasattr(request.state, "visit"):
        visit: Visit = request.state.visit
        return visit
    state = request.app.state
    return Visit(
        request=request,
        console=state.console,
        pages=state.pages,
        staff=None,
        session="",
        fields={},
        now=state.console.now(),
    )
