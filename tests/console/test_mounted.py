"""The console works under any path, beside other pages of the same server."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Mount

from bot.console.visit import SESSION
from tests.casework import a_case
from tests.console.desk_work import DeskWork
from tests.pages import Visitor


def test_every_link_form_and_redirect_stays_under_the_path() -> None:
    work = DeskWork(a_case())
    visitor = Visitor(Starlette(routes=[Mount("/console", work.site)]), "/console")
    inbox = work.sign_in(visitor, "kim")
    seen, waiting = {"/console/posteingang"}, [inbox]
    while waiting:
        page = waiting.pop()
        assert page.status == 200, page.url
        for link in page.links:
            path = link.split("?")[0]
            assert link.startswith(("/console/", "#")), f"{page.url}: {link}"
            if path.startswith("/console/") and path not in seen:
                seen.add(path)
                waiting.append(visitor.get(path.removeprefix("/console")))
        assert all(form.action.startswith("/console/") for form in page.forms if form.action)
    assert "/console/karten/K7M4Q2/stelle" in seen
    assert "Der Fall ist angenommen." in visitor.send(visitor.get("/karten/K7M4Q2/annehmen")).text


def test_the_cookies_are_sent_to_the_console_only() -> None:
    work = DeskWork()
    visitor = Visitor(Starlette(routes=[Mount("/console", work.site)]), "/console")
    work.sign_in(visitor, "kim")
    assert {cookie.path for cookie in visitor.cookies.jar if cookie.name == SESSION} == {"/console"}
