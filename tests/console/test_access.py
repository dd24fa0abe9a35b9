"""Who may open what: every route, every role, every card; and no form without its token."""

from __future__ import annotations

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from bot.console.access import POLICY, Access, UndeclaredRoute, check_policy
from bot.console.headers import HEADERS, HTTPS_ONLY, SCRIPT_POLICY
from bot.console.pages import PAGES
from tests.barrier_reports import a_draft, a_group
from tests.casework import KUERTEN, a_case
from tests.console.desk_work import DeskWork
from tests.pages import BASE, Visitor

ROUTES = sorted(POLICY)
GETS = [route.removeprefix("GET ") for route in ROUTES if route.startswith("GET ")]
POSTS = [route.removeprefix("POST ") for route in ROUTES if route.startswith("POST ")]
CARD_PAGES = [path for path in GETS if "{code}" in path and POLICY[f"GET {path}"] is Access.STAFF]
FORMS = {"grund": "weil es so ist", "weg": "referral", "stelle": "rbk_overath", "version": "1", "beginn": "x"}
RULE_PAGES = [path for path in GETS if "{county}" in path]
PARTS = {
    "county": "rbk",
    "rule": "rbk_debt",
    "number": "0",
    "name": "regeln.toml",
    "recording": "1",
    "desk": KUERTEN,
    "barrier": "1",
    "report": "1",
}


def path_of(route: str, code: str = "K7M4Q2", link: str = "no-such-link", **other: str) -> str:
    return route.format(code=code, link=link, **(PARTS | other))


def csrf(visitor: Visitor) -> str:
    return str(visitor.get("/posteingang").forms[0].fields["csrf"])


def test_every_route_has_a_declared_policy() -> None:
    walked = {
        f"{method} {route.path}"
        for router in PAGES
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert walked == POLICY.keys()


def test_a_route_without_a_policy_stops_the_console_before_it_starts() -> None:
    odd = APIRouter()
    odd.add_api_route("/geheim", lambda: "", methods=["GET"])
    with pytest.raises(UndeclaredRoute, match="GET /geheim"):
        check_policy(route for router in (*PAGES, odd) for route in router.routes)


@pytest.mark.parametrize("route", GETS)
def test_nobody_opens_a_page_without_being_let_in(route: str) -> None:
    page = DeskWork(a_case()).visitor().get(path_of(route), follow=False)
    if POLICY[f"GET {route}"] is Access.ANYONE:
        assert page.status == 200
    else:
        assert (page.status, page.headers["location"]) == (303, "/")


@pytest.mark.parametrize(("staff", "status"), [("sara", 403), ("kim", 200)])
@pytest.mark.parametrize("route", [path for path in GETS if POLICY[f"GET {path}"] is Access.COORDINATOR])
def test_pages_of_the_coordination_open_to_coordinators_only(route: str, staff: str, status: int) -> None:
    work = DeskWork(a_case())
    work.store.rows.barriers.groups[1] = a_group(a_draft())
    assert work.signed_in(staff).get(path_of(route)).status == status


@pytest.mark.parametrize(("staff", "status"), [("sara", 200), ("kim", 200), ("ole", 404), ("nil", 404)])
@pytest.mark.parametrize("route", CARD_PAGES)
def test_a_card_opens_to_its_desk_and_its_county_only(route: str, staff: str, status: int) -> None:
    assert DeskWork(a_case()).signed_in(staff).get(path_of(route)).status == status


@pytest.mark.parametrize("route", CARD_PAGES)
def test_a_foreign_card_looks_like_one_that_does_not_exist(route: str) -> None:
    ole = DeskWork(a_case()).signed_in("ole")
    foreign, none = (ole.get(path_of(route, code)) for code in ("K7M4Q2", "ZZZZZZ"))
    assert (foreign.status, foreign.html) == (none.status, none.html)


@pytest.mark.parametrize("staff", ["ole", "nil"])
@pytest.mark.parametrize("route", [path for path in POSTS if "{code}" in path])
def test_nobody_acts_on_a_foreign_card(route: str, staff: str) -> None:
    work = DeskWork(a_case())
    visitor = work.signed_in(staff)
    before = work.store.rows.cases.copy()
    assert visitor.post(path_of(route), FORMS | {"csrf": csrf(visitor)}).status in (403, 404, 422)
    assert work.store.rows.cases == before
    assert not work.store.news
    assert "K7M4Q2" not in visitor.get("/posteingang").text


@pytest.mark.parametrize("token", [None, "", "0" * 64, "ü"])
@pytest.mark.parametrize("route", POSTS)
def test_a_form_without_its_token_changes_nothing(route: str, token: str | None) -> None:
    work = DeskWork(a_case())
    link = work.store.link("kim")
    sara = work.signed_in("sara")
    sent = FORMS if token is None else FORMS | {"csrf": token}
    refused = sara.post(path_of(route, link=link), sent, follow=False)
    assert refused.status == 403
    assert "Es wurde nichts geändert." in refused.text
    assert work.case().version == 1
    assert link in work.store.rows.links
    assert sara.get("/posteingang", follow=False).status == 200


def test_a_token_of_another_session_is_worth_nothing() -> None:
    work = DeskWork(a_case())
    sara, kim = work.signed_in("sara"), work.signed_in("kim")
    assert sara.post("/karten/K7M4Q2/annehmen", FORMS | {"csrf": csrf(kim)}).status == 403
    assert work.case().version == 1


@pytest.mark.parametrize(("origin", "status"), [("http://boese.test", 403), (BASE, 303), ("null", 303)])
def test_a_form_that_another_site_sends_is_refused(origin: str, status: int) -> None:
    work = DeskWork(a_case())
    sara = work.signed_in("sara")
    fields = FORMS | {"csrf": csrf(sara)}
    assert sara.post("/karten/K7M4Q2/annehmen", fields, follow=False, origin=origin).status == status


def test_a_huge_form_is_not_read() -> None:
    sara = DeskWork(a_case()).signed_in("sara")
    assert sara.post("/karten/K7M4Q2/ablehnen", {"csrf": csrf(sara), "grund": "x" * 70_000}).status == 413


@pytest.mark.parametrize("path", [path_of(route) for route in GETS] + ["/static/console.css", "/nichts"])
@pytest.mark.parametrize("secure", [False, True])
def test_every_response_carries_the_headers(path: str, secure: bool) -> None:
    response = DeskWork(secure=secure).visitor().get(path, follow=False)
    scripted = {"content-security-policy": SCRIPT_POLICY} if path.startswith("/regeln/") else {}
    for name, value in (dict(HEADERS) | scripted).items():
        assert response.headers[name] == value, name
    assert (HTTPS_ONLY[0] in response.headers) is secure


def test_no_page_with_a_card_runs_any_script() -> None:
    policy = dict(HEADERS)["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_the_pages_of_the_rules_run_our_own_script_and_no_other() -> None:
    policies = SCRIPT_POLICY.split("; ")
    assert [one for one in policies if one.startswith(("script-src", "connect-src"))] == [
        "script-src 'self'",
        "connect-src 'self'",
    ]
    assert "unsafe" not in SCRIPT_POLICY


@pytest.mark.parametrize("route", RULE_PAGES)
def test_the_rules_of_another_county_are_as_if_they_did_not_exist(route: str) -> None:
    kim = DeskWork().signed_in("kim")
    assert kim.get(path_of(route, county="rsk")).status == 404
    assert kim.get(path_of(route, county="xyz")).status == 404


@pytest.mark.parametrize("route", [path for path in RULE_PAGES if POLICY[f"GET {path}"] is Access.STAFF])
def test_a_case_manager_reads_the_rules_of_their_county(route: str) -> None:
    assert DeskWork().signed_in("sara").get(path_of(route)).status == 200
